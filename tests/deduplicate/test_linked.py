"""What pairs of numbers link."""

from __future__ import annotations

import random

import pytest

from pipeline.deduplicate.linked import joined


@pytest.mark.parametrize(
    ("count", "pairs", "firsts"),
    [
        pytest.param(0, [], [], id="nothing"),
        pytest.param(3, [], [0, 1, 2], id="no pair"),
        pytest.param(4, [(3, 1), (1, 3), (2, 2)], [0, 1, 2, 1], id="one pair twice, and one of a thing with itself"),
        pytest.param(6, [(5, 4), (4, 3), (3, 2), (2, 1), (1, 0)], [0] * 6, id="a chain"),
        pytest.param(6, [(1, 5), (2, 5), (0, 4), (3, 4)], [0, 1, 1, 0, 0, 1], id="two that meet at their last"),
    ],
)
def test_each_goes_by_the_first_that_links_lead_to(count: int, pairs: list[tuple[int, int]], firsts: list[int]) -> None:
    assert joined(count, [one for one, _ in pairs], [other for _, other in pairs]).tolist() == firsts


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_pairs_does_not_matter(seed: int) -> None:
    """Pairs at random, against what each pair says one after the other."""
    chance = random.Random(seed)
    pairs = [(chance.randrange(200), chance.randrange(200)) for _ in range(120)]
    firsts = list(range(200))
    for _ in range(200):
        for one, other in pairs:
            firsts[one] = firsts[other] = min(firsts[one], firsts[other])
    assert joined(200, [one for one, _ in pairs], [other for _, other in pairs]).tolist() == firsts
