"""How much of the body reading and cleaning keep, how much furniture they remove, and whether title, day and author are right.

python -m benchmarks.clean.measure                    the measure, with floors: exits 1 below one of them
python -m benchmarks.clean.measure --peers DIR        the pages also by the peers whose environments stand in DIR
python -m benchmarks.clean.measure --errors           what was lost or kept, case by case
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.clean.cases import Case, build_cases, build_line_cases, build_marked_cases
from benchmarks.clean.damage import share_restored
from pipeline.clean import Cleaner
from pipeline.lexicon import load_lexicon
from pipeline.model import Article
from pipeline.read.fields import Reading
from pipeline.read.html import read_html
from pipeline.text import fold_typography

FLOORS = {"body kept": 0.995, "furniture removed": 0.95, "title": 0.95, "day": 0.95, "author": 0.95, "blocks": 0.95}
FEWEST_RESTORED = 0.98
KINDS = {"html": "pages", "text": "texts", "line": "single lines", "marked": "marked texts"}
PEERS = ("trafilatura", "newspaper4k", "readability")


@dataclass
class Score:
    """Shares as [right, all], by what is measured."""

    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    errors: list[str] = field(default_factory=list)

    def add(self, name: str, right: int, total: int, error: str) -> None:
        """Count `right` of `total`, and remember what went wrong."""
        self.shares[name][0] += right
        self.shares[name][1] += total
        if right < total:
            self.errors.append(f"{name}: {error}")

    def share(self, name: str) -> float | None:
        """The share that is right, None where nothing was asked."""
        right, total = self.shares[name]
        return right / total if total else None


def clean(case: Case, cleaner: Cleaner) -> Mapping[str, object]:
    """What veille makes of the case."""
    article = Article(case.id, case.id, case.raw)
    if case.kind == "html":
        reading = Reading(f"{case.id}.html", case.id, None)
        [article] = read_html(case.raw, reading)  # type: ignore[assignment]
    document = cleaner.clean(article)
    return {
        "text": document.text,
        "title": document.title,
        "day": document.published,
        "authors": document.authors,
        "blocks": {document.text[block.start : block.end]: block.kind for block in document.blocks},
    }


def judge(score: Score, case: Case, found: Mapping[str, object]) -> None:
    """Add what is right and wrong in `found` to the score."""
    text = _folded(str(found["text"]))
    for paragraph in case.body:
        kept = _kept(_folded(paragraph), text)
        score.add("body kept", kept, len(_folded(paragraph)), f"{case.id}: {paragraph}")
    for line in case.furniture:
        gone = _folded(line) not in text
        score.add("furniture removed", int(gone), 1, f"{case.id}: {line}")
    authors = found["authors"] if isinstance(found["authors"], Sequence) else ()
    for name, expected in case.told.items():
        got = ", ".join(authors) if name == "author" else found["title"] if name == "title" else found["day"]
        measured = "day" if name == "month" else name
        score.add(measured, int(_folded(str(got)) == _folded(expected)), 1, f"{case.id}: {got!r}, not {expected!r}")
    blocks = found.get("blocks")
    if isinstance(blocks, Mapping):
        kinds = {_folded(line): kind for line, kind in blocks.items()}
        for line, kind in case.kinds.items():
            got = kinds.get(_folded(line))
            score.add("blocks", int(got == kind), 1, f"{case.id}: {got}, not {kind}: {line}")


def _kept(paragraph: str, text: str) -> int:
    """How many of the paragraph's characters stand in the text: all, else those of its sentences that do."""
    if paragraph in text:
        return len(paragraph)
    return sum(len(sentence) for sentence in paragraph.split(". ") if sentence in text)


def _folded(text: str) -> str:
    return " ".join(fold_typography(text).split())


def ask_peer(peer: str, python: Path, cases: Sequence[Case]) -> Iterable[Mapping[str, object]]:
    """What a peer makes of the pages, in its own environment."""
    pages = "\n".join(json.dumps(case.raw) for case in cases)
    script = Path(__file__).with_name("peers.py")
    done = subprocess.run([python, script, peer], input=pages, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def table(scores: Mapping[str, Score]) -> str:
    """One line a reader, one column a share."""
    lines = [f"{'':28}" + "".join(f"{name:>20}" for name in FLOORS)]
    for reader, score in scores.items():
        shares = (score.share(name) for name in FLOORS)
        lines.append(f"{reader:28}" + "".join(f"{share:20.4f}" if share is not None else f"{'–':>20}" for share in shares))
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and say by the exit code whether all floors hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    cases, cleaner = [*build_cases(), *build_line_cases(), *build_marked_cases()], Cleaner(load_lexicon())
    scores: dict[str, Score] = defaultdict(Score)
    for case in cases:
        found = clean(case, cleaner)
        judge(scores["veille"], case, found)
        judge(scores[f"veille, {KINDS[case.kind]}"], case, found)
    pages = [case for case in cases if case.kind == "html"]
    for peer in PEERS if options.peers else ():
        for case, found in zip(pages, ask_peer(peer, options.peers / peer / "bin" / "python", pages), strict=True):
            judge(scores[f"{peer}, pages"], case, found)
    print(f"{len(cases)} cases, {len(pages)} of them pages\n{table(scores)}")
    restored, damaged = share_restored()
    print(f"damaged encodings restored to the letter: {restored:.4f} of {damaged}")
    if options.errors:
        print("\n".join(scores["veille"].errors))
    return int(restored < FEWEST_RESTORED or any((scores["veille"].share(name) or 0) < floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
