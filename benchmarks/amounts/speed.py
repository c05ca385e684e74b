"""How fast amounts are found and read, in one process: on prose, and on a megabyte of one thing without end of line.

    python -m benchmarks.amounts.speed FILE…

Prints megabytes of UTF-8 a second of processor time, after a first run that compiles the rules.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pipeline.amounts import AmountFinder

LINES = {
    "digits": "1",
    "spaces": " ",
    "one word": "mot",
    "numbers": "12 ",
    "number words": "trois ",
    "scales": "million ",
    "sums": "12 euros ",
    "bare sums": "contre 3 millions, ",
}
SIZE = 1_000_000


def main(paths: list[str]) -> int:
    """0; the texts of the files are taken as one document each."""
    finder = AmountFinder()
    texts = [Path(path).read_text(encoding="utf-8") for path in paths]
    for text in texts:
        finder.find(text)
    if texts:
        _report("prose", texts, finder)
    for name, filler in LINES.items():
        _report(name, [filler * (SIZE // len(filler))], finder)
    return 0


def _report(name: str, texts: list[str], finder: AmountFinder) -> None:
    start = time.process_time()
    found = sum(len(finder.find(text)) for text in texts)
    seconds = time.process_time() - start
    size = sum(len(text.encode()) for text in texts) / 1e6
    sys.stdout.write(f"{name:<14} {size:6.2f} MB {seconds:7.2f} s {size / seconds:8.2f} MB/s {found:7d} amounts\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
