"""A cluster of its own for a test: a scheduler and the nodes that have joined it, each a process that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

DASK = (sys.executable, "-m", "dask")
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[2]), "DASK_LOGGING__DISTRIBUTED": "critical"}


@dataclass(frozen=True)
class Nodes:
    """The address of the scheduler, its nodes (workers whom nobody starts again, or each with one who would), and itself."""

    address: str
    processes: list[subprocess.Popen[bytes]]
    scheduler: subprocess.Popen[bytes]

    def kill_one(self) -> None:
        """Have one end as by a cut of power, if it has not ended yet."""
        if self.processes[0].poll() is None:
            os.killpg(self.processes[0].pid, signal.SIGKILL)
            self.processes[0].wait()

    @property
    def one_was_killed(self) -> bool:
        return self.processes[0].poll() == -signal.SIGKILL


@contextmanager
def nodes(folder: Path, *, count: int = 2, nanny: bool = False) -> Iterator[Nodes]:
    """A scheduler whose address stands in `folder`, and so many nodes."""
    told, environment = folder / "scheduler.json", os.environ | ENVIRONMENT
    scheduler = subprocess.Popen([*DASK, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", told], env=environment)
    while not told.is_file():
        assert scheduler.poll() is None, "the scheduler has ended"
        time.sleep(0.1)
    worker = [*DASK, "worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-dashboard"]
    command = [*worker, "--nanny" if nanny else "--no-nanny"]
    processes = [subprocess.Popen(command, env=environment, start_new_session=True) for _ in range(count)]
    try:
        yield Nodes(json.loads(told.read_text(encoding="utf-8"))["address"], processes, scheduler)
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        scheduler.kill()
        scheduler.wait()
