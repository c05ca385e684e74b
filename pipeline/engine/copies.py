"""Which articles are near-copies, asked of the stored rows: the marks of all, then the texts of those that share some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.deduplicate.copies import ReadRuns, Runs, candidates, find_copies, likely, meet, spread, word_runs
from pipeline.model import Copy
from pipeline.question import Question, Shuffle, answer

_DATED = """
CREATE OR REPLACE TEMP TABLE dated AS
SELECT (row_number() OVER (ORDER BY published_start NULLS LAST, article_id) - 1)::UINTEGER AS place, article_id, finding,
  octet_length(sample) // 4 AS marks
FROM plan JOIN findings ON findings.key = plan.finding WHERE n_tokens IS NOT NULL
"""
_SAMPLES = """
SELECT place, sample FROM meeting JOIN dated USING (place) JOIN findings ON findings.key = dated.finding
"""
_TEXTS = """
CREATE OR REPLACE TEMP TABLE met AS
SELECT article_id, text FROM meeting JOIN plan USING (article_id) JOIN findings ON findings.key = plan.finding
"""


def copies(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None = None) -> tuple[Copy, ...]:
    """The near-copies among the articles of `plan`."""

    def read_samples(near: Mapping[int, Sequence[int]]) -> Mapping[int, bytes]:
        places = sorted({place for met, others in near.items() for place in (met, *others)})
        base.register("meeting", pa.table({"place": pa.array(places, pa.uint32())}))
        return dict(base.execute(_SAMPLES).fetchall())

    def ask_for(ids: Sequence[str]) -> None:
        base.register("meeting", pa.table({"article_id": pa.array(ids, pa.string())}))

    def read_runs(ids: Sequence[str]) -> Mapping[str, Runs]:
        ask_for(ids)
        return {key: word_runs(text) for key, text in base.execute("FROM met SEMI JOIN meeting USING (article_id)").fetchall()}

    def open_runs(ids: Sequence[str]) -> ReadRuns:
        ask_for(ids)
        base.execute(_TEXTS)
        return read_runs

    base.execute(_DATED)
    answer(base, MEETINGS, "pair", shuffle)
    pairs = base.execute("FROM pair").fetchnumpy()
    dated = base.sql("SELECT article_id, marks FROM dated ORDER BY place").to_arrow_table()
    near = candidates(pairs["pair"], pairs["kind"], pairs["shared"], dated["marks"].to_numpy())
    found = find_copies(dated["article_id"].to_pylist(), likely(near, read_samples(near)), open_runs)
    base.execute("DROP TABLE IF EXISTS met; DROP TABLE pair; DROP TABLE dated")
    return found


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


MEETINGS = Question(
    stored="SELECT place, bands, sample FROM dated JOIN findings ON findings.key = dated.finding",
    mapped=_marks,
    keys=("kind", "code"),
    reduced=_meetings,
)
"""Which pairs of articles share a mark, of which kind, and how many of them."""
