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

SUMMARY = {"articles": {"read": 10, "written": 8, "refused": 2}, "rows": {"mentions": 40, "amounts": 2}}


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


def test_a_run_without_any_article_is_measured_too() -> None:
    nothing = {"articles": {"read": 0, "written": 0, "refused": 0}, "rows": {"mentions": 0}}
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


def test_what_is_counted_are_tables() -> None:
    assert set(get_args(Counted)) <= set(TABLES)
