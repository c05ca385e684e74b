"""Gazetteers: CSV files of known things, an entry a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from pipeline.edited import read_edited
from pipeline.errors import DataError, nearest
from pipeline.lexicon.documents import Place, Report, refuse
from pipeline.lexicon.model import GazetteerEntry
from pipeline.model import ENTITY_TYPES, EntityType

COLUMNS = ("canonical", "type", "kind", "country", "since", "aliases", "needs_context", "former", "wikidata")


def load_gazetteer(path: Path, *, report: Report = refuse) -> Iterator[GazetteerEntry]:
    """The entries of one CSV file; an unknown type, or a form that repeats without needing context, is a DataError.

    « CMA » may stand for a company and for an authority of one file where both entries list it under needs_context.
    `report` is told of every mistake; where it does not raise, the entry that holds it is left out.
    """
    seen: dict[tuple[str, str], int] = {}
    try:
        text = read_edited(path)
    except DataError as error:
        report(error)
        return
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if not _is_header(path, reader.fieldnames or (), report):
            return
        for row in reader:
            place = Place(path, reader.line_num)
            entry = _read_entry(place, row, report)
            if entry:
                _refuse_repeated(place, entry, seen, report)
                yield entry
    except csv.Error as error:
        report(Place(path, reader.line_num).wrong(str(error), mend="close the quotation mark, or double it"))


def _is_header(path: Path, names: Sequence[str], report: Report) -> bool:
    """True where the first line names known columns, the two that every entry needs among them."""
    header = Place(path, 1)
    for name in names:
        if name not in COLUMNS:
            mend = "part columns by commas" if ";" in name else nearest(name, COLUMNS)
            report(header.wrong(f"unknown column {name!r}", mend=mend))
    missing = [name for name in ("canonical", "type") if name not in names]
    if missing:
        report(header.wrong(f"no column {missing[0]!r}", mend=f"the first line names the columns: {','.join(COLUMNS)}"))
    return not missing


def _read_entry(place: Place, raw: Mapping[str | None, str | list[str] | None], report: Report) -> GazetteerEntry | None:
    if None in raw:
        report(place.wrong("more cells than columns", mend="put a cell that holds a comma in quotation marks"))
        return None
    row = {str(column): str(cell or "").strip() for column, cell in raw.items()}
    if row["type"] not in ENTITY_TYPES:
        report(place.wrong(f"unknown type {row['type']!r}", mend=nearest(row["type"], ENTITY_TYPES)))
        return None
    if not row["canonical"]:
        report(place.wrong("an entry without a canonical name"))
        return None
    entry = _entry(row, place.path.name)
    if stray := sorted(entry.needs_context - set(entry.forms)):
        report(place.wrong(f"needs_context names {stray[0]!r}, which is no form of {row['canonical']!r}"))
    return entry


def _entry(row: Mapping[str, str], source: str) -> GazetteerEntry:
    return GazetteerEntry(
        canonical=row["canonical"],
        type=cast(EntityType, row["type"]),
        kind=row.get("kind") or None,
        country=row.get("country") or None,
        since=row.get("since") or None,
        aliases=_cells(row, "aliases"),
        needs_context=frozenset(_cells(row, "needs_context")),
        former=tuple((name, since or None) for name, _, since in (item.partition("@") for item in _cells(row, "former"))),
        wikidata=row.get("wikidata") or None,
        source=source,
    )


def _refuse_repeated(place: Place, entry: GazetteerEntry, seen: dict[tuple[str, str], int], report: Report) -> None:
    line = place.line or 0
    for form in dict.fromkeys(form for form in entry.forms if form not in entry.needs_context):
        first = seen.setdefault((form, entry.type), line)
        if first != line:
            report(place.wrong(f"alias {form!r} stands on line {first} already", mend="keep one of them"))


def _cells(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    cell = row.get(column)
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()
