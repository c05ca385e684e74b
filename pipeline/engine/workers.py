"""Batches done in this process, or on the workers of a cluster where there are many; the rows are the same."""

from __future__ import annotations

import ctypes
import gc
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

import pyarrow as pa

from pipeline.engine.batches import Tools
from pipeline.garbage import SELDOM, looking_for_garbage, making_what_stays
from pipeline.settings import Settings
from pipeline.text import fold_name

Job = Callable[[pa.Table, Tools], Any]
_SMALLEST = 16
"""Articles of a batch, at least, where so many are left: a smaller one costs more than it evens out."""
_TIDIED = 16
"""Batches after which memory that is free goes back to the system."""


class Workers(Protocol):
    """Who does the work."""

    def ahead(self) -> int:
        """How many batches are on their way at most."""

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each batch with its outcome, or each of its articles; None for a single article that no worker survived."""

    def close(self) -> None:
        """Let them go."""


class Here:
    """This process does the work. The tools are loaded when there is some."""

    def __init__(self, load: Callable[[], Tools]):
        self._load = load
        self._tools: Tools | None = None

    def ahead(self) -> int:
        """One batch at a time."""
        return 1

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each batch with its outcome, in order."""
        for number, batch in enumerate(batches):
            self._tools = self._tools or load_to_stay(self._load)
            yield batch, done(job, batch, self._tools)
            if number % _TIDIED == 0:
                give_back()

    def spare(self) -> None:
        """Let go the tools that but finding needs."""
        if self._tools is not None:
            self._tools = self._tools.to_tell()
            let_go()

    def close(self) -> None:
        """Let the tools go: what comes then has as much memory to itself."""
        self._tools = None
        let_go()


class Crew:
    """Who does the work of a run: this process; or a cluster, where the settings name one or want several workers, and there is
    enough to do for them to be started."""

    def __init__(self, here: Here, start: Callable[[], Workers], settings: Settings):
        self._here, self._start, self._batch_size = here, start, settings.batch_size
        self._least = 1 if settings.scheduler else settings.parallel_from if settings.workers > 1 else math.inf
        self._starter = ThreadPoolExecutor(1)
        self._started: Future[Workers] | None = None

    def call(self, count: int) -> None:
        """Have the workers for so many articles start, while the run goes on."""
        if self._started is None and count >= self._least:
            self._started = self._starter.submit(self._start)

    def ready(self) -> Workers | None:
        """The workers, where they have come by now."""
        return self._started.result() if self._started is not None and self._started.done() else None

    def do(self, job: Job, tables: Iterable[pa.Table], count: int) -> Iterator[tuple[pa.Table, Any]]:
        """The `count` rows of all tables in batches, each with its outcome; None for a single article that no worker survived."""
        self.call(count)
        workers = self._started.result() if self._started else self._here
        yield from workers.do(job, batches_of(tables, size=self._batch_size, count=count, ahead=workers.ahead))

    def found(self) -> None:
        """Let this process go what but finding needs: what all articles are asked has that memory to itself."""
        self._here.spare()

    def close(self) -> None:
        """Let all go."""
        self._here.close()
        started, self._started = self._started, None
        if started is not None and not started.exception():
            started.result().close()
        self._starter.shutdown()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def done(job: Job, batch: pa.Table, tools: Tools) -> Any:
    """The outcome of a batch. The garbage collector leaves alone what was there before: rules and model are a million objects,
    through which it would walk again and again."""
    gc.freeze()
    try:
        with looking_for_garbage(SELDOM):
            return job(batch, tools)
    finally:
        gc.unfreeze()


def load_to_stay(load: Callable[[], Tools]) -> Tools:
    """The tools. What was free before they are loaded is given back, as it would lie in between."""
    give_back()
    with making_what_stays():
        return load()


@contextmanager
def sparing() -> Iterator[None]:
    """Arrow takes its memory where Python does, and `give_back` reaches it: the allocator of its own kept a tenth of a run's."""
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)


def give_back() -> None:
    """Give the system the memory that is free: glibc keeps it for itself otherwise, and Python some thousands of tuples, few of
    which hold many blocks of memory. It lets these go with a full look for garbage, for which all is put out of sight here."""
    gc.freeze()
    gc.collect()
    gc.unfreeze()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def let_go() -> None:
    """Forget the names that are remembered, and give back: few that stay would keep all the blocks of memory that they lie in."""
    fold_name.cache_clear()
    give_back()


def batches_of(tables: Iterable[pa.Table], *, size: int, count: int, ahead: Callable[[], int] = lambda: 1) -> Iterator[pa.Table]:
    """The `count` rows of all tables, `size` at a time. Where several are on their way, those towards the end are smaller, so
    that all workers are done at about the same time."""
    waiting: pa.Table | None = None
    left = count
    for table in tables:
        waiting = table if waiting is None else pa.concat_tables([waiting, table])
        while len(waiting) >= (wanted := min(size, max(_SMALLEST, left // ahead()))):
            yield _alone(waiting.slice(0, wanted))
            waiting, left = waiting.slice(wanted), left - wanted
    if waiting is not None and len(waiting):
        yield _alone(waiting)


def _alone(rows: pa.Table) -> pa.Table:
    """The rows in memory of their own: a slice that is sent to a worker takes the whole table along."""
    return rows.take(pa.array(range(len(rows)), pa.int32()))
