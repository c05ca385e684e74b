"""What is written: fixed schemas, sorted rows, the same bytes for the same rows, one description of every column."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import UsageError
from pipeline.tables.describe import schema_markdown
from pipeline.tables.read import read_arrow, read_table
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import make_stamp, to_arrow, write_tables

STAMP = make_stamp({"version": "1.0", "rules": "abc", "model": "def", "licence": "LGPL-LR"}, [("a", "0"), ("b", "1")])


def amounts() -> list[dict[str, Any]]:
    empty = dict.fromkeys(TABLES["amounts"].schema.names)
    return [
        empty | {"amount_id": f"{a}:money:{i}", "article_id": a, "start": i, "end": i + 1, "min": Decimal("0.1"), "kind": "money"}
        for a in ("b", "a")
        for i in (9, 3)
    ]


def write(folder: Path, rows: list[dict[str, Any]], *, batch: int = 100, part_rows: int = 100) -> None:
    folder.mkdir(exist_ok=True)
    tables = {name: to_arrow(table, rows if name == "amounts" else []) for name, table in TABLES.items()}
    batches = ((n, [table.slice(i, batch) for i in range(0, len(table), batch)]) for n, table in tables.items())
    write_tables(batches, folder, stamp=STAMP, part_rows=part_rows)


def test_rows_are_sorted_by_article_and_place() -> None:
    table = to_arrow(TABLES["amounts"], amounts())
    assert table.column("amount_id").to_pylist() == ["a:money:3", "a:money:9", "b:money:3", "b:money:9"]


def test_the_same_rows_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    shuffled = amounts()
    random.Random(1).shuffle(shuffled)
    write(tmp_path / "one", amounts())
    write(tmp_path / "two", shuffled)
    for name in TABLES:
        assert (tmp_path / "one" / f"{name}.parquet").read_bytes() == (tmp_path / "two" / f"{name}.parquet").read_bytes()


def test_the_size_of_the_batches_does_not_show(tmp_path: Path) -> None:
    write(tmp_path / "one", amounts())
    write(tmp_path / "two", amounts(), batch=1)
    assert (tmp_path / "one" / "amounts.parquet").read_bytes() == (tmp_path / "two" / "amounts.parquet").read_bytes()


def test_one_group_of_rows_is_held_at_a_time(tmp_path: Path) -> None:
    rows = to_arrow(TABLES["amounts"], amounts() * 5_000)
    start, held = pa.total_allocated_bytes(), list[int]()

    def batches() -> Iterator[pa.Table]:
        for place in range(0, len(rows), 2_000):
            held.append(pa.total_allocated_bytes() - start)
            yield rows.slice(place, 2_000)

    write_tables([("amounts", batches())], tmp_path, stamp=STAMP, part_rows=10_000)
    assert max(held) < rows.nbytes / 4


def test_a_long_table_is_a_folder_of_parts_that_reads_as_one(tmp_path: Path) -> None:
    write(tmp_path / "one", amounts())
    write(tmp_path / "two", amounts(), part_rows=3)
    assert [path.name for path in sorted((tmp_path / "two" / "amounts").iterdir())] == [
        "part-00000.parquet",
        "part-00001.parquet",
    ]
    assert read_table(tmp_path / "two", "amounts").equals(read_table(tmp_path / "one", "amounts"))
    package = json.loads((tmp_path / "two" / "datapackage.json").read_text(encoding="utf-8"))
    (path,) = [resource["path"] for resource in package["resources"] if resource["name"] == "amounts"]
    assert path == ["amounts/part-00000.parquet", "amounts/part-00001.parquet"]


def test_the_parts_of_a_table_can_be_grouped_as_one(tmp_path: Path) -> None:
    """Each part has a dictionary of its own for `kind`; read back, the table has one."""
    other = [row | {"kind": "percent"} if row["article_id"] == "b" else row for row in amounts()]
    write(tmp_path, other, part_rows=2)
    counted = read_arrow(tmp_path, "amounts").group_by("kind").aggregate([("start", "count")])
    assert counted.to_pylist() == [{"kind": "money", "start_count": 2}, {"kind": "percent", "start_count": 2}]


def test_an_empty_table_has_its_schema(tmp_path: Path) -> None:
    write(tmp_path, [])
    for name, table in TABLES.items():
        assert pq.read_schema(tmp_path / f"{name}.parquet").remove_metadata() == table.schema.remove_metadata()


def test_each_field_carries_its_description(tmp_path: Path) -> None:
    write(tmp_path, [])
    for name in TABLES:
        schema = pq.read_schema(tmp_path / f"{name}.parquet")
        assert all(field.metadata[b"description"] for field in schema)
        assert (schema.metadata[b"schema_version"], schema.metadata[b"rules"]) == (b"1", b"abc")


def test_nothing_but_tables_and_their_descriptions_is_left(tmp_path: Path) -> None:
    write(tmp_path, amounts())
    expected = {f"{name}.parquet" for name in TABLES} | {"datapackage.json", "SCHEMA.md"}
    assert {path.name for path in tmp_path.iterdir()} == expected


def test_decimals_come_back_exact(tmp_path: Path) -> None:
    write(tmp_path, amounts())
    assert read_table(tmp_path, "amounts")["min"].sum() == Decimal("0.400000")


def test_the_package_describes_every_column(tmp_path: Path) -> None:
    write(tmp_path, amounts())
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["name"]: [field["name"] for field in r["schema"]["fields"]] for r in package["resources"]}
    assert described == {name: table.schema.names for name, table in TABLES.items()}


@pytest.mark.parametrize("table", ["amount", "mentions"], ids=["no such table", "not written"])
def test_a_table_that_is_not_there_is_said(tmp_path: Path, table: str) -> None:
    with pytest.raises(UsageError, match=table):
        read_table(tmp_path, table)


def test_every_column_stands_in_the_printed_schema() -> None:
    printed = schema_markdown()
    assert [n for t in TABLES.values() for n in t.schema.names if f"| `{n}` |" not in printed] == []
