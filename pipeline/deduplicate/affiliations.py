"""Who held which function where, and when: the roles of all articles gathered, one affiliation a person, function and body.

An article shows that somebody held a function on the day it came out; « ancien ministre » shows that it was over by then.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.text import fold_name


@dataclass(frozen=True, slots=True)
class RoleTelling:
    """What `count` rows of `roles` say in the same words that a person is, and in which articles.

    `first` and `last` are the first and last day on which one of these came out, None where no day is known.
    """

    person: str
    role: str
    org: str | None
    articles: Sequence[str]
    count: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person's function in a body, as the articles give it.

    `role` is its commonest spelling, without « ancien »; `first_seen` and `last_seen` are the first and last day on which an
    article gives it as present, both None where none does; `over_by` is the first day on which one calls it past.
    """

    person: str
    role: str
    org: str | None
    first_seen: dt.date | None
    last_seen: dt.date | None
    over_by: dt.date | None
    articles: tuple[str, ...]


def find_affiliations(tellings: Iterable[RoleTelling], *, past: re.Pattern[str]) -> tuple[Affiliation, ...]:
    """One affiliation a person, function and organisation, sorted by these; `past` finds what marks a role as over.

    « PDG » of Lumio in March and May, « ancien PDG » in July → PDG, Lumio, March to May, over by July.
    """
    groups: dict[tuple[str, str, str], list[RoleTelling]] = defaultdict(list)
    for telling in tellings:
        key = fold_name(past.sub("", telling.role))
        if key:
            groups[telling.person, key, telling.org or ""].append(telling)
    return tuple(_affiliation(groups[key], past) for key in sorted(groups))


def _affiliation(tellings: list[RoleTelling], past: re.Pattern[str]) -> Affiliation:
    present = [day for t in tellings for day in (t.first, t.last) if day and not past.search(t.role)]
    over = [t.first for t in tellings if t.first and past.search(t.role)]
    spellings: Counter[str] = Counter()
    for telling in tellings:
        spellings[past.sub("", telling.role).strip()] += telling.count
    role = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    return Affiliation(
        tellings[0].person,
        role,
        tellings[0].org,
        min(present, default=None),
        max(present, default=None),
        min(over, default=None),
        tuple(sorted({article for t in tellings for article in t.articles})),
    )
