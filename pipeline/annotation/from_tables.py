"""The tables of a run as annotated articles, in the form of gold, with the ids of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.annotation.marks import Item
from pipeline.tables.read import read_arrow, rows_by_article

_LISTS = {
    "entities": "mentions",
    "amounts": "amounts",
    "dates": "dates",
    "quotes": "quotes",
    "roles": "roles",
    "events": "events",
}


def annotated_articles(folder: Path) -> Iterator[Item]:
    """Every article of the folder, its text the cleaned one, and `offsets` saying so: those of gold index the source.

    Raises UsageError for a folder without tables.
    """
    names = {row["entity_id"]: row["name"] for row in read_arrow(folder, "entities").to_pylist()}
    rows = {layer: rows_by_article(folder, table) for layer, table in _LISTS.items()}
    amounts = {row["id"]: row for some in rows["amounts"].values() for row in map(_amount, some)}
    dates = {row["date_id"]: row["value"] for some in rows["dates"].values() for row in some}
    read: Mapping[str, Callable[[Item], Item]] = {
        "entities": lambda row: _named(row, "mention_id", type=row["type"], canonical=names.get(row["entity_id"])),
        "amounts": _amount,
        "dates": lambda row: _named(row, "date_id", kind=row["kind"], value=row["value"]),
        "quotes": lambda row: _named(row, "quote_id", speaker=names.get(row["speaker_entity_id"], row["speaker"])),
        "roles": lambda row: _named(
            row, "role_id", person=names.get(row["person_entity_id"]), role=row["role"], org=names.get(row["org_entity_id"])
        ),
        "events": lambda row: _named(
            row,
            "event_id",
            type=row["type"],
            agents=[names[entity] for entity in row["agents"] or ()],
            targets=[names[entity] for entity in row["targets"] or ()],
            amount=_sum(amounts.get(row["amount_id"])),
            date=dates.get(row["date_id"]),
        ),
    }
    for article in read_arrow(folder, "articles").to_pylist():
        layers = {layer: [read[layer](row) for row in some.get(article["article_id"], ())] for layer, some in rows.items()}
        yield {
            "doc_id": article["article_id"],
            "published": article["published"],
            "offsets": "cleaned",
            "text": article["text"],
            **layers,
        }


def _named(row: Mapping[str, Any], key: str, **said: Any) -> Item:
    return {"id": row[key], "start": row["start"], "end": row["end"], "text": row["text"], **said}


def _amount(row: Mapping[str, Any]) -> Item:
    bounds = {bound: _digits(row[bound]) for bound in ("min", "max")}
    return _named(row, "amount_id", kind=row["kind"], **bounds, unit=row["unit"], qualifier=row["qualifier"])


def _digits(number: Decimal) -> str:
    """The number as gold writes it: 15000000.000000 → « 15000000 »."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _sum(amount: Mapping[str, Any] | None) -> str | None:
    return f"{amount['min']} {amount['unit']}" if amount and amount["unit"] else None
