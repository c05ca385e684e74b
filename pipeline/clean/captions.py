"""Which lines are the captions of pictures: by a word that opens them, by the credit that was cut off, by the page's marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.clean.draft import Draft
from pipeline.clean.structure import find_lines
from pipeline.model import Removal

LONGEST = 300
"""Characters of a caption."""

FARTHEST_CREDIT = 20
FARTHEST_MARK = 400
"""Characters of source between a caption and its credit, or between the page's mark and the caption."""

CREDITS = frozenset(["photo-credit-end", "photo-credit-inline"])
"""The rules that cut a picture's credit off the line that describes it."""

_MARK = re.compile(r"<figcaption\b", re.IGNORECASE)


class CaptionFinder:
    """Finds captions. Built once from the words of `layout.yaml`."""

    def __init__(self, openers: Sequence[str]) -> None:
        self._opening = re.compile(rf"(?:{'|'.join(map(re.escape, openers))}) ?[:|] ?\S", re.IGNORECASE)

    def find(self, draft: Draft, source: str) -> frozenset[int]:
        """The offsets at which captions begin in the draft's text, all of its furniture gone; `source` is where it came from."""
        marks = sorted(r.source_start for r in draft.removals if r.rule == "html-tag" and _MARK.match(source, r.source_start))
        cuts = sorted((removal for removal in draft.removals if removal.rule in CREDITS), key=lambda cut: cut.source_start)
        return frozenset(
            line.start
            for line in find_lines(draft.text)
            if line.end - line.start <= LONGEST
            and (
                self._opening.match(draft.text, line.start)
                or _is_credited(draft.to_source.source_span(line.start, line.end)[1], cuts, source)
                or _is_marked(draft.to_source.source_span(line.start, line.end)[0], marks, source)
            )
        )


def _is_credited(end: int, cuts: Sequence[Removal], source: str) -> bool:
    """True where the next credit stood in the line that ends there."""
    index = bisect_left(cuts, end, key=lambda cut: cut.source_start)
    if index == len(cuts) or (start := cuts[index].source_start) - end > FARTHEST_CREDIT:
        return False
    return "\n" not in source[end:start]


def _is_marked(start: int, marks: Sequence[int], source: str) -> bool:
    """True where nothing but tags stands between a caption's mark and the line's start."""
    index = bisect_left(marks, start) - 1
    if index < 0 or start - marks[index] > FARTHEST_MARK:
        return False
    return re.fullmatch(r"(?:<[^<>]*>|\s)*", source[marks[index] : start]) is not None
