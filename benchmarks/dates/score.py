"""Scores date readers: found where the set has a date (spans overlap, same kind), and found with the right value.

Readers write values in several ways, so two are the same when they cover the same days (an end that one set includes and
another does not counts for both), or when the set gives one day and the value is the month, quarter, week or year around it
that the words name (« il y a cinq ans » → 2007).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from benchmarks.dates.cases import Case, Wanted
from pipeline.normalize.dates.edtf import find_bounds, last_of_month


class Found(TypedDict):
    """One date that a reader found."""

    start: int
    end: int
    kind: str
    value: str | None


@dataclass(frozen=True)
class Score:
    """Right, found and wanted dates of one kind, by span and by value."""

    span: float
    value: float
    wanted: int


def score(cases: Iterable[tuple[Case, list[Found]]], kind: str) -> Score:
    """The F1 of spans and of values over the cases of one kind."""
    counts: Counter[str] = Counter()
    for case, found in cases:
        wanted = [date for date in case["dates"] if date["kind"] == kind]
        free = [date for date in found if _kind_for(date, case["dates"]) == kind]
        counts["wanted"] += len(wanted)
        counts["found"] += len(free)
        counts["span"] += _match(wanted, free, case["text"], values=False)
        counts["value"] += _match(wanted, free, case["text"], values=True)
    most = counts["wanted"] + counts["found"]
    f1 = {what: 2 * counts[what] / most if most else 0.0 for what in ("span", "value")}
    return Score(f1["span"], f1["value"], counts["wanted"])


def _kind_for(found: Found, wanted: list[Wanted]) -> str:
    """The kind that a finding counts as: a length of time is a date where the case admits one (`lengths`)."""
    admitted = found["kind"] == "duration" and any(date["lengths"] and _overlap(found, date) for date in wanted)
    return "date" if admitted else found["kind"]


def _overlap(found: Found, date: Wanted) -> bool:
    return found["start"] < date["end"] and date["start"] < found["end"]


def _match(wanted: list[Wanted], found: list[Found], text: str, *, values: bool) -> int:
    free, hits = list(found), 0
    for date in wanted:
        for one in free:
            answers = [*date["values"], *date["lengths"]] if date["values"] else []
            if _overlap(one, date) and (not values or is_right(one["value"], answers, _longest(date, text))):
                free.remove(one)
                hits += 1
                break
    return hits


def is_right(value: str | None, wanted: list[str | None], longest: int) -> bool:
    """True where `value` is one of the wanted ones, or where the set cannot tell; `longest` is in days (see `_longest`)."""
    if not wanted or value in wanted:
        return True
    if value is None:
        return False
    return any(_same(value, one, longest) for one in wanted if one is not None)


def _longest(date: Wanted, text: str) -> int:
    """The days that a value may cover around the one day that a set gives: as many as the unit which the words name."""
    words = text[date["start"] : date["end"]].lower()
    return next((days for unit, days in _UNITS if re.search(unit, words)), 1)


_UNITS = ((r"\b(?:ans?|années?)\b", 366), (r"\btrimestres?\b", 92), (r"\bmois\b", 31), (r"\bsemaines?\b", 7))


def _same(value: str, wanted: str, longest: int) -> bool:
    if value.startswith("P") or wanted.startswith("P"):
        return _seconds(value) == _seconds(wanted) is not None
    got, asked = find_bounds(value), find_bounds(wanted)
    if got[0] and got[1] and asked[0] and asked[0] == asked[1] and got[0] <= asked[0] <= got[1]:
        return (got[1] - got[0]).days < longest
    starts = {asked[0], asked[0] + dt.timedelta(days=1) if asked[0] and asked[1] is None else asked[0]}
    ends = _ends(asked[1])
    return got != (None, None) and got[0] in starts and got[1] in ends


def _ends(last: dt.date | None) -> set[dt.date | None]:
    """The last days that count for one that may be included or not, or stand for the month or year which it opens."""
    if last is None:
        return {None}
    ends: set[dt.date | None] = {last, last - dt.timedelta(days=1)}
    if last.day == 1:
        ends.add(last_of_month(last.year, last.month))
        ends |= {dt.date(last.year, 12, 31)} if last.month == 1 else set()
    return ends


_DURATION = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?"
)
_SECONDS = (365 * 86400, 30 * 86400, 7 * 86400, 86400, 3600, 60, 1)


def _seconds(duration: str) -> float | None:
    """A duration in seconds, a month as 30 days and a year as 365, as Recognizers-Text counts them."""
    match = _DURATION.fullmatch(duration)
    if not match:
        return None
    return sum(float(part) * size for part, size in zip(match.groups(), _SECONDS, strict=True) if part)
