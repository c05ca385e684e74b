"""Pairs with evidence → groups that respect every reason against, whatever the order of the pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.deduplicate.known import Name


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason to take two names for one thing, with its weight (0..1)."""

    left: Name
    right: Name
    score: float
    reason: str

    @property
    def rank(self) -> tuple[float, Name, Name, str]:
        """The surest first, and one order whatever the input."""
        return -self.score, self.left, self.right, self.reason


Against = Callable[[Name, Name], bool]


def _nothing(_: Name, __: Name) -> bool:
    return False


class Groups:
    """Connected groups of names in which no two known things and no forbidden pair meet.

    `known` gives names the thing that they are certainly (a gazetteer's canonical name): names of two things never meet, but
    by decision. `against` says which two names cannot be one thing.
    """

    def __init__(self, known: Mapping[Name, str], *, different: Iterable[tuple[Name, Name]] = (), against: Against = _nothing):
        self._parent: dict[Name, Name] = {}
        self._things: dict[Name, frozenset[str]] = {name: frozenset((thing,)) for name, thing in known.items()}
        self._known = known
        self._members: dict[Name, list[Name]] = {}
        self._enemies: dict[Name, set[Name]] = {}
        self._against = against
        for left, right in different:
            self._enemies.setdefault(left, set()).add(right)
            self._enemies.setdefault(right, set()).add(left)

    def find(self, name: Name) -> Name:
        """The name that stands for the group of `name`: the smallest of it."""
        root = name
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(name, name)) != root:
            self._parent[name] = root
            name = parent
        return root

    def join(self, evidence: Iterable[Evidence], *, decided: bool = False) -> None:
        """Join the pairs, the surest first; pairs with a reason against stay apart, unless a person decided."""
        for pair in sorted(evidence, key=lambda e: e.rank):
            first, second = sorted((self.find(pair.left), self.find(pair.right)))
            if first != second and (decided or self._may_meet(first, second)):
                self._parent[second] = first
                if things := self.things(first) | self.things(second):
                    self._things[first] = things
                self._members.setdefault(first, [first]).extend(self._members.pop(second, [second]))

    def things(self, root: Name) -> frozenset[str]:
        """What the group certainly is, given the name that stands for it; several by decision, none where nobody knows."""
        return self._things.get(root, frozenset())

    def members(self, root: Name) -> list[Name]:
        """The names of a group, given the name that stands for it."""
        return self._members.get(root, [root])

    def are_enemies(self, left: Name, right: Name) -> bool:
        """True where a person decided that the groups of the two names are two things."""
        return bool(self._enemies) and not self._at_peace(self.find(left), self.find(right))

    def _may_meet(self, first: Name, second: Name) -> bool:
        ours, theirs = self.things(first), self.things(second)
        if ours and theirs and ours.isdisjoint(theirs):
            return False
        if self._enemies and not self._at_peace(first, second):
            return False
        return not any(self._refused(a, b) for a in self.members(first) for b in self.members(second))

    def _at_peace(self, first: Name, second: Name) -> bool:
        others = set(self.members(second))
        return all(others.isdisjoint(self._enemies.get(name, ())) for name in self.members(first))

    def _refused(self, a: Name, b: Name) -> bool:
        thing = self._known.get(a)
        return (thing is None or thing != self._known.get(b)) and self._against(a, b)
