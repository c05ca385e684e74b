"""Decisions → orders on the names of a corpus: what to join, what to keep apart, what to call it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.decisions import IN_ARTICLE, Decision, reference
from pipeline.deduplicate.ids import Previous, slug
from pipeline.deduplicate.known import Name

_NUMBERED = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Orders:
    """Decisions, in terms of names. `idle` are those that name nobody in the corpus."""

    same: tuple[Evidence, ...] = ()
    different: Mapping[tuple[Name, Name], Decision] = field(default_factory=dict)
    called: Mapping[Name, Decision] = field(default_factory=dict)
    idle: tuple[Decision, ...] = ()
    notes: Mapping[Name, Sequence[str]] = field(default_factory=dict)

    def key_of(self, written: Name, full: Name) -> Name:
        """The full name; the name as it is written where a person decided that it is not that full name."""
        return written if self.different and _pair(written, full) in self.different else full


def read_orders(decisions: Sequence[Decision], forms: Iterable[Name], previous: Sequence[Previous]) -> Orders:
    """The orders that the decisions give on a corpus of these forms."""
    if not decisions:
        return Orders()
    lookup = _Lookup.of(forms, previous, spoken_of(decisions))
    same: list[Evidence] = []
    different: dict[tuple[Name, Name], Decision] = {}
    called: dict[Name, Decision] = {}
    idle = []
    notes: dict[Name, list[str]] = defaultdict(list)
    for decision in decisions:
        lefts = lookup.names(decision.left)
        rights = lookup.names(decision.right) if decision.judgement != "name" else lefts
        if not (lefts and rights):
            idle.append(decision)
        elif decision.judgement == "name":
            called |= dict.fromkeys(lefts, decision)
            _note(notes, lefts, f"named so, {decision.told}")
        elif decision.judgement == "same":
            same += (Evidence(lefts[0], other, 1.0, decision.told) for other in (*lefts[1:], *rights) if other != lefts[0])
            _note(notes, lefts, f"the same as {rights[0][1]}, {decision.told}")
            _note(notes, rights, f"the same as {lefts[0][1]}, {decision.told}")
        elif decision.judgement == "different":
            different |= {_pair(a, b): decision for a in lefts for b in rights if a != b}
            _note(notes, lefts, f"not {rights[0][1]}, {decision.told}")
            _note(notes, rights, f"not {lefts[0][1]}, {decision.told}")
    return Orders(tuple(same), different, called, tuple(idle), notes)


def spoken_of(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids by which decisions may speak of entities, and of names that spell them."""
    sides = (side for d in decisions for side in ((d.left, d.right) if d.judgement != "name" else (d.left,)))
    parts = (reference(side).partition(IN_ARTICLE) for side in sides)
    return frozenset(
        id_
        for key, _, article in parts
        for id_ in (key, _NUMBERED.sub("", key), *([f"{key}-{slug(article)}"] if article else ()))
    )


def _note(notes: dict[Name, list[str]], names: Iterable[Name], told: str) -> None:
    for name in names:
        notes[name].append(told)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Names by what a decision may call them: the id of an earlier entity, or a slug."""

    forms: frozenset[Name]
    by_slug: Mapping[str, Sequence[Name]]
    by_id: Mapping[str, Previous]
    by_former_id: Mapping[str, Previous]

    @classmethod
    def of(cls, forms: Iterable[Name], previous: Sequence[Previous], spoken: Collection[str]) -> _Lookup:
        """What can be looked up of those forms; others, which are most, are let go at once."""
        by_slug: dict[str, list[Name]] = defaultdict(list)
        borne: set[Name] = {(p.entity.type, name) for p in previous for name in (p.entity.name, *p.entity.aliases)}
        every = sorted({form for form in forms if form in borne or _spelled(form) in spoken})
        for form in every:
            by_slug[_spelled(form)].append(form)
        former = {old: p for p in previous for old in p.entity.former_ids}
        return cls(frozenset(every), by_slug, {p.entity.entity_id: p for p in previous}, former)

    def names(self, text: str) -> Sequence[Name]:
        """The names meant: of an id those of its entity, else those that are spelled so, else those of its heir."""
        key, _, article = reference(text).partition(IN_ARTICLE)
        if article:
            return self.by_slug.get(f"{key}-{slug(article)}", ())
        if key != text:
            return self.by_slug.get(key, ())
        return (
            self._names_of(self.by_id.get(key))
            or self.by_slug.get(key)
            or self.by_slug.get(_NUMBERED.sub("", key))
            or self._names_of(self.by_former_id.get(key))
        )

    def _names_of(self, previous: Previous | None) -> Sequence[Name]:
        if previous is None:
            return ()
        entity = previous.entity
        if (entity.type, entity.name) in self.forms:
            return ((entity.type, entity.name),)
        return [name for alias in entity.aliases if (name := (entity.type, alias)) in self.forms]


def _spelled(form: Name) -> str:
    return f"{form[0].lower()}:{slug(form[1])}"


def _pair(left: Name, right: Name) -> tuple[Name, Name]:
    return (left, right) if left <= right else (right, left)
