"""What the tests of single interpreters read an expression against."""

from __future__ import annotations

import datetime as dt

from pipeline.normalize.dates.frame import Evidence, Frame, Tense, read_anchor


def against(
    published: str | None = None,
    tense: Tense | None = None,
    *,
    sure: bool = True,
    lead: str | None = None,
    previous: str | None = None,
) -> Frame:
    """The frame of an expression: publication, tense of its clause, preposition, date before it."""
    day = dt.date.fromisoformat(previous) if previous and previous[4:].count("-") == 2 and "/" not in previous else None
    return Frame(read_anchor(published), previous, day, lead, lambda: Evidence(tense, sure=sure))
