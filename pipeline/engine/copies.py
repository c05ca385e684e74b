"""Which articles are near-copies, asked of the stored rows: the marks of all, then the samples of those that share some, then the
texts of those that may be one by their samples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.deduplicate.copies import SAMPLE, Near, find_copies, likely, measured, meet, spread
from pipeline.model import Copy
from pipeline.question import Question, Shuffle, answer, make

_DATED = """
CREATE OR REPLACE TEMP TABLE dated AS
SELECT (row_number() OVER (ORDER BY published_start NULLS LAST, article_id) - 1)::UINTEGER AS place, article_id, finding,
  octet_length(sample) // 4 AS marks
FROM plan JOIN findings ON findings.key = plan.finding WHERE n_tokens IS NOT NULL
"""
_OF_EACH = """
SELECT later, place, {0} FROM (SELECT later, earlier AS place FROM {1} UNION SELECT later, later FROM {1})
JOIN dated USING (place) JOIN findings ON findings.key = dated.finding
"""
_ALIKE = """
SELECT one.article_id, other.article_id, similarity
FROM alike JOIN dated AS one ON one.place = later JOIN dated AS other ON other.place = earlier ORDER BY later
"""
_FURTHER = """
CREATE OR REPLACE TEMP TABLE near AS
SELECT other.place AS earlier, one.place AS later
FROM meeting JOIN dated AS one ON one.article_id = meeting.article_id JOIN dated AS other ON other.article_id = original
"""


def copies(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None = None) -> tuple[Copy, ...]:
    """The near-copies among the articles of `plan`.

    `similarity` is the share of runs that a copy and its original have in common, or for an article quoted whole the share of its
    runs that the longer one has; where a copy of a copy is unlike the first, what it has in common with the copy.
    """
    make(base, _DATED)
    answer(base, MEETINGS, "sharing", shuffle)
    answer(base, CANDIDATES, "met", shuffle)
    answer(base, LIKELY, "near", shuffle)
    alike = _alike(base, shuffle)
    found = find_copies((article, earlier, score) for (article, earlier), score in alike.items())
    further = [(copy.article_id, copy.duplicate_of) for copy in found if (copy.article_id, copy.duplicate_of) not in alike]
    if further:
        articles, originals = zip(*further, strict=True)
        base.register("meeting", pa.table({"article_id": articles, "original": originals}))
        make(base, _FURTHER)
        alike |= _alike(base, shuffle)
    base.execute("DROP TABLE sharing; DROP TABLE met; DROP TABLE near; DROP TABLE alike; DROP TABLE dated")
    scores = (alike.get((copy.article_id, copy.duplicate_of), copy.similarity) for copy in found)
    return tuple(replace(copy, similarity=round(score, 4)) for copy, score in zip(found, scores, strict=True))


def _alike(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None) -> dict[tuple[str, str], float]:
    """Those of the pairs `near` that are one, the later one first and in the order of these, with their similarity."""
    answer(base, MEASURED, "alike", shuffle)
    return {(article, earlier): score for article, earlier, score in base.execute(_ALIKE).fetchall()}


def copy_rows(found: Sequence[Copy]) -> pa.Table:
    """The near-copies as rows."""
    schema = pa.schema([("article_id", pa.string()), ("duplicate_of", pa.string()), ("similarity", pa.float64())])
    return pa.Table.from_pylist([{name: getattr(copy, name) for name in schema.names} for copy in found], schema=schema)


def _marks(stored: pa.Table) -> pa.Table:
    sizes = pc.divide(pc.binary_length(stored["sample"]), 4).to_numpy()
    kinds, codes, articles = spread(b"".join(stored["bands"].to_pylist()), b"".join(stored["sample"].to_pylist()), sizes)
    return pa.table({"kind": kinds, "code": codes, "place": stored["place"].to_numpy()[articles]})


def _meetings(marks: pa.Table) -> pa.Table:
    pairs, kinds, counts = meet(*(marks[name].to_numpy() for name in ("kind", "code", "place")))
    return pa.table({"pair": pairs, "kind": kinds, "shared": counts})


def _likely(rows: pa.Table) -> pa.Table:
    near = likely(*_near(rows, "sample"))
    return _pairs((earlier, later) for later, others in near.items() for earlier in others)


def _measured(rows: pa.Table) -> pa.Table:
    return _pairs(((earlier, later, score) for later, earlier, score in measured(*_near(rows, "text"))), similarity=pa.float64())


def _near(rows: pa.Table, column: str) -> tuple[Near, Mapping[int, Any]]:
    """The pairs that meet in these rows, and what each article has in that column."""
    near: dict[int, list[int]] = defaultdict(list)
    of_each: dict[int, Any] = {}
    for later, place, value in zip(*(rows[name].to_pylist() for name in ("later", "place", column)), strict=True):
        of_each[place] = value
        if place != later:
            near[later].append(place)
    return near, of_each


def _pairs(rows: Iterable[tuple[int | float, ...]], **more: pa.DataType) -> pa.Table:
    fields = {"earlier": pa.uint32(), "later": pa.uint32(), **more}
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pa.table({name: pa.array(column, kind) for (name, kind), column in zip(fields.items(), columns, strict=True)})


MEETINGS = Question(
    stored="SELECT place, bands, sample FROM dated JOIN findings ON findings.key = dated.finding",
    mapped=_marks,
    keys=("kind", "code"),
    reduced=_meetings,
)
"""Which pairs of articles share a mark, of which kind, and how many of them."""
CANDIDATES = Question(
    stored="""
SELECT pair, kind, shared, least(one.marks, other.marks) AS fewest
FROM sharing JOIN dated AS one ON one.place = pair >> 32 JOIN dated AS other ON other.place = pair & 4294967295
""",
    mapped="FROM stored",
    keys=("pair",),
    reduced=f"""
SELECT (pair >> 32)::UINTEGER AS earlier, (pair & 4294967295)::UINTEGER AS later
FROM mapped GROUP BY pair HAVING bool_or(kind <> {SAMPLE}) OR 2 * sum(shared) >= min(fewest)
""",
)
"""Which of these may be one: those that share a band, and those that share half of the smaller sample."""
LIKELY = Question(stored=_OF_EACH.format("sample", "met"), mapped="FROM stored", keys=("later",), reduced=_likely)
"""Which of these are worth being measured, by their samples."""
MEASURED = Question(stored=_OF_EACH.format("text", "near"), mapped="FROM stored", keys=("later",), reduced=_measured, heavy=10)
"""Which of these are one, by their texts, and how much of them is."""
