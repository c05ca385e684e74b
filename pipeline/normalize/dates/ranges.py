"""Ranges of dates: both ends read, the left one borrowing from the right what it leaves unsaid. Pure functions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.normalize.dates.edtf import find_bounds, make_day, month_value
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.frame import Value


def join(left: Value, right: Value) -> Value:
    """The interval from one value to another (`2024-02-10`, `2024-02-12` → `2024-02-10/2024-02-12`)."""
    if left.value is None or right.value is None:
        return Value(None, left.reason or right.reason)
    first, last = left.value.partition("/")[0], right.value.rpartition("/")[2]
    starts, ends = find_bounds(first)[0], find_bounds(last)[1]
    if starts and ends and starts > ends:
        return Value(None, "the range would run backwards")
    return Value(f"{first}/{last}")


def join_years(first: int, last: int, digits: int) -> Value:
    """A range of years; two digits take the century of the first (2024, 25 → `2024/2025`), or are a month (2024, 10)."""
    if digits == 2 and 1 <= last <= 12:
        return Value(month_value(first, last))
    last = last if digits > 2 else first // 100 * 100 + last % 100
    return Value(f"{first}/{last}") if first < last else Value(None, "the range would run backwards")


def join_school_years(first: int) -> Value:
    """A French school year, September to August, by the year in which it begins (2024 → `2024-09/2025-08`)."""
    return Value(f"{first:04d}-09/{first + 1:04d}-08")


def borrow(left: Facts, right: Facts, value: str) -> Facts:
    """The left end with the month and year that only the right end says (« 8 » of « 8 au 16 mars 2024 » → 8 mars 2024).

    `value` is what the right end was read as. A left month behind the right one belongs to the year before.
    """
    first, _ = find_bounds(value)
    if first is None or left.year is not None or left.near is not None:
        return left
    if left.day is not None and left.month is None and right.ordinal is not None:
        return replace(left, day=None, ordinal=left.day, unit=right.unit, year=first.year)
    if left.weekday is not None and left.day is None:
        day = first - dt.timedelta(days=(first.weekday() - left.weekday) % 7)
        return replace(left, weekday=None, day=day.day, month=day.month, year=day.year)
    if left.day is not None and left.month is None and right.day is not None:
        found = make_day(first.year, first.month, left.day)
        back = found is None or found > first
        month = (first.month - 2) % 12 + 1 if back else first.month
        return replace(left, month=month, year=first.year - (back and first.month == 1))
    if left.month is not None and (right.year is not None or right.month is not None):
        later = right.month is not None and (left.month, left.day or 1) > (right.month, right.day or 31)
        return replace(left, year=first.year - later)
    return replace(left, year=right.year)
