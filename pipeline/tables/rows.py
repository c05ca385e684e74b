"""Values → rows of the tables. Ids are made of article, kind and source offsets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.model import (
    Amount,
    Copy,
    DateReading,
    Document,
    Entity,
    Event,
    Extraction,
    Issue,
    Link,
    Mention,
    Quote,
    Removal,
    Role,
    published_bounds,
)

Row = dict[str, Any]
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Placed(Protocol):
    """Anything that stands at a place of the cleaned text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class EntityIds:
    """The entity of each mention of one article."""

    by_mention: Mapping[Mention, str]

    def of(self, mention: Mention | None) -> str | None:
        """The entity id, None for no mention."""
        return None if mention is None else self.by_mention[mention]

    def of_all(self, mentions: Iterable[Mention]) -> list[str]:
        """The entity ids, each once, in the order of the mentions."""
        return list(dict.fromkeys(self.by_mention[mention] for mention in mentions))


def row_id(document: Document, kind: str, item: Placed) -> str:
    """The id of a row: `article:kind:start-end` in source offsets (« a1:money:91-96 »)."""
    start, end = document.to_source.source_span(item.start, item.end)
    return f"{document.article_id}:{kind}:{start}-{end}"


def article_row(document: Document, copy: Copy | None) -> Row:
    """The row of `articles`."""
    article = document.article
    first, last = published_bounds(document.published)
    return {
        "article_id": article.article_id,
        "source": article.source,
        "url": article.url,
        "outlet": article.outlet,
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "published_start": first,
        "published_end": last,
        "published_from": document.published_from,
        "language": document.language,
        "text": document.text,
        "n_tokens": sum(1 for _ in _TOKEN.finditer(document.text)),
        "content_hash": hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "duplicate_of": copy.duplicate_of if copy else None,
        "similarity": copy.similarity if copy else None,
        "cleaning": [_removal_row(document, removal) for removal in document.removals],
    }


def _removal_row(document: Document, removal: Removal) -> Row:
    """What was taken out, and where in the cleaned text it stood: before the first piece that came from behind it."""
    behind = (piece.start for piece in document.to_source.pieces if piece.source_start >= removal.source_end)
    return {
        "rule": removal.rule,
        "source_start": removal.source_start,
        "source_end": removal.source_end,
        "start": next(behind, len(document.text)),
        "text": document.article.text[removal.source_start : removal.source_end],
    }


def extraction_rows(extraction: Extraction, ids: EntityIds) -> dict[str, list[Row]]:
    """The rows of one article for `mentions`, `amounts`, `dates`, `quotes`, `statements`, `roles`, `events` and `claims`."""
    document = extraction.document
    return {
        "mentions": [_mention_row(document, m, ids) for m in extraction.mentions],
        "amounts": [_amount_row(document, a) for a in extraction.amounts],
        "dates": [_date_row(document, d) for d in extraction.dates],
        "quotes": [_quote_row(document, q, ids, kind="quote") for q in extraction.quotes],
        "statements": [_quote_row(document, s, ids, kind="statement") for s in extraction.statements],
        "roles": [_role_row(document, r, ids) for r in extraction.roles],
        "events": [_event_row(document, e, ids) for e in extraction.events if e.modality == "asserted"],
        "claims": [
            _event_row(document, e, ids) | {"modality": e.modality} for e in extraction.events if e.modality != "asserted"
        ],
    }


def _place(document: Document, item: Placed) -> Row:
    start, end = document.to_source.source_span(item.start, item.end)
    return {
        "article_id": document.article_id,
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "source_start": start,
        "source_end": end,
        "sentence": document.sentence_at(item.start),
    }


def _evidence(document: Document, item: Quote | Role | Event) -> str:
    """The sentences that hold the row's span, with what stands between them."""
    first, last = document.sentence_at(item.start), document.sentence_at(item.end - 1)
    return document.text[document.sentences[first].start : document.sentences[last].end]


def _mention_row(document: Document, mention: Mention, ids: EntityIds) -> Row:
    return _place(document, mention) | {
        "mention_id": row_id(document, mention.type, mention),
        "type": mention.type,
        "entity_id": ids.of(mention),
        "method": mention.method,
        "rule_id": mention.rule_id,
        "score": mention.score,
    }


def _amount_row(document: Document, amount: Amount) -> Row:
    return _place(document, amount.mention) | {
        "amount_id": row_id(document, amount.kind, amount.mention),
        "kind": amount.kind,
        "min": amount.min,
        "max": amount.max,
        "value": float((amount.min + amount.max) / 2),
        "unit": amount.unit,
        "qualifier": amount.qualifier,
        "eur_min": amount.eur_min,
        "eur_max": amount.eur_max,
        "rule_id": amount.mention.rule_id,
    }


def _date_row(document: Document, date: DateReading) -> Row:
    return _place(document, date.mention) | {
        "date_id": row_id(document, date.kind, date.mention),
        "kind": date.kind,
        "value": date.value,
        "start_date": date.start_date,
        "end_date": date.end_date,
        "modifier": date.modifier,
        "reason": date.reason,
        "rule_id": date.mention.rule_id,
    }


def _quote_row(document: Document, quote: Quote, ids: EntityIds, *, kind: str) -> Row:
    return _place(document, quote) | {
        "quote_id": row_id(document, kind, quote),
        "kind": quote.kind,
        "speaker": quote.speaker,
        "speaker_entity_id": ids.of(quote.speaker_mention),
        "cue": quote.cue,
        "rule_id": quote.rule_id,
        "reason": quote.reason,
        "score": quote.score,
        "evidence": _evidence(document, quote),
    }


def _role_row(document: Document, role: Role, ids: EntityIds) -> Row:
    return _place(document, role) | {
        "role_id": f"{row_id(document, 'role', role)}:{ids.of(role.person)}",
        "person_entity_id": ids.of(role.person),
        "role": role.text,
        "org_entity_id": ids.of(role.org),
        "score": role.score,
        "rule_id": role.rule_id,
        "evidence": _evidence(document, role),
    }


def _event_row(document: Document, event: Event, ids: EntityIds) -> Row:
    return _place(document, event) | {
        "event_id": row_id(document, event.type, event),
        "type": event.type,
        "agents": ids.of_all(event.agents),
        "targets": ids.of_all(event.targets),
        "amount_id": row_id(document, event.amount.kind, event.amount.mention) if event.amount else None,
        "date_id": row_id(document, event.date.kind, event.date.mention) if event.date else None,
        "score": event.score,
        "rule_id": event.rule_id,
        "evidence": _evidence(document, event),
    }


def link_row(document: Document, link: Link) -> Row:
    """The row of `links`."""
    return {
        "mention_id": row_id(document, link.mention.type, link.mention),
        "entity_id": link.entity_id,
        "score": link.score,
        "reason": link.reason,
    }


def issue_row(issue: Issue) -> Row:
    """The row of `issues`."""
    return {
        "article_id": issue.article_id,
        "source": issue.source,
        "stage": issue.stage,
        "code": issue.code,
        "detail": issue.detail,
        "fatal": issue.fatal,
    }


def entity_rows(entities: Iterable[Entity], mention_rows: Iterable[Row], article_rows: Iterable[Row]) -> list[Row]:
    """The rows of `entities`: counts and days are of the articles that are no near-copies."""
    originals = {row["article_id"]: row for row in article_rows if row["duplicate_of"] is None}
    seen: dict[str, list[str]] = {}
    for row in mention_rows:
        if row["article_id"] in originals:
            seen.setdefault(row["entity_id"], []).append(row["article_id"])
    return [_entity_row(entity, [originals[a] for a in seen.get(entity.entity_id, ())]) for entity in entities]


def _entity_row(entity: Entity, articles: list[Row]) -> Row:
    firsts = [row["published_start"] for row in articles if row["published_start"]]
    lasts = [row["published_end"] for row in articles if row["published_end"]]
    return {
        "entity_id": entity.entity_id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "wikidata": entity.wikidata,
        "country": entity.country,
        "kind": entity.kind,
        "n_mentions": len(articles),
        "n_articles": len({row["article_id"] for row in articles}),
        "first_published": min(firsts, default=None),
        "last_published": max(lasts, default=None),
        "former_ids": list(entity.former_ids),
    }
