"""How many small faults put into the reading of amounts and dates and into merging the unit tests notice.

    python -m benchmarks.mutants.run [SUBJECT…] [--sample 400] [--seed 7] [--mutmut .venv/mutants/bin/mutmut]

A mutant is the code with one such fault (`<` for `<=`, `None` for a value, another string); one that makes a test fail is
killed. mutmut makes and tries them, in a copy below `mutants/`, as `[tool.mutmut]` of pyproject.toml says. Prints a Markdown
table with the 95 % interval of the share killed (Wilson), then the mutants that survived. `--sample 0` tries them all.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

SUBJECTS = {
    "amounts": ("pipeline/normalize/amounts*.py", "pipeline/normalize/numbers.py", "pipeline/normalize/rates.py"),
    "dates": ("pipeline/normalize/dates/*.py",),
    "merging": ("pipeline/deduplicate/*.py",),
}
FIRST = "pipeline.normalize.rates.*"
"""A few mutants, tried so that mutmut makes all."""
ENOUGH = 0.8
SURVIVED, UNTESTED = 0, 33
"""Exit codes that mutmut notes for a mutant which no test noticed, and for one that no test reaches."""


def main() -> int:
    """0 where the tests kill enough mutants of each subject."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="*", default=list(SUBJECTS), metavar="SUBJECT")
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--mutmut", default="mutmut")
    args = parser.parse_args()
    _try([FIRST], mutmut=args.mutmut)
    chosen = {subject: _choose(subject, size=args.sample, seed=args.seed) for subject in args.subjects}
    _try([name for names in chosen.values() for name in names], mutmut=args.mutmut)
    sys.stdout.write("| | mutants | tried | killed | share | 95 % |\n|---|---:|---:|---:|---:|---:|\n")
    shares = [_report(subject, names) for subject, names in chosen.items()]
    for subject, names in chosen.items():
        verdicts = dict(_verdicts(subject))
        sys.stdout.writelines(f"survived: {name}\n" for name in names if verdicts[name] in (SURVIVED, UNTESTED))
    return 0 if min(shares) >= ENOUGH else 1


def _try(names: list[str], *, mutmut: str) -> None:
    """Let mutmut try those mutants; it keeps its verdicts below `mutants/`."""
    subprocess.run([mutmut, "run", "--max-children", "1", *names], check=True, stdout=subprocess.DEVNULL)


def _choose(subject: str, *, size: int, seed: int) -> list[str]:
    """The names of `size` of the subject's mutants, by chance; of all of them for 0."""
    names = [name for name, _ in _verdicts(subject)]
    return sorted(random.Random(seed).sample(names, min(size, len(names)))) if size else names


def _verdicts(subject: str) -> Iterator[tuple[str, int | None]]:
    """Each mutant of the subject with the exit code that mutmut noted for it, None before it was tried."""
    for pattern in SUBJECTS[subject]:
        for path in sorted(Path("mutants").glob(f"{pattern}.meta")):
            yield from json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items()


def _report(subject: str, names: list[str]) -> float:
    """The share of those mutants that tests killed, after printing the subject's row."""
    verdicts = dict(_verdicts(subject))
    killed = sum(verdicts[name] not in (SURVIVED, UNTESTED) for name in names)
    low, high = _interval(killed, len(names))
    share = killed / len(names)
    sys.stdout.write(f"| {subject} | {len(verdicts)} | {len(names)} | {killed} | {share:.3f} | {low:.2f}–{high:.2f} |\n")
    return share


def _interval(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share."""
    share, squared = hits / tries, z * z / tries
    middle, spread = share + squared / 2, z * sqrt(share * (1 - share) / tries + squared / tries / 4)
    return (middle - spread) / (1 + squared), (middle + spread) / (1 + squared)


if __name__ == "__main__":
    sys.exit(main())
