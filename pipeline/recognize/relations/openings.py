"""Whom a sentence is about by how it opens: « Chez Lumio, », « Lumio : », « Avec Lumio, », « C'est au tour de Lumio »."""

from __future__ import annotations

import re

from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.enumerations import coordinated
from pipeline.recognize.relations.masking import Masked
from pipeline.recognize.relations.stand_ins import Argument


def named(masked: Masked, match: re.Match[str] | None, slot: str) -> list[Argument]:
    """The `name` of a match in that slot; nothing where there is no match."""
    mention = masked.mention(match.start("name")) if match else None
    return [Argument(slot, mention, match.start("name"))] if match and mention else []


def find_frame(masked: Masked, antecedents: Antecedents) -> list[Argument]:
    """The body that the sentence's first words say it is about (« Chez Lumio, », « Lumio : »)."""
    syntax = antecedents.syntax
    openings = (syntax.frame_name.match(masked.text), syntax.heading.match(masked.text))
    return [one for match in openings for one in named(masked, match, "frame") if one.mention.type == "ORG"]


def find_company(masked: Masked, end: int, antecedents: Antecedents) -> list[Argument]:
    """With whom the first words up to `end` say that it happens (« Avec Lumio, Nubéo signe un contrat »)."""
    match = antecedents.syntax.in_company.match(masked.text, 0, end)
    return [a._replace(slot="with") for a in coordinated(masked, match.start("name"), antecedents)] if match else []


def find_by_opening(masked: Masked, left: int, start: int, antecedents: Antecedents) -> list[Argument]:
    """Who acts in the clause `left:start` that has no subject of its own, by how the sentence or the clause opens."""
    return (
        _heading(masked, left, antecedents)
        or named(masked, antecedents.syntax.frame_name.match(masked.text), "subject")
        or _in_turn(masked, left, start, antecedents)
        or _spoken_for(masked, left, start, antecedents)
    )


def _heading(masked: Masked, left: int, antecedents: Antecedents) -> list[Argument]:
    """The name that heads an item up to its colon (« Lumio : 12 millions injectés par Brise Capital »)."""
    match = antecedents.syntax.heading.match(masked.text)
    return named(masked, match if match and match.end() == left else None, "subject")


def _in_turn(masked: Masked, left: int, start: int, antecedents: Antecedents) -> list[Argument]:
    """The name whose turn it is (« C'est au tour de Lumio d'écoper »)."""
    match = antecedents.syntax.in_turn.search(masked.text, left, start)
    return coordinated(masked, match.start("name"), antecedents) if match else []


def _spoken_for(masked: Masked, left: int, start: int, antecedents: Antecedents) -> list[Argument]:
    """The name within the clause's first noun phrase (« les négociateurs du Parlement »), where no other is the subject."""
    opening = antecedents.syntax.before_phrase.match(masked.text, left, start)
    phrase = antecedents.syntax.phrase.match(masked.text, opening.end() if opening else left)
    if phrase is None:
        return []
    for at, sign in masked.signs():
        if phrase.start() <= at < min(phrase.end(), start) and sign.kind in ("ORG", "PRODUCT"):
            return coordinated(masked, at, antecedents)
    return []
