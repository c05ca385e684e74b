"""Rows of several kinds, joined and put in order by the workers of a cluster as by one process."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.engine.corpus import show
from pipeline.engine.shuffle import shuffling
from pipeline.question import Listing, Question, in_order
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


def _counted(votes: pa.Table) -> pa.Table:
    summed = Counter[str]()
    for form, number in zip(*(votes[name].to_pylist() for name in ("place", "number")), strict=True):
        summed[form] += number
    return pa.table({"place": pa.array(summed, pa.string()), "sum": pa.array(summed.values(), pa.int64())})


BY_FORM = Listing(
    stored={
        "voted": Question(
            stored="SELECT number, votes FROM plan JOIN findings ON findings.key = plan.finding",
            mapped="SELECT number, unnest(votes).form AS place FROM stored",
            keys=("place",),
            reduced=_counted,
        ),
        "open_to": "SELECT unnest(openings) AS place, number FROM plan JOIN findings ON findings.key = plan.finding",
    },
    rows="FROM voted FULL JOIN open_to USING (place) ORDER BY place, number",
)
"""By form, which is no number, what a question answers of it, and which articles are open to it."""
LISTINGS = {"by number": LISTING, "by form": BY_FORM}


def test_a_cluster_lists_as_one_process(base: Base, cluster: Nodes) -> None:
    """Names beside the articles that hold them, some with none."""
    alone = list(in_order(base, LISTING))
    with shuffling(cluster.address, COUNT) as shuffled:
        nothing, *together = in_order(base, LISTING, shuffled)
    assert len(nothing) == 0
    assert len(together) == 9
    assert pa.concat_tables(together) == pa.concat_tables(alone)
    assert len(pa.concat_tables(alone)) == 90


def test_what_has_no_number_is_listed_in_ranges(base: Base, cluster: Nodes) -> None:
    """Of what a function answers, too. Eight forms are fewer than there are parts."""
    alone = pa.concat_tables(in_order(base, BY_FORM))
    with shuffling(cluster.address, COUNT) as shuffled:
        nothing, *together = in_order(base, BY_FORM, shuffled)
    assert len(nothing) == 0
    assert 1 < len(together) < 9
    assert pa.concat_tables(together) == alone
    assert (len(alone), alone["sum"].null_count) == (120, 84)


@MOMENTS
@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
def test_a_worker_that_is_killed_over_a_listing_loses_and_doubles_nothing(
    listing: Listing, moment: str, base: Base, tmp_path: Path
) -> None:
    alone = list(in_order(base, listing))
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        together = list(in_order(base, listing, Disturbed(shuffled, started, moment)))
        assert started.one_was_killed
    assert pa.concat_tables(together) == pa.concat_tables(alone)


@pytest.mark.parametrize("listing", [replace(LISTING, count=0), BY_FORM], ids=LISTINGS)
def test_a_listing_of_nothing_has_no_rows(listing: Listing, base: Base, cluster: Nodes) -> None:
    show(base, "plan", base.sql("FROM plan LIMIT 0").to_arrow_table())
    with shuffling(cluster.address, COUNT) as shuffled:
        together = list(in_order(base, listing, shuffled))
    assert pa.concat_tables(together).num_rows == 0
