"""Rows → files: fixed schemas, sorted rows, the same bytes for the same rows, replaced as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.describe import schema_markdown, table_schema
from pipeline.tables.folder import replaced
from pipeline.tables.schemas import SCHEMA_VERSION, TABLES, Table

Row = dict[str, Any]
_MADE_BY = ("version", "rules", "model", "licence")


def to_arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table of the fixed schema, sorted by article and place (or by key)."""
    order = ("article_id", "start", "end") if "start" in table.schema.names else table.key or table.schema.names
    ordered = sorted(rows, key=lambda row: [_sortable(row[column]) for column in (*order, *table.key)])
    return pa.Table.from_pylist(ordered, schema=table.schema)


def _sortable(value: object) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def write_tables(tables: Mapping[str, pa.Table], out: Path, *, run: Mapping[str, Any]) -> None:
    """Put every table, `datapackage.json`, `SCHEMA.md` and `run.json` into `out`, in place of the old set, all at once."""
    with replaced(out) as folder:
        stamp = {"schema_version": SCHEMA_VERSION, **{k: str(run[k]) for k in _MADE_BY}, "run": run_id(tables, run)}
        for name, table in tables.items():
            metadata = {**(table.schema.metadata or {}), **{k.encode(): v.encode() for k, v in stamp.items()}}
            _write_parquet(table.replace_schema_metadata(metadata), folder / f"{name}.parquet")
        _write_json(folder / "datapackage.json", describe_package(folder, tables, stamp))
        (folder / "SCHEMA.md").write_text(schema_markdown(), encoding="utf-8")
        _write_json(folder / "run.json", run)


def run_id(tables: Mapping[str, pa.Table], run: Mapping[str, Any]) -> str:
    """The id that all files of a run share, made of version, rules, model and the articles read: a repeated run keeps it."""
    read = zip(*(tables["articles"].column(name).to_pylist() for name in ("article_id", "content_hash")), strict=True)
    made = json.dumps([*(str(run[k]) for k in _MADE_BY), *read], ensure_ascii=False)
    return hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _write_parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", store_schema=True, write_statistics=True, row_group_size=100_000)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")


def describe_package(folder: Path, tables: Mapping[str, pa.Table], stamp: Mapping[str, str]) -> dict[str, Any]:
    """The Frictionless Data Package (v2) of the tables written to `folder`; `stamp` says which run wrote them."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "veille",
        "id": stamp["run"],
        "version": stamp["schema_version"],
        "madeBy": {k: stamp[k] for k in _MADE_BY},
        "resources": [_describe(folder / f"{name}.parquet", TABLES[name], table.num_rows) for name, table in tables.items()],
    }


def _describe(path: Path, table: Table, rows: int) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": table.name,
        "path": path.name,
        "description": table.about,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "sha256": hashlib.sha256(content).hexdigest(),
        "schema": table_schema(table),
        "rows": rows,
    }
