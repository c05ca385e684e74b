"""A question that only all articles together can answer, as data: what is stored, made ready part by part, grouped by keys.

One process takes the three steps in one query, out of core. On a cluster the articles are cut into parts, which the workers make
ready; rows with the same keys then meet on one worker, which groups them: a shuffle. The steps are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

PART = 10_000
"""Articles whose rows go to a worker as one part, more or less."""

Step = str | Callable[[pa.Table], pa.Table]
"""A query of the rows that it names, or a function of the rows, for what SQL says badly."""


@dataclass(frozen=True, slots=True)
class Question:
    """Three steps and the columns by which the rows are grouped.

    `stored` reads columns of what the run shows; `mapped` makes rows to group of any part of `stored`; `reduced` groups those
    rows, `mapped`, and may put together only what agrees in all `keys`. The order of rows must not matter to either. `each` is
    about how many rows an article gives to `stored`.
    """

    stored: str
    mapped: Step
    keys: tuple[str, ...]
    reduced: Step
    each: int = 1


Shuffle = Callable[[Question, Iterable[pa.RecordBatch]], Iterator[pa.Table]]
"""What answers a question from the parts of what is stored: the answer in pieces, one at least."""


def answer(base: duckdb.DuckDBPyConnection, question: Question, name: str, shuffle: Shuffle | None = None) -> None:
    """Have queries see the answer as a table of that name; by a `shuffle` where there is one, else this process gives it."""
    if shuffle is None:
        mapped = _after(base, question.mapped, "stored", question.stored)
        base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_after(base, question.reduced, 'mapped', mapped)}")
        return
    parts = base.sql(question.stored).to_arrow_reader(PART * question.each)
    for number, piece in enumerate(shuffle(question, parts)):
        base.register("piece", piece)
        base.execute(f"INSERT INTO {name} FROM piece" if number else f"CREATE OR REPLACE TEMP TABLE {name} AS FROM piece")
        base.unregister("piece")


def _after(base: duckdb.DuckDBPyConnection, step: Step, name: str, rows: str) -> str:
    """The query that gives what a step makes of the rows of a query, which it calls by that name."""
    if isinstance(step, str):
        return f"WITH {name} AS ({rows}) FROM ({step})"
    base.register(f"after_{name}", step(base.sql(rows).to_arrow_table()))
    return f"FROM after_{name}"
