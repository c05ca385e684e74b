"""The tables as others load them: the descriptor holds, and pandas, polars and DuckDB join, sum and filter alike."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline.tables.read import read_table
from pipeline.tables.schemas import TABLES
from tests.sample_run import rows, write_sample

frictionless = pytest.importorskip("frictionless", reason="frictionless checks the descriptor; it comes with the extra dev")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("sample"))


def errors(out: Path) -> list[list[str]]:
    report = frictionless.Package(str(out / "datapackage.json")).validate()
    return [list(row) for row in report.flatten(["title", "rowNumber", "fieldName"])]


def test_the_package_is_valid_with_its_rows_and_keys(out: Path) -> None:
    assert errors(out) == []


def test_a_broken_key_makes_the_package_invalid(tmp_path: Path) -> None:
    entities = rows()["entities"]
    write_sample(tmp_path, entities=[*entities[1:], entities[1]])
    assert {error[0] for error in errors(tmp_path)} == {"PrimaryKey Error", "ForeignKey Error"}


def test_the_run_is_in_every_file(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {pq.read_schema(out / f"{name}.parquet").metadata[b"run"].decode() for name in TABLES} == {package["id"]}


def test_another_article_makes_another_run(out: Path, tmp_path: Path) -> None:
    write_sample(tmp_path, articles=rows()["articles"][:1])
    ids = [json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["id"] for folder in (out, tmp_path)]
    assert ids[0] != ids[1]


def test_the_schema_in_words_lies_beside_the_tables(out: Path) -> None:
    text = (out / "SCHEMA.md").read_text(encoding="utf-8")
    assert [f"## {name}" for name in TABLES] == [line for line in text.splitlines() if line.startswith("## ")]


SPRING = Decimal("1842468.908337")


def test_pandas_joins_filters_and_sums(out: Path) -> None:
    joined = read_table(out, "amounts").merge(read_table(out, "articles"), on="article_id")
    assert joined[joined["published_start"] >= dt.date(2024, 4, 1)]["eur_max"].sum() == SPRING


def test_polars_joins_filters_and_sums(out: Path) -> None:
    amounts, articles = (pl.read_parquet(out / f"{name}.parquet") for name in ("amounts", "articles"))
    joined = amounts.join(articles, on="article_id").filter(pl.col("published_start") >= dt.date(2024, 4, 1))
    assert joined["eur_max"].sum() == SPRING


def test_duckdb_joins_filters_and_sums(out: Path) -> None:
    query = f"""SELECT sum(eur_max) FROM '{out}/amounts.parquet' JOIN '{out}/articles.parquet' USING (article_id)
                WHERE published_start >= DATE '2024-04-01'"""
    assert duckdb.sql(query).fetchall() == [(SPRING,)]


def test_duckdb_unfolds_the_participants_of_events(out: Path) -> None:
    query = f"""SELECT e.type, n.name FROM (SELECT type, unnest(targets) AS entity_id FROM '{out}/events.parquet') e
                JOIN '{out}/entities.parquet' n USING (entity_id) ORDER BY ALL"""
    assert duckdb.sql(query).fetchall() == [("fine", "Lumio"), ("funding", "Lumio"), ("funding", "Lumio")]
