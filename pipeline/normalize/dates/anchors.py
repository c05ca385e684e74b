"""Years and dates that an expression takes from its own words or from the date before it. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pipeline.normalize.dates.edtf import find_bounds
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.frame import NO_PREVIOUS, Frame, Value


def related_year(facts: Facts, frame: Frame) -> Value | None:
    """The year that « de la même année », « de l'an dernier » mean, as digits; None where no such words stand there."""
    if not facts.near or not facts.near.startswith("year "):
        return None
    word = facts.near.removeprefix("year ")
    if word in ("same", "before", "after"):
        steps = {"same": 0, "before": -1, "after": 1}
        return from_previous(frame, lambda first: f"{first.year + steps[word]:04d}")
    year = frame.anchor.year if frame.anchor else None
    return Value(f"{year + {'last': -1, 'this': 0, 'next': 1}[word]:04d}") if year else frame.unknown()


def from_previous(frame: Frame, make: Callable[[dt.date], str]) -> Value:
    first = find_bounds(frame.previous)[0] if frame.previous else None
    if first is None:
        return Value(None, NO_PREVIOUS)
    return Value(make(first), f"counted from {frame.previous}, the date before it")
