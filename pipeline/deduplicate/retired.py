"""Ids of entities that no article names any more: they go to nobody else, and come back with the entity.

An article may be taken out because of the people it names. So nothing is kept in plain words, only digests: of the id, and of
the names that may have it back.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.model import Entity
from pipeline.text import fold_name


@dataclass(frozen=True, slots=True)
class Retired:
    """By the digest of an id, the digests of the names that its entity went by."""

    names: Mapping[str, frozenset[str]]

    def has(self, entity_id: str) -> bool:
        """True where the id was some entity's that is named no more."""
        return bool(self.names) and digest(entity_id) in self.names

    def by_name(self) -> Mapping[str, Collection[str]]:
        """By the digest of a name, the digests of the ids of those that went by it."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity_id, names in self.names.items():
            for name in names:
                found[name].append(entity_id)
        return found

    def after(self, gone: Iterable[Entity], alive: Iterable[str]) -> Retired:
        """Those retired after a run: as before and the entities that went; without those that came back or were merged.

        `alive` are the ids and former ids of the entities of the run.
        """
        more = {digest(e.entity_id): digests_of(e.type, (e.name, *e.aliases)) for e in gone}
        living = {key for id_ in alive if (key := digest(id_)) in self.names} if self.names else frozenset()
        return Retired({key: names for key, names in sorted({**self.names, **more}.items()) if key not in living})


NONE_RETIRED = Retired({})


def digest(text: str) -> str:
    """Sixteen hexadecimal digits of a text's hash."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digests_of(kind: str, names: Iterable[str]) -> frozenset[str]:
    """The digests of names of one type; case, accents and punctuation do not count."""
    return frozenset(digest(f"{kind} {fold_name(name)}") for name in names)
