"""The clean text's lines → blocks of a kind, and the sentences inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pipeline.clean.sentences import SentenceFinder
from pipeline.clean.turns import Turn, TurnFinder
from pipeline.model import Block, Span
from pipeline.text import fold_name

Kind = Literal["headline", "lead", "heading", "paragraph", "item", "caption", "question", "answer"]

LONGEST_HEADING = 120
LONGEST_HEADLINE = 220
LONGEST_QUESTION = 350
FEWEST_QUESTIONS = 3
"""An article is an interview from so many questions on, each with an answer below."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_ENDS_SENTENCE = re.compile(r"[.!…;:,][»”\")\]\s]*$")
_ITEM = re.compile(r"(?:[-–—•·▪◦●*→]|\d{1,2}[.)])\s+\S")


def find_lines(text: str) -> list[Span]:
    """The lines of a text that hold anything, trimmed."""
    return [Span(match.start(), match.end()) for match in _LINE.finditer(text)]


def find_blocks(text: str, title: str | None, turns: TurnFinder) -> tuple[Block, ...]:
    """The blocks of a clean text, one a line; `title` helps to know the headline, `turns` the speakers of an interview."""
    lines = find_lines(text)
    kinds = [_kind(text, lines, index) for index in range(len(lines))]
    _mark_opening(text, lines, kinds, title)
    _mark_interview(text, lines, kinds)
    _mark_turns(turns.find([text[line.start : line.end] for line in lines]), kinds)
    return tuple(Block(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True))


def block_sentences(text: str, blocks: Sequence[Block], finder: SentenceFinder) -> tuple[Span, ...]:
    """The sentences of all blocks, in order; none runs across two blocks."""
    return tuple(
        Span(block.start + start, block.start + end)
        for block in blocks
        for start, end in finder.find(text[block.start : block.end])
    )


def _kind(text: str, lines: Sequence[Span], index: int) -> Kind:
    line = text[lines[index].start : lines[index].end]
    if _ITEM.match(line):
        return "item"
    is_last = index + 1 == len(lines)
    if len(line) <= LONGEST_HEADING and not is_last and not _ENDS_SENTENCE.search(line):
        return "heading"
    return "paragraph"


def _mark_opening(text: str, lines: Sequence[Span], kinds: list[Kind], title: str | None) -> None:
    """The first line is the headline where it is no sentence (or is the title); the paragraph below it is the lead."""
    if len(lines) < 2:
        return
    first = text[lines[0].start : lines[0].end]
    if (title and fold_name(first) == fold_name(title)) or (len(first) <= LONGEST_HEADLINE and not re.search(r"[.,;:]$", first)):
        kinds[0] = "headline"
        if kinds[1] == "paragraph":
            kinds[1] = "lead"


def _mark_interview(text: str, lines: Sequence[Span], kinds: list[Kind]) -> None:
    """Short lines that end in a question mark ask; what follows each of them answers."""
    asks = [
        index
        for index in range(1, len(lines) - 1)
        if text[lines[index].end - 1] == "?" and lines[index].end - lines[index].start <= LONGEST_QUESTION
    ]
    if len(asks) < FEWEST_QUESTIONS:
        return
    for index in range(asks[0], len(lines)):
        kinds[index] = "question" if index in asks else "answer" if kinds[index] == "paragraph" else kinds[index]


def _mark_turns(turns: Mapping[int, Turn], kinds: list[Kind]) -> None:
    """Labelled turns ask or answer; a paragraph below an answer goes on answering."""
    kind: Turn | None = None
    for index in range(min(turns, default=len(kinds)), len(kinds)):
        kind = turns.get(index, kind)
        if kind and (index in turns or (kind == "answer" and kinds[index] == "paragraph")):
            kinds[index] = kind
