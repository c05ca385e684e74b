"""What the gazetteer knows, by type and folded form: whose form it is, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.lexicon import GazetteerEntry
from pipeline.model import ENTITY_TYPES
from pipeline.text import fold_name

Name = tuple[str, str]
"""A name and its type: ("ORG", "Mistral AI")."""


@dataclass(frozen=True)
class Known:
    """The entries that claim each folded form, in file order."""

    claims: Mapping[Name, tuple[GazetteerEntry, ...]]
    heads: frozenset[str] = frozenset()

    @classmethod
    def of(cls, gazetteer: Iterable[GazetteerEntry], heads: frozenset[str] = frozenset()) -> Known:
        """The gazetteer by form. `heads` are first words of bodies, which name one only where the article says which."""
        claims: dict[Name, dict[str, GazetteerEntry]] = defaultdict(dict)
        for entry in gazetteer:
            for form in entry.forms:
                claims[entry.type, fold_name(form)].setdefault(entry.canonical, entry)
        return cls({key: tuple(found.values()) for key, found in claims.items()}, heads)

    def claimants(self, name: Name) -> tuple[GazetteerEntry, ...]:
        """Every entry that goes by that name (« CMA »: the shipping line and the authority)."""
        return self.claims.get((name[0], fold_name(name[1])), ())

    def knows(self, name: str) -> bool:
        """True where some entry of whatever type goes by that name."""
        folded = fold_name(name)
        return any((kind, folded) in self.claims for kind in ENTITY_TYPES)

    def entry(self, name: Name) -> GazetteerEntry | None:
        """The one entry of that name; None for a form that two entries claim, unless it is the full name of one.

        « Parlement » is no body's name by itself, « Sénat » is the Sénat's.
        """
        found = self.claimants(name)
        if len(found) == 1 and found[0].canonical != name[1] and fold_name(name[1]) in self.heads:
            return None
        if len(found) > 1:
            found = tuple(entry for entry in found if fold_name(entry.canonical) == fold_name(name[1]) and len(name[1]) > 5)
        return found[0] if len(found) == 1 else None


def why_known(name: str, entry: GazetteerEntry) -> str:
    """Why the entry is meant by that name: an alias, or the name it bore until some day (« Twitter » of X)."""
    folded = fold_name(name)
    for former, since in entry.former:
        if fold_name(former) == folded:
            return f"{entry.canonical} was called {former}" + (f" until {since}" if since else "") + f", gazetteer {entry.source}"
    return f"alias of {entry.canonical} in gazetteer {entry.source}"
