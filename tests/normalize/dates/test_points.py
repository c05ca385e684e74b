"""Days and weekdays: which one is meant, by their words, the tense and the day of publication."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from pipeline.normalize.dates import points
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.feasts import read_feast
from pipeline.normalize.dates.frame import COARSE_PUBLICATION, NO_PREVIOUS, NO_TENSE, UNKNOWN_PUBLICATION, Frame, Tense, Value
from pipeline.normalize.dates.points import NOT_A_DAY
from tests.normalize.dates.frames import against

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
SINCE = "counted from 2024-02-15, the date before it"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(year=2024, month=2, day=29), Value("2024-02-29")),
        (Facts(year=2023, month=2, day=29), Value(None, NOT_A_DAY)),
        (Facts(year=2024, month=3), Value("2024-03")),
        (Facts(year=2024), Value(None, NOT_A_DAY)),
        (Facts(month=3, day=2), Value(None, NOT_A_DAY)),
    ],
)
def test_dates_in_digits(facts: Facts, expected: Value) -> None:
    assert points.read_numeric(facts, against("2024-03-01")) == expected


@pytest.mark.parametrize(
    ("facts", "tense", "expected"),
    [
        ({"month": 5, "day": 2}, None, "2024-05-02"),
        ({"month": 5, "day": 2}, "past", "2023-05-02"),
        ({"month": 2, "day": 2}, "future", "2025-02-02"),
        ({"month": 3, "day": 1}, "past", "2024-03-01"),
        ({"month": 3, "day": 1}, "future", "2024-03-01"),
        ({"month": 3, "day": 1, "near": "last"}, None, "2023-03-01"),
        ({"month": 3, "day": 1, "near": "next"}, None, "2025-03-01"),
        ({"month": 2, "day": 29, "near": "last"}, None, "2024-02-29"),
        ({"month": 12, "day": 24, "near": "last"}, None, "2023-12-24"),
        ({"month": 1, "day": 24, "near": "next"}, None, "2025-01-24"),
        ({"month": 12, "day": 2}, None, "2023-12-02"),
        ({"month": 8, "day": 30}, None, "2024-08-30"),
        ({"month": 8, "day": 31}, None, "2023-08-31"),
        ({"month": 5, "day": 2, "year": 2021}, "future", "2021-05-02"),
        ({"month": 5, "day": 2, "near": "year last"}, "future", "2023-05-02"),
        ({"month": 5, "day": 2, "near": "year next"}, None, "2025-05-02"),
        ({"month": 5, "day": 2, "weekday": TUESDAY}, None, "2023-05-02"),
        ({"month": 5, "day": 2, "weekday": THURSDAY}, "past", "2024-05-02"),
        ({"month": 5, "day": 2, "weekday": FRIDAY}, None, "2025-05-02"),
        ({"month": 5, "day": 2, "weekday": SUNDAY}, "past", "2023-05-02"),
        ({"month": 5, "day": 2, "weekday": MONDAY}, "past", "2023-05-02"),
        ({"month": 5, "day": 2, "weekday": SATURDAY}, None, "2024-05-02"),
        ({"month": 2, "day": 29}, "future", "2024-02-29"),
    ],
)
def test_a_day_without_its_year_in_an_article_of_the_first_of_march(
    facts: dict[str, Any], tense: Tense | None, expected: str
) -> None:
    """The weekday decides before the tense, within a year; where nothing tells, the nearest, of two as near the one gone by."""
    assert points.read_day(Facts(**facts), against("2024-03-01", tense)) == Value(expected)


@pytest.mark.parametrize(
    ("day", "tense", "sure", "expected"),
    [
        ((3, 20), "past", False, "2024-03-20"),
        ((3, 20), "past", True, "2023-03-20"),
        ((5, 31), "past", False, "2024-05-31"),
        ((6, 1), "past", False, "2023-06-01"),
        ((2, 20), "future", False, "2024-02-20"),
        ((2, 20), "future", True, "2025-02-20"),
    ],
)
def test_an_unsure_tense_gives_way_to_a_day_three_times_nearer(
    day: tuple[int, int], tense: Tense, sure: bool, expected: str
) -> None:
    facts = Facts(month=day[0], day=day[1])

    assert points.read_day(facts, against("2024-03-01", tense, sure=sure)) == Value(expected)


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(), "2024-03-01", Value(None, NOT_A_DAY)),
        (Facts(month=2, day=30), "2024-03-01", Value(None, NOT_A_DAY)),
        (Facts(month=2, day=29), "2026-03-01", Value(None, NOT_A_DAY)),
        (Facts(month=2, day=29, near="last"), "2024-01-10", Value(None, NOT_A_DAY)),
        (Facts(month=2, day=29, near="next"), "2024-03-10", Value(None, NOT_A_DAY)),
        (Facts(month=2, day=30, year=2024), None, Value(None, NOT_A_DAY)),
        (Facts(month=2, day=30, near="year last"), "2024-03-01", Value(None, NOT_A_DAY)),
        (Facts(month=5, day=2), None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(month=5, day=2), "2024", Value(None, COARSE_PUBLICATION)),
        (Facts(month=5, day=1, near="last"), "2024-05", Value(None, COARSE_PUBLICATION)),
        (Facts(month=5, day=31, near="next"), "2024-05", Value(None, COARSE_PUBLICATION)),
        (Facts(month=4, day=30, near="last"), "2024-05", Value("2024-04-30")),
        (Facts(month=6, day=1, near="next"), "2024-05", Value("2024-06-01")),
        (Facts(month=5, day=1), "2024-05", Value("2024-05-01")),
        (Facts(month=5, day=31), "2024-05", Value("2024-05-31")),
        (Facts(month=4, day=2), "2024-05", Value("2024-04-02")),
        (Facts(month=5, day=2, near="year last"), "2024", Value("2023-05-02")),
        (Facts(month=5, day=2, near="year same"), "2024", Value(None, NO_PREVIOUS)),
        (Facts(month=5, day=2, weekday=THURSDAY), "2024", Value("2024-05-02")),
        (Facts(day=15), None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(day=15), "2024-03", Value(None, COARSE_PUBLICATION)),
        (Facts(day=15), "2024-03-01", Value(None, NO_TENSE)),
        (Facts(day=15, weekday=FRIDAY), None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(day=15, weekday=FRIDAY), "2024-03", Value("2024-03-15")),
    ],
)
def test_a_day_is_never_finer_than_the_publication_date_allows(facts: Facts, published: str | None, expected: Value) -> None:
    assert points.read_day(facts, against(published)) == expected


@pytest.mark.parametrize(
    ("facts", "tense", "expected"),
    [
        ({"day": 15}, "past", "2023-12-15"),
        ({"day": 15}, "future", "2024-01-15"),
        ({"day": 2}, "past", "2024-01-02"),
        ({"day": 31}, "past", "2023-12-31"),
        ({"day": 30, "weekday": THURSDAY}, None, "2023-11-30"),
        ({"day": 15, "weekday": FRIDAY}, "future", "2024-03-15"),
        ({"day": 12, "weekday": TUESDAY}, None, "2023-12-12"),
        ({"day": 29, "weekday": THURSDAY}, None, "2024-02-29"),
        ({"day": 1, "weekday": FRIDAY}, None, "2023-12-01"),
    ],
)
def test_a_day_by_its_number_alone_in_an_article_of_the_second_of_january(
    facts: dict[str, Any], tense: Tense | None, expected: str
) -> None:
    """« avant le 15 »: the nearest by the tense; « jeudi 30 »: within two months, the one that is a Thursday."""
    assert points.read_day(Facts(**facts), against("2024-01-02", tense)) == Value(expected)


def test_a_weekday_by_a_number_it_does_not_bear_within_two_months_is_no_day() -> None:
    """30 October 2023 was a Monday, 1 October 2022 and 1 April 2023 were Saturdays, but that is too far."""
    assert points.read_day(Facts(day=30, weekday=MONDAY), against("2024-01-02")) == Value(None, NOT_A_DAY)
    assert points.read_day(Facts(day=1, weekday=SATURDAY), against("2023-01-02")) == Value(None, NOT_A_DAY)


@pytest.mark.parametrize(
    ("facts", "frame", "expected"),
    [
        (Facts(day=12, near="last"), against("2024-01-20"), Value("2023-12-12")),
        (Facts(day=12, near="this"), against("2024-01"), Value("2024-01-12")),
        (Facts(day=12, near="next"), against("2023-12-20"), Value("2024-01-12")),
        (Facts(day=31, near="next"), against("2024-01-20"), Value(None, NOT_A_DAY)),
        (Facts(day=12, near="last"), against("2024"), Value(None, COARSE_PUBLICATION)),
        (Facts(day=12, near="last"), against(), Value(None, UNKNOWN_PUBLICATION)),
        (Facts(near="last"), against("2024-01-20"), Value(None, COARSE_PUBLICATION)),
        (Facts(day=12, near="before"), against(previous="2024-02-15"), Value("2024-01-12", SINCE)),
        (Facts(day=12, near="same"), against(previous="2024-02-15"), Value("2024-02-12", SINCE)),
        (Facts(day=12, near="after"), against(previous="2024-02-15"), Value("2024-03-12", SINCE)),
        (Facts(day=31, near="same"), against(previous="2024-02-15"), Value(None, NOT_A_DAY)),
        (Facts(day=12, near="same"), against("2024-01-20"), Value(None, NO_PREVIOUS)),
    ],
)
def test_a_day_of_a_month_beside(facts: Facts, frame: Frame, expected: Value) -> None:
    assert points.read_day_of_month(facts, frame) == expected


OF_THAT_MONTH = "in the month that the article speaks of"


@pytest.mark.parametrize(
    ("day", "frame", "expected"),
    [
        (22, against("2024-03-01", previous="2024-01-18"), Value("2024-01-22", OF_THAT_MONTH)),
        (9, against("2024-03-01", previous="2024-01-18"), Value("2024-01-09", OF_THAT_MONTH)),
        (10, against("2024-03-01", previous="2024-01"), Value("2024-01-10", OF_THAT_MONTH)),
        (10, against("2024-03-01", "past", previous="2023"), Value("2024-02-10")),
        (10, against("2024-03-01", "future", previous="2023"), Value("2024-03-10")),
        (10, against("2024-03-01", "past", previous="2024-03-20"), Value("2024-02-10")),
        (30, against("2024-03-01", "future", previous="2024-03-20"), Value("2024-03-30", OF_THAT_MONTH)),
        (30, against("2024-03-01", "past", previous="2024-02"), Value("2024-01-30")),
        (10, against("2024-03-01"), Value(None, NO_TENSE)),
        (10, against("2024"), Value(None, COARSE_PUBLICATION)),
        (10, against(), Value(None, UNKNOWN_PUBLICATION)),
        (10, against(previous="2024-01-18"), Value("2024-01-10", OF_THAT_MONTH)),
        (None, against("2024-03-01"), Value(None, NOT_A_DAY)),
    ],
)
def test_a_day_by_its_number_alone(day: int | None, frame: Frame, expected: Value) -> None:
    assert points.read_day_told(Facts(day=day), frame) == expected


def test_a_day_by_its_number_lies_in_the_later_month_that_is_not_to_come() -> None:
    frame = dataclasses.replace(against("2026-02-12", previous="2025-11"), previous_day=dt.date(2026, 1, 7))

    assert points.read_day_told(Facts(day=20), frame) == Value("2026-01-20", OF_THAT_MONTH)


@pytest.mark.parametrize(
    ("weekday", "near", "tense", "expected"),
    [
        (THURSDAY, None, "past", "2024-02-29"),
        (SATURDAY, None, "past", "2024-02-24"),
        (FRIDAY, None, "past", "2024-03-01"),
        (FRIDAY, None, None, "2024-03-01"),
        (FRIDAY, None, "future", "2024-03-08"),
        (SATURDAY, None, "future", "2024-03-02"),
        (THURSDAY, None, "future", "2024-03-07"),
        (FRIDAY, "last", None, "2024-02-23"),
        (THURSDAY, "last", "future", "2024-02-29"),
        (FRIDAY, "next", "past", "2024-03-08"),
        (SATURDAY, "next", None, "2024-03-02"),
        (SATURDAY, "in a week", None, "2024-03-09"),
        (SATURDAY, "in two weeks", "past", "2024-03-16"),
        (SATURDAY, "in two weeks", None, "2024-03-16"),
        (FRIDAY, "this", "future", "2024-03-01"),
        (TUESDAY, "this", None, "2024-02-27"),
        (MONDAY, "this", None, "2024-03-04"),
        (TUESDAY, "this", "future", "2024-03-05"),
        (MONDAY, "this", "past", "2024-02-26"),
    ],
)
def test_a_weekday_in_an_article_of_a_friday(weekday: int, near: str | None, tense: Tense | None, expected: str) -> None:
    assert points.read_weekday(Facts(weekday=weekday, near=near), against("2024-03-01", tense)) == Value(expected)


@pytest.mark.parametrize(
    ("facts", "frame", "expected"),
    [
        (Facts(), against("2024-03-01"), Value(None, "no weekday")),
        (Facts(weekday=MONDAY), against("2024-03-01"), Value(None, NO_TENSE)),
        (Facts(weekday=MONDAY), against("2024-03", "past"), Value(None, COARSE_PUBLICATION)),
        (Facts(weekday=MONDAY), against(None, "past"), Value(None, UNKNOWN_PUBLICATION)),
        (Facts(weekday=MONDAY, near="before"), against(previous="2024-02-15"), Value("2024-02-12", SINCE)),
        (Facts(weekday=THURSDAY, near="before"), against(previous="2024-02-15"), Value("2024-02-08", SINCE)),
        (Facts(weekday=THURSDAY, near="same"), against(previous="2024-02-15"), Value("2024-02-15", SINCE)),
        (Facts(weekday=WEDNESDAY, near="same"), against(previous="2024-02-15"), Value("2024-02-21", SINCE)),
        (Facts(weekday=THURSDAY, near="after"), against(previous="2024-02-15"), Value("2024-02-22", SINCE)),
        (Facts(weekday=FRIDAY, near="after"), against(previous="2024-02-15"), Value("2024-02-16", SINCE)),
        (Facts(weekday=FRIDAY, near="after"), against(previous="2024-02"), Value(None, NO_PREVIOUS)),
        (Facts(weekday=FRIDAY, near="after"), against("2024-03-01"), Value(None, NO_PREVIOUS)),
    ],
)
def test_a_weekday_beside_the_day_before_it_or_unknown(facts: Facts, frame: Frame, expected: Value) -> None:
    assert points.read_weekday(facts, frame) == expected


@pytest.mark.parametrize(("near", "known"), [(None, True), ("last", False)])
def test_a_weekday_of_an_unknown_day_is_the_one_that_the_article_named(near: str | None, known: bool) -> None:
    told = {TUESDAY: dt.date(2024, 12, 17)}
    frame = Frame(None, None, None, None, against().find_evidence, told)
    named = Value("2024-12-17", "the day of that name that the article gave before")

    assert points.read_weekday(Facts(weekday=TUESDAY, near=near), frame) == (named if known else Value(None, UNKNOWN_PUBLICATION))
    assert points.read_weekday(Facts(weekday=MONDAY, near=near), frame) == Value(None, UNKNOWN_PUBLICATION)


@pytest.mark.parametrize(
    ("near", "published", "expected"),
    [
        ("last", "2024-03-01", Value("2024-02-20")),
        ("this", "2024-03-01", Value("2024-02-27")),
        ("next", "2024-03-01", Value("2024-03-05")),
        (None, "2024-03-01", Value("2024-02-27")),
        ("next", "2024-03", Value(None, COARSE_PUBLICATION)),
        ("next", None, Value(None, UNKNOWN_PUBLICATION)),
    ],
)
def test_a_tuesday_of_a_week(near: str | None, published: str | None, expected: Value) -> None:
    assert points.read_weekday_of_week(Facts(weekday=TUESDAY, near=near), against(published)) == expected
    assert points.read_weekday_of_week(Facts(near=near), against(published)).value is None


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(day=18, month=3, year=2024), None, Value("2024-03-18/2024-03-24")),
        (Facts(day=24, month=3), "2024-03-01", Value("2024-03-18/2024-03-24")),
        (Facts(day=30, month=2), "2024-03-01", Value(None, NOT_A_DAY)),
        (Facts(day=12, weekday=TUESDAY), "2024-03-01", Value("2024-03-11/2024-03-17")),
        (Facts(day=12), "2024-03-01", Value(None, "no month")),
    ],
)
def test_the_week_of_a_day(facts: Facts, published: str | None, expected: Value) -> None:
    assert points.read_week_of(facts, against(published)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(ordinal=1, weekday=FRIDAY, month=3, year=2024), Value("2024-03-01")),
        (Facts(ordinal=5, weekday=FRIDAY, month=3, year=2024), Value("2024-03-29")),
        (Facts(ordinal=-1, weekday=SUNDAY, month=3, year=2024), Value("2024-03-31")),
        (Facts(ordinal=5, weekday=THURSDAY, month=3, year=2024), Value(None, NOT_A_DAY)),
        (Facts(ordinal=1, month=3, year=2024), Value(None, "no weekday")),
        (Facts(weekday=FRIDAY, month=3, year=2024), Value(None, "no weekday")),
        (Facts(ordinal=1, weekday=FRIDAY, month=3), Value(None, UNKNOWN_PUBLICATION)),
    ],
)
def test_a_weekday_by_its_number_in_a_month(facts: Facts, expected: Value) -> None:
    assert points.read_nth_weekday(facts, against()) == expected


@pytest.mark.parametrize(
    ("facts", "published", "tense", "expected"),
    [
        (Facts(feast=(12, 25, False)), "2024-03-01", "past", Value("2023-12-25")),
        (Facts(feast=(12, 25, False)), "2024-03-01", "future", Value("2024-12-25")),
        (Facts(feast=(0, 0, True)), "2024-03-01", None, Value("2024-03-31")),
        (Facts(feast=(0, 39, True), year=2023), None, None, Value("2023-05-18")),
        (Facts(feast=(12, 25, False), year=2021), None, None, Value("2021-12-25")),
        (Facts(feast=(12, 25, False)), None, None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(), "2024-03-01", None, Value(None, "no feast")),
    ],
)
def test_feasts(facts: Facts, published: str | None, tense: Tense | None, expected: Value) -> None:
    assert read_feast(facts, against(published, tense)) == expected
