"""The days of the year that have a name: Christmas, Easter and what is counted from it."""

from __future__ import annotations

import datetime as dt

from dateutil.easter import easter

from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.frame import Frame, Value
from pipeline.normalize.dates.points import pick_year


def read_feast(facts: Facts, frame: Frame) -> Value:
    """A feast (« Pâques 2024 » → 2024-03-31, « Noël » → the last or next one by the tense)."""
    if facts.feast is None:
        return Value(None, "no feast")
    month, day, from_easter = facts.feast

    def in_year(year: int) -> dt.date:
        return easter(year) + dt.timedelta(days=day) if from_easter else dt.date(year, month, day)

    if facts.year is not None:
        return Value(in_year(facts.year).isoformat())
    return pick_year(in_year, facts, frame)
