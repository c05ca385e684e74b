"""Where quotation marks open and close: « », “ ”, straight ones, nested, across paragraphs, never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Block, Document, Span

_MARK = re.compile(r"[«»“”„\"‹›]|<<|>>")
_CLOSES = {"»": "«", "”": "“", "›": "‹", ">>": "<<"}
_BLOCKS_ON = 3
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between quotation marks: `start:end` is what stands inside, without outer spaces.

    `outside` covers the marks as well; `depth` counts the quotations around it; `closed` is False where the closing mark
    is missing and the paragraph's end stands in for it.
    """

    start: int
    end: int
    outside: Span
    depth: int
    closed: bool = True


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inside: int
    block: int


def find_marked(document: Document) -> tuple[Marked, ...]:
    """Every stretch between quotation marks, outer ones before those inside them.

    >>> [(m.start, m.end) for m in find_marked(plain_document('Elle dit : « Oui, bien sûr. »'))]
    [(13, 27)]
    """
    if not _MARK.search(document.folded):
        return ()
    scan = _Scan(document)
    for number, block in enumerate(document.blocks):
        scan.read_block(number, block)
    scan.close_rest()
    return tuple(sorted(scan.found, key=lambda m: (m.outside.start, -m.outside.end)))


class _Scan:
    """The marks read so far, and those still open."""

    def __init__(self, document: Document) -> None:
        self._text, self._blocks = document.folded, document.blocks
        self._open: list[_Open] = []
        self.found: list[Marked] = []

    def read_block(self, number: int, block: Block) -> None:
        """Read the marks of one paragraph; what is open at its end stays open only where a later one goes on."""
        for match in _MARK.finditer(self._text, block.start, block.end):
            mark = match[0]
            if self._reopens(match, number, block):
                continue
            if mark in _CLOSES:
                self._close(match, _CLOSES[mark])
            elif mark == '"':
                self._straight(match, number)
            elif mark == "“" and self._open and self._open[-1].mark in ("„", "“") and not self._opens(match):
                self._close(match, self._open[-1].mark)
            else:
                self._push("“" if mark == "„" else mark, match, number)
        while self._open and not self._goes_on(self._open[-1], number):
            self._end_at(self._open.pop(), block.end)

    def close_rest(self) -> None:
        """End what is still open at the end of the article."""
        while self._open:
            left = self._open.pop()
            self._end_at(left, self._blocks[left.block].end)

    def _reopens(self, match: re.Match[str], number: int, block: Block) -> bool:
        """True for the mark with which each further paragraph of one quotation begins."""
        return match.start() == block.start and any(o.mark == match[0] and o.block < number for o in self._open)

    def _straight(self, match: re.Match[str], number: int) -> None:
        inside = any(o.mark == '"' for o in self._open)
        if inside and not self._opens(match):
            self._close(match, '"')
        elif not inside and self._closes(match):
            return
        else:
            self._push('"', match, number)

    def _push(self, mark: str, match: re.Match[str], number: int) -> None:
        """Open a quotation; nobody quotes within a quotation more than four deep."""
        if len(self._open) < _DEEPEST:
            self._open.append(_Open(mark, match.start(), match.end(), number))

    def _opens(self, match: re.Match[str]) -> bool:
        """True where the mark stands like an opening one: space or bracket before, a letter or digit behind."""
        before = self._text[match.start() - 1 : match.start()] or " "
        behind = self._text[match.end() : match.end() + 1]
        return before in " \n([-—–'«“" and (behind.isalnum() or behind in "'([…")

    def _closes(self, match: re.Match[str]) -> bool:
        before = self._text[match.start() - 1 : match.start()] or " "
        behind = self._text[match.end() : match.end() + 1] or " "
        return not before.isspace() and before not in "('[—–-" and not behind.isalnum()

    def _close(self, match: re.Match[str], mark: str) -> None:
        if not any(o.mark == mark for o in self._open):
            return
        while (top := self._open.pop()).mark != mark:
            self._end_at(top, match.start())
        self._add(top, match.start(), match.end(), closed=True)

    def _goes_on(self, left: _Open, number: int) -> bool:
        """True where a paragraph soon behind begins with the same mark, or closes it before any other opens."""
        closing = next((c for c, o in _CLOSES.items() if o == left.mark), left.mark)
        for block in self._blocks[number + 1 : number + 1 + _BLOCKS_ON]:
            if self._text.startswith(left.mark, block.start):
                return any(self._text.find(closing, b.start + 1, b.end) >= 0 for b in self._blocks[number + 1 : number + 6])
            first = _MARK.search(self._text, block.start, block.end)
            if first is not None:
                return left.mark != '"' and first[0] == closing
        return False

    def _end_at(self, left: _Open, end: int) -> None:
        """Close what was never closed, at the end of its paragraph or before the next quotation in it."""
        later = [m.outside.start for m in self.found if left.inside < m.outside.start < end and m.depth == len(self._open) + 1]
        if later:
            stop = self._text.rfind(".", left.inside, min(later))
            end = stop + 1 if stop > 0 else min(later)
        self._add(left, end, end, closed=False)

    def _add(self, opened: _Open, end: int, outside: int, *, closed: bool) -> None:
        inner = self._text[opened.inside : end]
        start = opened.inside + len(inner) - len(inner.lstrip())
        end = opened.inside + len(inner.rstrip())
        if start < end:
            self.found.append(Marked(start, end, Span(opened.start, max(outside, end)), len(self._open), closed))
