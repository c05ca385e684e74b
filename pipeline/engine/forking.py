"""The process that the workers of this machine are forked from, where the system can fork: multiprocessing's fork server.

It loads the code, the rules and the model, once for all workers; these lie in memory once, and a worker that died is there again
at once.
"""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker

from pipeline.settings import Settings

METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
LOAD = "VEILLE_LOAD"
"""The variable by which the process is told what to load."""
_ONE_THREAD = dict.fromkeys(("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def made_by(settings: Settings, today: dt.date | None) -> tuple[str, str | None]:
    """What a worker loads its rules and model by."""
    return settings.model_dump_json(), today.isoformat() if today else None


def prepare(settings: Settings, today: dt.date | None) -> None:
    """Have the process start and load, if it is not there yet; the run goes on meanwhile."""
    if METHOD != "forkserver":
        return
    multiprocessing.set_forkserver_preload(["pipeline.engine.preload"])
    with _environment({LOAD: json.dumps(made_by(settings, today)), **_ONE_THREAD}), _uninterrupted():
        forkserver.ensure_running()


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    usual = {name: os.environ[name] for name in changes if name in os.environ}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name in changes:
            del os.environ[name]
        os.environ.update(usual)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What starts meanwhile hears of no interrupt: it is the run that ends its workers."""
    resource_tracker.ensure_running()  # the fork server would start it first, and it lets interrupts through again
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
