"""The rows that came, went and changed from one run to another, each with its cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.tables.read import read_arrow
from pipeline.tables.schemas import TABLES

Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is in one run alone, or otherwise in the other: its key, what it says, and why."""

    table: str
    change: Literal["added", "lost", "changed"]
    key: str
    says: str
    cause: str


def changed_rows(old: Path, new: Path, table: str) -> Iterator[RowChange]:
    """The changes of a table from the run in `old` to the run in `new`, in the order of their keys.

    « dates lost doc:date:12-17 “lundi”: “levé lundi” (rule date-ours) took its place ». Raises UsageError for a folder that
    holds no run.
    """
    before, after = _rows(old, table), _rows(new, table)
    lost, added = before.keys() - after.keys(), after.keys() - before.keys()
    left, come = _Places.of(before[key] for key in lost), _Places.of(after[key] for key in added)
    held, holds = _articles(old), _articles(new)
    for key in sorted(before.keys() | after.keys(), key=repr):
        name = "/".join(str(part) for part in key[:-1])
        if key in added:
            yield RowChange(table, "added", name, _says(after[key]), _why_added(after[key], left, held))
        elif key in lost:
            yield RowChange(table, "lost", name, _says(before[key]), _why_lost(before[key], come, holds))
        elif before[key] != after[key]:
            yield RowChange(table, "changed", name, _says(after[key]), _why_changed(before[key], after[key]))


@dataclass(frozen=True, slots=True)
class _Places:
    """Rows by article, to find those that share words with another row."""

    rows: Mapping[str, list[Row]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> _Places:
        places: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row.get("start") is not None:
                places[row["article_id"]].append(row)
        return cls(places)

    def beside(self, row: Row) -> Row | None:
        """The first row that shares a character with this one."""
        if row.get("start") is None:
            return None
        here = self.rows.get(row["article_id"], ())
        touching = (other for other in here if other["start"] < row["end"] and row["start"] < other["end"])
        return min(touching, key=lambda other: other["start"], default=None)


def _rows(folder: Path, table: str) -> dict[Key, Row]:
    """The rows by key, numbered where a key repeats."""
    seen: Counter[Key] = Counter()
    rows: dict[Key, Row] = {}
    for row in read_arrow(folder, table).to_pylist():
        key = tuple(row[name] for name in TABLES[table].key)
        seen[key] += 1
        rows[*key, seen[key]] = row
    return rows


def _articles(folder: Path) -> frozenset[str]:
    return frozenset(read_arrow(folder, "articles").column("article_id").to_pylist())


def _why_added(row: Row, left: _Places, held: frozenset[str]) -> str:
    if row.get("article_id") is not None and row["article_id"] not in held:
        return "the article is new"
    other = left.beside(row)
    return _by(row) + (f", in place of {_quoted(other)}" if other else "")


def _why_lost(row: Row, come: _Places, holds: frozenset[str]) -> str:
    if row.get("article_id") is not None and row["article_id"] not in holds:
        return "the article is gone"
    if other := come.beside(row):
        return f"{_quoted(other)} took its place"
    return f"no longer {_by(row)}"


def _why_changed(before: Row, after: Row) -> str:
    """The columns with what they held and hold."""
    columns = [name for name in after if before.get(name) != after[name]]
    return ", ".join(f"{name} {_short(before.get(name))} → {_short(after[name])}" for name in columns)


def _by(row: Row) -> str:
    """What tells of the row: its rule, the method, the reason of a link, or the rows that it sums up."""
    if row.get("rule_id"):
        return f"found by rule {row['rule_id']}"
    if row.get("method"):
        return f"found by {row['method']}"
    return str(row["reason"]) if row.get("reason") else "told by the rows that it sums up"


def _quoted(row: Row) -> str:
    return f"« {_says(row)} » ({_by(row).removeprefix('found by ')})"


def _says(row: Row) -> str:
    return _short(next((row[name] for name in ("text", "name", "title", "role", "type", "detail") if row.get(name)), ""))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
