"""Pairs with evidence → groups that respect every reason against, whatever the order of the pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason to take two names for one thing, with its weight (0..1)."""

    left: tuple[str, str]
    right: tuple[str, str]
    score: float
    reason: str


class Groups:
    """Connected groups of names in which no two known things and no forbidden pair meet.

    `known` gives names the thing that they are certainly (a gazetteer's canonical name): names of two things never meet.
    """

    def __init__(self, known: Mapping[tuple[str, str], str], different: Iterable[frozenset[tuple[str, str]]] = ()):
        self._parent: dict[tuple[str, str], tuple[str, str]] = {}
        self._known = dict(known)
        self._members: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._enemies: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for pair in different:
            left, right = sorted(pair)
            self._enemies.setdefault(left, set()).add(right)
            self._enemies.setdefault(right, set()).add(left)

    def find(self, name: tuple[str, str]) -> tuple[str, str]:
        """The name that stands for the group of `name`: the smallest of it."""
        root = name
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(name, name)) != root:
            self._parent[name] = root
            name = parent
        return root

    def join(self, evidence: Iterable[Evidence]) -> None:
        """Join the pairs, the surest first; pairs with a reason against stay apart."""
        for pair in sorted(evidence, key=lambda e: (-e.score, e.left, e.right, e.reason)):
            first, second = sorted((self.find(pair.left), self.find(pair.right)))
            if first != second and self._may_meet(first, second):
                self._parent[second] = first
                if second in self._known:
                    self._known[first] = self._known[second]
                self._members[first] = self.members(first) + self.members(second)

    def thing(self, root: tuple[str, str]) -> str | None:
        """What the group certainly is, given the name that stands for it; None where nobody knows."""
        return self._known.get(root)

    def members(self, root: tuple[str, str]) -> list[tuple[str, str]]:
        """The names of a group, given the name that stands for it."""
        return self._members.get(root, [root])

    def _may_meet(self, first: tuple[str, str], second: tuple[str, str]) -> bool:
        if first in self._known and second in self._known and self._known[first] != self._known[second]:
            return False
        if not self._enemies:
            return True
        others = set(self.members(second))
        return all(others.isdisjoint(self._enemies.get(name, ())) for name in self.members(first))
