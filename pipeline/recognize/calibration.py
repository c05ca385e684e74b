"""How probable a decided name is to be right: from the sum of its voices to a probability."""

from __future__ import annotations

import math

from pipeline.recognize.ballot import Decision

SLOPE, INTERCEPT = 0.8, 0.8


def read_score(decision: Decision) -> float:
    """The probability, three decimals, that span and type of the decision are both right."""
    return round(1.0 / (1.0 + math.exp(-(SLOPE * decision.total + INTERCEPT))), 3)
