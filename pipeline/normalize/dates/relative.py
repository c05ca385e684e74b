"""Dates counted from another: « la semaine prochaine », « il y a trois ans », « hier », « le lendemain ». Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from pipeline.normalize.dates.edtf import SIZES, find_bounds, month_value, part_value, week_value
from pipeline.normalize.dates.facts import Facts, Unit
from pipeline.normalize.dates.frame import NO_PREVIOUS, Anchor, Frame, Value

VAGUE = "the text gives no number"
BEFORE_IT = "the date before it"
BEYOND = "it lies outside the years 1 to 9999"
_DAYS = {"Y": 366, "M": 31, "W": 7, "D": 1, "TH": 1, "TM": 1, "TS": 1}
_STEPS: Mapping[str | None, int] = {"last": -1, "before": -1, "next": 1, "after": 1}


class Base(NamedTuple):
    """What later expressions count from: a day, and the value that gave it."""

    day: dt.date
    value: str


def read_unit(facts: Facts, frame: Frame) -> Value:
    """A period beside that of publication, or of the date before (« la semaine prochaine » → 2024-03-04/2024-03-10)."""
    if facts.unit is None:
        return Value(None, "no unit")
    unit, step = facts.unit, _STEPS.get(facts.near, 0)
    if facts.near in ("before", "after", "same"):
        base = find_base(unit, frame)
        if base is None:
            return Value(None, NO_PREVIOUS)
        return Value(_period(base.day, unit, step), f"counted from {base.value}, the date before it")
    return _where_known(frame, lambda day: _period(day, unit, step))


def find_base(unit: Unit, frame: Frame) -> Base | None:
    """The date before, where it is as fine as `unit`, else the last day given if it lies in it (« le même mois »)."""
    first, last = find_bounds(frame.previous) if frame.previous else (None, None)
    if first is None or last is None:
        return None
    if (last - first).days < _DAYS[unit.letter] * unit.count:
        return Base(first, frame.previous or "")
    day = frame.previous_day
    return Base(day, day.isoformat()) if day and first <= day <= last else None


def count_from(facts: Facts, frame: Frame, which: str) -> Value:
    """The date to which a length of time leads from the frame's previous one (« trois jours plus tard » → 2024-02-15).

    `which` says in the reason where that one stands.
    """
    if facts.unit is None or facts.number is None:
        return Value(None, VAGUE)
    base = find_base(facts.unit, frame)
    if base is None:
        return Value(None, NO_PREVIOUS)
    sign = 1 if facts.near == "after" else -1
    count = facts.unit.count * (facts.number + (Decimal("0.5") if facts.half else 0)) * sign
    moved = _moved(base.day, facts.unit.letter, count)
    return Value(moved, f"counted from {base.value}, {which}" if moved else BEYOND)


def read_weekend(facts: Facts, frame: Frame) -> Value:
    """A week-end as an interval of two days (« le week-end dernier » → 2024-02-24/2024-02-25)."""
    back = facts.near == "last" or (facts.near != "next" and frame.tense == "past")

    def make(day: dt.date) -> str:
        weeks = -1 if back else 1 if facts.near == "next" and day.weekday() >= 5 else 0
        saturday = day + dt.timedelta(days=5 - day.weekday(), weeks=weeks)
        return f"{saturday.isoformat()}/{(saturday + dt.timedelta(days=1)).isoformat()}"

    return _where_known(frame, make)


def read_rest_of(facts: Facts, frame: Frame) -> Value:
    """From the day of publication to the end of its week, month or year (« le reste de l'année » → 2024-03-01/2024-12-31)."""
    day, unit = frame.anchor.day if frame.anchor else None, facts.unit or facts.unit2
    if day is None or unit is None:
        return frame.unknown()
    last = find_bounds(_period(day, unit, 0))[1]
    return Value(f"{day.isoformat()}/{last.isoformat()}") if last else frame.unknown()


def read_ago(facts: Facts, frame: Frame) -> Value:
    """A time back from publication, as fine as its unit: « il y a trois ans » → 2021, « il y a six mois » → 2023-09."""
    return _read_distance(facts, frame, -1)


def read_ahead(facts: Facts, frame: Frame) -> Value:
    """A time on from publication, as fine as its unit: « dans deux semaines » → 2024-03-15."""
    return _read_distance(facts, frame, 1)


def read_deictic(facts: Facts, frame: Frame) -> Value:
    """A day named from the day of publication (« hier » → 2024-02-29, « ce matin » → 2024-03-01)."""
    return _where_known(frame, lambda day: (day + dt.timedelta(days=facts.offset or 0)).isoformat())


def read_anaphor(facts: Facts, frame: Frame) -> Value:
    """A day counted from the last one that the article gave (« le lendemain »); where it gave none, from publication."""
    step = dt.timedelta(days=facts.offset or 0)
    first, last = find_bounds(frame.previous) if frame.previous else (None, None)
    if first and last and first != last and (last - first).days <= 7:
        return Value(
            ((last if step.days > 0 else first) + step).isoformat(), f"counted from {frame.previous}, the date before it"
        )
    if frame.previous_day:
        return Value((frame.previous_day + step).isoformat(), f"counted from {frame.previous_day}, the date before it")
    if frame.anchor and frame.anchor.day:
        return Value((frame.anchor.day + step).isoformat(), "counted from the publication date: no day before it")
    return Value(None, NO_PREVIOUS)


def shift_days(value: Value, days: int) -> Value:
    """The day so many days from a day (« la veille du 15 février » → 2024-02-14)."""
    first, last = find_bounds(value.value) if value.value else (None, None)
    if first is None or first != last:
        return Value(None, value.reason or NO_PREVIOUS)
    return Value((first + dt.timedelta(days=days)).isoformat())


def read_back_to_school(facts: Facts, frame: Frame) -> Value:
    """« La rentrée » as the September of its year (« à la rentrée » → 2024-09)."""
    if facts.year is not None:
        return Value(f"{facts.year}-09")
    if frame.anchor is None or frame.anchor.month is None:
        return frame.unknown()
    year, month = frame.anchor.month
    back = facts.near == "last" or (facts.near is None and frame.tense == "past")
    if back:
        return Value(f"{year - (month < 9)}-09")
    return Value(f"{year + (month > 9 if facts.near != 'next' else month >= 9)}-09")


def shift_months(day: dt.date, months: int) -> str:
    """The month so many months on (`2024-03-01`, -6 → 2023-09)."""
    return month_value(day.year, day.month + months)


def _read_distance(facts: Facts, frame: Frame, sign: int) -> Value:
    if facts.number is None:
        return Value(None, VAGUE)
    if facts.unit is None:
        return Value(None, "no unit")
    count = facts.unit.count * (facts.number + (Decimal("0.5") if facts.half else 0)) * sign
    letter, about = facts.unit.letter, "~" if facts.about else ""
    found = _where_known(frame, lambda day: _moved(day, letter, count))
    return Value(found.value + about, found.reason) if found.value else found


def _moved(day: dt.date, letter: str, count: Decimal) -> str | None:
    """The year, month or day so many units on, as fine as the unit; None outside the years 1 to 9999."""
    if letter == "Y" and count == int(count):
        return f"{day.year + int(count):04d}" if 1 <= day.year + count <= dt.MAXYEAR else None
    if letter in ("Y", "M"):
        months = round(count * (12 if letter == "Y" else 1))
        return shift_months(day, months) if 1 <= day.year + months // 12 < dt.MAXYEAR else None
    days = count * {"W": 7 * 86400, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}[letter] / 86400
    there = day.toordinal() + int(days)
    return dt.date.fromordinal(there).isoformat() if 1 <= there <= dt.date.max.toordinal() else None


def _period(day: dt.date, unit: Unit, step: int) -> str:
    size = int(unit.count)
    if unit.letter == "W":
        return week_value(day + dt.timedelta(weeks=step))
    if unit.letter == "D":
        return (day + dt.timedelta(days=step)).isoformat()
    if unit.letter == "M" and size in SIZES:
        return part_value(day.year, day.month, size, step)
    if unit.letter == "M":
        return month_value(day.year, day.month + step)
    if size == 1:
        return f"{day.year + step:04d}"
    return f"{day.year // size + step}" + "X" * (len(str(size)) - 1)


def _where_known(frame: Frame, make: Callable[[dt.date], str | None]) -> Value:
    """What `make` gives for the day of publication; known too where the whole period of publication gives the same."""
    anchor: Anchor | None = frame.anchor
    if anchor is None:
        return frame.unknown()
    first, last = make(anchor.first), make(anchor.last)
    if first is None or last is None:
        return Value(None, BEYOND)
    return Value(first) if first == last else frame.unknown()
