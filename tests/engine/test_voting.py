"""What a corpus agrees on: which articles it may change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.engine.shuffle import shuffling
from pipeline.engine.voting import agreed, vote
from tests.engine.nodes import Nodes, nodes
from tests.engine.shuffles import COUNT, MOMENTS, Base, Disturbed


def changed(base: Base) -> list[tuple[int, dict[str, str]]]:
    return sorted((number, dict(forms)) for number, forms in agreed(base))


def test_the_vote_may_change_an_article_that_missed_a_form_or_takes_it_for_something_else(base: Base) -> None:
    """« Form 0 » to « Form 3 » are organisations to four in five of those who are sure. Each article is open to one form, and
    doubts another one, which every other article takes for a person."""
    vote(base)
    expected = [
        (number, {f"Form {n}": "ORG" for n in {*[number % 7] * (number % 7 < 4), *[number % 4] * (number % 2)}})
        for number in range(COUNT)
    ]
    assert changed(base) == [(number, forms) for number, forms in expected if forms]
    assert sorted(agreed(base, np.array([8, 1]))) == [(1, {"Form 1": "ORG"}), (8, {"Form 1": "ORG"})]


@pytest.mark.usefixtures("small_parts")
def test_a_cluster_votes_as_one_process(base: Base, cluster: Nodes) -> None:
    vote(base)
    alone = changed(base)
    with shuffling(cluster.address, COUNT) as shuffled:
        vote(base, shuffled)
    assert changed(base) == alone


@MOMENTS
@pytest.mark.usefixtures("small_parts")
def test_a_worker_that_is_killed_over_the_vote_loses_and_doubles_nothing(moment: str, base: Base, tmp_path: Path) -> None:
    vote(base)
    alone = changed(base)
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        vote(base, Disturbed(shuffled, started, moment))
        assert started.one_was_killed
    assert changed(base) == alone
