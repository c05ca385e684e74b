"""Batches done one after the other, here or on the workers of a Dask cluster; the rows are the same.

Whoever does them, the rules and the model are loaded once. A worker that dies with a batch costs one more try of it; then its
articles are tried one by one, and the one that does it again is told by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import pyarrow as pa

from pipeline.engine.batches import Tools

Job = Callable[[pa.Table, Tools], Any]


class Workers(Protocol):
    """Who does the work."""

    def do(self, job: Job, tables: Iterable[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """The rows of all tables in batches, each with its outcome; None for a single article that no worker survived."""


class Here:
    """This process does the work. The tools are loaded when there is some."""

    def __init__(self, load: Callable[[], Tools], batch_size: int):
        self._load, self._batch_size = load, batch_size
        self._tools: Tools | None = None

    def do(self, job: Job, tables: Iterable[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each batch with its outcome, in order."""
        for batch in batches_of(tables, self._batch_size):
            self._tools = self._tools or self._load()
            yield batch, job(batch, self._tools)


def batches_of(tables: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The rows of all tables, `size` at a time."""
    waiting: pa.Table | None = None
    for table in tables:
        waiting = table if waiting is None else pa.concat_tables([waiting, table])
        while len(waiting) >= size:
            yield waiting.slice(0, size)
            waiting = waiting.slice(size)
    if waiting is not None and len(waiting):
        yield waiting
