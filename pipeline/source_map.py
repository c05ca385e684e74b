"""The way back from the cleaned text, which every offset refers to, to the text as it came in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of cleaned text and the stretch of source it came from.

    Where both have the same length they run in step, character by character; where a stretch was replaced (« Ã© » → « é »)
    its characters share the source out evenly among them, each owning at least one character of it.
    """

    start: int
    length: int
    source_start: int
    source_length: int

    def source_of(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of `start:end`, cleaned offsets inside this piece."""
        first = self.source_length * (start - self.start) // self.length
        last = -(-self.source_length * (end - self.start) // self.length)
        return self.source_start + first, self.source_start + last


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The way back from cleaned offsets to source offsets: pieces in order, covering the cleaned text without gap."""

    pieces: tuple[Piece, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        expected = 0
        for piece in self.pieces:
            if piece.start != expected:
                raise ValueError(f"source map has a gap or overlap at {piece.start}, expected {expected}")
            expected += piece.length
        object.__setattr__(self, "_starts", tuple(piece.start for piece in self.pieces))

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each piece starts in the cleaned text, for bisection."""
        return self._starts

    @classmethod
    def identity(cls, length: int) -> SourceMap:
        """The map of a text of `length` code points that nothing has changed."""
        return cls((Piece(0, length, 0, length),) if length else ())

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the cleaned span `start:end`, which holds at least one character."""
        if not 0 <= start < end:
            raise ValueError(f"no characters in {start}:{end}")
        first, last = self._piece_at(start), self._piece_at(end - 1)
        return first.source_of(start, start + 1)[0], last.source_of(end - 1, end)[1]

    def _piece_at(self, offset: int) -> Piece:
        return self.pieces[bisect_right(self._starts, offset) - 1]
