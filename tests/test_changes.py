"""Which rows a run has that another has not, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from pipeline.changes import RowChange, changed_rows
from pipeline.cli import app
from tests.sample_run import LUMIO, place, rows, write_sample


def date(words: str, rule: str, **more: Any) -> dict[str, Any]:
    (old,) = [row for row in rows()["dates"] if row["article_id"] == "levee"]
    where = place("levee", LUMIO, words)
    return old | where | {"date_id": f"levee:date:{where['start']}", "rule_id": rule} | more


def runs(tmp_path: Path, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[Path, Path]:
    return write_sample(tmp_path / "old", dates=before), write_sample(tmp_path / "new", dates=after)


def test_a_row_that_takes_another_s_place_names_it_and_is_named(tmp_path: Path) -> None:
    old, new = runs(tmp_path, [date("lundi", "weekday")], [date("annoncé lundi", "ours")])
    wide, narrow = date("annoncé lundi", "ours"), date("lundi", "weekday")
    assert sorted(changed_rows(old, new, "dates"), key=lambda change: change.change) == [
        RowChange("dates", "added", wide["date_id"], "annoncé lundi", "found by rule ours, in place of « lundi » (rule weekday)"),
        RowChange("dates", "lost", narrow["date_id"], "lundi", "« annoncé lundi » (rule ours) took its place"),
    ]


def test_a_row_that_nothing_replaces_was_told_by_its_rule(tmp_path: Path) -> None:
    old, new = runs(tmp_path, [date("lundi", "weekday")], [])
    (change,) = changed_rows(old, new, "dates")
    assert change.cause == "no longer found by rule weekday"


def test_a_changed_row_shows_what_it_held_and_holds(tmp_path: Path) -> None:
    old, new = runs(tmp_path, [date("lundi", "weekday")], [date("lundi", "ours", value="2024-03")])
    (change,) = changed_rows(old, new, "dates")
    assert (change.change, change.cause) == ("changed", "value 2024-03-04 → 2024-03, rule_id weekday → ours")


def test_rows_of_an_article_that_came_or_went_say_so(tmp_path: Path) -> None:
    less = {name: [row for row in some if row.get("article_id") != "levee"] for name, some in rows().items()}
    old, new = write_sample(tmp_path / "old", **less), write_sample(tmp_path / "new")
    assert {change.cause for change in changed_rows(old, new, "dates")} == {"the article is new"}
    assert {change.cause for change in changed_rows(new, old, "dates")} == {"the article is gone"}


def test_the_command_lists_the_rows_of_the_tables_it_is_asked_for(tmp_path: Path) -> None:
    old, new = runs(tmp_path, [date("lundi", "weekday")], [])
    lines = CliRunner().invoke(app, ["diff", str(old), str(new), "--rows", "dates"]).stdout.splitlines()
    assert lines[-1].endswith("« lundi »: no longer found by rule weekday")
    wrong = CliRunner().invoke(app, ["diff", str(old), str(new), "--rows", "date"])
    assert (wrong.exit_code, "did you mean 'dates'?" in wrong.stderr) == (2, True)
