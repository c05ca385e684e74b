"""Batches on workers: the same rows as in one process, none lost and none doubled when workers die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.engine import cluster
from pipeline.engine.cluster import Cluster
from pipeline.errors import UsageError
from pipeline.job import run
from pipeline.settings import Settings
from tests.engine.test_incremental import ARTICLES, tables, write


def reading(_: Any, batch: pa.Table, *__: Any) -> list[str]:
    """In place of `cluster.work`: gives the keys of the batch, and kills its process where it meets « deadly »."""
    keys: list[str] = batch["key"].to_pylist()
    if "deadly" in keys:
        os.kill(os.getpid(), signal.SIGKILL)
    return keys


def batch(*keys: str) -> pa.Table:
    return pa.table({"key": list(keys)})


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr(cluster, "work", reading)
    started = Cluster(Settings(batch_size=3, workers=2), today=None, made_of="")
    yield started
    started.close()


def test_an_article_that_kills_its_workers_is_told_apart_and_all_others_come_once(workers: Cluster) -> None:
    keys = [f"a{n:02}" for n in range(20)]
    done = list(workers.do(lambda *_: None, [batch(*keys[:7]), batch("deadly", *keys[7:])]))
    assert [one["key"].to_pylist() for one, outcome in done if outcome is None] == [["deadly"]]
    assert sorted(key for one, outcome in done if outcome is not None for key in outcome) == keys


def test_a_scheduler_that_does_not_answer_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(UsageError, match="no scheduler answers"):
        Cluster(Settings(scheduler="tcp://127.0.0.1:1"), today=None, made_of="")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler of its own, and its two worker processes, which nobody starts again."""
    told = tmp_path / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "DASK_LOGGING__DISTRIBUTED": "critical"}
    dask = [sys.executable, "-m", "dask"]
    processes = [
        subprocess.Popen([*dask, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", told], env=environment)
    ]
    while not told.is_file():
        time.sleep(0.1)
    worker = [*dask, "worker", "--scheduler-file", str(told), "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    workers = [subprocess.Popen(worker, env=environment) for _ in range(2)]
    yield f"file:{told}", workers
    for process in (*workers, *processes):
        process.kill()
        process.wait()


def test_a_worker_of_a_cluster_that_is_killed_loses_and_doubles_nothing(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are those of one process that nobody disturbed."""
    import json

    monkeypatch.chdir(tmp_path)
    file, (told, workers) = write(Path("in.jsonl"), ARTICLES), scheduler
    address = json.loads(Path(told.removeprefix("file:")).read_text(encoding="utf-8"))["address"]

    def progress(done: int, total: int, refused: int) -> None:
        if done and workers[0].poll() is None:
            workers[0].kill()

    run([file], "cluster", settings=Settings(scheduler=address, batch_size=2), progress=progress)
    run([file], "alone")
    assert workers[0].poll() is not None
    assert tables(Path("cluster")) == tables(Path("alone"))
