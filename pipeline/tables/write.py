"""Rows → files: fixed schemas, sorted rows, the same bytes for the same rows, replaced as a whole."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.describe import schema_markdown, table_schema
from pipeline.tables.folder import digest_of, replaced
from pipeline.tables.schemas import SCHEMA_VERSION, TABLES
from pipeline.tables.table import Table

Row = dict[str, Any]
MADE_BY = ("version", "rules", "model", "licence")
_GROUP_ROWS = {"articles": 2_000}
_OTHER_GROUP_ROWS = 50_000
"""Rows held in memory at a time; one of `articles` holds a whole text."""


def to_arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table of the fixed schema, sorted by article and place (or by key)."""
    order = ("article_id", "start", "end") if "start" in table.schema.names else table.key or table.schema.names
    ordered = sorted(rows, key=lambda row: [_sortable(row[column]) for column in (*order, *table.key)])
    return pa.Table.from_pylist(ordered, schema=table.schema)


def _sortable(value: object) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def write_tables(
    tables: Iterable[tuple[str, Iterable[pa.Table]]], folder: Path, *, stamp: Mapping[str, str], part_rows: int = sys.maxsize
) -> Mapping[str, int]:
    """Write every table, `datapackage.json` and `SCHEMA.md` into `folder`; how many rows each table has.

    Tables come by name, in any order, the rows of each in order and a batch at a time; `stamp` says what made them (see
    `make_stamp`). A table of more than `part_rows` rows becomes a folder of files of so many each.
    """
    by_name = {name: _write(TABLES[name], batches, folder, stamp, part_rows) for name, batches in tables}
    written = {name: by_name[name] for name in TABLES if name in by_name}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "veille",
        "id": stamp["run"],
        "version": stamp["schema_version"],
        "madeBy": {name: value for name, value in stamp.items() if name not in ("schema_version", "run")},
        "resources": [_describe(TABLES[name], files, folder, rows) for name, (files, rows) in written.items()],
    }
    write_json(package, folder / "datapackage.json")
    (folder / "SCHEMA.md").write_text(schema_markdown(), encoding="utf-8")
    return {name: rows for name, (_, rows) in written.items()}


def replace_tables(tables: Mapping[str, pa.Table], out: Path, *, run: Mapping[str, Any]) -> None:
    """Put tables that are in memory into `out` with `run.json`, in place of what is there, all at once."""
    read = zip(*(tables["articles"][name].to_pylist() for name in ("article_id", "content_hash")), strict=True)
    stamp = make_stamp({name: str(run[name]) for name in MADE_BY}, read)
    with replaced(out) as folder:
        write_tables(((name, [table]) for name, table in tables.items()), folder, stamp=stamp)
        write_json(run, folder / "run.json")


def make_stamp(made_by: Mapping[str, str], articles: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """What all files of a run carry: what made them, and an id made of that and of the articles read (id and content)."""
    digest = hashlib.sha256(json.dumps(list(made_by.values())).encode())
    for article in articles:
        digest.update(json.dumps(article, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return {"schema_version": SCHEMA_VERSION, **made_by, "run": digest.hexdigest()[:16]}


def write_json(value: object, path: Path) -> None:
    """Write the value as indented JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")


def _write(
    table: Table, batches: Iterable[pa.Table], folder: Path, stamp: Mapping[str, str], part_rows: int
) -> tuple[list[Path], int]:
    """Write one table, as a file or a folder of part files; the files and how many rows they hold."""
    metadata = {**(table.schema.metadata or {}), **{k.encode(): v.encode() for k, v in stamp.items()}}
    schema, home = table.schema.with_metadata(metadata), folder / table.name
    home.mkdir()
    again = [name for name in schema.names if name not in table.key]  # a key never comes twice: a dictionary of it is of no use
    size = min(_GROUP_ROWS.get(table.name, _OTHER_GROUP_ROWS), part_rows)
    files: list[Path] = []
    rows = 0
    with ExitStack() as opened:
        for group in _groups(batches, table, size):
            if rows % (part_rows // size * size) == 0:
                opened.close()
                files.append(home / f"part-{len(files):05}.parquet")
                writer = opened.enter_context(pq.ParquetWriter(files[-1], schema, compression="zstd", use_dictionary=again))
            rows += len(group)
            writer.write_table(group.replace_schema_metadata(metadata), row_group_size=size)
            del group  # before the next one is made
    if len(files) == 1:
        files = [files[0].replace(folder / f"{table.name}.parquet")]
        home.rmdir()
    return files, rows


def _groups(batches: Iterable[pa.Table], table: Table, size: int) -> Iterator[pa.Table]:
    """The rows in groups of `size`, whatever the batches; one empty group where there is no row. A group is held by who takes it,
    and by nobody here: it would stand beside its own rows, and beside those of the next."""
    waiting = table.schema.empty_table()
    taken: list[pa.Table] = []
    some = False
    for batch in batches:
        waiting = pa.concat_tables([waiting, batch])
        while len(waiting) >= size:
            taken, waiting, some = [_one_chunk(waiting.slice(0, size))], waiting.slice(size), True
            yield taken.pop()
    if len(waiting) or not some:
        taken, waiting = [_one_chunk(waiting)], table.schema.empty_table()
        yield taken.pop()


def _one_chunk(rows: pa.Table) -> pa.Table:
    """The rows under one dictionary a column, so that the same rows give the same bytes however they came in batches."""
    columns = [
        column.cast(pa.string()).combine_chunks().dictionary_encode() if pa.types.is_dictionary(column.type) else column
        for column in rows.columns
    ]
    return pa.table(columns, schema=rows.schema).combine_chunks()


def _describe(table: Table, files: Sequence[Path], folder: Path, rows: int) -> dict[str, Any]:
    paths = [file.relative_to(folder).as_posix() for file in files]
    digests = [digest_of(file) for file in files]
    return {
        "name": table.name,
        "path": paths[0] if len(paths) == 1 else paths,
        "description": table.about,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "sha256": digests[0] if len(digests) == 1 else digests,
        "schema": table_schema(table),
        "rows": rows,
    }
