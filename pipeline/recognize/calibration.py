"""How probable a decided name is to be right: from the sum of its voices to a probability.

The curve is data (`data/words/names_calibration.yaml`), found on development gold by `fit`; the file says which.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.recognize.ballot import Decision

BINS = 10
Pair = tuple[float, bool]
"""A score or sum, and whether the name was right."""


class Calibration:
    """Reads a decision's probability off a curve: one logistic for each company of voices."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._curves = {name: (float(c["slope"]), float(c["intercept"])) for name, c in words["curves"].items()}
        self._most = float(words["most"])

    def score(self, decision: Decision) -> float:
        """The probability, three decimals, that span and type of the decision are both right."""
        slope, intercept = self._curves[company(decision)]
        return round(min(self._most, logistic(slope * decision.total + intercept)), 3)


def company(decision: Decision) -> str:
    """Who speaks for a decision: the model with others, the model alone, or others without it."""
    methods = {voice.method for voice in decision.voices}
    if "model" not in methods:
        return "without_model"
    return "model_alone" if methods == {"model"} else "model_and_others"


def logistic(x: float) -> float:
    """1 / (1 + e^-x)."""
    return 1.0 / (1.0 + math.exp(-x))


def log_odds(chance: float) -> float:
    """The inverse of `logistic`, of a chance held between 0.02 and 0.995."""
    held = min(0.995, max(0.02, chance))
    return math.log(held / (1.0 - held))


def fit(pairs: Iterable[Pair], *, rounds: int = 2000, rate: float = 0.05, prior: float = 2.0) -> tuple[float, float]:
    """The slope and intercept that make the sums of `pairs` most probable (Platt 1999), drawn to slope 0.5, intercept 1.

    `prior` is the weight of that starting point in observations: with few pairs the curve stays near it.
    """
    data = list(pairs)
    slope, intercept = 0.5, 1.0
    for _ in range(rounds):
        errors = [(logistic(slope * x + intercept) - right, x) for x, right in data]
        n = len(data) + prior
        slope -= rate * (sum(e * x for e, x in errors) + prior * (slope - 0.5)) / n
        intercept -= rate * (sum(e for e, _ in errors) + prior * (intercept - 1.0)) / n
    return slope, intercept


def expected_calibration_error(pairs: Iterable[Pair]) -> float:
    """The mean distance between score and share of right names, over `BINS` of equal width, weighted by their size."""
    boxes: dict[int, list[Pair]] = {}
    for score, right in pairs:
        boxes.setdefault(min(BINS - 1, int(score * BINS)), []).append((score, right))
    total = sum(len(box) for box in boxes.values())
    gaps = (abs(sum(s for s, _ in box) - sum(r for _, r in box)) for box in boxes.values())
    return sum(gaps) / total if total else 0.0
