"""Days and weekdays against the publication date. Pure functions of facts and frame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from pipeline.normalize.dates.anchors import from_previous, related_year
from pipeline.normalize.dates.edtf import find_bounds, make_day, month_value, week_value
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.frame import NO_PREVIOUS, NO_TENSE, Anchor, Frame, Value
from pipeline.normalize.dates.periods import read_month

_MUCH = 3
"""So many times nearer, a day wins over what an uncertain tense says."""
_WEEKS_ON = {"in a week": 1, "in two weeks": 2}
NOT_A_DAY = "the calendar has no such day"


def read_numeric(facts: Facts, _frame: Frame) -> Value:
    """A date in digits with its year (« 02/02/2024 » → 2024-02-02); a month without a day likewise (« 03/2023 »)."""
    if facts.year is None or facts.month is None:
        return Value(None, NOT_A_DAY)
    if facts.day is None:
        return Value(month_value(facts.year, facts.month))
    return _as_day(make_day(facts.year, facts.month, facts.day))


def read_day(facts: Facts, frame: Frame) -> Value:
    """A day of a month (« 9 novembre dernier » → 2023-11-09); the year comes from its own words, or from the tense."""
    if facts.day is None:
        return Value(None, NOT_A_DAY)
    if facts.month is None:
        return _read_number(facts.day, facts, frame)
    if facts.year is not None:
        return _as_day(make_day(facts.year, facts.month, facts.day))
    if related := related_year(facts, frame):
        return related if related.value is None else _as_day(make_day(int(related.value), facts.month, facts.day))
    month, number = facts.month, facts.day
    if facts.near in ("before", "after"):
        return _day_beside(month, number, facts.near, frame)
    return pick_year(lambda year: make_day(year, month, number), facts, frame)


def read_day_of_month(facts: Facts, frame: Frame) -> Value:
    """A day of last, this or next month (« 20 du mois prochain » → 2024-04-20), or of that beside the date before it."""
    if facts.near in ("before", "after", "same"):
        step = {"before": -1, "after": 1}.get(facts.near, 0)
        beside = from_previous(frame, lambda day: month_value(day.year, day.month + step))
        first = find_bounds(beside.value)[0] if beside.value else None
        return _day_in(first, facts.day, beside.reason) if first and facts.day else beside
    if frame.anchor is None or frame.anchor.month is None or facts.day is None:
        return frame.unknown()
    year, month = _shift(*frame.anchor.month, {"last": -1, "next": 1}.get(facts.near or "", 0))
    return _as_day(make_day(year, month, facts.day))


def read_day_told(facts: Facts, frame: Frame) -> Value:
    """A day by its number alone (« Le 3 mars, elle signe. Le 22, elle part » → 2024-03-22).

    It lies in the month of the date before it or of the last day given, the later of both that is not yet to come; where the
    article gave none, it is the last such day, or the next in a future clause.
    """
    if facts.day is None:
        return Value(None, NOT_A_DAY)
    months = [find_bounds(frame.previous)[0] if frame.previous and _is_fine(frame.previous) else None, frame.previous_day]
    told = [day for month in months if month and (day := make_day(month.year, month.month, facts.day))]
    ahead = frame.tense == "future"
    days = [day for day in told if frame.anchor is None or ahead or day <= frame.anchor.last]
    if days:
        return Value(max(days).isoformat(), "in the month that the article speaks of")
    return _read_number(facts.day, facts, frame)


def _is_fine(value: str) -> bool:
    """True for a value that lies in one month."""
    first, last = find_bounds(value)
    return first is not None and last is not None and (first.year, first.month) == (last.year, last.month)


def _day_in(month: dt.date, day: int, reason: str | None) -> Value:
    found = make_day(month.year, month.month, day)
    return Value(found.isoformat(), reason) if found else Value(None, NOT_A_DAY)


def read_weekday(facts: Facts, frame: Frame) -> Value:
    """A weekday (« lundi dernier » → 2024-02-26): the last one, or the next in a future clause.

    That of the day of publication is this very day (« a annoncé vendredi », published on a Friday), as the press writes.
    """
    if facts.weekday is None:
        return Value(None, "no weekday")
    if facts.near in ("before", "after", "same"):
        return _weekday_beside(facts.weekday, facts.near, frame)
    day = frame.anchor.day if frame.anchor else None
    if day is None:
        told = frame.weekdays.get(facts.weekday) if facts.near is None else None
        return Value(told.isoformat(), "the day of that name that the article gave before") if told else frame.unknown()
    behind = (day.weekday() - facts.weekday) % 7
    if facts.near == "this" and (behind == 0 or frame.tense is None):
        return Value((day - dt.timedelta(days=behind if behind <= 3 else behind - 7)).isoformat())
    if facts.near is None and behind == 0 and frame.tense != "future":
        return Value(day.isoformat())
    ahead = facts.near in ("next", *_WEEKS_ON)
    if facts.near == "last" or (not ahead and frame.tense == "past"):
        return Value((day - dt.timedelta(days=behind or 7)).isoformat())
    if ahead or frame.tense == "future":
        return Value((day + dt.timedelta(days=7 - behind, weeks=_WEEKS_ON.get(facts.near or "", 0))).isoformat())
    return Value(None, NO_TENSE)


def read_weekday_of_week(facts: Facts, frame: Frame) -> Value:
    """A weekday of last, this or next week (« mardi de la semaine dernière » → 2024-02-20)."""
    day = frame.anchor.day if frame.anchor else None
    if day is None or facts.weekday is None:
        return frame.unknown()
    weeks = {"last": -1, "next": 1}.get(facts.near or "", 0)
    return Value((day + dt.timedelta(days=facts.weekday - day.weekday(), weeks=weeks)).isoformat())


def read_week_of(facts: Facts, frame: Frame) -> Value:
    """The week in which a day lies (« semaine du 18 mars » → 2024-03-18/2024-03-24)."""
    if facts.month is None and facts.weekday is None:
        return Value(None, "no month")
    found = read_day(facts, frame)
    return Value(week_value(dt.date.fromisoformat(found.value))) if found.value else found


def read_nth_weekday(facts: Facts, frame: Frame) -> Value:
    """A weekday by its number in a month (« troisième jeudi de novembre 2024 » → 2024-11-21)."""
    month = read_month(facts, frame)
    if month.value is None or facts.ordinal is None or facts.weekday is None:
        return Value(None, month.reason or "no weekday")
    year, number = (int(digits) for digits in month.value.split("-"))
    days = (make_day(year, number, day) for day in range(1, 32))
    fitting = [day for day in days if day and day.weekday() == facts.weekday]
    index = facts.ordinal if facts.ordinal < 0 else facts.ordinal - 1
    return _as_day(fitting[index] if index < len(fitting) else None)


def _read_number(number: int, facts: Facts, frame: Frame) -> Value:
    """« mardi 27 »: the day of that number that is a Tuesday, within two months of it; « avant le 27 »: the next 27th."""
    anchor = frame.anchor
    if anchor is None or (facts.weekday is None and anchor.day is None):
        return frame.unknown()
    if facts.weekday is None and frame.tense is None:
        return Value(None, NO_TENSE)
    months = (anchor.last.year - anchor.first.year) * 12 + anchor.last.month - anchor.first.month
    around = [_shift(anchor.first.year, anchor.first.month, step) for step in range(-2, months + 3)]
    days = [day for year, month in around if (day := make_day(year, month, number))]
    return _nearest_day([day for day in days if facts.weekday in (None, day.weekday())], anchor, facts, frame)


def pick_year(make: Callable[[int], dt.date | None], facts: Facts, frame: Frame) -> Value:
    """The day that `make` gives for the year which the words, the weekday or the tense ask for."""
    anchor = frame.anchor
    if anchor is None:
        return frame.unknown()
    years = range(anchor.first.year - 1, anchor.last.year + 2)
    days = [day for year in years if (day := make(year))]
    fitting = [day for day in days if facts.weekday in (None, day.weekday())] or days
    return _nearest_day(fitting, anchor, facts, frame)


def _nearest_day(days: list[dt.date], anchor: Anchor, facts: Facts, frame: Frame) -> Value:
    """The day of `days` that the words or the tense ask for; of a publication known by its month, the one in it."""
    if not days:
        return Value(None, NOT_A_DAY)
    if anchor.day is None:
        here = [day for day in days if anchor.first <= day <= anchor.last]
        if len(here) > 1 or (here and facts.near) or (anchor.month is None and facts.weekday is None):
            return frame.unknown()
    past = [day for day in days if day <= anchor.last]
    ahead = [day for day in days if day >= anchor.first]
    if facts.near == "last":
        return _as_day(max((day for day in past if day < anchor.first), default=None))
    if facts.near == "next":
        return _as_day(min((day for day in ahead if day > anchor.last), default=None))
    nearest = _nearest(days, anchor)
    chosen = max(past, default=None) if frame.tense == "past" else min(ahead, default=None) if frame.tense == "future" else None
    if chosen is None or (not frame.evidence.sure and _distance(nearest, anchor) * _MUCH < _distance(chosen, anchor)):
        return _as_day(nearest)
    return _as_day(chosen)


def _nearest(days: Iterable[dt.date], anchor: Anchor) -> dt.date:
    return min(days, key=lambda day: (_distance(day, anchor), day))


def _distance(day: dt.date, anchor: Anchor) -> int:
    return max((anchor.first - day).days, (day - anchor.last).days, 0)


def _day_beside(month: int, number: int, near: str, frame: Frame) -> Value:
    """The last such day before the date before it, or the first behind (« le 26 novembre suivant »)."""
    first, last = find_bounds(frame.previous) if frame.previous else (None, None)
    if first is None or last is None:
        return Value(None, NO_PREVIOUS)
    days = [day for year in range(first.year - 1, last.year + 2) if (day := make_day(year, month, number))]
    fitting = [day for day in days if day > last] if near == "after" else [day for day in reversed(days) if day < first]
    return (
        Value(fitting[0].isoformat(), f"counted from {frame.previous}, the date before it") if fitting else Value(None, NOT_A_DAY)
    )


def _weekday_beside(weekday: int, near: str, frame: Frame) -> Value:
    def beside(first: dt.date) -> str:
        step = {
            "same": (weekday - first.weekday()) % 7,
            "after": (weekday - first.weekday()) % 7 or 7,
            "before": -((first.weekday() - weekday) % 7 or 7),
        }[near]
        return (first + dt.timedelta(days=step)).isoformat()

    if previous := frame.previous:
        first, last = find_bounds(previous)
        if first is None or first != last:
            return Value(None, NO_PREVIOUS)
    return from_previous(frame, beside)


def _shift(year: int, month: int, step: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + step
    return index // 12, index % 12 + 1


def _as_day(day: dt.date | None) -> Value:
    return Value(day.isoformat()) if day else Value(None, NOT_A_DAY)
