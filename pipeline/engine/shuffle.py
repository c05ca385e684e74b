"""Questions to all articles, answered by the workers of a cluster: each part of what is stored is made ready on one of them, rows
with the same keys then meet on another.

A part travels with its task, so that Dask gives the tasks of a worker that dies to the others, and has done again what it held.
The shuffle is that of `dask.dataframe` by tasks, to which the same holds; its frames keep the columns of Arrow as they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from typing import Any

import dask
import numpy as np
import pandas as pd
import pyarrow as pa
from dask.delayed import delayed

from pipeline import question as asked
from pipeline.about import code_fingerprint
from pipeline.engine.cluster import finished, joined, outcome_of
from pipeline.engine.corpus import connected, show
from pipeline.errors import UsageError
from pipeline.question import Listing, Question, Rows, Shuffle, afforded

SAMPLE = 100
"""Places by which each piece of rows says where ranges may begin."""


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
        yield Shuffled(client)
    finally:
        client.close()


class Shuffled:
    """The answers of the workers that a client knows.

    Both raise UsageError where workers die of a piece again and again, where nobody works any more, or a worker has other code.
    """

    def __init__(self, client: Any):
        self._client = client

    def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
        """None of the rows, then as many pieces as there are parts, in the order in which they come back."""
        pieces, no_rows = self._answers(question, parts)
        yield _rows(no_rows)
        running = set(pieces)
        del pieces
        while running:
            for future in finished(self._client, running):
                running.remove(future)
                yield self._piece(future)

    def listed(self, listing: Listing, stored: Iterable[tuple[str, pa.RecordBatchReader]]) -> Iterator[pa.Table]:
        """None of the rows, then those of each range of places in turn, as soon as its own are there."""
        held = {name: self._held(listing.stored[name], parts) for name, parts in stored}
        names, nothing = list(held), [no_rows.set_index("place") for _, no_rows in held.values()]
        yield _rows(list_range(listing.rows, names, nothing))
        bounds = self._sampled([pieces for pieces, _ in held.values()]) if listing.count is None else _bounds(listing.count)
        frames = [_together(pieces, no_rows) for pieces, no_rows in held.values()] if bounds else []
        placed = [frame.set_index("place", divisions=bounds, shuffle_method="tasks").to_delayed() for frame in frames]
        ranges = [delayed(list_range)(listing.rows, names, list(some)) for some in zip(*placed, strict=True)]
        futures = deque(self._client.compute(ranges))
        del held, frames, placed, ranges  # the workers let go what no range needs any more
        while futures:
            yield self._piece(futures.popleft())

    def _held(self, asked: str | Question, parts: pa.RecordBatchReader) -> tuple[list[Any], pd.DataFrame]:
        """What parts give, as workers hold it, and none of the rows."""
        if isinstance(asked, str):
            return self._sent(_frame, parts)
        return self._answers(asked, parts) if asked.keys else self._sent(partial(map_part, asked), parts)

    def _answers(self, question: Question, parts: pa.RecordBatchReader) -> tuple[list[Any], pd.DataFrame]:
        """The answer in as many pieces as there are parts, as workers hold them, and none of the rows."""
        sent, no_rows = self._sent(partial(map_part, question), parts)
        met = _together(sent, no_rows).shuffle(on=list(question.keys), npartitions=len(sent), shuffle_method="tasks")
        pieces = self._client.compute([delayed(reduce_bucket)(bucket, question) for bucket in met.to_delayed()])
        return pieces, reduce_bucket(no_rows, question)

    def _sent(self, ready: Callable[[pa.Table], pd.DataFrame], parts: pa.RecordBatchReader) -> tuple[list[Any], pd.DataFrame]:
        """The rows that workers make of parts, as they hold them, and none of the rows."""
        nothing = parts.schema.empty_table()
        no_rows, send = ready(nothing), partial(self._client.submit, checked, ready, run=installed(), pure=False)
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
            return [send(pa.Table.from_batches([part])) for part in parts] or [send(nothing)], no_rows

    def _sampled(self, frames: Sequence[Sequence[Any]]) -> list[Any]:
        """Where ranges of places begin, as many as the largest frame has pieces, and where the last one ends; nothing where there
        are no rows. Which places are taken changes how much a worker is given, and no row."""
        samples = [self._client.submit(sample, piece, pure=False) for pieces in frames for piece in pieces]
        places = sorted(place for future in samples for place in self._outcome(future))
        step = max(1, len(places) // max(map(len, frames)))
        return [*sorted({*places[::step]}), *places[-1:]]

    def _piece(self, future: Any) -> pa.Table:
        return _rows(self._outcome(future))

    def _outcome(self, future: Any) -> Any:
        outcome = outcome_of(self._client, future)
        if outcome is None:
            raise UsageError("workers die of what all articles are asked; what is done is kept: give them more memory")
        return outcome


def checked(ready: Callable[[pa.Table], pd.DataFrame], part: pa.Table, run: str) -> pd.DataFrame:
    """The rows that a part gives, on a worker. Raises UsageError where not what does the `run` is installed."""
    if run != installed():
        raise UsageError("a worker has another version of veille or of a library than the run: install the same")
    return ready(part)


def map_part(question: Question, stored: pa.Table) -> pd.DataFrame:
    """The rows to group that a part of what is stored gives."""
    return _taken(question.mapped, stored=stored)


def reduce_bucket(mapped: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The answer for the keys of a bucket, which holds all rows of each."""
    return _taken(question.reduced, mapped=_rows(mapped))


def list_range(rows: str, names: Sequence[str], stored: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of a range of places, of what is stored of them by name."""
    return _taken(rows, **{name: _rows(some.reset_index()) for name, some in zip(names, stored, strict=True)})


def sample(frame: pd.DataFrame) -> list[Any]:
    """Some places of the rows, the first and the last among them, as far from each other as can be."""
    places = _rows(frame)["place"].combine_chunks().sort()
    taken = np.linspace(0, len(places) - 1, min(SAMPLE, len(places))).astype(int)
    return list(places.take(pa.array(taken)).to_pylist())


def _together(pieces: Sequence[Any], no_rows: pd.DataFrame) -> Any:
    import dask.dataframe as dd

    return dd.from_delayed(pieces, meta=no_rows, verify_meta=False)


def _taken(step: str | Rows, **shown: pa.Table) -> pd.DataFrame:
    with connected() as base:
        for name, rows in shown.items():
            show(base, name, rows)
        if isinstance(step, str):
            return _frame(afforded(base, lambda: base.sql(step).to_arrow_table())[0])
        return _frame(step(*shown.values()))


def _frame(rows: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _rows(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)


def _bounds(count: int) -> list[int]:
    """Where ranges of places begin, and where the last one ends."""
    return [*range(0, max(1, count), asked.PART), max(1, count)]


@cache
def installed() -> str:
    """What an answer may hang on: the code, and the libraries that it runs through."""
    return " ".join((code_fingerprint("."), *(version(name) for name in ("dask", "duckdb", "pandas", "pyarrow"))))
