"""The clean text's lines → blocks of a kind, and the sentences inside them."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from pipeline.clean.sentences import SentenceFinder
from pipeline.clean.turns import Turn, TurnFinder
from pipeline.model import Block, BlockKind, Span
from pipeline.text import fold_words

LONGEST_HEADING = 120
LONGEST_HEADLINE = 220
LONGEST_QUESTION = 350
FEWEST_QUESTIONS = 3
"""An article is an interview from so many questions on, each with an answer below."""

LONGEST_STAMP = 60
"""Characters of a line with a year that may stand between headline and lead (« Tarbes, le 19 février 2025 »)."""

SHORTEST_SECTION = 90
"""Characters from which what stands below a numbered line makes a heading of it."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_ENDS_SENTENCE = re.compile(r"[.!…;:,][»”\")\]\s]*$")
_ITEM = re.compile(r"(?:[-–—•·▪◦●*→]|\d{1,2}[.)]|[a-z]\))\s+\S")
_NUMBERED = re.compile(r"\d")
_BETWEEN_DASHES = re.compile(r"([-–—]) [^\n]+ \1$")
_DASHED = re.compile(r"[-–—]\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def find_lines(text: str) -> list[Span]:
    """The lines of a text that hold anything, trimmed."""
    return [Span(match.start(), match.end()) for match in _LINE.finditer(text)]


def find_blocks(text: str, title: str | None, turns: TurnFinder, *, captions: Container[int] = frozenset()) -> tuple[Block, ...]:
    """The blocks of a clean text, one a line; `title` helps to know the headline, `turns` the speakers of an interview.

    `captions` are the offsets at which a picture's caption begins.
    """
    lines = find_lines(text)
    written = [text[line.start : line.end] for line in lines]
    kinds: list[BlockKind] = ["caption" if lines[i].start in captions else _kind(written, i) for i in range(len(lines))]
    _mark_opening(written, kinds, title)
    _mark_interview(written, kinds)
    _mark_turns(turns.find(written), kinds)
    return tuple(Block(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True))


def block_sentences(text: str, blocks: Sequence[Block], finder: SentenceFinder) -> tuple[Span, ...]:
    """The sentences of all blocks, in order; none runs across two blocks."""
    return tuple(
        Span(block.start + start, block.start + end)
        for block in blocks
        for start, end in finder.find(text[block.start : block.end])
    )


def _kind(lines: Sequence[str], index: int) -> BlockKind:
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else ""
    is_short = len(line) <= LONGEST_HEADING and not _ENDS_SENTENCE.search(line)
    if _ITEM.match(line):
        opens = _BETWEEN_DASHES.match(line) or (_NUMBERED.match(line) and is_short and _is_section(below))
        return "heading" if opens and below else "item"
    return "heading" if is_short and below else "paragraph"


def _is_section(line: str) -> bool:
    return len(line) >= SHORTEST_SECTION and not _ITEM.match(line)


def _mark_opening(lines: Sequence[str], kinds: list[BlockKind], title: str | None) -> None:
    """The first line is the headline where it is no sentence (or is the title); the first paragraph below it is the lead."""
    if len(lines) < 2:
        return
    first = lines[0]
    if (title and fold_words(first) == fold_words(title)) or (
        len(first) <= LONGEST_HEADLINE and not re.search(r"[.,;:]$", first)
    ):
        kinds[0] = "headline"
        lead = next((i for i in range(1, len(lines)) if not _stands_above_lead(lines[i], kinds[i])), len(lines))
        if lead < len(lines) and kinds[lead] == "paragraph":
            kinds[lead] = "lead"


def _stands_above_lead(line: str, kind: BlockKind) -> bool:
    return kind == "caption" or (len(line) <= LONGEST_STAMP and _YEAR.search(line) is not None)


def _mark_interview(lines: Sequence[str], kinds: list[BlockKind]) -> None:
    """Short lines that end in a question mark ask; what follows each of them answers, behind a dash if they have one too."""
    asks = [i for i in range(1, len(lines) - 1) if lines[i].endswith("?") and len(lines[i]) <= LONGEST_QUESTION]
    dashed = [index for index in asks if _DASHED.match(lines[index])]
    if len(dashed) * 2 > len(asks):
        asks = _every_other(dashed)
    if sum(index + 1 not in asks for index in asks) < FEWEST_QUESTIONS:
        return
    for index in range(asks[0], len(lines)):
        answers = kinds[index] == "paragraph" or (kinds[index] == "item" and dashed and _DASHED.match(lines[index]))
        kinds[index] = "question" if index in asks else "answer" if answers else kinds[index]


def _every_other(asks: Sequence[int]) -> list[int]:
    """The lines but those right below one of them: an answer may ask back."""
    kept: list[int] = []
    for index in asks:
        if not kept or kept[-1] != index - 1:
            kept.append(index)
    return kept


def _mark_turns(turns: Mapping[int, Turn], kinds: list[BlockKind]) -> None:
    """Labelled turns ask or answer; a paragraph below an answer goes on answering."""
    kind: Turn | None = None
    for index in range(min(turns, default=len(kinds)), len(kinds)):
        kind = turns.get(index, kind)
        if kind and (index in turns or (kind == "answer" and kinds[index] == "paragraph")):
            kinds[index] = kind
