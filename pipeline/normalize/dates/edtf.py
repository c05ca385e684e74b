"""Dates as EDTF: writing a period, and the first and last day that a value covers.

The values used here: `2024-03-01`, `2024-03`, `2024`, `202X`, `20XX`, seasons 21 to 24, quarters 33 to 36, `~` behind what is
approximate, intervals `A/B`, open on one side with `..`. See the Extended Date/Time Format, ISO 8601-2:2019.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PART = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"\d{1,4}X{0,3}")
_SEASON_STARTS = {21: (3, 20), 22: (6, 21), 23: (9, 22), 24: (12, 21)}

SIZES = (3, 4, 6)
"""Months in the parts of a year: quarter, « quadrimestre », half."""

Bounds = tuple[dt.date | None, dt.date | None]


def month_value(year: int, month: int) -> str:
    """A month (`2024-03`); months beyond 1 to 12 run on into the next or last year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def part_value(year: int, month: int, size: int, step: int = 0) -> str:
    """The part of a year, of `size` months, in which a month lies, or the one so many steps on.

    A quarter has a number (2024, 3, 3 → `2024-33`), a half or third is an interval (2024, 3, 6, -1 → `2023-07/2023-12`).
    """
    index = (month - 1) // size + step
    if size == 3:
        return f"{year + index // 4:04d}-{33 + index % 4}"
    return f"{month_value(year, size * index + 1)}/{month_value(year, size * (index + 1))}"


def week_value(day: dt.date) -> str:
    """The week of `day`, Monday to Sunday, as an interval of days (`2024-03-04/2024-03-10`)."""
    monday = day - dt.timedelta(days=day.weekday())
    return f"{monday.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}"


def period_value(first: dt.date, last: dt.date) -> str:
    """The day, month or year that runs from `first` to `last`, else the interval (2024-03-01, 2024-03-31 → `2024-03`)."""
    if first == last:
        return first.isoformat()
    for value in (f"{first.year:04d}", month_value(first.year, first.month)):
        if find_bounds(value) == (first, last):
            return value
    return f"{first.isoformat()}/{last.isoformat()}"


def find_bounds(value: str) -> Bounds:
    """The first and last day that a value covers; None where it is open (`2024-03/..` → 1 March 2024, None)."""
    first, _, last = value.partition("/")
    return _bounds_of_one(first)[0], _bounds_of_one(last or first)[1]


def _bounds_of_one(value: str) -> Bounds:
    value = value.rstrip("~?%")
    if match := _DAY.fullmatch(value):
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _PART.fullmatch(value):
        return _bounds_of_part(int(match[1]), int(match[2]))
    if _YEAR.fullmatch(value):
        first, last = int(value.replace("X", "0")), int(value.replace("X", "9"))
        return (dt.date(max(first, 1), 1, 1), dt.date(last, 12, 31)) if last else (None, None)
    return None, None


def _bounds_of_part(year: int, part: int) -> Bounds:
    if 1 <= part <= 12:
        return dt.date(year, part, 1), last_of_month(year, part)
    if part in _SEASON_STARTS:
        after = part + 1 if part < 24 else 21
        next_year = year + (part == 24)
        return dt.date(year, *_SEASON_STARTS[part]), dt.date(next_year, *_SEASON_STARTS[after]) - dt.timedelta(days=1)
    if 33 <= part <= 36:
        return dt.date(year, 3 * (part - 32) - 2, 1), last_of_month(year, 3 * (part - 32))
    return None, None


def last_of_month(year: int, month: int) -> dt.date:
    """The last day of a month (29 February 2024)."""
    return dt.date(year, month, monthrange(year, month)[1])


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """That day, or None where the calendar has none (30 February)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
