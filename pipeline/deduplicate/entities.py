"""Names → entities: each article's short forms find their full name, then names that are one thing become one entity."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pipeline.lexicon import GazetteerEntry
from pipeline.model import Entity, EntityType, Link, Mention
from pipeline.text import fold_name

_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """What merging sees of an article."""

    article_id: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, sorted by id, and one link a mention, in the order of the articles given."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A mention's full name, how sure that is, and why."""

    type: EntityType
    name: str
    score: float
    reason: str


def resolve_entities(
    articles: Sequence[ArticleNames], gazetteer: Iterable[GazetteerEntry], *, previous: Iterable[Entity] = ()
) -> Resolution:
    """The entities of all mentions. Ids of `previous` entities are kept by any name they had."""
    known = _by_form(gazetteer)
    named = [(article, m, name) for article in articles for m, name in _full_names(article, known)]
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, mention, name in named:
        forms[_key(name)][mention.text] += 1
        forms[_key(name)][name.name] += 0
    ids = _mint(forms, previous)
    entities = tuple(sorted((_entity(ids[key], key, forms[key], known) for key in forms), key=lambda e: e.entity_id))
    links = tuple(Link(a.article_id, m, ids[_key(n)], n.score, n.reason) for a, m, n in named)
    return Resolution(entities, links)


def _by_form(gazetteer: Iterable[GazetteerEntry]) -> Mapping[tuple[str, str], GazetteerEntry]:
    known: dict[tuple[str, str], GazetteerEntry] = {}
    for entry in gazetteer:
        for form in entry.forms:
            known.setdefault((entry.type, fold_name(form)), entry)
    return known


def _key(name: _Name) -> tuple[str, str]:
    return name.type, fold_name(name.name) or name.name


def _full_names(article: ArticleNames, known: Mapping[tuple[str, str], GazetteerEntry]) -> list[tuple[Mention, _Name]]:
    longer: dict[tuple[str, str], str] = {}
    for mention in article.mentions:
        words = fold_name(mention.text).split()
        if len(words) > 1:
            ends = (words[-1],) if mention.type == "PER" else (words[0],) if mention.type == "ORG" else ()
            for word in ends:
                longer.setdefault((mention.type, word), mention.text)
    return [(m, _full_name(m, known, longer)) for m in article.mentions]


def _full_name(mention: Mention, known: Mapping[tuple[str, str], GazetteerEntry], longer: Mapping[tuple[str, str], str]) -> _Name:
    kind = cast(EntityType, mention.type)
    for text in filter(None, (mention.canonical, mention.text)):
        if entry := known.get((kind, fold_name(text))):
            return _Name(kind, entry.canonical, 0.98, f"alias {text} in gazetteer {entry.source}")
    if mention.canonical:
        return _Name(kind, mention.canonical, 0.9, f"short for {mention.canonical} in the same article")
    if full := longer.get((kind, fold_name(mention.text))):
        entry = known.get((kind, fold_name(full)))
        what = "surname" if kind == "PER" else "first word"
        return _Name(kind, entry.canonical if entry else full, 0.9, f"{what} of {full} in the same article")
    return _Name(kind, mention.text, 0.8, f"named {mention.text}")


def _mint(
    forms: Mapping[tuple[str, str], Counter[str]],
    previous: Iterable[Entity],
) -> dict[tuple[str, str], str]:
    kept = {(str(e.type), fold_name(name)): e.entity_id for e in previous for name in (e.name, *e.aliases)}
    ids: dict[tuple[str, str], str] = {}
    taken = set(kept.values())
    for key in sorted(forms):
        entity_id = kept.get(key) or _free_id(f"{key[0].lower()}:{_SLUG.sub('-', key[1]).strip('-') or 'x'}", taken)
        taken.add(entity_id)
        ids[key] = entity_id
    return ids


def _free_id(wanted: str, taken: set[str]) -> str:
    number, entity_id = 1, wanted
    while entity_id in taken:
        number += 1
        entity_id = f"{wanted}-{number}"
    return entity_id


def _entity(
    entity_id: str,
    key: tuple[str, str],
    forms: Counter[str],
    known: Mapping[tuple[str, str], GazetteerEntry],
) -> Entity:
    entry = known.get(key)
    name = entry.canonical if entry else max(forms, key=lambda form: (fold_name(form) == key[1], forms[form], form))
    kind = cast(EntityType, key[0])
    return Entity(
        entity_id,
        kind,
        name,
        aliases=tuple(sorted(form for form in forms if form != name)),
        wikidata=entry.wikidata if entry else None,
        country=entry.country if entry else None,
        kind=entry.kind if entry else None,
    )
