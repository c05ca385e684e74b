"""Tables at an address: all or nothing, though an object store knows neither links nor renames; rows kept are fetched once."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.errors import BusyError, OutputError, UsageError
from pipeline.tables.folder import locked, replaced
from pipeline.tables.read import read_arrow
from pipeline.tables.remote import Remote, current_set, mirrored
from tests import webhdfs

OLD = {".corpus.parquet": b"old", "names.parquet": b"old", "run.json": b"old", "sums/part-0.parquet": b"old"}
NEW = {
    ".corpus.parquet": b"new",
    "names.parquet": b"new",
    "run.json": b"new",
    "sums/part-0.parquet": b"new",
    "sums/part-1.parquet": b"new",
}


@pytest.fixture(params=["memory", "file", "webhdfs", *webhdfs.REAL])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with ExitStack() as stack:
        if request.param == "memory":
            stack.callback(MemoryFileSystem.store.clear)
            yield "memory://bucket/tables"
        elif request.param == "file":
            yield f"file://{tmp_path}/there/tables/"
        elif request.param == "webhdfs":
            yield f"{stack.enter_context(webhdfs.serving(tmp_path))}/there/tables"
        else:
            yield f"{request.param}/{uuid4()}/tables"


def write(address: str, files: dict[str, bytes], *, row: str = "") -> None:
    """A run that writes these files, and keeps a row for the next one."""
    with mirrored(address) as copy, locked(copy):
        kept = copy / ".veille" / "store" / "findings" / f"{row or 'a'}.parquet"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(b"row")
        with replaced(copy) as folder:
            for name, content in files.items():
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_bytes(content)


def seen(address: str) -> dict[str, bytes]:
    """What a reader finds."""
    files, folder = current_set(address)
    return {name.removeprefix(folder).lstrip("/"): files.cat_file(name) for name in files.find(folder)}


def test_the_new_set_takes_the_place_of_the_old_one(address: str) -> None:
    write(address, OLD)
    assert seen(address) == OLD
    write(address, NEW)
    assert seen(address) == NEW


def test_another_machine_goes_on_with_what_is_kept_there(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(address, OLD, row="a")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    with mirrored(address) as copy:
        assert {name: (copy / name).read_bytes() for name in OLD} == OLD
        assert [path.name for path in (copy / ".veille" / "store").rglob("*.parquet")] == ["a.parquet"]
    write(address, NEW)
    assert seen(address) == NEW


def test_a_run_that_fails_leaves_what_is_there(address: str) -> None:
    write(address, OLD)

    def fail() -> None:
        with mirrored(address) as copy:
            with replaced(copy) as folder:
                (folder / "names.parquet").write_bytes(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen(address) == OLD
    with mirrored(address) as copy:
        assert (copy / "names.parquet").read_bytes() == b"old"


def test_a_connection_cut_at_any_object_leaves_the_old_set_or_the_new_one(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(address, OLD)
    outcomes = []
    for step in range(100):
        left = iter(range(step))

        def cut(self: Remote, *arguments: Any, left: Any = left, then: Any) -> Any:
            if next(left, None) is None:
                raise OSError("connection cut")
            return then(self, *arguments)

        with monkeypatch.context() as patch:
            for name in ("send", "write", "remove"):
                method = getattr(Remote, name)
                patch.setattr(Remote, name, lambda self, *a, m=method, cut=cut: cut(self, *a, then=m))
            try:
                write(address, NEW if step % 2 else OLD | {"names.parquet": b"%d" % step}, row=f"r{step}")
            except OutputError as error:
                assert "the tables there are as they were" in str(error)  # noqa: PT017
        outcomes.append(seen(address))
        Remote(address).remove("lock")
        write(address, OLD)
        assert seen(address) == OLD
        if outcomes[-1] != OLD:
            break
    assert outcomes[0] == OLD
    assert outcomes[-1] in (NEW, OLD | {"names.parquet": b"%d" % step})


def test_old_sets_but_the_last_and_rows_that_are_no_more_go_away(address: str) -> None:
    for number in range(3):
        write(address, {"names.parquet": b"%d" % number}, row=f"r{number}")
    assert len(Remote(address).list("sets")) == 2
    with mirrored(address) as copy:
        (copy / ".veille" / "store" / "findings" / "r0.parquet").unlink()
    assert [Path(name).name for name in Remote(address).list("store")] == ["r1.parquet", "r2.parquet"]


def test_what_was_forgotten_on_another_machine_does_not_come_back(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(address, OLD, row="a")
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
        with mirrored(address) as copy:
            (copy / ".veille" / "store" / "findings" / "a.parquet").unlink()
            (copy / "run.json").write_bytes(b"forgotten")
    write(address, NEW, row="b")
    assert [Path(name).name for name in Remote(address).list("store")] == ["b.parquet"]


def test_a_run_that_was_killed_goes_on_with_its_rows(address: str) -> None:
    write(address, OLD, row="a")
    with suppress(ZeroDivisionError), mirrored(address) as copy:
        (copy / ".veille" / "store" / "findings" / "b.parquet").write_bytes(b"row")
        raise ZeroDivisionError
    with mirrored(address) as copy:
        assert sorted(path.name for path in (copy / ".veille" / "store").rglob("*.parquet")) == ["a.parquet", "b.parquet"]
        assert (copy / "names.parquet").read_bytes() == b"old"


def test_decisions_made_there_are_heeded_and_left_alone(address: str) -> None:
    write(address, OLD)
    Remote(address).write("decisions.csv", b"theirs")
    with mirrored(address) as copy:
        assert (copy / "decisions.csv").read_bytes() == b"theirs"
        (copy / "decisions.csv").write_bytes(b"ours")
    assert Remote(address).read("decisions.csv") == b"theirs"


def test_a_second_run_is_told_who_writes(address: str) -> None:
    other = {"host": "fanal", "process": 7}
    Remote(address).create("lock", json.dumps(other).encode())
    with pytest.raises(BusyError, match=r"another run \(process 7 of fanal\) is writing there; .* if it is dead, remove .*/lock"):
        write(address, OLD)


def test_the_lock_of_a_dead_process_of_this_machine_is_taken_over(address: str) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    Remote(address).create("lock", json.dumps({"host": socket.gethostname(), "process": dead.pid}).encode())
    write(address, OLD)
    assert seen(address) == OLD
    assert Remote(address).read("lock") is None


def test_an_address_without_a_run_holds_no_tables(address: str) -> None:
    with pytest.raises(UsageError, match="holds no tables"):
        current_set(address)


def test_a_table_that_is_not_at_an_address_is_named(address: str) -> None:
    Remote(address).write("current.json", b'{"set": "a"}')
    with pytest.raises(UsageError, match="holds no table 'mentions'"):
        read_arrow(address, "mentions")


@pytest.mark.parametrize(
    ("address", "mend"), [("s3://bucket/x", r"pip install 'veille\[s3\]'"), ("zz://x", "Protocol not known")]
)
def test_a_driver_that_is_missing_is_named(address: str, mend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("Install s3fs to access S3")

    if address.startswith("s3"):
        monkeypatch.setattr(fsspec, "url_to_fs", missing)
    with pytest.raises(UsageError, match=mend):
        Remote(address)
