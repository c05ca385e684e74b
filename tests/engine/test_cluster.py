"""Batches on workers: the same rows as in one process, none lost and none doubled when workers die."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pyarrow as pa
import pytest

from pipeline.engine import cluster
from pipeline.engine.cluster import Cluster, finished, joined, outcome_of
from pipeline.engine.stages import Stages
from pipeline.engine.workers import batches_of
from pipeline.errors import UsageError
from pipeline.job import run
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.settings import Settings
from tests.engine.nodes import nodes
from tests.engine.test_incremental import ARTICLES, tables, write


def loading(*_: Any) -> None:
    """In place of `cluster.load`: there is nothing to load."""


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
    monkeypatch.setattr(cluster, "load", loading)
    monkeypatch.setattr(cluster, "work", reading)
    started = Cluster(Settings(workers=2), today=None, made_of="")
    yield started
    started.close()


def test_an_article_that_kills_its_workers_is_told_apart_and_all_others_come_once(workers: Cluster) -> None:
    keys = [f"a{n:02}" for n in range(20)]
    done = list(workers.do(lambda *_: None, iter([batch(*keys[:7]), batch("deadly", *keys[7:18]), *map(batch, keys[18:])])))
    assert [one["key"].to_pylist() for one, outcome in done if outcome is None] == [["deadly"]]
    assert sorted(key for one, outcome in done if outcome is not None for key in outcome) == keys


def test_batches_that_come_back_at_once_are_not_the_last(workers: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "finished", lambda _, running: list(distributed.wait(list(running)).done))
    keys = [f"a{n:02}" for n in range(12)]
    assert sorted(key for _, outcome in workers.do(lambda *_: None, map(batch, keys)) for key in outcome) == keys


def test_what_waits_behind_an_article_that_kills_is_not_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler with Dask's own settings gives a worker more than one batch at a time."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    monkeypatch.setattr(cluster, "load", loading)
    monkeypatch.setattr(cluster, "work", reading)
    with nodes(tmp_path, count=1, nanny=True) as started:
        empty = Cluster(Settings(scheduler=started.address), today=None, made_of="")
        done = list(empty.do(lambda *_: None, map(batch, ["deadly", "a"])))
        empty.close()
    assert sorted((*one["key"].to_pylist(), outcome) for one, outcome in done) == [("a", ["a"]), ("deadly", None)]


def test_two_runs_at_once_do_not_ask_for_one_port(recwarn: pytest.WarningsRecorder) -> None:
    with cluster.local_cluster(0), cluster.local_cluster(0):
        assert not [str(warning.message) for warning in recwarn if "already in use" in str(warning.message)]


def test_freed_memory_stays_with_a_worker() -> None:
    """Dask has each worker give it back to the kernel at once, where the next batch has to ask for it again."""
    with cluster.local_cluster(1) as one, distributed.Client(one) as client:
        assert [*client.run(os.environ.get, "MALLOC_TRIM_THRESHOLD_").values()] == [os.environ.get("MALLOC_TRIM_THRESHOLD_")]


def test_a_batch_takes_none_of_the_rows_around_it_along() -> None:
    rows = pa.table({"key": [f"{n:01000}" for n in range(100)]})
    batches = list(batches_of([rows.slice(0, 99), rows.slice(99)], size=40, count=100))
    assert [one["key"].to_pylist() for one in batches] == [rows["key"].to_pylist()[n : n + 40] for n in (0, 40, 80)]
    assert [round(one.get_total_buffer_size(), -4) for one in batches] == [40_000, 40_000, 20_000]


def test_batches_are_smaller_towards_the_end() -> None:
    sizes = [len(one) for one in batches_of([batch(*map(str, range(300)))], size=64, count=300, ahead=lambda: 4)]
    assert sizes == [64, 59, 44, 33, 25, 18, 16, 16, 16, 9]
    assert [len(one) for one in batches_of([batch("a", "b", "c")], size=2, count=3, ahead=lambda: 4)] == [2, 1]


def test_a_scheduler_that_does_not_answer_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(UsageError, match="no scheduler answers"):
        Cluster(Settings(scheduler="tcp://127.0.0.1:1"), today=None, made_of="")


def test_a_worker_with_other_rules_or_another_version_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fingerprints are not those of the run."""
    stages = Stages("cleaned", "named", "dated", "counted", "told")
    monkeypatch.setattr(cluster, "load", loading)
    monkeypatch.setattr(cluster, "tools_of", lambda *_: SimpleNamespace(stages=stages))
    assert cluster.work(lambda *_: "done", batch("a"), stages.all, "{}", None) == "done"
    other = replace(stages, told="other")
    with pytest.raises(UsageError, match="a worker has other rules, another model, or another version of veille"):
        cluster.work(lambda *_: "done", batch("a"), other.all, "{}", None)


def test_rules_that_were_edited_since_are_loaded_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that workers are forked from, or a worker of a cluster, may be older than an edit."""

    def stages(lexicon: Lexicon, settings: Settings, today: object) -> SimpleNamespace:
        return SimpleNamespace(stages=Stages.of(lexicon, settings))

    monkeypatch.setattr(cluster, "Tools", stages)
    (tmp_path / "gazetteers").mkdir()
    ours = tmp_path / "gazetteers" / "ours.csv"
    ours.write_text("canonical,type\nOrbello,ORG\n", encoding="utf-8")
    settings = Settings(rules=(tmp_path,))
    made_by = settings.model_dump_json(), None
    cluster.load("", *made_by)
    before = cluster.tools_of(*made_by)
    ours.write_text("canonical,type\nOrbello,ORG\nVerdane,ORG\n", encoding="utf-8")
    now = Stages.of(load_lexicon(settings.rules), settings).all
    cluster.load(now, *made_by)
    assert (cluster.tools_of(*made_by).stages.all, before.stages.all != now) == (now, True)


def test_a_cluster_without_workers_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 3)
    with nodes(tmp_path, count=0) as started:
        empty = Cluster(Settings(scheduler=started.address), today=None, made_of="")
        with pytest.raises(UsageError, match="the cluster has no worker left; what is done is kept: start workers and run again"):
            list(empty.do(lambda *_: None, iter([batch("a")])))
        empty.close()


def test_what_was_lost_with_the_last_worker_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The task was done; its worker died before what it gave was fetched."""
    monkeypatch.setattr(cluster, "PATIENCE", 2)
    with nodes(tmp_path, count=1) as started, closing(joined(started.address)) as client:
        future = client.submit(str, "done")
        distributed.wait([future])
        started.kill_one()
        with pytest.raises(UsageError, match="the cluster has no worker left"):
            outcome_of(client, future)


def deafen(dask_scheduler: Any) -> None:
    """Have a scheduler not look at its queue when a task is done: it forgets to when a worker dies."""
    look = dask_scheduler.stimulus_queue_slots_maybe_opened

    def look_seldom(*, stimulus_id: str) -> None:
        if not stimulus_id.startswith("task-finished"):
            look(stimulus_id=stimulus_id)

    dask_scheduler.stimulus_queue_slots_maybe_opened = look_seldom


def test_what_a_scheduler_leaves_in_its_queue_is_done(tmp_path: Path) -> None:
    with nodes(tmp_path, count=1) as started, closing(joined(started.address)) as client:
        client.run_on_scheduler(deafen)
        tasks = client.map(str, range(4))
        assert [outcome_of(client, task) for task in tasks] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_a_scheduler_that_falls_silent_ends_the_run(
    ending: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 2)
    with nodes(tmp_path, count=1) as started, closing(joined(started.address)) as client:
        futures = [client.submit(time.sleep, 60)]
        started.scheduler.send_signal(ending)
        with pytest.raises(UsageError, match="the scheduler does not answer any more; what is done is kept"):
            outcome_of(client, finished(client, futures)[0])


def test_what_takes_the_call_and_says_nothing_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(UsageError, match="no scheduler answers"):
        joined(f"tcp://127.0.0.1:{silent.getsockname()[1]}")


@pytest.mark.parametrize("nanny", [False, True], ids=["worker", "node"])
def test_a_worker_or_node_that_is_killed_loses_and_doubles_nothing(
    nanny: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are those of one process that nobody disturbed."""
    monkeypatch.chdir(tmp_path)
    file = write(Path("in.jsonl"), ARTICLES)
    with nodes(tmp_path, nanny=nanny) as started:

        def progress(done: int, total: int, refused: int) -> None:
            if done:
                started.kill_one()

        run([file], "cluster", settings=Settings(scheduler=started.address, batch_size=2), progress=progress)
        assert started.one_was_killed
    run([file], "alone")
    assert tables(Path("cluster")) == tables(Path("alone"))
