"""Questions to all articles, answered by the workers of a cluster: each part of what is stored is made ready on one of them, rows
with the same keys then meet on another.

A part travels with its task, so that Dask gives the tasks of a worker that dies to the others, and has done again what it held.
The shuffle is that of `dask.dataframe` by tasks, to which the same holds; its frames keep the columns of Arrow as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from typing import Any

import dask
import pandas as pd
import pyarrow as pa

from pipeline import question as asked
from pipeline.about import code_fingerprint
from pipeline.engine.cluster import finished, joined, outcome_of
from pipeline.engine.corpus import connected, show
from pipeline.errors import UsageError
from pipeline.question import Question, Rows, Shuffle


@contextmanager
def shuffling(scheduler: str | None, articles: int) -> Iterator[Shuffle | None]:
    """What has the workers of that scheduler answer; None where there is none, or where one part holds all articles.

    The workers that a run starts on its own machine are not asked: to send rows costs more than to group them.
    """
    if scheduler is None or articles <= asked.PART:
        yield None
        return
    client = joined(scheduler)
    try:
        yield partial(shuffled, client)
    finally:
        client.close()


def shuffled(client: Any, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """The answer in pieces: none of its rows, then as many pieces as there are parts, in the order in which they come back.

    Raises UsageError where workers die of a piece again and again, where nobody works any more, or a worker has other code.
    """
    import dask.dataframe as dd

    run = installed()
    no_rows = map_part(question, parts.schema.empty_table(), run)
    nothing = reduce_bucket(no_rows, question)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        sent = [client.submit(map_part, question, pa.Table.from_batches([part]), run, pure=False) for part in parts]
    yield _rows(nothing)
    if sent:
        mapped = dd.from_delayed(sent, meta=no_rows, verify_meta=False)
        met = mapped.shuffle(on=list(question.keys), npartitions=len(sent), shuffle_method="tasks")
        yield from _pieces(client, client.compute(met.map_partitions(reduce_bucket, question, meta=nothing).to_delayed()))


def map_part(question: Question, stored: pa.Table, run: str) -> pd.DataFrame:
    """The rows to group that a part of what is stored gives. Raises UsageError where not what does the `run` is installed."""
    if run != installed():
        raise UsageError("a worker has another version of veille or of a library than the run: install the same")
    return _taken(question.mapped, "stored", stored)


def reduce_bucket(mapped: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The answer for the keys of a bucket, which holds all rows of each."""
    return _taken(question.reduced, "mapped", _rows(mapped))


def _taken(step: str | Rows, name: str, rows: pa.Table) -> pd.DataFrame:
    with connected() as base:
        show(base, name, rows)
        made = base.sql(step).to_arrow_table() if isinstance(step, str) else step(rows)
    frame: pd.DataFrame = made.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _rows(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)


def _pieces(client: Any, futures: list[Any]) -> Iterator[pa.Table]:
    running = set(futures)
    while running:
        for future in finished(client, running):
            running.remove(future)
            outcome = outcome_of(client, future)
            if outcome is None:
                raise UsageError("workers die of what all articles are asked; what is done is kept: give them more memory")
            yield _rows(outcome)


@cache
def installed() -> str:
    """What an answer may hang on: the code, and the libraries that it runs through."""
    return " ".join((code_fingerprint("."), *(version(name) for name in ("dask", "duckdb", "pandas", "pyarrow"))))
