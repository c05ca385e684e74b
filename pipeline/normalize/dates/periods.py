"""Months, quarters, seasons, years against the publication date. Pure functions of facts and frame."""

from __future__ import annotations

import datetime as dt

from pipeline.normalize.dates.anchors import from_previous, related_year
from pipeline.normalize.dates.edtf import SIZES, find_bounds, month_value, part_value, week_value
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.frame import Frame, Value
from pipeline.normalize.dates.ranges import join

_SOON = 150
"""Days ahead within which a season without tense is the one to come, five months as of a month."""


def read_month(facts: Facts, frame: Frame) -> Value:
    """A month (« décembre dernier » → 2023-12); without words of its own, the latest, or the next in a future clause."""
    if facts.month is None:
        return Value(None, "no month")
    if facts.year is not None:
        return Value(month_value(facts.year, facts.month))
    if related := related_year(facts, frame):
        return related if related.value is None else Value(month_value(int(related.value), facts.month))
    if facts.near in ("before", "after", "same"):
        return from_previous(frame, lambda first: _month_beside(first, facts.month or 1, facts.near))
    if frame.anchor is None or frame.anchor.month is None:
        return frame.unknown()
    year, month = frame.anchor.month
    ahead = (facts.month - month) % 12
    step = _pick_step(ahead, facts.near, frame, soon=6 if frame.lead else 5, cycle=12)
    return Value(month_value(year, month + step))


def read_quarter(facts: Facts, frame: Frame) -> Value:
    """A quarter or half year (« troisième trimestre » → 2023-35, « second semestre 2023 » → 2023-07/2023-12)."""
    size = int(facts.unit.count) if facts.unit else 3
    if facts.ordinal is None or size not in SIZES:
        return Value(None, "no quarter or half year by that number")
    if facts.ordinal == -1 and facts.year is None and facts.near is None:
        return _read_part_before(size, frame)
    count = 12 // size
    number = facts.ordinal if facts.ordinal > 0 else count
    if number > count:
        return Value(None, "no quarter or half year by that number")
    if facts.year is not None:
        return Value(part_value(facts.year, number * size, size))
    if related := related_year(facts, frame):
        return related if related.value is None else Value(part_value(int(related.value), number * size, size))
    if frame.anchor is None or frame.anchor.month is None:
        return frame.unknown()
    year, month = frame.anchor.month
    ahead = (number - 1 - (month - 1) // size) % count
    return Value(part_value(year, month, size, _pick_step(ahead, facts.near, frame, soon=1, cycle=count)))


def _read_part_before(size: int, frame: Frame) -> Value:
    """The quarter (size 3), third (4) or half year (6) before the one of publication (« le dernier trimestre »)."""
    if frame.anchor is None or frame.anchor.month is None:
        return frame.unknown()
    return Value(part_value(*frame.anchor.month, size, -1))


def read_season(facts: Facts, frame: Frame) -> Value:
    """A season (« printemps prochain » → 2024-21); a winter bears the year in which it begins."""
    if facts.season is None:
        return Value(None, "no season")
    number, month, day = facts.season
    if facts.year is not None:
        return Value(f"{facts.year}-{number}")
    if related := related_year(facts, frame):
        return related if related.value is None else Value(f"{related.value}-{number}")
    if facts.near in ("before", "after", "same"):
        return _season_near(facts.near, (number, month, day), frame)
    if frame.anchor is None:
        return frame.unknown()
    first, last = (_season_beside(facts, frame, (number, month, day), at) for at in (frame.anchor.first, frame.anchor.last))
    return first if first == last else frame.unknown()


def _season_near(near: str, season: tuple[int, int, int], frame: Frame) -> Value:
    """That season of the year of the date before, the last one before it, or the first behind (« l'été suivant »)."""
    number, month, day = season
    last = find_bounds(frame.previous)[1] if frame.previous else None

    def make(first: dt.date) -> str:
        begun = first.year - (dt.date(first.year, month, day) >= first) if near == "before" else first.year
        behind = near == "after" and dt.date(first.year, month, day) <= (last or first)
        return f"{begun + behind}-{number}"

    return from_previous(frame, make)


def _season_beside(facts: Facts, frame: Frame, season: tuple[int, int, int], published: dt.date) -> Value:
    """The season that « dernier », « prochain », « cet » or the tense mean on a day of publication."""
    number, month, day = season
    start = dt.date(published.year, month, day)
    begun = start.year if start <= published else start.year - 1
    over = find_bounds(f"{begun}-{number}")[1]
    under_way = over is not None and over >= published
    if facts.near == "this" and frame.tense == "past":
        return Value(f"{begun}-{number}")
    if facts.near == "this":
        return Value(f"{begun if number == 24 and published.month <= 3 else published.year}-{number}")
    if facts.near == "last":
        return Value(f"{begun - 1 if under_way else begun}-{number}")
    ahead = frame.tense == "future" and (not under_way or frame.lead in ("before", "by", "until"))
    if facts.near == "next" or ahead:
        return Value(f"{begun + 1}-{number}")
    if frame.tense is None and not under_way and 0 <= (start - published).days < _SOON:
        return Value(f"{begun + 1}-{number}")
    return Value(f"{begun}-{number}")


def read_year(facts: Facts, _frame: Frame) -> Value:
    """A year that stands there (« 2021 »); before the common era they are counted from 0 (« 52 av. J.-C. » → -0051)."""
    if facts.year is None:
        return Value(None, "no year")
    if facts.before_christ:
        return Value(f"-{facts.year - 1:04d}" if facts.year > 1 else "0000")
    return Value(f"{facts.year:04d}")


def read_decade(facts: Facts, _frame: Frame) -> Value:
    """A decade or a range of them (« années 2010 » → 201X, « des années 80 aux années 2000 » → 198X/200X)."""
    first = _read_decade(facts.decade)
    return first if facts.decade2 is None else join(first, _read_decade(facts.decade2))


def _read_decade(number: int | None) -> Value:
    """One decade (90 → 199X); of « années 20 » nobody knows the century."""
    if number is None:
        return Value(None, "no decade")
    if number >= 100:
        return Value(f"{number // 10}X")
    if number < 30:
        return Value(None, "the decade may be of two centuries")
    return Value(f"19{number // 10}X")


def read_century(facts: Facts, _frame: Frame) -> Value:
    """A century or a range of them (« XIXe siècle » → 18XX, « du XVIIIe au XXe siècle » → 17XX/19XX)."""
    first = _read_century(facts.century, facts.before_christ)
    return first if facts.century2 is None else join(first, _read_century(facts.century2, facts.before_christ))


def _read_century(number: int | None, before_christ: bool) -> Value:
    if number is None or not 1 <= number <= 30:
        return Value(None, "no century by that number")
    return Value(f"{'-' if before_christ else ''}{number - 1:02d}XX")


def read_fortnight(facts: Facts, frame: Frame) -> Value:
    """Half of a month (« seconde quinzaine d'avril » → 2024-04-16/2024-04-30)."""
    month = read_month(facts, frame)
    last = find_bounds(month.value)[1] if month.value else None
    if last is None:
        return month
    days = ("01", "15") if facts.ordinal == 1 else ("16", f"{last.day}")
    return Value(f"{month.value}-{days[0]}/{month.value}-{days[1]}")


def read_nth_week(facts: Facts, frame: Frame) -> Value:
    """A week by its number in a year or month (« semaine 14 », « première semaine d'avril » → 2024-04-01/2024-04-07).

    By ISO 8601 a week belongs to the month or year in which its Thursday lies.
    """
    number = facts.ordinal or (int(facts.number) if facts.number is not None else 1)
    if facts.month is not None:
        within = read_month(facts, frame)
    else:
        year = facts.year or (frame.anchor.year if frame.anchor else None)
        within = Value(f"{year:04d}") if year else frame.unknown()
    first, last = find_bounds(within.value) if within.value else (None, None)
    if first is None or last is None:
        return within
    thursday = first + dt.timedelta(days=(3 - first.weekday()) % 7)
    if number < 0:
        thursday = last - dt.timedelta(days=(last.weekday() - 3) % 7)
    else:
        thursday += dt.timedelta(weeks=number - 1)
    return Value(week_value(thursday)) if thursday <= last else Value(None, "no week by that number")


def read_first_months(facts: Facts, frame: Frame) -> Value:
    """The first or last months of a year (« neuf premiers mois de 2023 » → 2023-01/2023-09)."""
    year = facts.year or (frame.anchor.year if frame.anchor else None)
    if year is None or facts.number is None or not 1 <= facts.number <= 12:
        return frame.unknown()
    count = int(facts.number)
    first, last = (13 - count, 12) if facts.ordinal == -1 else (1, count)
    return Value(f"{month_value(year, first)}/{month_value(year, last)}")


def _pick_step(ahead: int, near: str | None, frame: Frame, *, soon: int, cycle: int) -> int:
    """How many periods on: `ahead` (0 is the one under way) or a cycle back; untold, the past unless `soon` to come."""
    if near == "last":
        return ahead - cycle
    if near == "next":
        return ahead or cycle
    if ahead == 0 or frame.tense == "future" or (frame.tense is None and ahead <= soon):
        return ahead
    return ahead - cycle


def _month_beside(first: dt.date, month: int, near: str | None) -> str:
    if near == "same":
        return month_value(first.year, month)
    if near == "after":
        return month_value(first.year, first.month + ((month - first.month) % 12 or 12))
    return month_value(first.year, first.month - ((first.month - month) % 12 or 12))
