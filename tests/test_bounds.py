"""Bounds on what a run must yield: what does not hold is named, and nothing is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.bounds import check_bounds
from pipeline.errors import BoundsError
from pipeline.job import run
from pipeline.settings import Bounds, Counted, Settings
from pipeline.tables.schemas import TABLES

SUMMARY = {
    "articles": {"read": 10, "written": 8, "refused": 2},
    "rows": {"mentions": 40, "amounts": 2},
    "new": {"articles": 4, "rows": {"mentions": 8, "amounts": 2}},
}


@pytest.mark.parametrize(
    "bounds",
    [
        {},
        {"min_articles": 8, "max_refused": 0.2},
        {"min_rows_per_article": {"mentions": 5, "amounts": 0.25}, "max_rows_per_article": {"mentions": 5}},
    ],
    ids=["none", "articles", "rows"],
)
def test_bounds_that_hold_say_nothing(bounds: dict[str, Any]) -> None:
    check_bounds(SUMMARY, Bounds(**bounds))


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ({"min_articles": 9}, "8 articles written, bounds.min_articles is 9."),
        ({"max_refused": 0.1}, "2 of 10 articles refused, bounds.max_refused is 0.1."),
        ({"min_rows_per_article": {"mentions": 6}}, "5.00 mentions an article, bounds.min_rows_per_article.mentions is 6."),
        ({"max_rows_per_article": {"amounts": 0.2}}, "0.25 amounts an article, bounds.max_rows_per_article.amounts is 0.2."),
        ({"min_articles": 9, "max_refused": 0}, "bounds.min_articles is 9; 2 of 10 articles refused"),
    ],
)
def test_every_bound_that_does_not_hold_is_named(bounds: dict[str, Any], told: str) -> None:
    with pytest.raises(BoundsError) as caught:
        check_bounds(SUMMARY, Bounds(**bounds))
    assert told in str(caught.value)


def test_new_articles_are_measured_alone_where_they_are_enough() -> None:
    """The four new articles have 2 names each, all together 5: a bad night does not hide behind good years."""
    with pytest.raises(BoundsError, match=r"2\.00 mentions an article, .*mentions is 3 \(articles new in this run\)"):
        check_bounds(SUMMARY, Bounds(min_rows_per_article={"mentions": 3}, measure_new_from=4))
    check_bounds(SUMMARY, Bounds(min_rows_per_article={"mentions": 3}, measure_new_from=5))


def test_a_run_without_any_article_is_measured_too() -> None:
    new = {"articles": 0, "rows": {"mentions": 0}}
    nothing = {"articles": {"read": 0, "written": 0, "refused": 0}, "rows": {"mentions": 0}, "new": new}
    with pytest.raises(BoundsError, match=r"0\.00 mentions an article"):
        check_bounds(nothing, Bounds(min_rows_per_article={"mentions": 1}))


def test_a_run_out_of_bounds_replaces_nothing(tmp_path: Path) -> None:
    article = tmp_path / "in" / "lumio.txt"
    article.parent.mkdir()
    article.write_text("Lumio lève 15 millions d'euros, a annoncé lundi sa directrice générale, Anne Kerval.", encoding="utf-8")
    run([article], tmp_path / "out")
    before = (tmp_path / "out" / "mentions.parquet").read_bytes()
    article.write_text("Rien ne va plus pour personne dans cette triste journée de pluie.", encoding="utf-8")
    with pytest.raises(BoundsError):
        run([article], tmp_path / "out", settings=Settings(bounds=Bounds(min_rows_per_article={"mentions": 1})))
    assert (tmp_path / "out" / "mentions.parquet").read_bytes() == before


def test_what_is_new_in_a_run_is_counted(tmp_path: Path) -> None:
    folder, settings = tmp_path / "in", Settings(bounds=Bounds(min_rows_per_article={"mentions": 1}))
    folder.mkdir()
    for name in ("Lumio", "Orbello"):
        (folder / f"{name}.txt").write_text(f"La start-up {name} recrute à Nantes, annonce la Cnil.", encoding="utf-8")
        new = run([folder], tmp_path / "out", settings=settings).summary["new"]
        assert new == {"articles": 1, "rows": {"mentions": 3}}
    assert run([folder], tmp_path / "out", settings=settings).summary["new"] == {"articles": 0, "rows": {"mentions": 0}}


def test_what_is_counted_are_tables() -> None:
    assert set(get_args(Counted)) <= set(TABLES)
