"""Values → rows. A row says nothing that depends on other articles: entities stand in it by the number of the article's name.

What all articles together decide (entity ids, near-copies) is joined to the rows when the tables are written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.model import (
    Amount,
    DateReading,
    Document,
    Event,
    Extraction,
    Issue,
    Mention,
    Quote,
    Removal,
    Role,
    published_bounds,
)

Row = dict[str, Any]
OF_AMOUNT, OF_DATE = ("min", "max", "unit"), ("start_date", "end_date")
"""What is kept with an event of its sum and of its date."""
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
class NameNumbers:
    """The number of each mention's name among the distinct names of one article."""

    by_mention: Mapping[Mention, int]

    def of(self, mention: Mention | None) -> int | None:
        """The number, None for no mention."""
        return None if mention is None else self.by_mention[mention]

    def of_all(self, mentions: Iterable[Mention]) -> list[int]:
        """The numbers, each once, in the order of the mentions."""
        return list(dict.fromkeys(self.by_mention[mention] for mention in mentions))


def article_row(document: Document) -> Row:
    """The row of `articles`, but for what the input says of the article and for the article that it copies."""
    first, last = published_bounds(document.published)
    return {
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "published_start": first,
        "published_end": last,
        "published_from": document.published_from,
        "language": document.language,
        "text": document.text,
        "n_tokens": sum(1 for _ in _TOKEN.finditer(document.text)),
        "content_hash": hashlib.sha256(document.article.text.encode("utf-8", "surrogatepass")).hexdigest(),
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


def mention_rows(extraction: Extraction, names: NameNumbers) -> list[Row]:
    """The rows of `mentions`; `name` is the number of the name."""
    return [
        _place(extraction.document, mention)
        | {
            "type": mention.type,
            "name": names.of(mention),
            "method": mention.method,
            "rule_id": mention.rule_id,
            "score": mention.score,
        }
        for mention in extraction.mentions
    ]


def amount_rows(extraction: Extraction) -> list[Row]:
    """The rows of `amounts`."""
    return [_amount_row(extraction.document, amount) for amount in extraction.amounts]


def date_rows(extraction: Extraction) -> list[Row]:
    """The rows of `dates`."""
    return [_date_row(extraction.document, date) for date in extraction.dates]


def relation_rows(extraction: Extraction, names: NameNumbers) -> dict[str, list[Row]]:
    """The rows of `quotes`, `statements`, `roles`, `events` and `claims`; entities by the numbers of their names."""
    document, events = extraction.document, extraction.events
    return {
        "quotes": [_quote_row(document, quote, names) for quote in extraction.quotes],
        "statements": [_quote_row(document, statement, names) for statement in extraction.statements],
        "roles": [_role_row(document, role, names) for role in extraction.roles],
        "events": [_event_row(document, event, names) for event in events if event.modality == "asserted"],
        "claims": [
            _event_row(document, event, names) | {"modality": event.modality} for event in events if event.modality != "asserted"
        ],
    }


def _place(document: Document, item: Placed) -> Row:
    start, end = document.to_source.source_span(item.start, item.end)
    return {
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


def _amount_row(document: Document, amount: Amount) -> Row:
    return _place(document, amount.mention) | {
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
        "kind": date.kind,
        "value": date.value,
        "start_date": date.start_date,
        "end_date": date.end_date,
        "modifier": date.modifier,
        "reason": date.reason,
        "rule_id": date.mention.rule_id,
    }


def _quote_row(document: Document, quote: Quote, names: NameNumbers) -> Row:
    return _place(document, quote) | {
        "kind": quote.kind,
        "speaker": quote.speaker,
        "speaker_entity": names.of(quote.speaker_mention),
        "cue": quote.cue,
        "rule_id": quote.rule_id,
        "reason": quote.reason,
        "score": quote.score,
        "evidence": _evidence(document, quote),
    }


def _role_row(document: Document, role: Role, names: NameNumbers) -> Row:
    return _place(document, role) | {
        "role": role.text,
        "person_entity": names.of(role.person),
        "org_entity": names.of(role.org),
        "score": role.score,
        "rule_id": role.rule_id,
        "evidence": _evidence(document, role),
    }


def _event_row(document: Document, event: Event, names: NameNumbers) -> Row:
    return _place(document, event) | {
        "type": event.type,
        "agents": names.of_all(event.agents),
        "targets": names.of_all(event.targets),
        "amount": _local_id(document, event.amount.kind, event.amount.mention) if event.amount else None,
        "date": _local_id(document, event.date.kind, event.date.mention) if event.date else None,
        **{name: getattr(event.amount, name, None) for name in OF_AMOUNT},
        **{name: getattr(event.date, name, None) for name in OF_DATE},
        "score": event.score,
        "rule_id": event.rule_id,
        "evidence": _evidence(document, event),
    }


def _local_id(document: Document, kind: str, item: Placed) -> str:
    """The id of a row inside its article, in source offsets (« money:91-96 »)."""
    start, end = document.to_source.source_span(item.start, item.end)
    return f"{kind}:{start}-{end}"


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
