"""Whatever a signal meets, the command says that it was stopped, and by what."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import duckdb
import pytest
import typer

from pipeline.cli.common import failing, reporting
from pipeline.cli.signals import held_back

ENDS = pytest.mark.parametrize(
    ("sent", "code", "told"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)


def query(sent: signal.Signals) -> None:
    """One of minutes, to which a signal comes soon. It has one thread, as in a run: others would do their share to the end."""
    with duckdb.connect(config={"threads": 1}) as base, failing(reporting()):
        threading.Timer(0.2, os.kill, (os.getpid(), sent)).start()
        base.execute("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b").fetchall()


@ENDS
def test_a_query_is_interrupted(sent: signal.Signals, code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """DuckDB says so in an error of its own."""
    with pytest.raises(typer.Exit) as end:
        query(sent)
    assert (end.value.exit_code, capsys.readouterr().err) == (code, f"veille: {told}; no table is half written\n")


def load(sent: signal.Signals, done: list[str]) -> None:
    with failing(reporting()), held_back():
        signal.raise_signal(sent)
        done.append("loaded")
    done.append("told of no signal")


@ENDS
def test_what_is_loaded_is_not_interrupted(sent: signal.Signals, code: int, told: str) -> None:
    done = list[str]()
    with pytest.raises(typer.Exit) as end:
        load(sent, done)
    assert (end.value.exit_code, done) == (code, ["loaded"])


@pytest.fixture
def background() -> Iterator[None]:
    """A shell has the jobs that it does not wait for ignore interrupts."""
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, usual)


@pytest.mark.usefixtures("background")
def test_what_is_ignored_stays_so() -> None:
    done = list[str]()
    load(signal.SIGINT, done)
    assert done == ["loaded", "told of no signal"]


def test_what_was_handled_before_is_again() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with failing(reporting()), held_back():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
