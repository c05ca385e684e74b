"""Periods as EDTF, and the days that a value covers."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.normalize.dates import edtf
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.frame import Value
from pipeline.normalize.dates.ranges import borrow, join, join_years

BACKWARDS = "the range would run backwards"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-21", "2024-03-20", "2024-06-20"),
        ("2024-22", "2024-06-21", "2024-09-21"),
        ("2024-23", "2024-09-22", "2024-12-20"),
        ("2024-24", "2024-12-21", "2025-03-19"),
        ("2024-33", "2024-01-01", "2024-03-31"),
        ("2024-36", "2024-10-01", "2024-12-31"),
        ("2024~", "2024-01-01", "2024-12-31"),
        ("2024?", "2024-01-01", "2024-12-31"),
        ("2024-03%", "2024-03-01", "2024-03-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("00XX", "0001-01-01", "0099-12-31"),
        ("2023-03/2024-02", "2023-03-01", "2024-02-29"),
        ("2023~/2024~", "2023-01-01", "2024-12-31"),
        ("2024-03/..", "2024-03-01", None),
        ("../2024-03", None, "2024-03-31"),
        ("2024-00", None, None),
        ("2024-13", None, None),
        ("2024-20", None, None),
        ("2024-32", None, None),
        ("2024-37", None, None),
        ("0000", None, None),
        ("-0051", None, None),
        ("P3D", None, None),
    ],
)
def test_the_days_that_a_value_covers(value: str, first: str | None, last: str | None) -> None:
    assert [str(day) if day else None for day in edtf.find_bounds(value)] == [first, last]


@pytest.mark.parametrize(
    ("size", "step", "parts"),
    [
        (3, 0, ["2024-33", "2024-33", "2024-34", "2024-35", "2024-36"]),
        (3, -1, ["2023-36", "2023-36", "2024-33", "2024-34", "2024-35"]),
        (3, 2, ["2024-35", "2024-35", "2024-36", "2025-33", "2025-34"]),
        (4, 0, ["2024-01/2024-04", "2024-01/2024-04", "2024-01/2024-04", "2024-05/2024-08", "2024-09/2024-12"]),
        (4, 1, ["2024-05/2024-08", "2024-05/2024-08", "2024-05/2024-08", "2024-09/2024-12", "2025-01/2025-04"]),
        (6, 0, ["2024-01/2024-06", "2024-01/2024-06", "2024-01/2024-06", "2024-07/2024-12", "2024-07/2024-12"]),
        (6, -2, ["2023-01/2023-06", "2023-01/2023-06", "2023-01/2023-06", "2023-07/2023-12", "2023-07/2023-12"]),
    ],
)
def test_the_part_of_the_year_in_which_a_month_lies(size: int, step: int, parts: list[str]) -> None:
    """Quarters, thirds and halves of January, March, April, July and December."""
    assert [edtf.part_value(2024, month, size, step) for month in (1, 3, 4, 7, 12)] == parts


def test_a_year_of_two_digits_is_written_with_four() -> None:
    assert edtf.part_value(79, 12, 3) == "0079-36"


def test_months_run_on_into_the_next_year() -> None:
    assert [edtf.month_value(2024, month) for month in (-12, -11, 0, 1, 12, 13, 24, 25)] == [
        *("2022-12", "2023-01", "2023-12", "2024-01", "2024-12", "2025-01", "2025-12", "2026-01")
    ]


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01"),
        ("2024-03-01", "2024-03-31", "2024-03"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-03-01", "2024-03-30", "2024-03-01/2024-03-30"),
        ("2024-01-01", "2025-12-31", "2024-01-01/2025-12-31"),
    ],
)
def test_a_period_is_written_as_short_as_it_can_be(first: str, last: str, value: str) -> None:
    assert edtf.period_value(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == value


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (Value("2024-02"), Value("2024-03"), Value("2024-02/2024-03")),
        (Value("2024-02"), Value("2024-02"), Value("2024-02/2024-02")),
        (Value("2024-02-01"), Value("2024-02-01"), Value("2024-02-01/2024-02-01")),
        (Value("2024-02-02/2024-02-03"), Value("2024-03-02/2024-03-03"), Value("2024-02-02/2024-03-03")),
        (Value("2024-03"), Value("2024-02"), Value(None, BACKWARDS)),
        (Value("2024-03-02"), Value("2024-03-01"), Value(None, BACKWARDS)),
        (Value(None, "left"), Value(None, "right"), Value(None, "left")),
        (Value("2024"), Value(None, "right"), Value(None, "right")),
        (Value(None, "left"), Value("2024"), Value(None, "left")),
        (Value("-04XX"), Value("-02XX"), Value("-04XX/-02XX")),
    ],
)
def test_a_range_runs_from_the_first_day_of_its_left_end_to_the_last_of_its_right(
    left: Value, right: Value, expected: Value
) -> None:
    assert join(left, right) == expected


@pytest.mark.parametrize(
    ("first", "last", "digits", "expected"),
    [
        (2024, 1, 2, Value("2024-01")),
        (2024, 12, 2, Value("2024-12")),
        (2024, 25, 2, Value("2024/2025")),
        (2024, 13, 2, Value(None, BACKWARDS)),
        (1914, 18, 2, Value("1914/1918")),
        (2024, 2026, 4, Value("2024/2026")),
        (2024, 2024, 4, Value(None, BACKWARDS)),
        (2024, 0, 2, Value(None, BACKWARDS)),
    ],
)
def test_a_range_of_years(first: int, last: int, digits: int, expected: Value) -> None:
    assert join_years(first, last, digits) == expected


@pytest.mark.parametrize(
    ("left", "right", "value", "expected"),
    [
        (Facts(day=8), Facts(day=16, month=3), "2024-03-16", Facts(day=8, month=3, year=2024)),
        (Facts(day=16), Facts(day=16, month=3), "2024-03-16", Facts(day=16, month=3, year=2024)),
        (Facts(day=28), Facts(day=3, month=1), "2024-01-03", Facts(day=28, month=12, year=2023)),
        (Facts(day=28), Facts(day=3, month=2), "2024-02-03", Facts(day=28, month=1, year=2024)),
        (Facts(day=31), Facts(day=3, month=12), "2024-12-03", Facts(day=31, month=11, year=2024)),
        (Facts(day=28, month=12), Facts(day=3, month=1), "2024-01-03", Facts(day=28, month=12, year=2023)),
        (Facts(day=8, month=2), Facts(day=3, month=3), "2024-03-03", Facts(day=8, month=2, year=2024)),
        (Facts(month=10), Facts(month=2, year=2024), "2024-02", Facts(month=10, year=2023)),
        (Facts(month=2), Facts(month=2, year=2024), "2024-02", Facts(month=2, year=2024)),
        (Facts(month=2), Facts(year=2024), "2024", Facts(month=2, year=2024)),
        (Facts(weekday=0), Facts(day=13, month=3), "2024-03-13", Facts(day=11, month=3, year=2024)),
        (Facts(weekday=2), Facts(day=13, month=3), "2024-03-13", Facts(day=13, month=3, year=2024)),
        (Facts(weekday=0), Facts(day=1, month=1), "2025-01-01", Facts(day=30, month=12, year=2024)),
        (Facts(day=1), Facts(ordinal=3), "2023-35", Facts(ordinal=1, year=2023)),
        (Facts(ordinal=1), Facts(ordinal=3, year=2023), "2023-35", Facts(ordinal=1, year=2023)),
        (Facts(season=(21, 3, 20)), Facts(year=2023), "2023-22", Facts(season=(21, 3, 20), year=2023)),
        (Facts(ordinal=1), Facts(ordinal=3), "2023-35", Facts(ordinal=1)),
        (Facts(day=8, year=2021), Facts(day=16, month=3), "2024-03-16", Facts(day=8, year=2021)),
        (Facts(day=8, near="last"), Facts(day=16, month=3), "2024-03-16", Facts(day=8, near="last")),
        (Facts(day=8), Facts(day=16, month=3), "-0051", Facts(day=8)),
    ],
)
def test_the_left_end_of_a_range_borrows_what_only_the_right_end_says(
    left: Facts, right: Facts, value: str, expected: Facts
) -> None:
    assert borrow(left, right, value) == expected
