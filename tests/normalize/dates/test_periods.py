"""Months, quarters, seasons, weeks: which one is meant, by their words, the tense and the day of publication."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.normalize.dates import periods
from pipeline.normalize.dates.facts import Facts, Unit
from pipeline.normalize.dates.frame import COARSE_PUBLICATION, NO_PREVIOUS, UNKNOWN_PUBLICATION, Tense, Value
from tests.normalize.dates.frames import against

QUARTER, THIRD, HALF = Unit("M", Decimal(3)), Unit("M", Decimal(4)), Unit("M", Decimal(6))
WINTER, SUMMER = (24, 12, 21), (22, 6, 21)


@pytest.mark.parametrize(
    ("month", "near", "tense", "expected"),
    [
        (9, None, None, "2024-09"),
        (10, None, None, "2023-10"),
        (4, None, None, "2024-04"),
        (3, None, None, "2024-03"),
        (3, None, "future", "2025-03"),
        (4, None, "past", "2024-04"),
        (5, None, "past", "2023-05"),
        (4, "last", None, "2023-04"),
        (3, "last", None, "2024-03"),
        (5, "last", "future", "2023-05"),
        (4, "next", "past", "2025-04"),
        (5, "next", None, "2024-05"),
        (3, "next", None, "2025-03"),
        (12, "year last", None, "2023-12"),
        (1, "year this", None, "2024-01"),
        (2, "year next", None, "2025-02"),
    ],
)
def test_a_month_without_its_year_in_an_article_of_april(
    month: int, near: str | None, tense: Tense | None, expected: str
) -> None:
    """Up to five months ahead it is the one to come, else the one gone by, unless words or the tense decide."""
    assert periods.read_month(Facts(month=month, near=near), against("2024-04-10", tense)) == Value(expected)


@pytest.mark.parametrize(("month", "expected"), [(10, "2024-10"), (11, "2023-11")])
def test_a_month_behind_a_preposition_may_lie_half_a_year_ahead(month: int, expected: str) -> None:
    assert periods.read_month(Facts(month=month), against("2024-04-10", lead="around")) == Value(expected)


@pytest.mark.parametrize(
    ("month", "near", "expected"),
    [
        (1, "before", "2023-01"),
        (3, "before", "2022-03"),
        (5, "before", "2022-05"),
        (1, "after", "2024-01"),
        (3, "after", "2024-03"),
        (5, "after", "2023-05"),
        (1, "same", "2023-01"),
        (12, "same", "2023-12"),
        (1, "year before", "2022-01"),
        (1, "year same", "2023-01"),
        (1, "year after", "2024-01"),
    ],
)
def test_a_month_beside_the_date_before_it(month: int, near: str, expected: str) -> None:
    found = periods.read_month(Facts(month=month, near=near), against(previous="2023-03-12"))

    assert found == Value(expected, None if near.startswith("year") else "counted from 2023-03-12, the date before it")


@pytest.mark.parametrize(
    ("facts", "published", "reason"),
    [
        (Facts(), "2024-04-10", "no month"),
        (Facts(month=3), None, UNKNOWN_PUBLICATION),
        (Facts(month=3), "2024", COARSE_PUBLICATION),
        (Facts(month=3, near="before"), "2024-04-10", NO_PREVIOUS),
        (Facts(month=3, near="year same"), "2024-04-10", NO_PREVIOUS),
        (Facts(month=3, near="year last"), None, UNKNOWN_PUBLICATION),
    ],
)
def test_a_month_nobody_can_know(facts: Facts, published: str | None, reason: str) -> None:
    assert periods.read_month(facts, against(published)) == Value(None, reason)


def test_a_month_with_its_year_needs_no_publication_date() -> None:
    assert periods.read_month(Facts(month=3, year=2021), against()) == Value("2021-03")


@pytest.mark.parametrize(
    ("facts", "tense", "expected"),
    [
        ({"ordinal": 1}, None, "2024-33"),
        ({"ordinal": 2}, None, "2024-34"),
        ({"ordinal": 3}, None, "2024-35"),
        ({"ordinal": 4}, None, "2023-36"),
        ({"ordinal": 4}, "future", "2024-36"),
        ({"ordinal": 1}, "future", "2025-33"),
        ({"ordinal": 3}, "past", "2023-35"),
        ({"ordinal": 2, "near": "last"}, None, "2023-34"),
        ({"ordinal": 2, "near": "next"}, None, "2025-34"),
        ({"ordinal": 4, "near": "year last"}, None, "2023-36"),
        ({"ordinal": -1}, None, "2024-33"),
        ({"ordinal": -1, "year": 2022}, None, "2022-36"),
        ({"ordinal": -1, "near": "year last"}, None, "2023-36"),
        ({"ordinal": 3, "unit": QUARTER, "year": 2022}, None, "2022-35"),
        ({"ordinal": 1, "unit": HALF}, None, "2024-01/2024-06"),
        ({"ordinal": 2, "unit": HALF}, "past", "2023-07/2023-12"),
        ({"ordinal": 2, "unit": HALF}, None, "2024-07/2024-12"),
        ({"ordinal": -1, "unit": HALF}, None, "2023-07/2023-12"),
        ({"ordinal": -1, "unit": HALF, "year": 2022}, None, "2022-07/2022-12"),
        ({"ordinal": 1, "unit": THIRD}, None, "2024-01/2024-04"),
        ({"ordinal": 3, "unit": THIRD}, None, "2023-09/2023-12"),
        ({"ordinal": 2, "unit": THIRD}, None, "2024-05/2024-08"),
        ({"ordinal": -1, "unit": THIRD}, None, "2023-09/2023-12"),
    ],
)
def test_a_part_of_a_year_in_an_article_of_april(facts: dict[str, Any], tense: Tense | None, expected: str) -> None:
    assert periods.read_quarter(Facts(**facts), against("2024-04-10", tense)) == Value(expected)


@pytest.mark.parametrize(
    ("facts", "published", "reason"),
    [
        ({}, "2024-04-10", "no quarter or half year by that number"),
        ({"ordinal": 5}, "2024-04-10", "no quarter or half year by that number"),
        ({"ordinal": 3, "unit": HALF}, "2024-04-10", "no quarter or half year by that number"),
        ({"ordinal": 4, "unit": THIRD}, "2024-04-10", "no quarter or half year by that number"),
        ({"ordinal": 1, "unit": Unit("M", Decimal(1))}, "2024-04-10", "no quarter or half year by that number"),
        ({"ordinal": 1}, None, UNKNOWN_PUBLICATION),
        ({"ordinal": 1}, "2024", COARSE_PUBLICATION),
        ({"ordinal": -1}, "2024", COARSE_PUBLICATION),
        ({"ordinal": -1}, None, UNKNOWN_PUBLICATION),
        ({"ordinal": 1, "near": "year same"}, "2024-04-10", NO_PREVIOUS),
    ],
)
def test_a_part_of_a_year_nobody_can_know(facts: dict[str, Any], published: str | None, reason: str) -> None:
    assert periods.read_quarter(Facts(**facts), against(published)) == Value(None, reason)


@pytest.mark.parametrize(
    ("season", "near", "tense", "lead", "published", "expected"),
    [
        (SUMMER, None, None, None, "2024-03-01", "2024-22"),
        (SUMMER, None, None, None, "2024-01-23", "2023-22"),
        (SUMMER, None, None, None, "2024-01-24", "2024-22"),
        (SUMMER, None, "future", None, "2024-01-01", "2024-22"),
        (SUMMER, None, "past", None, "2024-05-01", "2023-22"),
        (SUMMER, None, "future", None, "2024-07-01", "2024-22"),
        (SUMMER, None, "future", "before", "2024-07-01", "2025-22"),
        (SUMMER, None, "future", "by", "2024-07-01", "2025-22"),
        (SUMMER, None, "future", "until", "2024-07-01", "2025-22"),
        (SUMMER, None, "future", "from", "2024-07-01", "2024-22"),
        (SUMMER, None, "future", None, "2024-10-01", "2025-22"),
        (SUMMER, "last", None, None, "2024-06-20", "2023-22"),
        (SUMMER, "last", None, None, "2024-06-21", "2023-22"),
        (SUMMER, "last", None, None, "2024-09-21", "2023-22"),
        (SUMMER, "last", None, None, "2024-09-22", "2024-22"),
        (SUMMER, "next", None, None, "2024-06-20", "2024-22"),
        (SUMMER, "next", None, None, "2024-06-21", "2025-22"),
        (SUMMER, "this", None, None, "2024-01-15", "2024-22"),
        (SUMMER, "this", "past", None, "2024-01-15", "2023-22"),
        (SUMMER, "this", "future", None, "2024-10-15", "2024-22"),
        (WINTER, "this", None, None, "2024-03-31", "2023-24"),
        (WINTER, "this", None, None, "2024-04-01", "2024-24"),
        (WINTER, "last", None, None, "2024-03-19", "2022-24"),
        (WINTER, "last", None, None, "2024-03-20", "2023-24"),
        (WINTER, None, None, None, "2024-02-01", "2023-24"),
        (WINTER, "year last", None, None, "2024-02-01", "2023-24"),
    ],
)
def test_a_season_without_its_year(
    season: tuple[int, int, int], near: str | None, tense: Tense | None, lead: str | None, published: str, expected: str
) -> None:
    """One that begins in less than 150 days is to come where no tense tells; a winter bears the year in which it begins."""
    facts = Facts(season=season, near=near)

    assert periods.read_season(facts, against(published, tense, lead=lead)) == Value(expected)


@pytest.mark.parametrize(
    ("season", "near", "previous", "expected"),
    [
        (SUMMER, "same", "2021-06", "2021-22"),
        (SUMMER, "after", "2014", "2015-22"),
        (SUMMER, "after", "2014-03-02", "2014-22"),
        (SUMMER, "after", "2014-09", "2015-22"),
        (SUMMER, "before", "2014-03-02", "2013-22"),
        (SUMMER, "before", "2014-09", "2014-22"),
        (WINTER, "after", "2014-09", "2014-24"),
    ],
)
def test_a_season_beside_the_date_before_it(season: tuple[int, int, int], near: str, previous: str, expected: str) -> None:
    found = periods.read_season(Facts(season=season, near=near), against("2024-03-01", previous=previous))

    assert found == Value(expected, f"counted from {previous}, the date before it")


def test_a_season_that_follows_no_date_is_unknown() -> None:
    assert periods.read_season(Facts(season=SUMMER, near="after"), against("2024-03-01")) == Value(None, NO_PREVIOUS)


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(), "2024-03-01", Value(None, "no season")),
        (Facts(season=SUMMER), None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(season=SUMMER), "2024", Value(None, COARSE_PUBLICATION)),
        (Facts(season=SUMMER), "2024-03", Value("2024-22")),
        (Facts(season=SUMMER, year=2021), None, Value("2021-22")),
        (Facts(season=SUMMER, near="year same"), "2024-03-01", Value(None, NO_PREVIOUS)),
    ],
)
def test_a_season_is_known_where_all_days_of_publication_give_the_same(
    facts: Facts, published: str | None, expected: Value
) -> None:
    assert periods.read_season(facts, against(published)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), Value(None, "no year")),
        (Facts(year=79), Value("0079")),
        (Facts(year=2, before_christ=True), Value("-0001")),
        (Facts(year=1, before_christ=True), Value("0000")),
    ],
)
def test_years_before_the_common_era_are_counted_from_zero(facts: Facts, expected: Value) -> None:
    assert periods.read_year(facts, against()) == expected


@pytest.mark.parametrize(
    ("decade", "decade2", "expected"),
    [
        (None, None, Value(None, "no decade")),
        (20, None, Value(None, "the decade may be of two centuries")),
        (30, None, Value("193X")),
        (90, None, Value("199X")),
        (1880, None, Value("188X")),
        (100, None, Value("10X")),
        (80, 2000, Value("198X/200X")),
        (90, 20, Value(None, "the decade may be of two centuries")),
        (90, 80, Value(None, "the range would run backwards")),
    ],
)
def test_decades(decade: int | None, decade2: int | None, expected: Value) -> None:
    assert periods.read_decade(Facts(decade=decade, decade2=decade2), against()) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), Value(None, "no century by that number")),
        (Facts(century=31), Value(None, "no century by that number")),
        (Facts(century=30), Value("29XX")),
        (Facts(century=1), Value("00XX")),
        (Facts(century=3, before_christ=True), Value("-02XX")),
        (Facts(century=18, century2=20), Value("17XX/19XX")),
        (Facts(century=5, century2=3, before_christ=True), Value("-04XX/-02XX")),
    ],
)
def test_centuries(facts: Facts, expected: Value) -> None:
    assert periods.read_century(facts, against()) == expected


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(month=4, ordinal=1), "2024-03-01", Value("2024-04-01/2024-04-15")),
        (Facts(month=4, ordinal=2), "2024-03-01", Value("2024-04-16/2024-04-30")),
        (Facts(month=2, year=2023, ordinal=-1), None, Value("2023-02-16/2023-02-28")),
        (Facts(month=4, ordinal=1), None, Value(None, UNKNOWN_PUBLICATION)),
    ],
)
def test_a_fortnight_is_half_of_its_month(facts: Facts, published: str | None, expected: Value) -> None:
    assert periods.read_fortnight(facts, against(published)) == expected


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(number=Decimal(1)), "2024", Value("2024-01-01/2024-01-07")),
        (Facts(number=Decimal(1)), "2021", Value("2021-01-04/2021-01-10")),
        (Facts(number=Decimal(1)), "2026", Value("2025-12-29/2026-01-04")),
        (Facts(number=Decimal(53)), "2026", Value("2026-12-28/2027-01-03")),
        (Facts(number=Decimal(53)), "2024", Value(None, "no week by that number")),
        (Facts(number=Decimal(53)), None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(number=Decimal(14), year=2023), "2024", Value("2023-04-03/2023-04-09")),
        (Facts(), "2024", Value("2024-01-01/2024-01-07")),
        (Facts(ordinal=2, month=5, year=2024), None, Value("2024-05-06/2024-05-12")),
        (Facts(ordinal=-1, month=2, year=2024), None, Value("2024-02-26/2024-03-03")),
        (Facts(ordinal=-1, month=4, year=2024), None, Value("2024-04-22/2024-04-28")),
        (Facts(ordinal=5, month=5, year=2024), None, Value("2024-05-27/2024-06-02")),
        (Facts(ordinal=5, month=4, year=2024), None, Value(None, "no week by that number")),
        (Facts(ordinal=1, month=4), None, Value(None, UNKNOWN_PUBLICATION)),
    ],
)
def test_a_week_belongs_to_the_year_or_month_of_its_thursday(facts: Facts, published: str | None, expected: Value) -> None:
    assert periods.read_nth_week(facts, against(published)) == expected


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(number=Decimal(9), year=2023), None, Value("2023-01/2023-09")),
        (Facts(number=Decimal(9)), "2024-03", Value("2024-01/2024-09")),
        (Facts(number=Decimal(3), ordinal=-1), "2024", Value("2024-10/2024-12")),
        (Facts(number=Decimal(12)), "2024", Value("2024-01/2024-12")),
        (Facts(number=Decimal(1)), "2024", Value("2024-01/2024-01")),
        (Facts(number=Decimal(13)), "2024", Value(None, COARSE_PUBLICATION)),
        (Facts(number=Decimal(0)), "2024", Value(None, COARSE_PUBLICATION)),
        (Facts(), "2024", Value(None, COARSE_PUBLICATION)),
        (Facts(number=Decimal(9)), None, Value(None, UNKNOWN_PUBLICATION)),
    ],
)
def test_the_first_months_of_a_year(facts: Facts, published: str | None, expected: Value) -> None:
    assert periods.read_first_months(facts, against(published)) == expected
