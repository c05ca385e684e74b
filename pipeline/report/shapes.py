"""The shapes of a timeline: one bar a month, worked out here so that the page needs no script to draw it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 1040, 120
_YEAR = 34
"""The room that a year takes under the bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year: what it is called, how many it holds, where it stands."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from left to right in a box of `width` by 120, and the years under them."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[str, float], ...]
    width: float
    unit: str
    highest: int

    def label_of(self, day: dt.date | None) -> str:
        """What the bar of that day is called (« 2024-03 »); nothing for an unknown day."""
        return "" if day is None else f"{day.year}" if self.unit == "year" else f"{day.year}-{day.month:02}"


def timeline(days: Iterable[dt.date | None]) -> Timeline | None:
    """The timeline of the days that are known, by month, or by year where that makes more than 150 bars; None for no day."""
    known = [day for day in days if day is not None]
    if not known:
        return None
    first, last = min(known), max(known)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    by_year = months > 150
    counts = Counter(f"{day.year}" if by_year else f"{day.year}-{day.month:02}" for day in known)
    labels = [f"{y}" for y in range(first.year, last.year + 1)] if by_year else _months(first, months)
    step = min(WIDTH / len(labels), 24)
    highest = max(counts.values())
    bars = tuple(_bar(label, counts[label], place * step, step, highest) for place, label in enumerate(labels) if counts[label])
    years = _years(labels, step)
    box = max(step * len(labels), years[-1][1] + _YEAR)
    return Timeline(bars, years, box, "year" if by_year else "month", highest)


def _months(first: dt.date, count: int) -> list[str]:
    start = first.year * 12 + first.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(start, start + count)]


def _bar(label: str, count: int, x: float, step: float, highest: int) -> Bar:
    height = max(3.0, HEIGHT * count / max(highest, 4))
    return Bar(label, count, round(x, 1), round(HEIGHT - height, 1), round(max(1.0, step - 1.5), 1), round(height, 1))


def _years(labels: list[str], step: float) -> tuple[tuple[str, float], ...]:
    """The years to write, at least 44 apart."""
    places: list[tuple[str, float]] = []
    for place, label in enumerate(labels):
        starts = label[4:] in ("", "-01") or place == 0
        if starts and (not places or place * step - places[-1][1] >= 44):
            places.append((label[:4], round(place * step, 1)))
    return tuple(places)
