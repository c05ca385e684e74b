"""What is counted from the day of publication or from the date before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pipeline.normalize.dates import relative
from pipeline.normalize.dates.facts import Facts, Unit
from pipeline.normalize.dates.frame import COARSE_PUBLICATION, NO_PREVIOUS, UNKNOWN_PUBLICATION, Frame, Tense, Value
from pipeline.normalize.dates.relative import BEYOND, VAGUE
from tests.normalize.dates.frames import against

ONE = Decimal(1)
HOUR, MINUTE, DAY, WEEK, MONTH, YEAR = (Unit(letter, ONE) for letter in ("TH", "TM", "D", "W", "M", "Y"))
QUARTER, HALF, DECADE, CENTURY = Unit("M", Decimal(3)), Unit("M", Decimal(6)), Unit("Y", Decimal(10)), Unit("Y", Decimal(100))


@pytest.mark.parametrize(
    ("unit", "last", "this", "following"),
    [
        (DAY, "2023-12-31", "2024-01-01", "2024-01-02"),
        (WEEK, "2023-12-25/2023-12-31", "2024-01-01/2024-01-07", "2024-01-08/2024-01-14"),
        (MONTH, "2023-12", "2024-01", "2024-02"),
        (QUARTER, "2023-36", "2024-33", "2024-34"),
        (HALF, "2023-07/2023-12", "2024-01/2024-06", "2024-07/2024-12"),
        (YEAR, "2023", "2024", "2025"),
        (DECADE, "201X", "202X", "203X"),
        (CENTURY, "19XX", "20XX", "21XX"),
    ],
)
def test_a_unit_beside_new_year(unit: Unit, last: str, this: str, following: str) -> None:
    nears = ("last", "this", None, "next")
    found = [relative.read_unit(Facts(unit=unit, near=near), against("2024-01-01")) for near in nears]

    assert found == [Value(last), Value(this), Value(this), Value(following)]


@pytest.mark.parametrize(
    ("unit", "near", "previous", "expected"),
    [
        (MONTH, "before", "2024-01-15", "2023-12"),
        (MONTH, "same", "2024-01-15", "2024-01"),
        (MONTH, "after", "2024-01", "2024-02"),
        (YEAR, "after", "2024", "2025"),
        (WEEK, "before", "2024-01-15/2024-01-21", "2024-01-08/2024-01-14"),
        (QUARTER, "after", "2024-33", "2024-34"),
    ],
)
def test_a_unit_beside_the_date_before_it(unit: Unit, near: str, previous: str, expected: str) -> None:
    found = relative.read_unit(Facts(unit=unit, near=near), against(previous=previous))

    assert found == Value(expected, f"counted from {previous}, the date before it")


@pytest.mark.parametrize(
    ("unit", "previous"),
    [(MONTH, None), (MONTH, "2024"), (WEEK, "2024-01"), (DAY, "2024-01-01/2024-01-02"), (MONTH, "2024-01/..")],
)
def test_a_unit_finer_than_the_date_before_it_is_not_known(unit: Unit, previous: str | None) -> None:
    assert relative.read_unit(Facts(unit=unit, near="after"), against("2024-03-01", previous=previous)) == Value(
        None, NO_PREVIOUS
    )


def test_without_a_unit_nobody_knows_which_period_is_meant() -> None:
    assert relative.read_unit(Facts(near="last"), against("2024-03-01")) == Value(None, "no unit")


def test_a_unit_within_the_date_before_it_is_that_of_the_last_day_given() -> None:
    def frame(day: dt.date) -> Frame:
        return Frame(None, "2021", day, None, against().find_evidence)

    facts = Facts(unit=MONTH, near="same")
    days = [dt.date(2021, 1, 1), dt.date(2021, 12, 31), dt.date(2022, 1, 1)]

    assert [relative.read_unit(facts, frame(day)) for day in days] == [
        Value("2021-01", "counted from 2021-01-01, the date before it"),
        Value("2021-12", "counted from 2021-12-31, the date before it"),
        Value(None, NO_PREVIOUS),
    ]


@pytest.mark.parametrize(
    ("unit", "number", "half", "ago", "ahead"),
    [
        (YEAR, "3", False, "2021", "2027"),
        (YEAR, "1", True, "2022-09", "2025-09"),
        (MONTH, "6", False, "2023-09", "2024-09"),
        (QUARTER, "2", False, "2023-09", "2024-09"),
        (WEEK, "2", False, "2024-02-16", "2024-03-15"),
        (WEEK, "1", True, "2024-02-20", "2024-03-11"),
        (DAY, "3", True, "2024-02-27", "2024-03-04"),
        (DAY, "1", False, "2024-02-29", "2024-03-02"),
        (HOUR, "48", False, "2024-02-28", "2024-03-03"),
        (HOUR, "23", False, "2024-03-01", "2024-03-01"),
        (MINUTE, "1440", False, "2024-02-29", "2024-03-02"),
        (Unit("TS", ONE), "86400", False, "2024-02-29", "2024-03-02"),
        (DECADE, "2", False, "2004", "2044"),
    ],
)
def test_a_distance_is_as_fine_as_its_unit(unit: Unit, number: str, half: bool, ago: str, ahead: str) -> None:
    facts = Facts(unit=unit, number=Decimal(number), half=half)

    assert relative.read_ago(facts, against("2024-03-01")) == Value(ago)
    assert relative.read_ahead(facts, against("2024-03-01")) == Value(ahead)


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        ({"unit": YEAR}, "2024-03-01", Value(None, VAGUE)),
        ({"number": ONE}, "2024-03-01", Value(None, "no unit")),
        ({"unit": DAY, "number": ONE}, None, Value(None, UNKNOWN_PUBLICATION)),
        ({"unit": DAY, "number": ONE}, "2024-03", Value(None, COARSE_PUBLICATION)),
        ({"unit": YEAR, "number": ONE}, "2024", Value("2023")),
        ({"unit": YEAR, "number": Decimal(10), "about": True}, "2024", Value("2014~")),
        ({"unit": DAY, "number": ONE, "about": True}, "2024", Value(None, COARSE_PUBLICATION)),
        ({"unit": YEAR, "number": Decimal(2023)}, "2024", Value("0001")),
        ({"unit": YEAR, "number": Decimal(2024)}, "2024", Value(None, BEYOND)),
        ({"unit": MONTH, "number": Decimal(24276)}, "2024-12", Value("0001-12")),
        ({"unit": MONTH, "number": Decimal(24288)}, "2024-12", Value(None, BEYOND)),
        ({"unit": DAY, "number": Decimal(738945)}, "2024-03-01", Value("0001-01-01")),
        ({"unit": DAY, "number": Decimal(738946)}, "2024-03-01", Value(None, BEYOND)),
    ],
)
def test_a_time_ago_that_is_about_unknown_or_beyond_the_calendar(
    facts: dict[str, Any], published: str | None, expected: Value
) -> None:
    assert relative.read_ago(Facts(**facts), against(published)) == expected


def test_the_last_year_and_day_that_the_calendar_has() -> None:
    def ahead(unit: Unit, number: int) -> Value:
        return relative.read_ahead(Facts(unit=unit, number=Decimal(number)), against("9990-12-01"))

    assert [ahead(YEAR, 9), ahead(YEAR, 10)] == [Value("9999"), Value(None, BEYOND)]
    assert [ahead(DAY, 3317), ahead(DAY, 3318)] == [Value("9999-12-31"), Value(None, BEYOND)]


@pytest.mark.parametrize(
    ("facts", "previous", "expected"),
    [
        ({"unit": DAY, "number": Decimal(3), "near": "after"}, "2024-02-12", Value("2024-02-15", "counted from 2024-02-12, it")),
        ({"unit": DAY, "number": Decimal(3), "near": "before"}, "2024-02-12", Value("2024-02-09", "counted from 2024-02-12, it")),
        ({"unit": YEAR, "number": ONE, "near": "after"}, "2024-02", Value("2025", "counted from 2024-02, it")),
        (
            {"unit": YEAR, "number": ONE, "half": True, "near": "after"},
            "2024-02-12",
            Value("2025-08", "counted from 2024-02-12, it"),
        ),
        ({"unit": DAY, "number": ONE, "near": "after"}, "2024-02", Value(None, NO_PREVIOUS)),
        ({"unit": DAY, "near": "after"}, "2024-02-12", Value(None, VAGUE)),
        ({"number": ONE, "near": "after"}, "2024-02-12", Value(None, VAGUE)),
        ({"unit": YEAR, "number": Decimal(9000), "near": "after"}, "2024-02-12", Value(None, BEYOND)),
    ],
)
def test_a_length_of_time_leads_to_a_date(facts: dict[str, Any], previous: str, expected: Value) -> None:
    assert relative.count_from(Facts(**facts), against(previous=previous), "it") == expected


@pytest.mark.parametrize(
    ("published", "near", "tense", "saturday"),
    [
        ("2024-03-01", None, None, 2),
        ("2024-03-01", "this", None, 2),
        ("2024-03-01", "next", None, 2),
        ("2024-03-01", "last", None, -5),
        ("2024-03-01", None, "past", -5),
        ("2024-03-01", "last", "future", -5),
        ("2024-03-01", "next", "past", 2),
        ("2024-03-02", None, "past", -5),
        ("2024-03-02", None, "future", 2),
        ("2024-03-02", "last", None, -5),
        ("2024-03-02", "next", None, 9),
        ("2024-03-03", "this", None, 2),
        ("2024-03-03", "last", None, -5),
        ("2024-03-03", None, "future", 2),
        ("2024-03-03", "next", None, 9),
        ("2024-03-04", "last", None, 2),
        ("2024-03-04", None, "future", 9),
    ],
)
def test_a_week_end(published: str, near: str | None, tense: Tense | None, saturday: int) -> None:
    """From Friday 1 March 2024 to the Monday after; `saturday` is the day of March on which it begins."""
    first = dt.date(2024, 2, 29) + dt.timedelta(days=saturday)

    assert relative.read_weekend(Facts(near=near), against(published, tense)) == Value(f"{first}/{first + dt.timedelta(days=1)}")


@pytest.mark.parametrize(
    ("facts", "published", "expected"),
    [
        (Facts(unit=WEEK), "2024-02-28", Value("2024-02-28/2024-03-03")),
        (Facts(unit=MONTH), "2024-02-28", Value("2024-02-28/2024-02-29")),
        (Facts(unit2=YEAR), "2024-02-28", Value("2024-02-28/2024-12-31")),
        (Facts(unit=MONTH), "2024-02", Value(None, COARSE_PUBLICATION)),
        (Facts(unit=MONTH), None, Value(None, UNKNOWN_PUBLICATION)),
        (Facts(), "2024-02-28", Value(None, COARSE_PUBLICATION)),
    ],
)
def test_the_rest_of_a_period(facts: Facts, published: str | None, expected: Value) -> None:
    assert relative.read_rest_of(facts, against(published)) == expected


@pytest.mark.parametrize(
    ("offset", "published", "expected"),
    [
        (-1, "2024-03-01", Value("2024-02-29")),
        (0, "2024-03-01", Value("2024-03-01")),
        (None, "2024-03-01", Value("2024-03-01")),
        (2, "2024-03-01", Value("2024-03-03")),
        (-1, "2024-03", Value(None, COARSE_PUBLICATION)),
        (-1, None, Value(None, UNKNOWN_PUBLICATION)),
    ],
)
def test_a_day_named_from_publication(offset: int | None, published: str | None, expected: Value) -> None:
    assert relative.read_deictic(Facts(offset=offset), against(published)) == expected


@pytest.mark.parametrize(
    ("offset", "published", "previous", "expected"),
    [
        (1, None, "2024-02-12", Value("2024-02-13", "counted from 2024-02-12, the date before it")),
        (-1, None, "2024-02-12", Value("2024-02-11", "counted from 2024-02-12, the date before it")),
        (1, None, "2024-02-10/2024-02-12", Value("2024-02-13", "counted from 2024-02-10/2024-02-12, the date before it")),
        (-1, None, "2024-02-10/2024-02-12", Value("2024-02-09", "counted from 2024-02-10/2024-02-12, the date before it")),
        (1, None, "2024-02-05/2024-02-12", Value("2024-02-13", "counted from 2024-02-05/2024-02-12, the date before it")),
        (1, None, "2024-02-04/2024-02-12", Value(None, NO_PREVIOUS)),
        (1, "2024-03-01", "2024-02", Value("2024-03-02", "counted from the publication date: no day before it")),
        (1, "2024-03-01", None, Value("2024-03-02", "counted from the publication date: no day before it")),
        (1, "2024-03", None, Value(None, NO_PREVIOUS)),
        (1, None, None, Value(None, NO_PREVIOUS)),
    ],
)
def test_the_day_after_or_before(offset: int, published: str | None, previous: str | None, expected: Value) -> None:
    """Counted from the last day given, from the end of a range of at most eight days, else from publication."""
    assert relative.read_anaphor(Facts(offset=offset), against(published, previous=previous)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("2024-03-01"), Value("2024-02-29")),
        (Value("2024-03"), Value(None, NO_PREVIOUS)),
        (Value(None, "why"), Value(None, "why")),
        (Value(None), Value(None, NO_PREVIOUS)),
    ],
)
def test_the_eve_of_a_day(value: Value, expected: Value) -> None:
    assert relative.shift_days(value, -1) == expected


@pytest.mark.parametrize(
    ("published", "near", "tense", "expected"),
    [
        ("2024-08", None, None, "2024-09"),
        ("2024-09", None, None, "2024-09"),
        ("2024-10", None, None, "2025-09"),
        ("2024-08", None, "past", "2023-09"),
        ("2024-09", None, "past", "2024-09"),
        ("2024-08", "last", "future", "2023-09"),
        ("2024-09", "last", None, "2024-09"),
        ("2024-08", "next", "past", "2024-09"),
        ("2024-09", "next", None, "2025-09"),
        ("2024-08", "this", "past", "2024-09"),
    ],
)
def test_schools_begin_in_september(published: str, near: str | None, tense: Tense | None, expected: str) -> None:
    assert relative.read_back_to_school(Facts(near=near), against(published, tense)) == Value(expected)


def test_the_september_of_an_unknown_year() -> None:
    assert relative.read_back_to_school(Facts(year=2021), against()) == Value("2021-09")
    assert relative.read_back_to_school(Facts(), against()) == Value(None, UNKNOWN_PUBLICATION)
    assert relative.read_back_to_school(Facts(), against("2024")) == Value(None, COARSE_PUBLICATION)
