"""The workers of a Dask cluster: processes of this machine, or all that have joined a scheduler elsewhere.

A batch whose worker died is tried again; when that dies too, its articles are tried one by one, and the one that does it again
is told apart. Where nobody works any more, the run ends and says so.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from typing import Any

import dask
import pyarrow as pa

from pipeline.engine.batches import Tools
from pipeline.engine.forking import METHOD, made_by, prepare
from pipeline.engine.workers import Job, batches_of, done, load_to_stay
from pipeline.errors import UsageError
from pipeline.lexicon import load_lexicon
from pipeline.settings import Settings

AHEAD = 2
"""Batches on their way for each worker, so that none waits for the next."""
PATIENCE = 60
"""Seconds without any worker after which a run gives up."""
_SILENT = "the scheduler does not answer any more; what is done is kept: start it and run again"
_CONFIGURATION = {
    "distributed.admin.system-monitor.interval": "1h",  # 500 ms: each of them looks how much memory and processor it takes
    "distributed.admin.tick.interval": "1s",  # 20 ms: the loops of scheduler, nannies and workers wake up for nothing
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,  # 64 kB: freed memory goes back to the kernel each time
    "distributed.scheduler.allowed-failures": 1,
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.memory.terminate": False,
    "distributed.worker.multiprocessing-method": METHOD,
    "distributed.worker.profile.enabled": False,  # walks the stack of the working thread every 10 ms
}
"""What differs from Dask's own settings, and those that cost a worker a fifth of its time."""


class Cluster:
    """Workers that do batches; `made_of` is what their rules and model must be."""

    def __init__(self, settings: Settings, *, today: dt.date | None, made_of: str):
        self._made_by = made_of, *made_by(settings, today)
        self._end = ExitStack()
        if settings.scheduler is None:
            prepare(settings, today)
        where = settings.scheduler or self._end.enter_context(local_cluster(settings.workers))
        self._client = self._end.enter_context(closing(joined(where)))
        self._loading = [self._client.submit(load, *self._made_by, pure=False) for _ in workers_of(self._client)]

    def close(self) -> None:
        """Leave the cluster, and end it where it was started here."""
        self._end.close()

    def ahead(self) -> int:
        """How many batches are on their way at most."""
        return AHEAD * max(1, len(workers_of(self._client)))

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each batch with its outcome, in the order in which they come back; of one that kills its workers, each article."""
        running: dict[Any, pa.Table] = {}
        deadly: list[pa.Table] = []
        while True:
            most = self.ahead()  # the scheduler is asked: once for all that are sent now
            while not deadly and len(running) < most and (batch := next(batches, None)) is not None:
                running[self._send(job, batch)] = batch
            if running:
                for future in finished(self._client, running):
                    batch, outcome = running.pop(future), outcome_of(self._client, future)
                    if outcome is None:
                        deadly.append(batch)
                    else:
                        yield batch, outcome
            elif deadly:
                yield from self._one_by_one(job, deadly)
                deadly = []
            else:
                return

    def _one_by_one(self, job: Job, batches: Sequence[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        """Each article with its outcome, and None for one that is killed again. Nothing else waits behind it on its worker, which
        would be blamed as well."""
        for article in batches_of(batches, size=1, count=sum(map(len, batches))):
            (future,) = finished(self._client, [self._send(job, article)])
            yield article, outcome_of(self._client, future)

    def _send(self, job: Job, batch: pa.Table) -> Any:
        return self._client.submit(work, job, batch, *self._made_by, pure=False)


def load(made_of: str, settings: str, today: str | None) -> None:
    """Have a worker load rules and model before the first batch comes, and anew where they have been edited since."""
    if tools_of(settings, today).stages.all != made_of:
        tools_of.cache_clear()
    tools_of(settings, today)


def work(job: Job, batch: pa.Table, made_of: str, settings: str, today: str | None) -> Any:
    """The outcome of a batch, on a worker. Raises UsageError where its rules or model are not those of the run."""
    return done(job, batch, tools_made_of(made_of, settings, today))


def tools_made_of(made_of: str, settings: str, today: str | None) -> Tools:
    """The rules and the model of this worker. Raises UsageError where they are not those of the run."""
    load(made_of, settings, today)
    tools = tools_of(settings, today)
    if tools.stages.all != made_of:
        raise UsageError(
            "a worker has other rules, another model, or another version of veille or of a library than the run: install the same"
        )
    return tools


@lru_cache(maxsize=1)
def tools_of(settings: str, today: str | None) -> Tools:
    """The rules and the model of this worker, loaded once."""
    read, day = Settings.model_validate_json(settings), dt.date.fromisoformat(today) if today else None
    return load_to_stay(lambda: Tools(load_lexicon(read.rules), read, today=day))


@contextmanager
def local_cluster(count: int) -> Iterator[Any]:
    """A scheduler and `count` workers of one thread, each a process of this machine that is started again when it dies."""
    library = quiet_distributed()
    anywhere = {"dashboard_address": "127.0.0.1:0"}  # it has a page without a dashboard as well: by default one port for all runs
    with (
        dask.config.set(_CONFIGURATION),
        library.LocalCluster(
            n_workers=count, threads_per_worker=1, dashboard_address=None, memory_limit=0, scheduler_kwargs=anywhere
        ) as cluster,
    ):
        yield cluster


def joined(where: Any) -> Any:
    """A client of the cluster of that name or address. Raises UsageError where no scheduler answers."""
    try:
        if isinstance(where, str):
            asyncio.run(asyncio.wait_for(_call(where), PATIENCE))
        return quiet_distributed().Client(where, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"no scheduler answers at {where}: start one with `dask scheduler`, or see --scheduler") from error


async def _call(address: str) -> None:
    """Have the scheduler there answer once: a client waits without end for what takes its call and says nothing."""
    library = quiet_distributed()
    arguments = library.Security().get_connection_args("client")
    await (await library.comm.connect(address, timeout=PATIENCE, **arguments)).close()


def workers_of(client: Any) -> Collection[str]:
    """The addresses of those who take tasks now. Raises UsageError where the scheduler does not say so within a minute."""
    try:
        there = client.sync(client.scheduler.identity, n_workers=-1, callback_timeout=PATIENCE)["workers"]
    except (AttributeError, OSError) as error:  # a client that has noticed has no scheduler any more
        raise UsageError(_SILENT) from error
    return [address for address, worker in there.items() if worker["status"] == "running"]


def finished(client: Any, running: Iterable[Any]) -> list[Any]:
    """The tasks that have come back, at least one. Raises UsageError where nobody is left to do them."""
    waited = 0
    while True:
        try:
            return list(quiet_distributed().wait(list(running), timeout=1, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            waited = 0 if workers_of(client) else waited + 1
            look_again(client)
        except CancelledError as error:
            raise UsageError(_SILENT) from error
        if waited >= PATIENCE:
            raise UsageError("the cluster has no worker left; what is done is kept: start workers and run again")


def look_again(client: Any) -> None:
    """Have the scheduler look whether anybody is free for what waits in its queue, as it does where a task is let go. It does not
    where a worker dies and what another waited for goes with it: what comes into the queue then would stay there for ever."""
    client.submit(bool, pure=False).release()


def quiet_distributed() -> Any:
    """The library, told to keep its log to itself: what is to be said, the run says."""
    dask.config.set({"logging.distributed": "critical"})
    import distributed

    return distributed


def outcome_of(client: Any, future: Any) -> Any:
    """What a finished task gave; None where the workers that tried it died, be it only when they had done it and were asked.

    Raises UsageError where it was lost with its worker, and nobody is left to do it again.
    """
    patience = 1
    while True:
        finished(client, [future])
        try:
            return future.result(timeout=patience)
        except quiet_distributed().KilledWorker:
            return None
        except CancelledError as error:
            raise UsageError(_SILENT) from error
        except TimeoutError:
            if future.status == "error":  # that of the task itself
                raise
            patience = min(2 * patience, PATIENCE)  # it was lost, and is done again; or it is large
