"""Articles and tokens a second and peak memory: veille whole against what a user would run instead, in pairs on one text.

    python -m benchmarks.speed.run [--articles 2000] [--rounds 3]

The text is made of paragraphs of `corpus/`, recombined with a fixed seed. Each contender is a process of its own, and the
contenders take turns, so that a slow minute of the machine hits them all; what is printed are medians, and the ratio of the
articles a second to those of NER alone, round by round.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTENDERS = {
    "veille, whole run": "veille",
    "veille, whole run, two workers and their start": "veille_two",
    "NER of fr_core_news_md alone": "ner",
    "fr_core_news_md, default pipeline": "default",
    "the script a user would write": "script",
}
YARDSTICK = "ner"


def generate(folder: Path, count: int) -> list[dict[str, str]]:
    """`count` articles of six to twelve paragraphs each, drawn from the corpus with a fixed seed."""
    texts = [json.loads(line)["text"] for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    paragraphs = [p.strip() for text in texts for p in re.split(r"\n+", text) if len(p) > 80]
    draw = random.Random(20261101)
    return [
        {"id": f"a{n:05d}", "published": "2024-03-01", "text": "\n\n".join(draw.sample(paragraphs, draw.randint(6, 12)))}
        for n in range(count)
    ]


def measure(contender: str, path: Path) -> tuple[float, float]:
    """Seconds of work past loading, and peak memory in MB of the process or its largest worker."""
    command = [sys.executable, "-m", "benchmarks.speed.contender", contender, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, own, largest_child = done.stdout.split()[-3:]
    return float(seconds), max(int(own), int(largest_child)) / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    articles = generate(ROOT / "corpus" / "gold", given.articles)
    tokens = sum(len(re.findall(r"\w+|[^\w\s]", article["text"])) for article in articles)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.jsonl"
        path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
        runs = [{name: measure(name, path) for name in CONTENDERS.values()} for _ in range(given.rounds)]
    print(f"{len(articles)} articles, {tokens} tokens, {given.rounds} rounds, {time.strftime('%Y-%m')}\n")
    print("| | articles/s | tokens/s | peak MB | against NER alone |\n|---|---:|---:|---:|---:|")
    for label, name in CONTENDERS.items():
        seconds = statistics.median(run[name][0] for run in runs)
        ratio = statistics.median(run[YARDSTICK][0] / run[name][0] for run in runs)
        memory = max(run[name][1] for run in runs)
        print(f"| {label} | {len(articles) / seconds:.1f} | {tokens / seconds:.0f} | {memory:.0f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
