"""What a night costs: a run over articles that stand there already and a few new ones, against the run over all of them.

    python -m benchmarks.speed.nightly [--articles 10000] [--new 100]

The text is that of `benchmarks.speed.run`. What counts is processor seconds of whole processes, start-up included.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.memory import ROOT, measure_run, write_articles
from benchmarks.speed.run import generate


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--new", type=int, default=100)
    given = parser.parse_args(arguments)
    articles = generate(ROOT / "corpus" / "gold", given.articles + given.new)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        old = write_articles(articles[: given.articles], Path(folder) / "old.jsonl")
        new = write_articles(articles[given.articles :], Path(folder) / "new.jsonl")
        runs = {
            f"{given.articles} articles, all new": measure_run([old], out),
            f"and {given.new} new ones": measure_run([old, new], out),
            "and none": measure_run([old, new], out),
        }
    whole = next(iter(runs.values()))["processor s"]
    print("| run | processor s | peak MB | share |\n|---|---:|---:|---:|")
    for name, figures in runs.items():
        seconds = figures["processor s"]
        print(f"| {name} | {seconds:.1f} | {figures['peak MB']:.0f} | {seconds / whole:.1%} |")


if __name__ == "__main__":
    main()
