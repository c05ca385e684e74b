"""Whole runs over what is made to be too much: a million empty articles, 100 000 names in one, an article of 20 MB.

python -m benchmarks.hostile.whole
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile.attacks import PARAGRAPH, different_names, french_prose


def build_inputs() -> Iterator[tuple[str, str, Iterator[str]]]:
    """What each is, the name of its file, and its pieces."""
    yield "a million empty articles", "a.jsonl", (json.dumps({"id": str(n), "text": ""}) + "\n" for n in range(1_000_000))
    yield "100 000 names in one article", "a.txt", iter([different_names(100_000)])
    yield "an article of 20 MB", "a.txt", iter([french_prose(20_000_000)])
    yield "and one of 150 characters", "a.txt", iter([PARAGRAPH])


def measure(folder: Path) -> str:
    """CPU seconds, greatest memory and counts of `veille run` on the folder, in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(folder / "in"),
        "--out",
        str(folder / "out"),
        "--quiet",
        *sys.argv[1:],
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    counts = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))["articles"]
    return f"{seconds:>8.1f} s{after.ru_maxrss // 1024:>7} MB  exit {done.returncode}  {counts}"


def main() -> None:
    """Print a line for each input."""
    for name, file, pieces in build_inputs():
        with TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "in").mkdir()
            with (folder / "in" / file).open("w", encoding="utf-8") as out:
                out.writelines(pieces)
            print(f"{name:32}{measure(folder)}", flush=True)


if __name__ == "__main__":
    main()
