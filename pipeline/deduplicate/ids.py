"""Ids for life: `type:slug`, minted once, kept through the entities of the run before."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

from pipeline.deduplicate.retired import NONE_RETIRED, Retired, digest, digests_of
from pipeline.model import Entity, EntityType
from pipeline.text import fold_name

_MOST_NUMBERS = 100
"""Of the ids that one name spells (« org:orange », « org:orange-2 ») so many are tried for one that comes back."""
_SEVERAL = -1
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


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
    def plain_id(self) -> str:
        """The id that its name gives it, unless that is taken."""
        return f"{self.type.lower()}:{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Minted:
    """A group's id, and the ids of earlier entities that turned out to be it."""

    entity_id: str
    former_ids: tuple[str, ...] = ()


def mint(groups: Sequence[Unnamed], previous: Sequence[Previous], retired: Retired = NONE_RETIRED) -> tuple[Minted, ...]:
    """The id of each group, in their order.

    A group keeps the id of the earlier entity that bore its name, else of the one that shares a member or a form with it alone;
    where several did, the oldest id stays and the others are former ids. An entity that was not named for a while gets back the
    id that it had, where one of its names leads to it.
    """
    heirs = _heirs(groups, previous)
    taken = {p.entity.entity_id for p in previous} | {old for p in previous for old in p.entity.former_ids}
    returning = retired.by_name()
    minted: dict[int, Minted] = {}
    for place in sorted(range(len(groups)), key=lambda i: (groups[i].type, groups[i].name, groups[i].members)):
        if old := sorted(heirs.get(place, ()), key=lambda p: p.age):
            former = {f for p in old for f in p.entity.former_ids} | {p.entity.entity_id for p in old[1:]}
            minted[place] = Minted(old[0].entity.entity_id, tuple(sorted(former)))
        else:
            minted[place] = Minted(_own(groups[place], taken, returning) or _free(groups[place].plain_id, taken, retired))
            taken.add(minted[place].entity_id)
    return tuple(minted[place] for place in range(len(groups)))


def _heirs(groups: Sequence[Unnamed], previous: Sequence[Previous]) -> Mapping[int, list[Previous]]:
    """The earlier entities that each group goes on: an entity has one heir at most, the first that fits it best."""
    if not previous:
        return {}
    by_name, by_member, by_form = (_index(groups, level) for level in range(3))
    heirs: dict[int, list[Previous]] = defaultdict(list)
    for old in previous:
        forms = [(old.entity.type, fold_name(form)) for form in (old.entity.name, *old.entity.aliases)]
        tries = [(by_name, forms[:1]), (by_member, forms[:1]), (by_form, forms[:1]), (by_member, forms[1:]), (by_form, forms[1:])]
        alone = (place for index, keys in tries for key in keys if (place := index.get(key, _SEVERAL)) != _SEVERAL)
        heir = next(alone, None)
        if heir is not None:
            heirs[heir].append(old)
    return heirs


def _index(groups: Sequence[Unnamed], level: int) -> Mapping[tuple[str, str], int]:
    """The place of the group that has the name; `_SEVERAL` where several have it."""
    index: dict[tuple[str, str], int] = {}
    for place, group in enumerate(groups):
        for form in ((group.name,), group.members, group.forms)[level]:
            key = group.type, fold_name(form)
            if index.setdefault(key, place) != place:
                index[key] = _SEVERAL
    return index


def slug(name: str) -> str:
    """The name in small ASCII letters (« Hugging Face » → « hugging-face »); « x » where none is left."""
    return _NOT_SLUG.sub("-", fold_name(name)).strip("-") or "x"


def _own(group: Unnamed, taken: Collection[str], by_name: Mapping[str, Collection[str]]) -> str | None:
    """The id that the group had before it was named no more, which one of its names spells; None where it had none."""
    forms = (group.name, *group.forms)
    wanted = {entity_id for name in digests_of(group.type, forms) for entity_id in by_name.get(name, ())} if by_name else None
    if not wanted:
        return None
    spelled = (id_ for form in forms for id_ in islice(_numbered(f"{group.type.lower()}:{slug(form)}"), _MOST_NUMBERS))
    return next((entity_id for entity_id in spelled if entity_id not in taken and digest(entity_id) in wanted), None)


def _free(wanted: str, taken: Collection[str], retired: Retired) -> str:
    return next(entity_id for entity_id in _numbered(wanted) if entity_id not in taken and not retired.has(entity_id))


def _numbered(wanted: str) -> Iterator[str]:
    yield wanted
    yield from (f"{wanted}-{number}" for number in count(2))
