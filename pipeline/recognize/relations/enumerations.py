"""Names that stand in one enumeration: « Lumio, Nubéo et Brise Capital »."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.model import ENTITY_TYPES
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.masking import Masked
from pipeline.recognize.relations.stand_ins import Argument
from pipeline.recognize.relations.syntax import Syntax


def coordinated(masked: Masked, at: int, antecedents: Antecedents) -> list[Argument]:
    """The name at the masked offset and those coordinated with it (« Lumio, Nubéo et Brise Capital »)."""
    text, mention = masked.text, masked.mention(at)
    chain = [(at, mention)] if mention else []
    for place, sign in masked.signs():
        if place > at and sign.mention and sign.kind in ENTITY_TYPES:
            between = text[chain[-1][0] + 1 : place]
            if antecedents.syntax.listed.match(between) or antecedents.syntax.listed_apposed.match(between):
                chain.append((place, sign.mention))
    joined = any(antecedents.syntax.joined.search(text, a + 1, b) for (a, _), (b, _) in pairwise(chain))
    return [Argument("subject", m, place) for place, m in (chain if joined else chain[:1])]


def all_of(masked: Masked, at: int, antecedents: Antecedents, *, plural: re.Match[str] | None) -> list[Argument]:
    """The name at the masked offset, which words behind it go back to; where these are a `plural`, all of the list it ends.

    « Lumio et Nubéo, qui se sont alliés »; but « Brise Capital et Lumio, rachetée en mai » → Lumio.
    """
    return coordinated(masked, _first_of(masked, at, antecedents.syntax) if plural else at, antecedents)


def _first_of(masked: Masked, at: int, syntax: Syntax) -> int:
    """The first name of the enumeration that ends at the masked offset (« Lumio, Nubéo et Brise Capital » → Lumio)."""
    first, joined = at, False
    for place, _ in reversed(tuple(masked.signs())):
        if place < first and masked.text[place] == masked.text[at]:
            between = masked.text[place + 1 : first]
            joined = joined or syntax.joined.search(between) is not None
            if not joined or (syntax.listed.match(between) or syntax.listed_apposed.match(between)) is None:
                break
            first = place
    return first
