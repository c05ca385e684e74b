"""The tables in other programs: keys that hold, views that answer and leave near-copies out, cells that are no formulas."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.tables.export import VIEWS, export_tables
from pipeline.tables.schemas import TABLES
from pipeline.tables.sheets import looks_like_formula
from tests.sample_run import PIRATE, entity, rows, story, write_sample

duckdb = pytest.importorskip("duckdb", reason="comes with the extra report")
openpyxl = pytest.importorskip("openpyxl", reason="comes with the extra report")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("sample"))


def ask_sqlite(path: Path, query: str) -> list[tuple[Any, ...]]:
    base = sqlite3.connect(path)
    try:
        return base.execute(query).fetchall()
    finally:
        base.close()


def ask_duckdb(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as base:
        found: list[tuple[Any, ...]] = base.execute(query).fetchall()
        return found


DATABASES = [pytest.param("sqlite", ask_sqlite, id="sqlite"), pytest.param("duckdb", ask_duckdb, id="duckdb")]


@pytest.mark.parametrize(("fmt", "ask"), DATABASES)
def test_every_row_of_every_table_is_there(out: Path, fmt: Any, ask: Any) -> None:
    path = export_tables(out, fmt)
    assert {name: ask(path, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES} == {n: len(r) for n, r in rows().items()}


@pytest.mark.parametrize(("fmt", "ask"), DATABASES)
def test_money_by_company_leaves_near_copies_out(out: Path, fmt: Any, ask: Any) -> None:
    path = export_tables(out, fmt)
    found = ask(path, "SELECT name, part, type, n_stories, eur_max FROM money_by_company")
    assert [(*row[:4], round(float(row[4]), 2)) for row in found] == [
        ("Lumio", "target", "funding", 1, 15_000_000.0),
        ("Commission nationale de l'informatique et des libertés", "agent", "fine", 1, 1_842_468.91),
        ("Lumio", "target", "fine", 1, 1_842_468.91),
    ]


@pytest.mark.parametrize(("fmt", "ask"), DATABASES)
def test_money_by_company_counts_a_fact_once_with_the_sum_told_first(tmp_path: Path, fmt: Any, ask: Any) -> None:
    """A headline and its article tell one fine, the article with another participant and another sum beside."""
    sample = rows()
    fine = next(event for event in sample["events"] if event["type"] == "fine")
    sums = [one for one in sample["amounts"] if one["amount_id"] == fine["amount_id"]]
    more = {"min": Decimal(1), "max": Decimal(1), "eur_min": Decimal(1), "eur_max": Decimal(1)}
    other = [
        fine | {"event_id": f"amende:fine{n}", "amount_id": f"amende:money{n}", "targets": ["org:lumio", "org:pirate"]}
        for n in "23"
    ]
    sums += [sums[0] | {"amount_id": "amende:money2"}, sums[0] | {"amount_id": "amende:money3"} | more]
    told = {"events": [fine, *other], "amounts": sums, "stories": [story([fine, *other], sums)]}
    path = export_tables(write_sample(tmp_path, **told), fmt)
    found = ask(path, "SELECT entity_id, part, n_stories, eur_max, CAST(last_published AS VARCHAR) FROM money_by_company")
    assert [(*row[:3], round(float(row[3]), 2), row[4]) for row in found] == [
        ("org:cnil", "agent", 1, 1_842_468.91, "2024-04-04"),
        ("org:lumio", "target", 1, 1_842_468.91, "2024-04-04"),
        ("org:pirate", "target", 1, 1_842_468.91, "2024-04-04"),
    ]


@pytest.mark.parametrize(("fmt", "ask"), DATABASES)
def test_quotes_by_person(out: Path, fmt: Any, ask: Any) -> None:
    found = ask(
        export_tables(out, fmt), "SELECT name, n_quotes, n_articles, CAST(first_published AS VARCHAR) FROM quotes_by_person"
    )
    assert found == [("Anne Kerval", 1, 1, "2024-03-05")]


@pytest.mark.parametrize(("fmt", "ask"), DATABASES)
def test_events_timeline(out: Path, fmt: Any, ask: Any) -> None:
    query = "SELECT CAST(day AS VARCHAR), day_from, type, agents, targets, amount FROM events_timeline"
    assert ask(export_tables(out, fmt), query) == [
        ("2024-03-04", "stated", "funding", None, "Lumio", "15 millions d'euros"),
        (
            "2024-04-04",
            "published",
            "fine",
            "Commission nationale de l'informatique et des libertés",
            "Lumio",
            "2 millions de dollars",
        ),
    ]


def test_duckdb_keeps_decimals_days_lists_and_descriptions(out: Path) -> None:
    path = export_tables(out, "duckdb")
    assert ask_duckdb(path, "SELECT max(eur_max) FROM amounts WHERE unit = 'USD'") == [(Decimal("1842468.908337"),)]
    assert ask_duckdb(path, "SELECT aliases, first_published FROM entities WHERE name = 'Lumio'") == [
        (["Lumio SAS"], dt.date(2024, 3, 5))
    ]
    assert ask_duckdb(path, "SELECT comment FROM duckdb_columns() WHERE table_name = 'entities' AND column_name = 'name'") == [
        ("Canonical name.",)
    ]


def test_sqlite_keys_hold(out: Path) -> None:
    path = export_tables(out, "sqlite")
    assert ask_sqlite(path, "PRAGMA foreign_key_check") == []
    assert len(ask_sqlite(path, "PRAGMA foreign_key_list(quotes)")) == 2


def test_an_export_replaces_the_one_before(tmp_path: Path) -> None:
    write_sample(tmp_path)
    before = export_tables(tmp_path, "sqlite").read_bytes()
    assert export_tables(tmp_path, "sqlite").read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*")] == [".veille"]


FORMULAS = ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["Lumio", "1+1", "« =1 »", "", "—", "2 %"])
def test_what_it_would_not(text: str) -> None:
    assert not looks_like_formula(text)


def hostile(tmp_path: Path) -> Path:
    return write_sample(tmp_path, entities=[*rows()["entities"], *(entity(t, f"org:x{i}") for i, t in enumerate(FORMULAS))])


def test_csv_cells_start_no_formula_and_keep_the_words(tmp_path: Path) -> None:
    folder = export_tables(hostile(tmp_path), "csv")
    with (folder / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["entity_id"]: row["name"] for row in csv.DictReader(file)}
    assert [names[f"org:x{i}"] for i in range(len(FORMULAS))] == [f"'{text}" for text in FORMULAS]
    assert names["org:pirate"] == PIRATE
    assert {path.stem for path in folder.iterdir()} == {*TABLES, *VIEWS}


def test_xlsx_cells_are_text_numbers_and_days(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export_tables(hostile(tmp_path), "xlsx"))
    assert book.sheetnames[:3] == list(VIEWS)
    sheet = book["entities"]
    kinds = {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line if cell.value is not None}
    assert kinds == {"s", "n", "d"}
    assert {cell.value for (cell,) in sheet.iter_rows(min_row=2, min_col=3, max_col=3) if cell.quotePrefix} >= {"=1+1", "+33 1"}


def test_a_missing_library_is_said_with_its_remedy(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    for fmt in ("xlsx", "duckdb"):
        with pytest.raises(UsageError, match=r"pip install 'veille\[report\]'"):
            export_tables(out, fmt)  # type: ignore[arg-type]


def test_the_command_prints_where_it_wrote(out: Path, tmp_path: Path) -> None:
    goal = tmp_path / "new" / "run.sqlite"
    result = CliRunner().invoke(app, ["export", str(out), "--format", "sqlite", "--to", str(goal)])
    assert (result.exit_code, result.stdout.strip()) == (0, str(goal))
    assert CliRunner().invoke(app, ["export", str(tmp_path), "--format", "sqlite"]).exit_code == 2
