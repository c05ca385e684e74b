"""Which names are one thing, asked of the stored rows: names are compared block by block, articles asked of what is left open.

The steps are those of `deduplicate.evidence`, as questions that one process answers out of core and a cluster by shuffles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.columns import rows_of, table_of
from pipeline.deduplicate.blocks import Asked, Candidate
from pipeline.deduplicate.carried import needs_company
from pipeline.deduplicate.evidence import TELLING_ALONE, blocks_of, compare, settle
from pipeline.deduplicate.features import PRODUCT_WITH_MAKER, with_makers
from pipeline.deduplicate.gathered import MOST_ARTICLES
from pipeline.engine.lent import Lent
from pipeline.question import Question, Shuffle, answer, make

_TEXT = pa.string()
_BLOCKS = pa.schema([("block", _TEXT), ("type", _TEXT), ("name", _TEXT)])
_EVIDENCE = pa.schema([("type", _TEXT), ("left", _TEXT), ("right", _TEXT), ("score", pa.float64()), ("reason", _TEXT)])
_CANDIDATES = pa.schema([("feature", _TEXT), *_EVIDENCE, ("beside_type", _TEXT), ("beside", _TEXT)])
_SHORT = pa.schema([("type", _TEXT), ("name", _TEXT), ("full", _TEXT)])
_ASKED_COLUMNS = (
    *_CANDIDATES.names,
    *("is_beside", "shared", "left_articles", "right_articles", "left_roles", "right_roles"),
)
_OPEN = f"""
CREATE OR REPLACE TEMP TABLE unsettled AS
FROM candidate WHERE beside IS NOT NULL AND feature <> '{PRODUCT_WITH_MAKER.name}'
UNION ALL (FROM made QUALIFY min("left") OVER (PARTITION BY type, "right") = max("left") OVER (PARTITION BY type, "right"));
CREATE OR REPLACE TEMP TABLE pair AS
SELECT row_number() OVER () AS pair, * FROM (
  SELECT type, "right" AS name, beside_type AS other_type, beside AS other FROM unsettled
  UNION SELECT type, name, type, "full" FROM short
)
"""
"""What articles are asked: candidates that hang on what they say, but for what several products are called without their makers;
and short forms that mean nothing by themselves, with what they stand for in some."""
_MET = "SELECT number, type AS met_type, key AS met, roles FROM stands"
PLACES = Question(
    stored=f"""
SELECT met_type AS type, met AS name, number, roles FROM ({_MET})
SEMI JOIN (SELECT type AS met_type, name AS met FROM pair UNION SELECT other_type, other FROM pair) USING (met_type, met)
""",
    mapped="SELECT type, name, number, flatten(list(roles)) AS roles FROM stored GROUP BY ALL",
    keys=("type", "name"),
    reduced=f"""
SELECT type, name, count(*) AS articles, min(number, {MOST_ARTICLES}) AS numbers, list_distinct(flatten(list(roles))) AS roles
FROM (SELECT type, name, number, flatten(list(roles)) AS roles FROM mapped GROUP BY ALL) GROUP BY ALL
""",
    each=25,
)
"""For each name of a pair in how many articles it stands, the first of them, and what is said there that it is."""
COMPANY = Question(
    stored=f"""
SELECT pair, is_name, is_name AND met_type = other_type AND met = other AS is_other, met_type, met
FROM (
  SELECT sides.*, place.type AS of_type, place.name AS of_name, unnest(numbers) AS number
  FROM (SELECT *, unnest([true, false]) AS is_name FROM pair) AS sides
  JOIN place ON place.type = if(is_name, sides.type, other_type) AND place.name = if(is_name, sides.name, other)
) JOIN ({_MET}) USING (number)
WHERE met_type <> of_type OR met <> of_name
""",
    mapped="""
SELECT pair, met_type, met, bool_or(is_name) AS by_name, bool_or(NOT is_name) AS by_other, bool_or(is_other) AS is_other
FROM stored GROUP BY ALL
""",
    keys=("pair",),
    reduced="""
SELECT pair, bool_or(is_other) AS is_beside,
  list_transform(min({type: met_type, name: met}, 2) FILTER (WHERE by_name AND by_other), lambda each: each.name) AS shared
FROM (
  SELECT pair, met_type, met, bool_or(by_name) AS by_name, bool_or(by_other) AS by_other, bool_or(is_other) AS is_other
  FROM mapped GROUP BY ALL
) GROUP BY pair
""",
    each=25,
)
"""Of each pair whether the other stands in an article with the name, and the first two names that stand beside both."""
_ASKED = """
SELECT unsettled.*, coalesce(is_beside, false) AS is_beside, coalesce(shared, []) AS shared,
  one.articles AS left_articles, other.articles AS right_articles, one.roles AS left_roles, other.roles AS right_roles
FROM unsettled
JOIN place AS one ON one.type = unsettled.type AND one.name = "left"
JOIN place AS other ON other.type = unsettled.type AND other.name = "right"
JOIN pair ON pair.type = unsettled.type AND pair.name = "right" AND pair.other_type = beside_type AND pair.other = beside
LEFT JOIN company USING (pair)
"""
_FOUND = """
CREATE OR REPLACE TEMP TABLE evidence AS
SELECT type, "left", "right", score, reason FROM candidate WHERE beside IS NULL UNION ALL FROM proven;
CREATE OR REPLACE TEMP TABLE beside AS
SELECT DISTINCT short.type, short.name AS short, "full" FROM company JOIN pair USING (pair)
JOIN short ON short.type = pair.type AND short.type = other_type AND short.name = pair.name AND short."full" = other
WHERE len(shared) > 0;
DROP TABLE candidate; DROP TABLE made; DROP TABLE short; DROP TABLE unsettled; DROP TABLE pair; DROP TABLE place;
DROP TABLE company; DROP TABLE proven
"""


def find_evidence(base: duckdb.DuckDBPyConnection, lent: Lent, shuffle: Shuffle | None = None) -> None:
    """Have queries see the `evidence` among the names of `form`, and the short forms that mean nothing by themselves but share
    with a full name some name `beside` them."""
    answer(base, names(lent), "block", shuffle)
    answer(base, blocks(lent), "candidate", shuffle)
    base.execute("DROP TABLE block")
    answer(base, PRODUCTS, "made", shuffle)
    answer(base, SHORT, "short", shuffle)
    make(base, _OPEN)
    answer(base, PLACES, "place", shuffle)
    answer(base, COMPANY, "company", shuffle)
    answer(base, unsettled(lent), "proven", shuffle)
    make(base, _FOUND)


def names(lent: Lent) -> Question:
    """The blocks of each full name."""
    stored, mapped = "SELECT type, key AS name FROM form", "SELECT DISTINCT type, name FROM stored"
    return Question(stored, mapped, keys=("type", "name"), reduced=partial(_blocks, lent=lent), each=5)


def blocks(lent: Lent) -> Question:
    """What the names of each block tell of each other."""
    return Question("FROM block", "FROM stored", keys=("block",), reduced=partial(_candidates, lent=lent), each=20)


def unsettled(lent: Lent) -> Question:
    """The evidence that the candidates of each name come to."""
    return Question(_ASKED, "FROM stored", keys=("feature", "type", "right"), reduced=partial(_settled, lent=lent))


def _blocks(named: pa.Table, lent: Lent) -> pa.Table:
    guide, each = lent.guide, (name for name, _ in groupby(_sorted(named, ("type", "name"), ("type", "name"))))
    return table_of(_BLOCKS, ((block, *name) for name in each for block in blocks_of(name, guide)))


def _candidates(rows: pa.Table, lent: Lent) -> pa.Table:
    """No more than a part comes into Python: most names share a key with no other."""
    guide, met = lent.guide, groupby(_sorted(rows.filter(_tells(rows["block"])), _BLOCKS.names, _BLOCKS.names), itemgetter(0))
    blocks = ((block, [(kind, name) for _, kind, name in some]) for block, some in met)
    return table_of(_CANDIDATES, (candidate for block, some in blocks for candidate in compare(block, some, guide)))


def _tells(block: pa.ChunkedArray) -> pa.Array:
    """Of each row whether its block holds others, or is one in which a name tells something alone."""
    encoded = block.combine_chunks().dictionary_encode()
    places, words = encoded.indices.to_numpy(), pc.split_pattern(encoded.dictionary, " ", max_splits=1)
    alone = pc.is_in(pc.list_element(words, 0), pa.array(TELLING_ALONE)).to_numpy(zero_copy_only=False)
    return pa.array((alone | (np.bincount(places, minlength=len(alone)) > 1))[places], pa.bool_())


def _made(halves: pa.Table) -> pa.Table:
    together = groupby(_sorted(halves, ("type", "left"), _CANDIDATES.names), itemgetter(1, 2))
    return table_of(_CANDIDATES, (made for _, some in together for made in with_makers(map(Candidate._make, some))))


PRODUCTS = Question(
    stored=f"FROM candidate WHERE feature = '{PRODUCT_WITH_MAKER.name}'",
    mapped="FROM stored",
    keys=("type", "left"),
    reduced=_made,
)
"""The products that have a maker, each with what it is called without."""


def _short(forms: pa.Table) -> pa.Table:
    needy = (row for row in rows_of(forms.select(_SHORT.names)) if needs_company(row[:2]))
    return table_of(_SHORT, needy)


SHORT = Question(
    stored='SELECT type, text AS name, key AS "full" FROM form WHERE carries AND text <> key',
    mapped="SELECT DISTINCT * FROM stored",
    keys=("type", "name"),
    reduced=_short,
    each=5,
)
"""The short forms that mean nothing by themselves, each with a full name that some article ties it to."""


def _settled(rows: pa.Table, lent: Lent) -> pa.Table:
    together = groupby(_sorted(rows, ("feature", "type", "right", "left"), _ASKED_COLUMNS), itemgetter(0, 1, 3))
    found = (settle(list(map(_asked, some)), lent.guide) for _, some in together)
    return table_of(_EVIDENCE, ((*e.left, e.right[1], e.score, e.reason) for e in found if e))


def _asked(row: tuple[Any, ...]) -> Asked:
    *candidate, is_beside, shared, left_articles, right_articles, left_roles, right_roles = row
    return Asked(Candidate(*candidate), is_beside, shared, (left_articles, right_articles), (left_roles, right_roles))


def _sorted(rows: pa.Table, by: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return rows_of(rows.sort_by([(name, "ascending") for name in by]).select(list(columns)))
