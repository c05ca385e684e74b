"""An article as it came in, and as it is once cleaned: the text that every offset refers to, and the way back to the source."""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from pipeline.source_map import SourceMap

PublishedFrom = Literal["metadata", "header", "text", "html", "filename"]
BlockKind = Literal["headline", "lead", "heading", "paragraph", "item", "caption", "question", "answer"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: code points `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} does not run forwards from 0")

    def covers(self, other: Span) -> bool:
        """True where `other` lies inside this span, ends included."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end


def published_bounds(published: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day of an EDTF day, month or year (« 2024-02 » → 2024-02-01, 2024-02-29); None for unknown."""
    if published is None:
        return None, None
    year, *rest = (int(part) for part in published.split("-"))
    last_month = rest[0] if rest else 12
    last_day = rest[1] if len(rest) > 1 else calendar.monthrange(year, last_month)[1]
    return dt.date(year, *(*rest, 1, 1)[:2]), dt.date(year, last_month, last_day)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong with one article or file, and what to do; `fatal` keeps the article out of the tables."""

    source: str
    stage: str
    code: str
    detail: str
    fatal: bool
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came in. `text` is what source offsets refer to.

    `published` is EDTF: a day, a month or a year; None when the input does not say. `format` says which marks `text` holds.
    """

    article_id: str
    source: str
    text: str
    title: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    format: Literal["text", "markdown"] = "text"


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of source that cleaning took out, and the rule that did."""

    rule: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like unit of cleaned text: no name, amount, date or sentence runs across its bounds."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned article: `text` is what every offset of the tables refers to.

    `folded` is `text` with its typography folded one character for one (no-break spaces to spaces, ’ to '): recognizers
    match on it, so that they need to know one spelling of each. `published`, `title`, `authors` are the best known after
    cleaning; `sentences` lie inside `blocks`. `issues` says what was doubtful, none of it fatal.
    """

    article: Article
    text: str
    folded: str
    to_source: SourceMap
    blocks: tuple[Block, ...]
    sentences: tuple[Span, ...]
    removals: tuple[Removal, ...] = ()
    title: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    authors: tuple[str, ...] = ()
    language: str = "fr"
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) != len(self.folded):
            raise ValueError("folded text must keep every offset of the text")

    @property
    def article_id(self) -> str:
        return self.article.article_id

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset` (the last one that starts at or before it)."""
        return max(0, bisect_right(self.sentences, offset, key=lambda span: span.start) - 1)
