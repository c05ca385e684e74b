"""A text being cleaned, which never forgets where each of its characters came from.

Every step of cleaning is a list of edits on a draft; applying them gives the next draft, whose pieces still point to the
source as it came in. So the way back holds whatever the steps do, and in whatever order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Removal
from pipeline.source_map import Piece, SourceMap


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start:end` of a draft by `replacement`; `rule` names why in the log, None for plain spacing."""

    start: int
    end: int
    replacement: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way from source to clean: its pieces cover it without gap; `removals` is the log so far."""

    text: str
    to_source: SourceMap
    removals: tuple[Removal, ...] = ()

    @classmethod
    def of(cls, source: str) -> Draft:
        """The draft of a source that nothing has changed."""
        return cls(source, SourceMap.identity(len(source)))


def apply_edits(draft: Draft, edits: Sequence[Edit]) -> Draft:
    """The draft with all `edits` made at once; they are sorted and do not overlap, or ValueError."""
    if not edits:
        return draft
    parts: list[str] = []
    pieces: list[Piece] = []
    removals = list(draft.removals)
    done = 0
    for edit in edits:
        if edit.start < done or edit.end < edit.start:
            raise ValueError(f"edit {edit} overlaps the one before, which ends at {done}")
        parts.append(draft.text[done : edit.start])
        pieces += _cut(draft.to_source, done, edit.start)
        if edit.start < edit.end:
            first, last = draft.to_source.source_span(edit.start, edit.end)
            parts.append(edit.replacement)
            pieces.append(Piece(0, len(edit.replacement), first, last - first))
            if edit.rule:
                removals.append(Removal(edit.rule, first, last))
        done = edit.end
    parts.append(draft.text[done:])
    pieces += _cut(draft.to_source, done, len(draft.text))
    return Draft("".join(parts), SourceMap(tuple(_joined(pieces))), tuple(removals))


def _cut(whole: SourceMap, start: int, end: int) -> Iterator[Piece]:
    """The pieces of `start:end`; one that is cut inside keeps the source of what is left of it."""
    if start >= end:
        return
    index = bisect_right(whole.starts, start) - 1
    while index < len(whole.pieces) and (piece := whole.pieces[index]).start < end:
        first, last = max(start, piece.start), min(end, piece.start + piece.length)
        source_start, source_end = piece.source_of(first, last)
        yield Piece(0, last - first, source_start, source_end - source_start)
        index += 1


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces numbered from 0, without empty ones, neighbours that run in step made one."""
    start, held = 0, None
    for piece in pieces:
        if not piece.length:
            continue
        if held and _run_on(held, piece):
            held = Piece(held.start, held.length + piece.length, held.source_start, held.source_length + piece.length)
        else:
            if held:
                yield held
            held = Piece(start, piece.length, piece.source_start, piece.source_length)
        start += piece.length
    if held:
        yield held


def _run_on(first: Piece, second: Piece) -> bool:
    in_step = first.length == first.source_length and second.length == second.source_length
    return in_step and first.source_start + first.source_length == second.source_start
