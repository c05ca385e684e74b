"""What speaks for a stretch of text being a name: the common coin of gazetteer, context rules, model and consistency."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import EntityType, Method

MAKER_AND_PRODUCT: tuple[EntityType, EntityType] = ("ORG", "PRODUCT")
"""The two types that go by one name most often: the sentence tells which is meant."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One voice for one span and type. `weight` is in log odds: weights for the same span and type add up.

    `canonical` is the full name that the voice proposes (« Parti populaire européen » for « PPE »). `sure` is False for a
    voice that cannot carry a name alone, such as the gazetteer's « Orange ». `whole` is True for a voice that knows the name's
    extent (the gazetteer, the shape of a body's name), so that no part of it is a name of its own.
    """

    start: int
    end: int
    type: EntityType
    method: Method
    rule_id: str
    weight: float
    canonical: str | None = None
    sure: bool = True
    whole: bool = False

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end
