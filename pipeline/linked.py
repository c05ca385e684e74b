"""Pairs of numbers → what they link, directly or through others: the connected components of a graph, by group-bys alone, so that
one process finds them out of core and a cluster by shuffles.

The steps are large-star and small-star of Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, « Connected Components in
MapReduce and Beyond » (2014). In turn they bring all numbers of a component nearer to its smallest until each is linked to that
one and to no other; no step makes more links than it is given.
"""

from __future__ import annotations

import duckdb

from pipeline import question
from pipeline.question import Question, Shuffle, answer, make

_EACH = 25
_EDGES = """
CREATE OR REPLACE TEMP TABLE edge AS
SELECT greatest(one, other) AS one, least(one, other) AS other FROM ({pairs}) WHERE one <> other
"""
"""Links, the larger of two numbers first."""
_BOTH_WAYS = "SELECT one AS node, other AS near FROM stored UNION ALL SELECT other, one FROM stored"
_NEAREST = "SELECT *, min(near) OVER (PARTITION BY node) AS first FROM mapped"
LARGE_STAR = Question(
    stored="FROM edge",
    mapped=_BOTH_WAYS,
    keys=("node",),
    reduced=f"SELECT near AS one, least(node, first) AS other FROM ({_NEAREST}) WHERE near > node",
    each=_EACH,
)
"""Each number links its larger neighbours to the smallest of all its neighbours and itself."""
SMALL_STAR = Question(
    stored="FROM edge",
    mapped="SELECT one AS node, other AS near FROM stored",
    keys=("node",),
    reduced=f"SELECT DISTINCT * FROM (SELECT unnest([node, near]) AS one, first AS other FROM ({_NEAREST})) WHERE one > other",
    each=_EACH,
)
"""Each number links its smaller neighbours and itself to the smallest of them."""
OPEN = Question(
    stored="FROM edge",
    mapped=_BOTH_WAYS,
    keys=("node",),
    reduced="""
SELECT DISTINCT open FROM (SELECT min(near) < node AND max(near) > min(near) AS open FROM mapped GROUP BY node) WHERE open
""",
    each=_EACH,
)
"""Whether some number is linked to a smaller one and to another: no star yet."""
FIRSTS = Question(
    stored="FROM edge",
    mapped="SELECT one AS node, other AS first FROM stored UNION ALL SELECT other, other FROM stored",
    keys=("node",),
    reduced="SELECT DISTINCT node, first FROM mapped",
    each=_EACH,
)
"""Each number of a star with its smallest."""


def show_firsts(base: duckdb.DuckDBPyConnection, name: str, *, pairs: str, shuffle: Shuffle | None = None) -> None:
    """Have queries see, as a table of that name, the smallest number (`first`) to which links lead from each (`node`) that is
    linked to another; `pairs` is the query of the links, `one` and `other`."""
    make(base, _EDGES.format(pairs=pairs))
    if len(base.table("edge")) <= question.PART * _EACH:
        shuffle = None  # all would be one part
    while _is_open(base, shuffle):
        answer(base, LARGE_STAR, "edge", shuffle)
        answer(base, SMALL_STAR, "edge", shuffle)
    answer(base, FIRSTS, name, shuffle)
    base.execute("DROP TABLE edge; DROP TABLE open")


def _is_open(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None) -> bool:
    answer(base, OPEN, "open", shuffle)
    return len(base.table("open")) > 0
