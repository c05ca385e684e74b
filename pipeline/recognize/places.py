"""Stretches of a text, kept so that those that touch a span are found at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Places:
    """Stretches in order of their start, and the length of the longest: those that touch a span stand together."""

    sorted: Sequence[tuple[int, int]]
    longest: int

    @classmethod
    def of(cls, places: Iterable[tuple[int, int]]) -> Places:
        ordered = sorted(places)
        return cls(ordered, max((end - start for start, end in ordered), default=0))

    def touching(self, span: Span) -> list[tuple[int, int]]:
        """The stretches that share a character with the span."""
        first = bisect_left(self.sorted, (span.start - self.longest, 0))
        last = bisect_left(self.sorted, (span.end, 0))
        return [place for place in self.sorted[first:last] if place[1] > span.start]
