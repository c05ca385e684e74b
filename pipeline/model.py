"""The values that travel between the stages; this module imports nothing of the project but the way back to the source.

`Article` (as it came) → `Document` (the cleaned text that every offset refers to, with the way back to the source) →
`Mention` (a span somebody recognized) → `Amount`, `DateReading` (what a mention means) and `Quote`, `Role`, `Event`
(what is said of mentions) → `Entity`, `Link`, `Copy` (what the corpus says) → one Arrow table a kind.

All offsets are Unicode code points, end exclusive. All values are immutable and checked at birth.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, get_args

from pipeline.source_map import SourceMap

EntityType = Literal["ORG", "PER", "LOC", "PRODUCT", "LAW"]
AmountKind = Literal["money", "percent", "quantity"]
DateKind = Literal["date", "duration", "set"]
Qualifier = Literal["about", "over", "under"]
Modifier = Literal["start", "mid", "end", "after", "before"]
Modality = Literal["asserted", "denied", "possible", "planned"]
Method = Literal["model", "gazetteer", "rule", "consistency"]
EventType = Literal[
    "funding",
    "acquisition",
    "partnership",
    "fine",
    "investigation",
    "lawsuit",
    "regulation",
    "launch",
    "appointment",
    "layoff",
]
PublishedFrom = Literal["metadata", "header", "text", "html", "filename"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
AMOUNT_KINDS: tuple[AmountKind, ...] = get_args(AmountKind)
DATE_KINDS: tuple[DateKind, ...] = get_args(DateKind)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)

NO_PARTS: Mapping[str, str] = MappingProxyType({})


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
    kind: Literal["headline", "lead", "heading", "paragraph", "item", "caption", "question", "answer"]


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that a recognizer found. `parts` holds what its rule captured, for the interpreter to read.

    `type` is an entity type, an amount kind or a date kind. `score` is the calibrated probability that span and type are
    right, None where nobody measured it. `canonical` is the full name that a gazetteer or rule proposes.
    """

    start: int
    end: int
    text: str
    type: str
    rule_id: str
    method: Method = "rule"
    score: float | None = None
    canonical: str | None = None
    parts: Mapping[str, str] = field(default_factory=lambda: NO_PARTS, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"mention {self.text!r} has no characters at {self.start}:{self.end}")
        if self.score is not None and not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score} of {self.text!r} is not a probability")

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a sum, share or count says, in base units. `unit` is ISO 4217, PCT, PT, the counted noun, or None (unknown).

    `eur_min` and `eur_max` are the same sum in euros at the reference rate of the publication day, None where not known.
    """

    mention: Mention
    kind: AmountKind
    min: Decimal
    max: Decimal
    unit: str | None
    qualifier: Qualifier | None = None
    eur_min: Decimal | None = None
    eur_max: Decimal | None = None

    def __post_init__(self) -> None:
        if self.min > self.max:
            raise ValueError(f"amount {self.mention.text!r} runs from {self.min} down to {self.max}")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a temporal expression says: EDTF for a date, ISO 8601 for a duration or a set's period.

    `value` is None where the text does not allow to know, and `reason` then says why. `start_date` and `end_date` are the
    first and last day covered, None when open or unknown.
    """

    mention: Mention
    kind: DateKind
    value: str | None
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    modifier: Modifier | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError(f"date {self.mention.text!r} has neither a value nor a reason")


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported words: what stands inside the marks, who said them (a mention of that entity in the article) and the cue."""

    start: int
    end: int
    text: str
    speaker: str | None
    speaker_mention: Mention | None
    cue: str | None
    rule_id: str
    kind: Literal["direct", "indirect"] = "direct"
    reason: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A person's function as the text gives it, without determiner."""

    start: int
    end: int
    text: str
    person: Mention
    org: Mention | None
    rule_id: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A stated fact: its trigger and its participants, each a mention of the entity in the article."""

    start: int
    end: int
    text: str
    type: EventType
    agents: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    rule_id: str
    amount: Amount | None = None
    date: DateReading | None = None
    modality: Modality = "asserted"
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article yields on its own, before the corpus is asked."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateReading, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statements: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, under all the names that the corpus gives it."""

    entity_id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    country: str | None = None
    kind: str | None = None
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A mention's entity, with one line a person can check (« alias PPE in gazetteer organisations.csv »)."""

    article_id: str
    mention: Mention
    entity_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that tells what an earlier one tells in nearly the same words; `similarity` is 0..1."""

    article_id: str
    duplicate_of: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong with one article or file, and what to do; `fatal` keeps the article out of the tables."""

    source: str
    stage: str
    code: str
    detail: str
    fatal: bool
    article_id: str | None = None
