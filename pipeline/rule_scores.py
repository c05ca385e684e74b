"""What each rule, gazetteer or network had in a run's score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleScore:
    """What one rule found of one layer: rows that are right and rows that are not, of how many items there were (`wanted`)."""

    layer: str
    rule_id: str
    right: int
    wrong: int
    wanted: int


def score_rules(found: Mapping[tuple[str, str, bool], int], wanted: Mapping[str, int]) -> Iterator[RuleScore]:
    """The rules of each layer of `wanted`, in its order, those that found most first; `found` counts (layer, rule, is right)."""
    for layer, items in wanted.items():
        ids = sorted({rule_id for name, rule_id, _ in found if name == layer})
        scores = [RuleScore(layer, i, found.get((layer, i, True), 0), found.get((layer, i, False), 0), items) for i in ids]
        yield from sorted(scores, key=lambda score: -(score.right + score.wrong))
