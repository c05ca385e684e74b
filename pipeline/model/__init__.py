"""The values that travel between the stages; they import nothing of the project but the way back to the source.

`Article` (as it came) → `Document` (the cleaned text that every offset refers to, with the way back to the source) →
`Mention` (a span somebody recognized) → `Amount`, `DateReading` (what a mention means) and `Quote`, `Role`, `Event`
(what is said of mentions) → `Entity`, `Link`, `Copy` (what the corpus says) → one Arrow table a kind.

All offsets are Unicode code points, end exclusive. All values are immutable and checked at birth.
"""

from pipeline.model.document import Article, Block, BlockKind, Document, Issue, PublishedFrom, Removal, Span, published_bounds
from pipeline.model.entities import Copy, Entity, Link
from pipeline.model.findings import (
    AMOUNT_KINDS,
    DATE_KINDS,
    ENTITY_TYPES,
    EVENT_TYPES,
    NO_PARTS,
    Amount,
    AmountKind,
    DateKind,
    DateReading,
    EntityType,
    Event,
    EventType,
    Extraction,
    Mention,
    Method,
    Modality,
    Modifier,
    Qualifier,
    Quote,
    Role,
)

__all__ = [
    "AMOUNT_KINDS",
    "DATE_KINDS",
    "ENTITY_TYPES",
    "EVENT_TYPES",
    "NO_PARTS",
    "Amount",
    "AmountKind",
    "Article",
    "Block",
    "BlockKind",
    "Copy",
    "DateKind",
    "DateReading",
    "Document",
    "Entity",
    "EntityType",
    "Event",
    "EventType",
    "Extraction",
    "Issue",
    "Link",
    "Mention",
    "Method",
    "Modality",
    "Modifier",
    "PublishedFrom",
    "Qualifier",
    "Quote",
    "Removal",
    "Role",
    "Span",
    "published_bounds",
]
