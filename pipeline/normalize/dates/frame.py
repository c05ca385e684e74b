"""What a temporal expression is read against: the publication date as far as it is known, the tense, the date before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from pipeline.normalize.dates.edtf import find_bounds

Tense = Literal["past", "future"]
Parts = Mapping[str, str]

UNKNOWN_PUBLICATION = "the publication date is not known"
COARSE_PUBLICATION = "the publication date is not known to the day"
NO_TENSE = "nothing tells whether the last or the next one is meant"
NO_PREVIOUS = "no date before it to count from"


@dataclass(frozen=True, slots=True)
class Anchor:
    """When an article came out: some day from `first` to `last`, both the same where the day is known."""

    first: dt.date
    last: dt.date

    @property
    def day(self) -> dt.date | None:
        """The day of publication, where it is known."""
        return self.first if self.first == self.last else None

    @property
    def month(self) -> tuple[int, int] | None:
        """The year and month of publication, where they are known."""
        same = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return (self.first.year, self.first.month) if same else None

    @property
    def year(self) -> int | None:
        """The year of publication, where it is known."""
        return self.first.year if self.first.year == self.last.year else None


def read_anchor(published: str | None) -> Anchor | None:
    """The anchor of an EDTF publication date (`2024-02` → 1 to 29 February 2024); None where nothing bounds it."""
    first, last = find_bounds(published) if published else (None, None)
    return Anchor(first, last) if first and last else None


class Value(NamedTuple):
    """What an expression says: an EDTF or ISO 8601 value, or None and the reason; a value may carry a reason too."""

    value: str | None
    reason: str | None = None


class Evidence(NamedTuple):
    """The tense that a verb tells, and whether it stands close enough to be trusted against the calendar."""

    tense: Tense | None
    sure: bool


@dataclass(frozen=True)
class Frame:
    """All that an expression may be read against. `lead` is what its preposition says: since, from, after, by, before,
    until, for, as_of, around.

    `previous` is the value of the date before, `previous_day` the last one known to the day. `find_evidence` reads the
    clause; most expressions do not need it. `weekdays` are the days that the article has named with their weekday so far
    (« mardi 17 décembre »), the last of each.
    """

    anchor: Anchor | None
    previous: str | None
    previous_day: dt.date | None
    lead: str | None
    find_evidence: Callable[[], Evidence]
    weekdays: Mapping[int, dt.date] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> Evidence:
        """The tense; a preposition that looks one way decides where no verb does."""
        if self.lead in ("since", "by"):
            return Evidence("past" if self.lead == "since" else "future", sure=True)
        found = self.find_evidence()
        if self.lead in ("before", "until", "from") and found.tense == "past":
            return Evidence(None, sure=False)
        if found.tense is None and self.lead in ("before", "until", "from", "for", "as_of"):
            return Evidence("future", sure=self.lead not in ("for", "as_of"))
        if self.lead == "for" and not found.sure:
            return Evidence("future", sure=False)
        return found

    @property
    def tense(self) -> Tense | None:
        """The tense of the clause, where something tells it."""
        return self.evidence.tense

    def unknown(self) -> Value:
        """No value, and why the publication date does not give it."""
        return Value(None, COARSE_PUBLICATION if self.anchor else UNKNOWN_PUBLICATION)
