"""Articles and tables in HDFS, from the command line, as in a folder; and what is said where HDFS does not answer."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from pipeline import read_table
from pipeline.hadoop import native, rest
from pipeline.tables.read import read_arrow
from pipeline.tables.remote import Remote
from pipeline.tables.schemas import TABLES
from tests import webhdfs
from tests.test_cloud import TEXTS, veille


@pytest.fixture(params=["webhdfs", *webhdfs.REAL])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with ExitStack() as stack:
        if request.param == "webhdfs":
            yield stack.enter_context(webhdfs.serving(tmp_path / "there"))
        else:
            yield f"{request.param}/{uuid4()}"


def put(home: str, *names: str) -> None:
    for name in names:
        row = {"id": name, "text": TEXTS[name], "published": "2024-03-01"}
        Remote(home).write(f"new/{name}.jsonl", json.dumps(row).encode())


def test_two_nights_in_hdfs_make_the_tables_of_one_run_on_a_disk(home: str) -> None:
    for name in TEXTS:
        put(home, name)
        assert veille("run", f"{home}/new/", "--out", f"{home}/tables", "--quiet") == (0, "")
    assert veille("run", f"{home}/new/*.jsonl", "--out", "whole", "--quiet") == (0, "")
    assert [read_arrow(f"{home}/tables", name) for name in TABLES] == [read_arrow("whole", name) for name in TABLES]


def test_an_article_names_the_host_that_it_came_from(home: str) -> None:
    put(home, "a")
    veille("run", f"{home}/new", "--out", "tables", "--quiet")
    assert read_table("tables", "articles")["source"].tolist() == [
        home.replace("veille@", "").replace("root@", "") + "/new/a.jsonl"
    ]


def test_what_a_folder_of_hdfs_hides_is_not_read(home: str) -> None:
    put(home, "a", "b")
    Remote(home).write("new/.veilleignore", b"b.*\n")
    Remote(home).write("new/deep/l'été 1.txt", "Orbello est à Lyon.".encode())
    veille("run", f"{home}/new/", "--out", "tables", "--quiet")
    assert read_table("tables", "articles")["article_id"].tolist() == ["a", "deep/l'été 1"]


def test_an_article_is_forgotten_in_hdfs_too(home: str) -> None:
    put(home, *TEXTS)
    veille("run", f"{home}/new/", "--out", f"{home}/tables", "--quiet")
    assert veille("forget", "a", "--out", f"{home}/tables", "--quiet")[0] == 0
    assert read_table(f"{home}/tables", "articles")["article_id"].tolist() == ["b"]


def test_a_file_that_is_not_there_is_named(home: str) -> None:
    assert veille("run", f"{home}/none", "--out", "tables", "--quiet") == (2, f"veille: no such file or folder: {home}/none\n")


@pytest.mark.parametrize(("inputs", "out", "code"), [("{}/new", "tables", 2), ("a.jsonl", "{}/tables", 5)])
def test_a_name_node_that_does_not_answer_is_one_line(
    inputs: str, out: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("a.jsonl").write_text(json.dumps({"id": "a", "text": TEXTS["a"]}), encoding="utf-8")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"webhdfs://127.0.0.1:{unused.getsockname()[1]}"
        done, said = veille("run", inputs.format(nobody), "--out", out.format(nobody), "--quiet")
    assert (done, said.count("\n"), "Connection refused" in said) == (code, 1, True)


def test_a_name_node_that_takes_the_call_and_says_nothing_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rest, "PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host, port = silent.getsockname()
        code, said = veille("run", f"webhdfs://{host}:{port}/new", "--out", "tables", "--quiet")
    assert (code, "Read timed out" in said) == (2, True)


@pytest.mark.parametrize("protocol", ["hdfs", "viewfs"])
def test_a_driver_of_hdfs_that_is_missing_is_named(protocol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "hdfs_native.fsspec", None)
    monkeypatch.delitem(sys.modules, "pipeline.hadoop.native", raising=False)
    said = f"veille: {protocol}://node/new cannot be opened: pip install 'veille[hdfs]'\n"
    assert veille("run", f"{protocol}://node/new", "--out", "tables", "--quiet") == (2, said)


def test_the_error_of_a_data_node_is_no_article(tmp_path: Path) -> None:
    """fsspec's own driver gives the words of the error as those of the file."""
    with webhdfs.serving(tmp_path) as home:
        put(home, "a")
        remote = Remote(home)
        with remote.files.open("/new/a.jsonl") as file:
            Remote(home).remove("new/a.jsonl")
            with pytest.raises(FileNotFoundError):
                file.read()


@pytest.mark.parametrize(
    ("exception", "error"),
    [
        ("AccessControlException", PermissionError),
        ("FileAlreadyExistsException", FileExistsError),
        ("FileNotFoundException", FileNotFoundError),
        ("SafeModeException", OSError),
    ],
)
def test_what_the_service_refuses_is_an_error_of_the_system(exception: str, error: type[OSError]) -> None:
    answer = requests.Response()
    answer.status_code = 403
    answer._content = json.dumps({"RemoteException": {"exception": exception, "message": "no\n\tat Java"}}).encode()
    with pytest.raises(OSError, match=r"^no$") as raised:
        rest.refuse_errors(answer)
    assert type(raised.value) is error


def test_an_answer_that_is_not_of_the_service_is_an_error_too() -> None:
    answer = requests.Response()
    answer.status_code = 502
    with pytest.raises(OSError, match="502"):
        rest.refuse_errors(answer)


class Reader:
    """A file of hdfs-native, of which a data node refuses what comes after « b »."""

    def __init__(self) -> None:
        self.place = 0

    def read(self, size: int) -> bytes:
        if self.place > 1:
            raise RuntimeError('RPCError("SafeModeException", "no\\n\\tat Java")')
        start, self.place = self.place, min(2, self.place + size)
        return b"ab"[start : self.place]


def test_a_file_of_hdfs_native_is_read_into_a_buffer_and_refused_as_by_the_system() -> None:
    stream = native.Stream(Reader())
    into = bytearray(3)
    assert (stream.readinto(into), into) == (2, b"ab\0")
    with pytest.raises(OSError, match=r'^RPCError\("SafeModeException", "no$'):
        stream.readinto(into)
