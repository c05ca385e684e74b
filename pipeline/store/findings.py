"""What one article yields ↔ rows.

`FINDINGS` hold what is found before the corpus is asked, and what the corpus needs to know of the article. `TELLINGS` hold the
names with which the article ends, and all that is said of them. Each is one row an article, with a list for each table.

A finding keeps the key of its document, and what found its names and dates: what an edited rule does not touch is taken from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipeline.deduplicate.copies import Fingerprint
from pipeline.deduplicate.local_names import LocalName, LocalNames
from pipeline.model import (
    NO_PARTS,
    Amount,
    Article,
    Block,
    DateReading,
    Document,
    Extraction,
    Issue,
    Mention,
    Span,
)
from pipeline.recognize.corpus_vote import Openings, Votes
from pipeline.source_map import Piece, SourceMap
from pipeline.tables.rows import (
    OF_AMOUNT,
    OF_DATE,
    NameNumbers,
    Row,
    amount_rows,
    article_row,
    date_rows,
    mention_rows,
    relation_rows,
)
from pipeline.tables.schemas import TABLES
from pipeline.text import fold_typography

_TEXT, _INT, _FLOAT = pa.string(), pa.int32(), pa.float64()
_FORMS = pa.list_(pa.struct([("form", _TEXT), ("type", _TEXT)]))
_NAMES = pa.list_(
    pa.struct(
        [
            ("type", _TEXT),
            ("text", _TEXT),
            ("full", _TEXT),
            ("score", _FLOAT),
            ("reason", _TEXT),
            ("carries", pa.bool_()),
            ("kind", _TEXT),
            ("roles", pa.list_(_TEXT)),
            ("count", _INT),
        ]
    )
)
_PAIRS = pa.list_(pa.struct([("left", pa.list_(_TEXT)), ("right", pa.list_(_TEXT))]))
_RENAMINGS = pa.list_(
    pa.struct([("left", pa.list_(_TEXT)), ("right", pa.list_(_TEXT)), ("score", _FLOAT), ("reason", _TEXT)]),
)
_FOUND = pa.list_(
    pa.struct(
        [
            ("start", _INT),
            ("end", _INT),
            ("type", _TEXT),
            ("rule_id", _TEXT),
            ("method", _TEXT),
            ("score", _FLOAT),
            ("canonical", _TEXT),
            ("kind", _TEXT),
        ]
    )
)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _fields(table: str, *left_out: str) -> list[pa.Field]:
    return [pa.field(f.name, _plain(f.type)) for f in TABLES[table].schema if f.name not in left_out]


def _rows_of(table: str, *left_out: str, **more: pa.DataType) -> pa.DataType:
    fields = _fields(table, "article_id", *TABLES[table].key, *left_out)
    return pa.list_(pa.struct([*fields, *(pa.field(name, kind) for name, kind in more.items())]))


_EVENTS = {
    "agents": pa.list_(_INT),
    "targets": pa.list_(_INT),
    "amount": _TEXT,
    "date": _TEXT,
    **{f.name: f.type for f in _fields("amounts") if f.name in OF_AMOUNT},
    **{f.name: f.type for f in _fields("dates") if f.name in OF_DATE},
}
"""With the sum and the days of an event, so that whoever compares events need not look for them."""
_JOINED = ("agents", "targets", "amount_id", "date_id")

_DOCUMENT: list[pa.Field] = [
    pa.field("document", _TEXT),
    pa.field("issues", _rows_of("issues", "source")),
    *_fields("articles", "article_id", "source", "url", "outlet", "duplicate_of", "similarity"),
    pa.field("pieces", pa.list_(_INT)),
    pa.field("blocks", pa.list_(_INT)),
    pa.field("block_kinds", pa.list_(_TEXT)),
    pa.field("sentences", pa.list_(_INT)),
    pa.field("bands", pa.binary()),
    pa.field("sample", pa.binary()),
]
"""What cleaning gives. `document` is its key."""

FINDINGS = pa.schema(
    [
        ("key", _TEXT),
        ("named_by", _TEXT),
        ("dated_by", _TEXT),
        *_DOCUMENT,
        ("found", _FOUND),
        ("amounts", _rows_of("amounts")),
        ("dates", _rows_of("dates")),
        ("votes", _FORMS),
        ("hesitant", _FORMS),
        ("openings", pa.list_(_TEXT)),
    ]
)
"""A refused article has a fatal issue and no text. `found` are the names before dates are taken from them."""

TELLINGS = pa.schema(
    [
        ("key", _TEXT),
        ("same_as", _TEXT),
        ("mentions", _rows_of("mentions", "entity_id", name=_INT)),
        ("quotes", _rows_of("quotes", "speaker_entity_id", speaker_entity=_INT)),
        ("statements", _rows_of("statements", "speaker_entity_id", speaker_entity=_INT)),
        ("roles", _rows_of("roles", "person_entity_id", "org_entity_id", person_entity=_INT, org_entity=_INT)),
        ("events", _rows_of("events", *_JOINED, **_EVENTS)),
        ("claims", _rows_of("claims", *_JOINED, **_EVENTS)),
        ("names", _NAMES),
        ("renamings", _RENAMINGS),
        ("apart", _PAIRS),
    ]
)
"""A telling that the corpus did not change is the `same_as` another. References to entities are numbers of `names`."""


def refused_row(document: str, issue: Issue) -> Row:
    """The document of an article that cannot be used."""
    return {"document": document, "issues": [_issue_row(issue)]}


def document_row(key: str, document: Document, marks: Fingerprint) -> Row:
    """The document of an article; `marks` are those of its text."""
    return article_row(document) | {
        "document": key,
        "issues": [_issue_row(issue) for issue in document.issues],
        "pieces": [n for p in document.to_source.pieces for n in (p.start, p.length, p.source_start, p.source_length)],
        "blocks": [offset for block in document.blocks for offset in (block.start, block.end)],
        "block_kinds": [block.kind for block in document.blocks],
        "sentences": [offset for sentence in document.sentences for offset in (sentence.start, sentence.end)],
        "bands": marks.bands,
        "sample": marks.sample,
    }


def same_document(row: Mapping[str, Any]) -> Row:
    """The part of a finding's row that cleaning gave."""
    return {field.name: row[field.name] for field in _DOCUMENT}


def found_row(found: Extraction, names: Iterable[Mention], *, votes: Votes, opened: Openings) -> Row:
    """What is found in a document, before the vote of the corpus; `names` are those before dates are taken from them."""
    return {
        "found": [_found_row(mention) for mention in names],
        "amounts": amount_rows(found),
        "dates": date_rows(found),
        "votes": [{"form": form, "type": kind} for form, kind in sorted(votes)],
        "hesitant": [{"form": form, "type": kind} for form, kind in opened.hesitant],
        "openings": opened.words,
    }


def telling_row(key: str, told: Extraction, names: LocalNames) -> Row:
    """The telling of an article: its final names and what is said of them."""
    numbers = NameNumbers(dict(zip(told.mentions, names.numbers, strict=True)))
    return relation_rows(told, numbers) | {
        "key": key,
        "mentions": mention_rows(told, numbers),
        "names": [{field: getattr(name, field) for field in LocalName.__slots__} for name in names.names],
        "renamings": [{"left": e.left, "right": e.right, "score": e.score, "reason": e.reason} for e in names.renamings],
        "apart": [{"left": left, "right": right} for left, right in names.apart],
    }


def read_found_names(document: Document, row: Mapping[str, Any]) -> tuple[Mention, ...]:
    """The names of a finding, before dates are taken from them."""
    return tuple(_read_found(document, mention) for mention in row["found"])


def read_amounts(row: Mapping[str, Any]) -> tuple[Amount, ...]:
    """The amounts of a finding."""
    return tuple(map(_read_amount, row["amounts"]))


def read_dates(row: Mapping[str, Any]) -> tuple[DateReading, ...]:
    """The dates of a finding."""
    return tuple(map(_read_date, row["dates"]))


def read_document(article_id: str, row: Mapping[str, Any]) -> Document:
    """The document of a finding, which knows nothing of what was taken out."""
    text = row["text"]
    places = zip(_by(2, row["blocks"]), row["block_kinds"], strict=True)
    return Document(
        article=Article(article_id, source="", text=""),
        text=text,
        folded=fold_typography(text),
        to_source=SourceMap(tuple(Piece(*numbers) for numbers in _by(4, row["pieces"]))),
        blocks=tuple(Block(start, end, kind) for (start, end), kind in places),
        sentences=tuple(Span(*place) for place in _by(2, row["sentences"])),
        title=row["title"],
        published=row["published"],
        published_from=row["published_from"],
        authors=tuple(row["authors"]),
        language=row["language"],
    )


def _by(size: int, numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[i : i + size] for i in range(0, len(numbers), size))


def _issue_row(issue: Issue) -> Row:
    return {"stage": issue.stage, "code": issue.code, "detail": issue.detail, "fatal": issue.fatal}


def _found_row(mention: Mention) -> Row:
    names = ("start", "end", "type", "rule_id", "method", "score", "canonical")
    return {name: getattr(mention, name) for name in names} | {"kind": mention.parts.get("kind")}


def _read_found(document: Document, row: Row) -> Mention:
    fields = {name: value for name, value in row.items() if name != "kind"}
    return Mention(
        text=document.text[row["start"] : row["end"]], parts={"kind": row["kind"]} if row["kind"] else NO_PARTS, **fields
    )


def _read_amount(row: Row) -> Amount:
    names = ("kind", "min", "max", "unit", "qualifier", "eur_min", "eur_max")
    return Amount(_read_place(row), **{name: row[name] for name in names})


def _read_date(row: Row) -> DateReading:
    names = ("kind", "value", "start_date", "end_date", "modifier", "reason")
    return DateReading(_read_place(row), **{name: row[name] for name in names})


def _read_place(row: Row) -> Mention:
    return Mention(row["start"], row["end"], row["text"], row["kind"], row["rule_id"])
