"""A question that only all articles together can answer, as data: what is stored, made ready part by part, grouped by keys.

One process takes the three steps in one query, out of core, or takes one bucket of keys after the other. On a cluster the
articles are cut into parts, which the workers make ready; rows with the same keys then meet on one worker, which groups them: a
shuffle. The steps are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

PART = 10_000
"""Articles whose rows go to a worker as one part, more or less."""
BUCKET = 50_000
"""Rows that one process has a function look at together, more or less."""

Rows = Callable[[pa.Table], pa.Table]
"""What SQL says badly: a function of rows."""


@dataclass(frozen=True, slots=True)
class Question:
    """Three steps and the columns by which the rows are grouped.

    `stored` reads columns of what the run shows; `mapped` makes rows to group of any part of `stored`; `reduced` groups those
    rows, `mapped`, and may put together only what agrees in all `keys`. The order of rows must not matter to either. Both are
    queries or functions; after a function comes no query. `each` is about how many rows an article gives to `stored`.
    """

    stored: str
    mapped: str | Rows
    keys: tuple[str, ...]
    reduced: str | Rows
    each: int = 1


Shuffle = Callable[[Question, Iterable[pa.RecordBatch]], Iterator[pa.Table]]
"""What answers a question from the parts of what is stored: the answer in pieces, one at least."""


def answer(base: duckdb.DuckDBPyConnection, question: Question, name: str, shuffle: Shuffle | None = None) -> None:
    """Have queries see the answer as a table of that name; by a `shuffle` where there is one, else this process gives it."""
    if shuffle is not None:
        pieces = shuffle(question, base.sql(question.stored).to_arrow_reader(PART * question.each))
    elif isinstance(question.reduced, str):
        mapped = f"WITH stored AS ({question.stored}) FROM ({question.mapped})"
        base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS WITH mapped AS ({mapped}) FROM ({question.reduced})")
        return
    else:
        pieces = _pieces(base, question, question.reduced)
    for number, piece in enumerate(pieces):
        base.register("piece", piece)
        base.execute(f"INSERT INTO {name} FROM piece" if number else f"CREATE OR REPLACE TEMP TABLE {name} AS FROM piece")
        base.unregister("piece")


def _pieces(base: duckdb.DuckDBPyConnection, question: Question, reduced: Rows) -> Iterator[pa.Table]:
    """What a function says of the rows that a query gives, of which few are in memory at a time, or a function, all at once."""
    if not isinstance(question.mapped, str):
        yield reduced(question.mapped(base.sql(question.stored).to_arrow_table()))
        return
    base.execute(f"CREATE OR REPLACE TEMP TABLE mapped AS WITH stored AS ({question.stored}) FROM ({question.mapped})")
    buckets = 1 + len(base.table("mapped")) // BUCKET
    for number in range(buckets):
        rows = base.sql(f"FROM mapped WHERE hash({', '.join(question.keys)}) % {buckets} = {number}")
        yield reduced(rows.to_arrow_table())
    base.execute("DROP TABLE mapped")
