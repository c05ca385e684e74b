"""Ids for life: `type:slug`, minted once, kept through the entities of the run before."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import NamedTuple

from pipeline.deduplicate.retired import NONE_RETIRED, Retired, digest, digests_of
from pipeline.model import Entity, EntityType
from pipeline.text import fold_name

_MOST_NUMBERS = 100
"""Of the ids that one name spells (« org:orange », « org:orange-2 ») so many are tried for one that comes back."""
_SEVERAL = -1
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
Order = tuple[str, str, tuple[str, ...]]
"""Groups that want one id get theirs by type, name and members."""


@dataclass(frozen=True, slots=True)
class Previous:
    """An entity of the run before; the one first published is the older one."""

    entity: Entity
    first_published: dt.date | None = None

    @property
    def age(self) -> tuple[dt.date, str]:
        return (self.first_published or dt.date.max, self.entity.entity_id)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A group that wants an id: its name, the names that stand for it alone, and every form in which it is written."""

    type: EntityType
    name: str
    members: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def order(self) -> Order:
        """Its turn where several want one id."""
        return self.type, self.name, self.members

    @property
    def plain_id(self) -> str:
        """The id that its name gives it, unless that is taken."""
        return f"{self.type.lower()}:{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Minted:
    """A group's id, and the ids of earlier entities that turned out to be it."""

    entity_id: str
    former_ids: tuple[str, ...] = ()


class Bearer(NamedTuple):
    """Who bears a folded name: a group of now (its place; `level` is what the name is to it), or an earlier entity, which looks
    for a group to which the name is that. The lower the `attempt`, the better the group fits it."""

    type: str
    key: str
    level: int
    place: int | None = None
    entity_id: str | None = None
    attempt: int = 0


def mint(groups: Sequence[Unnamed], previous: Sequence[Previous], retired: Retired = NONE_RETIRED) -> tuple[Minted, ...]:
    """The id of each group, in their order.

    A group keeps the id of the earlier entity that bore its name, else of the one that shares a member or a form with it alone;
    where several did, the oldest id stays and the others are former ids. An entity that was not named for a while gets back the
    id that it had, where one of its names leads to it.
    """
    bearers = [bearer for old in previous for bearer in seekers(old.entity)]
    if bearers:
        bearers += (bearer for place, group in enumerate(groups) for bearer in bearers_of(place, group))
    heirs: dict[str, tuple[int, int]] = {}
    for entity_id, attempt, place in fitting(bearers):
        heirs[entity_id] = min(heirs.get(entity_id, (attempt, place)), (attempt, place))
    taken = {p.entity.entity_id for p in previous} | {old for p in previous for old in p.entity.former_ids}
    olds: dict[int, list[Previous]] = defaultdict(list)
    for old in previous:
        if old.entity.entity_id in heirs:
            olds[heirs[old.entity.entity_id][1]].append(old)
    minted = {place: inherited(some) for place, some in olds.items()}
    names = retired.by_name()
    back = ((group.order, place, returning(group, names)) for place, group in enumerate(groups) if place not in minted)
    minted |= {place: Minted(own) for place, own in given_back(back, taken)}
    fresh = ((group.order, place, group.plain_id) for place, group in enumerate(groups) if place not in minted)
    minted |= {place: Minted(free) for place, free in free_ids(fresh, taken, retired)}
    return tuple(minted[place] for place in range(len(groups)))


def bearers_of(place: int, group: Unnamed) -> Iterator[Bearer]:
    """The names of a group: its own, those of its members, and all its forms."""
    for level, names in enumerate(((group.name,), group.members, group.forms)):
        for name in names:
            yield Bearer(group.type, fold_name(name), level, place)


def seekers(entity: Entity) -> Iterator[Bearer]:
    """The names by which an earlier entity looks for its heir: its own as whatever, then its others as members, then as forms."""
    name, *aliases = map(fold_name, (entity.name, *entity.aliases))
    attempts = [*((level, name) for level in range(3)), *((level, alias) for level in (1, 2) for alias in aliases)]
    for attempt, (level, key) in enumerate(attempts):
        yield Bearer(entity.type, key, level, entity_id=entity.entity_id, attempt=attempt)


def fitting(bearers: Iterable[Bearer]) -> Iterator[tuple[str, int, int]]:
    """Earlier entities, attempts, and the place of the one group that bears the name; all who bear it must be there."""
    alone: dict[tuple[str, str, int], int] = {}
    looking = list[Bearer]()
    for bearer in bearers:
        if bearer.place is None:
            looking.append(bearer)
        elif alone.setdefault(bearer[:3], bearer.place) != bearer.place:
            alone[bearer[:3]] = _SEVERAL
    for bearer in looking:
        place = alone.get(bearer[:3], _SEVERAL)
        if bearer.entity_id is not None and place != _SEVERAL:
            yield bearer.entity_id, bearer.attempt, place


def inherited(olds: Iterable[Previous]) -> Minted:
    """The id of the group that goes on these entities."""
    first, *others = sorted(olds, key=lambda p: p.age)
    former = {f for p in (first, *others) for f in p.entity.former_ids} | {p.entity.entity_id for p in others}
    return Minted(first.entity.entity_id, tuple(sorted(former)))


def returning(group: Unnamed, retired: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The ids that the group may have had before it was named no more, which one of its names spells; `retired` are by name."""
    if not retired:
        return ()
    forms = (group.name, *group.forms)
    wanted = {entity_id for name in digests_of(group.type, forms) for entity_id in retired.get(name, ())}
    spelled = (id_ for form in forms if wanted for id_ in islice(_numbered(f"{group.type.lower()}:{slug(form)}"), _MOST_NUMBERS))
    return tuple(entity_id for entity_id in spelled if digest(entity_id) in wanted)


def given_back(groups: Iterable[tuple[Order, int, Sequence[str]]], taken: Collection[str]) -> Iterator[tuple[int, str]]:
    """The place of each group and the first of its ids that is not taken, if there is one."""
    given = set(taken)
    for _, place, ids in sorted(groups):
        if own := next((entity_id for entity_id in ids if entity_id not in given), None):
            given.add(own)
            yield place, own


def free_ids(groups: Iterable[tuple[Order, int, str]], taken: Iterable[str], retired: Retired) -> Iterator[tuple[int, str]]:
    """The place of each group, and the first id of those that its name spells which is nobody's."""
    given = set(taken)
    for _, place, wanted in sorted(groups):
        free = next(entity_id for entity_id in _numbered(wanted) if entity_id not in given and not retired.has(entity_id))
        given.add(free)
        yield place, free


def slug(name: str) -> str:
    """The name in small ASCII letters (« Hugging Face » → « hugging-face »); « x » where none is left."""
    return _NOT_SLUG.sub("-", fold_name(name)).strip("-") or "x"


def _numbered(wanted: str) -> Iterator[str]:
    yield wanted
    yield from (f"{wanted}-{number}" for number in count(2))
