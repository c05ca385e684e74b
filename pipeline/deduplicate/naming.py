"""Groups of names → what each is called, what is known of it, and the entity it makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pipeline.deduplicate.clusters import Groups
from pipeline.deduplicate.ids import Minted, Unnamed
from pipeline.deduplicate.keys import is_acronym
from pipeline.deduplicate.known import Known, Name
from pipeline.deduplicate.obey import Orders
from pipeline.lexicon import GazetteerEntry
from pipeline.model import Entity, EntityType

Spellings = Mapping[Name, Counter[str]]
"""How often each full name is written which way."""


@dataclass(frozen=True, slots=True)
class Group:
    """Full names that are one thing: the name it goes by, the name it was minted from, its forms, what the gazetteer knows."""

    type: EntityType
    name: str
    first_name: str
    members: tuple[str, ...]
    forms: tuple[str, ...]
    entry: GazetteerEntry | None

    @property
    def unnamed(self) -> Unnamed:
        """The group as it asks for an id."""
        return Unnamed(self.type, self.first_name, (self.name, *self.members), self.forms)


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides how a group is called: the gazetteer, people, and the names that articles say were given up."""

    known: Known
    orders: Orders
    given_up: frozenset[Name]


def name_groups(groups: Groups, spellings: Spellings, naming: Naming) -> tuple[Group, ...]:
    """Every group of the full names that are written, under its name; sorted by type and name.

    A known thing is the group that holds its own name; a form of it that a person parted from it is not.
    """
    members: dict[Name, list[Name]] = defaultdict(list)
    for name in sorted(spellings):
        members[groups.find(name)].append(name)
    named = []
    for root, group in members.items():
        things: list[Name] = [(root[0], thing) for thing in groups.things(root) if groups.find((root[0], thing)) == root]
        thing = min(things, key=lambda t: (-spellings.get(t, Counter()).total(), t), default=None)
        entry = naming.known.entry(thing) if thing else None
        named.append(_named(root, group, entry, spellings, naming))
    return tuple(sorted(named, key=lambda g: (g.type, g.name, g.members)))


def _named(root: Name, members: Sequence[Name], entry: GazetteerEntry | None, spellings: Spellings, naming: Naming) -> Group:
    """A group under the name that a person gave it, else the gazetteer's, else the full name that most mentions stand for.

    Acronyms and names in capitals come after others, a name that was given up comes last.
    """
    called = naming.orders.called

    def rank(name: Name) -> tuple[bool, bool, bool, int, int, str]:
        text = name[1]
        return name not in naming.given_up, not is_acronym(text), not text.isupper(), spellings[name].total(), len(text), text

    first = entry.canonical if entry else max(members, key=rank)[1]
    name = next((called[m].right for m in (*members, (root[0], first)) if m in called), first)
    seen = {form for member in members for form in (member[1], *spellings[member])} | {first}
    return Group(cast(EntityType, root[0]), name, first, tuple(m[1] for m in members), tuple(sorted(seen)), entry)


def make_entity(group: Group, minted: Minted, kind: str | None) -> Entity:
    """The group as an entity; `kind` is what rules say of it, else the gazetteer's counts."""
    entry = group.entry
    return Entity(
        minted.entity_id,
        group.type,
        group.name,
        aliases=tuple(form for form in group.forms if form != group.name),
        wikidata=entry.wikidata if entry else None,
        country=entry.country if entry else None,
        kind=kind or (entry.kind if entry else None),
        former_ids=minted.former_ids,
    )
