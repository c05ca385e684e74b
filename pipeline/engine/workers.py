"""Batches done in this process, or on the workers of a cluster where there are many; the rows are the same."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import pyarrow as pa

from pipeline.engine.batches import Tools

Job = Callable[[pa.Table, Tools], Any]
_TIDIED = 16
"""Batches after which memory that is free goes back to the system."""


class Workers(Protocol):
    """Who does the work."""

    def do(self, job: Job, tables: Iterable[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """The rows of all tables in batches, each with its outcome; None for a single article that no worker survived."""

    def close(self) -> None:
        """Let them go."""


class Here:
    """This process does the work. The tools are loaded when there is some."""

    def __init__(self, load: Callable[[], Tools], batch_size: int):
        self._load, self._batch_size = load, batch_size
        self._tools: Tools | None = None

    def do(self, job: Job, tables: Iterable[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each batch with its outcome, in order."""
        for number, batch in enumerate(batches_of(tables, self._batch_size)):
            self._tools = self._tools or load_to_stay(self._load)
            yield batch, done(job, batch, self._tools)
            if number % _TIDIED == 0:
                give_back()

    def close(self) -> None:
        """Let the tools go: what comes then has as much memory to itself."""
        if self._tools is not None:
            self._tools = None
            give_back()


class Crew:
    """Who does the work of a run: this process where there is little to do, else a cluster, which is started only then."""

    def __init__(self, here: Here, start: Callable[[], Workers] | None, *, least: int):
        self._here, self._start, self._least = here, start, least
        self._started: Workers | None = None

    def of(self, count: int) -> Workers:
        """The workers for so many articles."""
        if self._start is None or count < self._least:
            return self._here
        self._started = self._started or self._start()
        return self._started

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._here.close()
        if self._started is not None:
            self._started.close()


def done(job: Job, batch: pa.Table, tools: Tools) -> Any:
    """The outcome of a batch. The garbage collector leaves alone what was there before: rules and model are a million objects,
    through which it would walk again and again."""
    gc.freeze()
    try:
        return job(batch, tools)
    finally:
        gc.unfreeze()


def load_to_stay(load: Callable[[], Tools]) -> Tools:
    """The tools, loaded while nobody looks for garbage: of all that is made then nothing goes, and looking took a second."""
    usual = gc.get_threshold()
    gc.set_threshold(0)  # gc.disable() would not last: srsly enables it again
    try:
        return load()
    finally:
        gc.set_threshold(*usual)


def give_back() -> None:
    """Give the system the memory that is free: glibc and Arrow keep it for themselves otherwise."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def batches_of(tables: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The rows of all tables, `size` at a time."""
    waiting: pa.Table | None = None
    for table in tables:
        waiting = table if waiting is None else pa.concat_tables([waiting, table])
        while len(waiting) >= size:
            yield _alone(waiting.slice(0, size))
            waiting = waiting.slice(size)
    if waiting is not None and len(waiting):
        yield _alone(waiting)


def _alone(rows: pa.Table) -> pa.Table:
    """The rows in memory of their own: a slice that is sent to a worker takes the whole table along."""
    return rows.take(pa.array(range(len(rows)), pa.int32()))
