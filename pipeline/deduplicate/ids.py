"""Ids for life: `type:slug`, minted once, kept through the entities of the run before."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Entity
from pipeline.text import fold_name

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
class Minted:
    """A group's id, and the ids of earlier entities that turned out to be it."""

    entity_id: str
    former_ids: tuple[str, ...] = ()


def mint(groups: Mapping[str, Sequence[str]], kind: str, previous: Sequence[Previous]) -> dict[str, Minted]:
    """The id of each group of one type; `groups` gives all forms of each by its name.

    A group keeps the id of the earlier entity that bore its name, else of the one that shares a form with it alone; where
    several did, the oldest id stays and the others are former ids.
    """
    heirs = _heirs(groups, [p for p in previous if p.entity.type == kind])
    taken = {p.entity.entity_id for p in previous} | {old for p in previous for old in p.entity.former_ids}
    minted: dict[str, Minted] = {}
    for name in sorted(groups):
        if old := sorted(heirs.get(name, ()), key=lambda p: p.age):
            former = {f for p in old for f in p.entity.former_ids} | {p.entity.entity_id for p in old[1:]}
            minted[name] = Minted(old[0].entity.entity_id, tuple(sorted(former)))
        else:
            minted[name] = Minted(_free(f"{kind.lower()}:{slug(name)}", taken))
            taken.add(minted[name].entity_id)
    return minted


def _heirs(groups: Mapping[str, Sequence[str]], previous: Sequence[Previous]) -> Mapping[str, list[Previous]]:
    by_form: dict[str, set[str]] = defaultdict(set)
    for name, forms in groups.items():
        for form in (name, *forms):
            by_form[fold_name(form)].add(name)
    heirs: dict[str, list[Previous]] = defaultdict(list)
    for old in previous:
        for form in (old.entity.name, *old.entity.aliases):
            if len(names := by_form.get(fold_name(form), set())) == 1:
                heirs[next(iter(names))].append(old)
                break
    return heirs


def slug(name: str) -> str:
    """The name in small ASCII letters (« Hugging Face » → « hugging-face »); « x » where none is left."""
    return _NOT_SLUG.sub("-", fold_name(name)).strip("-") or "x"


def _free(wanted: str, taken: set[str]) -> str:
    number, entity_id = 1, wanted
    while entity_id in taken:
        number += 1
        entity_id = f"{wanted}-{number}"
    return entity_id
