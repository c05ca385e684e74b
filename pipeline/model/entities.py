"""What all articles together say: entities, the link of each mention to its entity, near-copies."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.findings import EntityType, Mention


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
