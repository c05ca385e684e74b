"""The tables for other programs: one DuckDB or SQLite file with keys and views, or sheets (CSV, XLSX)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

import pyarrow as pa

from pipeline.columns import rows_of, texts_of
from pipeline.errors import UsageError
from pipeline.tables.derived import EXPORTS
from pipeline.tables.read import read_arrow
from pipeline.tables.schemas import TABLES
from pipeline.tables.sheets import Sheet, write_csv, write_xlsx
from pipeline.tables.table import Table

Format = Literal["duckdb", "sqlite", "csv", "xlsx"]
VIEWS = ("money_by_company", "quotes_by_person", "events_timeline")
_FIRST = ("articles", "entities", "mentions", "links", "amounts", "dates")
_ORDER = (*_FIRST, *(name for name in TABLES if name not in _FIRST))
"""Referred tables before those that refer to them."""
_PARTICIPANTS = """CREATE TABLE event_participants (
  event_id {text} REFERENCES events (event_id), part {text}, entity_id {text} REFERENCES entities (entity_id),
  PRIMARY KEY (event_id, part, entity_id))"""
_TELLINGS = """CREATE TABLE story_events (
  story_id {text} REFERENCES stories (story_id), event_id {text} REFERENCES events (event_id),
  PRIMARY KEY (story_id, event_id))"""
_SQLITE_TYPES = MappingProxyType(
    {
        "string": "TEXT",
        "int32": "INTEGER",
        "double": "REAL",
        "bool": "INTEGER",
        "date32[day]": "TEXT",
        "decimal128(38, 6)": "NUMERIC",
    }
)
_DUCKDB_TYPES = MappingProxyType(
    {
        "string": "VARCHAR",
        "int32": "INTEGER",
        "double": "DOUBLE",
        "bool": "BOOLEAN",
        "date32[day]": "DATE",
        "decimal128(38, 6)": "DECIMAL(38, 6)",
    }
)


def export_tables(folder: Path, fmt: Format, to: Path | None = None) -> Path:
    """The file (folder for csv) that the tables of a run were written to; what stood there is replaced as a whole.

    Raises UsageError for a folder without tables, a missing library, and tables too long for a sheet.
    """
    if fmt not in get_args(Format):
        raise UsageError(f"no format {fmt!r}; there are {', '.join(get_args(Format))}")
    tables = {name: read_arrow(folder, name) for name in _ORDER}
    goal = to or folder / EXPORTS[fmt]
    if goal.is_dir() != (fmt == "csv") and goal.exists():
        raise UsageError(f"{goal} is {'a folder' if goal.is_dir() else 'a file'}: name another place with --to")
    goal.parent.mkdir(parents=True, exist_ok=True)
    writers: dict[Format, Callable[[Mapping[str, pa.Table], Path], None]] = {
        "duckdb": _write_duckdb,
        "sqlite": _write_sqlite,
        "csv": lambda tables, path: write_csv(_sheets(tables), path),
        "xlsx": lambda tables, path: write_xlsx(_sheets(tables), path),
    }
    if fmt == "csv":
        writers[fmt](tables, goal)
        return goal
    staging = goal.with_name(f".{goal.name}.part")
    staging.touch()  # who may not write there is told so by the system, not by a library
    staging.unlink()
    try:
        writers[fmt](tables, staging)
        staging.replace(goal)
    finally:
        staging.unlink(missing_ok=True)
    return goal


def need(library: str, what: str) -> Any:
    """The library, where it is installed; a UsageError that says how to get it where not."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise UsageError(f"{what} needs {library}: pip install 'veille[report]'") from error


def views_sql() -> str:
    """The views, in SQL that DuckDB and SQLite both read."""
    return (Path(__file__).parent / "views.sql").read_text(encoding="utf-8")


def _write_duckdb(tables: Mapping[str, pa.Table], path: Path) -> None:
    duckdb = need("duckdb", "--format duckdb")
    with duckdb.connect(str(path)) as base:
        for name, rows in tables.items():
            table = TABLES[name]
            base.execute(_create(table, _duckdb_type))
            base.execute(f"COMMENT ON TABLE {name} IS {_literal(table.about)}")
            for field in table.schema:
                comment = _literal(field.metadata[b"description"].decode())
                base.execute(f"COMMENT ON COLUMN {name}.{_quoted(field.name)} IS {comment}")
            base.register("incoming", rows)
            for condition in _waves(table):
                base.execute(f"INSERT INTO {name} SELECT * FROM incoming {condition}")
            base.unregister("incoming")
        for name, creation, some in _lists(tables, "VARCHAR"):
            base.execute(creation)
            base.register("incoming", some)
            base.execute(f"INSERT INTO {name} SELECT * FROM incoming")
            base.unregister("incoming")
        base.execute(views_sql())


def _waves(table: Table) -> tuple[str, ...]:
    """Conditions under which rows are inserted one after the other: rows that others of the same table refer to come first."""
    own = [name for name, (other, _) in table.refers.items() if other == table.name]
    return tuple(f"WHERE {_quoted(own[0])} IS {test}" for test in ("NULL", "NOT NULL")) if own else ("",)


def _write_sqlite(tables: Mapping[str, pa.Table], path: Path) -> None:
    base = sqlite3.connect(path)
    try:
        _fill_sqlite(base, tables)
    finally:
        base.close()


def _fill_sqlite(base: sqlite3.Connection, tables: Mapping[str, pa.Table]) -> None:
    for name, rows in tables.items():
        base.execute(_create(TABLES[name], _sqlite_type))
        marks = ", ".join("?" * len(rows.schema))
        base.executemany(f"INSERT INTO {name} VALUES ({marks})", ([_plain(v) for v in row] for row in rows_of(rows)))
    for name, creation, some in _lists(tables, "TEXT"):
        base.execute(creation)
        base.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some.schema))})", rows_of(some))
    base.executescript(views_sql())
    base.commit()


def _plain(value: Any) -> str | int | float | None:
    """The value as SQLite keeps it: dates as ISO 8601, lists as JSON, decimals as digits (the column makes numbers of them)."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _lists(tables: Mapping[str, pa.Table], text: str) -> Iterator[tuple[str, str, pa.Table]]:
    """What lists in columns say, as tables of their own: the name and the statement that creates each, and its rows."""
    yield (
        "event_participants",
        _PARTICIPANTS.format(text=text),
        texts_of(("event_id", "part", "entity_id"), _participants(tables)),
    )
    stories = rows_of(tables["stories"].select(["story_id", "events"]))
    told = ((story, event) for story, events in stories for event in events or ())
    yield "story_events", _TELLINGS.format(text=text), texts_of(("story_id", "event_id"), told)


def _participants(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, str, str]]:
    events = tables["events"].select(["event_id", "agents", "targets"])
    for event, agents, targets in rows_of(events):
        yield from ((event, "agent", entity) for entity in agents or ())
        yield from ((event, "target", entity) for entity in targets or ())


def _create(table: Table, type_of: Callable[[pa.DataType], str]) -> str:
    """The statement that creates the table with its keys."""
    lines = [f"{_quoted(field.name)} {type_of(field.type)}" for field in table.schema]
    if table.key:
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    for name, (other, column) in table.refers.items():
        if not pa.types.is_list(table.schema.field(name).type):
            lines.append(f"FOREIGN KEY ({_quoted(name)}) REFERENCES {other} ({_quoted(column)})")
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + ")"


def _sqlite_type(kind: pa.DataType) -> str:
    return "TEXT" if pa.types.is_list(kind) or pa.types.is_dictionary(kind) else _SQLITE_TYPES[str(kind)]


def _duckdb_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_duckdb_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"STRUCT({', '.join(f'{_quoted(f.name)} {_duckdb_type(f.type)}' for f in kind)})"
    return "VARCHAR" if pa.types.is_dictionary(kind) else _DUCKDB_TYPES[str(kind)]


def _quoted(name: str) -> str:
    return f'"{name}"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sheets(tables: Mapping[str, pa.Table]) -> Iterator[Sheet]:
    """The views first, as they answer what most people ask; then every table."""
    base = sqlite3.connect(":memory:")
    try:
        _fill_sqlite(base, tables)
        for view in VIEWS:
            found = base.execute(f"SELECT * FROM {view}")
            yield Sheet(view, tuple(column[0] for column in found.description), found)
    finally:
        base.close()
    for name, rows in tables.items():
        yield Sheet(name, tuple(rows.schema.names), rows_of(rows))
