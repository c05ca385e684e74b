"""A bare pool of processes in the place of the cluster: no retries, no scheduler, and the run ends where a process dies."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import pyarrow as pa

from pipeline.engine.batches import Tools
from pipeline.engine.workers import Job, done
from pipeline.lexicon import load_lexicon
from pipeline.settings import Settings

BATCH = 64
AHEAD = 2
_tools: list[Tools] = []
"""The rules and model of a process of the pool."""


class Pool:
    """`count` processes that have loaded rules and model."""

    def __init__(self, count: int):
        context = multiprocessing.get_context("spawn")
        self._count, ready = count, context.Barrier(count + 1)
        self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=_load, initargs=(ready,))
        for _ in range(count):
            self._pool.submit(int)
        ready.wait()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def ahead(self) -> int:
        """How many batches are on their way at most."""
        return AHEAD * self._count

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each batch with its outcome, in order."""
        running: deque[tuple[pa.Table, Future[Any]]] = deque()
        for batch in batches:
            running.append((batch, self._pool.submit(_work, job, batch)))
            if len(running) >= self.ahead():
                done, future = running.popleft()
                yield done, future.result()
        for done, future in running:
            yield done, future.result()

    def close(self) -> None:
        """The pool outlives the run."""


def _load(ready: Any) -> None:
    _tools.append(Tools(load_lexicon(), Settings(batch_size=BATCH), today=None))
    ready.wait()


def _work(job: Job, batch: pa.Table) -> Any:
    return done(job, batch, _tools[0])
