"""Rows of several kinds, joined and put in order by the workers of a cluster as by one process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.engine.corpus import show
from pipeline.engine.shuffle import shuffling
from pipeline.question import Listing, in_order
from tests.engine.nodes import Nodes, nodes
from tests.engine.shuffles import COUNT, MOMENTS, Base, Disturbed

pytestmark = pytest.mark.usefixtures("small_parts")
LISTING = Listing(
    stored={
        "found_in": "SELECT number AS place, votes FROM plan JOIN findings ON findings.key = plan.finding",
        "lined_in": "SELECT number AS place, publisher, lines FROM plan JOIN lines USING (key) WHERE number % 10 > 0",
    },
    rows="""
SELECT place, r.form, r.type, publisher, lines
FROM (SELECT place, unnest(votes) AS r FROM found_in) LEFT JOIN lined_in USING (place)
ORDER BY place, r.form NULLS FIRST, r.type
""",
    count=COUNT,
)
"""The forms of articles in order, with what their lines are."""


def test_a_cluster_lists_as_one_process(base: Base, cluster: Nodes) -> None:
    """Names beside the articles that hold them, some with none."""
    alone = list(in_order(base, LISTING))
    with shuffling(cluster.address, COUNT) as shuffled:
        nothing, *together = in_order(base, LISTING, shuffled)
    assert len(nothing) == 0
    assert len(together) == 9
    assert pa.concat_tables(together) == pa.concat_tables(alone)
    assert len(pa.concat_tables(alone)) == 90


@MOMENTS
def test_a_worker_that_is_killed_over_a_listing_loses_and_doubles_nothing(moment: str, base: Base, tmp_path: Path) -> None:
    alone = list(in_order(base, LISTING))
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        together = list(in_order(base, LISTING, Disturbed(shuffled, started, moment)))
        assert started.one_was_killed
    assert pa.concat_tables(together) == pa.concat_tables(alone)


def test_a_listing_of_nothing_has_no_rows(base: Base, cluster: Nodes) -> None:
    show(base, "plan", base.sql("FROM plan LIMIT 0").to_arrow_table())
    with shuffling(cluster.address, COUNT) as shuffled:
        together = list(in_order(base, replace(LISTING, count=0), shuffled))
    assert pa.concat_tables(together).num_rows == 0
