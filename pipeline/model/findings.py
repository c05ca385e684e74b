"""What one article says: a mention is a span that somebody recognized, the other values are what mentions mean or do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, get_args

from pipeline.model.document import Document, Span

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

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
AMOUNT_KINDS: tuple[AmountKind, ...] = get_args(AmountKind)
DATE_KINDS: tuple[DateKind, ...] = get_args(DateKind)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)

NO_PARTS: Mapping[str, str] = MappingProxyType({})


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
