"""Real sentences with other names: what the network learns of a sentence must not depend on the names in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from types import MappingProxyType

from pipeline.model import EntityType, Span
from pipeline.training.compose import Composer
from pipeline.training.marked import Marked, Name

SWAPPED: Mapping[EntityType, tuple[str, ...]] = MappingProxyType(
    {"ORG": ("company",), "PER": ("person_f", "person_m"), "PRODUCT": ("product",)}
)
"""What replaces a name of each type. Places and laws stay: they carry their grammar with them (« en France »)."""
_SWAPPABLE = re.compile(r"[A-ZÀ-Þ0-9][^ ]*(?: [A-ZÀ-Þ0-9&][^ ]*)*")
_ELIDES = re.compile(r"[AEIOUYÀÂÉÈÊËÎÏÔÖÛÜŒHaeiouyéèêh]")


def swap_names(marked: Marked, composer: Composer, chance: Random) -> Marked:
    """The text with its people, companies and products renamed, each name the same way throughout.

    « François Martel … Martel » becomes « Rozenn Diallo … Diallo ». A name with small words in it (« ministère de
    l'Intérieur ») stays, as does one whose successor would change an elision (« d'Airbus »).
    """
    chosen: dict[tuple[str, EntityType], str] = {}
    pieces, names, ends, end, shift = [], [], [(0, 0)], 0, 0
    for name in marked.names:
        old = marked.text[name.start : name.end]
        if (old, name.type) not in chosen:
            _choose(old, name.type, chosen, composer, chance)
        new = chosen[old, name.type]
        pieces += [marked.text[end : name.start], new]
        names.append(Name(name.start + shift, name.start + shift + len(new), name.type))
        end, shift = name.end, shift + len(new) - len(old)
        ends.append((end, shift))
    unknown = tuple(_moved(stretch, ends) for stretch in marked.unknown)
    return Marked("".join([*pieces, marked.text[end:]]), tuple(names), unknown)


def _choose(old: str, type_: EntityType, chosen: dict[tuple[str, EntityType], str], composer: Composer, chance: Random) -> None:
    """Choose what replaces `old`, and for a person of two words what replaces the surname alone."""
    chosen[old, type_] = old
    if type_ not in SWAPPED or not _SWAPPABLE.fullmatch(old):
        return
    other = composer.invent(chance.choice(SWAPPED[type_]), type_, chance)
    alone = type_ == "PER" and " " not in old
    pairs = {old: other.short if alone else other.full}
    if type_ == "PER" and not alone:
        pairs[old.split(" ", 1)[1]] = other.short
    fitting = not other.determiner and all(bool(_ELIDES.match(a)) == bool(_ELIDES.match(b)) for a, b in pairs.items())
    chosen |= {(name, type_): new if fitting else name for name, new in pairs.items()}


def _moved(stretch: Span, ends: list[tuple[int, int]]) -> Span:
    """The stretch where it stands after the swaps; it touches none of them."""
    shift = next(by for end, by in reversed(ends) if end <= stretch.start)
    return Span(stretch.start + shift, stretch.end + shift)
