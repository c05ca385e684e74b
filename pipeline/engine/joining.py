"""Which names are one thing: regions of names that pairs tie together, each answered by itself.

A name goes by its hash, and a region by the smallest of its names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from sys import intern
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.columns import arrays_of, rows_of, table_of, texts_of
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.gathered import Form
from pipeline.deduplicate.obey import Orders
from pipeline.deduplicate.regions import Counted, Meaning, Region, Settled, settle
from pipeline.engine.lent import Lent
from pipeline.linked import show_firsts
from pipeline.question import Question, Shuffle, answer, make

_TOLD = "SELECT unnest({column}) AS pair FROM plan JOIN tellings ON tellings.key = plan.telling WHERE len({column}) > 0"
_PAIRS = f"""
CREATE OR REPLACE TEMP TABLE tie AS
SELECT type, "left", "right", score, reason, false AS renames FROM evidence
UNION ALL
SELECT DISTINCT pair.left[1], pair.left[2], pair.right[2], pair.score, pair.reason, true
FROM ({_TOLD.format(column="renamings")});
CREATE OR REPLACE TEMP TABLE apart AS
SELECT DISTINCT pair.left[1] AS type, pair.left[2] AS "left", pair.right[2] AS "right" FROM ({_TOLD.format(column="apart")});
DROP TABLE evidence
"""
_LINKED = """
SELECT hash(type, "left") AS one, hash(type, "right") AS other FROM (
  SELECT type, "left", "right" FROM tie
  UNION ALL SELECT type, text, key FROM form WHERE carries AND text <> key
  UNION ALL SELECT type, key, before FROM form WHERE before IS NOT NULL
  UNION ALL FROM decided)
"""
_ROWS = """
SELECT coalesce(first, node) AS region, named FROM (
  SELECT hash(type, key) AS node, {'type': type, 'text': text, 'full': "full", 'carries': carries, 'before': before,
    'article': article, 'key': key, 'count': count, 'kinds': kinds} AS named
  FROM form)
LEFT JOIN region USING (node)
UNION ALL BY NAME
SELECT first AS region,
  {'type': type, 'left': "left", 'right': "right", 'score': score, 'reason': reason, 'renames': renames} AS tied
FROM tie JOIN region ON node = hash(type, "left")
UNION ALL BY NAME
SELECT one.first AS region, {'type': type, 'left': "left", 'right': "right"} AS apart
FROM apart JOIN region AS one ON one.node = hash(type, "left") JOIN region AS other ON other.node = hash(type, "right")
WHERE one.first = other.first
UNION ALL BY NAME
SELECT first AS region, {'type': type, 'left': short, 'right': "full"} AS beside
FROM beside JOIN region ON node = hash(type, short)
"""
_TEXT = pa.string()
_SETTLED = pa.schema(
    [
        *((name, _TEXT) for name in ("type", "name", "first_name", "plain_id", "wikidata", "country", "kind")),
        ("members", pa.list_(_TEXT)),
        ("forms", pa.list_(_TEXT)),
    ]
)
_MEANING = pa.struct(
    [
        *(("text", _TEXT), ("full", _TEXT), ("carries", pa.bool_()), ("before", _TEXT), ("article", _TEXT)),
        ("is_full", pa.bool_()),
        ("instead_score", pa.float64()),
        ("instead", _TEXT),
        ("tie_score", pa.float64()),
        ("tie", _TEXT),
        ("notes", _TEXT),
    ]
)


def join(base: duckdb.DuckDBPyConnection, lent: Lent, orders: Orders, shuffle: Shuffle | None = None) -> None:
    """Have queries see the groups of the names of `form` as `grouped`, each with what its forms mean."""
    make(base, _PAIRS)
    pairs = [(*pair.left, pair.right[1]) for pair in orders.same]
    base.register("decided", texts_of(("type", "left", "right"), pairs))
    show_firsts(base, "region", pairs=_LINKED, shuffle=shuffle)
    reduced = partial(_settled, lent=lent, orders=orders)
    answer(base, Question(_ROWS, "FROM stored", keys=("region",), reduced=reduced), "regrouped", shuffle)
    base.execute(
        "CREATE OR REPLACE TEMP TABLE grouped AS SELECT row_number() OVER () - 1 AS place, * FROM regrouped; DROP TABLE regrouped"
    )
    base.unregister("decided")
    base.execute("DROP TABLE region; DROP TABLE tie; DROP TABLE apart; DROP TABLE beside")


def _settled(rows: pa.Table, lent: Lent, orders: Orders) -> pa.Table:
    """The groups of the names of some regions."""
    return _settled_rows(list(settle(_region(rows), lent.guide, orders)))


def _region(rows: pa.Table) -> Region:
    """The region that the rows tell of; a text that stands in several columns is held once."""
    forms = [
        Counted(
            Form(intern(kind), text, text if full == text else full, carries, before, article),
            (intern(kind), full if key == full else key),
            count,
            {each["kind"]: each["count"] for each in kinds} if kinds else None,
        )
        for kind, text, full, carries, before, article, key, count, kinds in _each(rows, "named")
    ]
    ties = [
        (Evidence((intern(kind), left), (intern(kind), right), score, reason), renames)
        for kind, left, right, score, reason, renames in _each(rows, "tied")
    ]
    return Region(
        forms,
        [pair for pair, renames in ties if not renames],
        [pair for pair, renames in ties if renames],
        [((kind, left), (kind, right)) for kind, left, right in _each(rows, "apart")],
        {((kind, left), (kind, right)) for kind, left, right in _each(rows, "beside")},
    )


def _each(rows: pa.Table, column: str) -> Iterator[tuple[Any, ...]]:
    """The fields of each row that has the column."""
    return rows_of(rows.select([column]).filter(pc.is_valid(rows[column])).flatten())


def _settled_rows(settled: Sequence[Settled]) -> pa.Table:
    rows = []
    for each in settled:
        group, entry = each.group, each.group.entry
        known = (entry.wikidata, entry.country, each.kind or entry.kind) if entry else (None, None, each.kind)
        rows.append((group.type, group.name, group.first_name, group.unnamed.plain_id, *known, group.members, group.forms))
    meanings = pa.StructArray.from_arrays(
        arrays_of(_MEANING, [_meaning_row(*meaning) for each in settled for meaning in each.meanings]), fields=list(_MEANING)
    )
    starts = pa.array([0, *accumulate(len(each.meanings) for each in settled)], pa.int32())
    return table_of(_SETTLED, rows).append_column("meanings", pa.ListArray.from_arrays(starts, meanings))


def _meaning_row(form: Form, meaning: Meaning) -> tuple[Any, ...]:
    """A form without its type, and what it means; see `Meaning.of` for how that makes the link of a name."""
    tie, notes = meaning.tie, "".join(f"; {note}" for note in meaning.notes)
    tied = (tie.score, tie.reason) if tie else (None, None)
    return (*form[1:], meaning.is_full, *(meaning.instead or (None, None)), *tied, notes)
