"""Articles and tables in an object store behind S3's own driver, from the command line; moto plays the store on this machine."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import fsspec
import pytest
from moto.server import ThreadedMotoServer
from typer.testing import CliRunner

from pipeline import read_table
from pipeline.cli import app
from pipeline.tables.read import read_arrow
from pipeline.tables.schemas import TABLES

TEXTS = {
    "a": "Lumivox a levé 12 millions d'euros auprès de Brévent Capital, a annoncé Odile Marchais, sa directrice générale.",
    "b": "« Nous allons recruter », a déclaré Odile Marchais, directrice générale de Lumivox.",
}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """An empty store, as a machine that has credentials for it sees it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    fsspec.filesystem("s3").clear_instance_cache()
    files = fsspec.filesystem("s3")
    files.mkdir("bucket")
    yield files
    files.clear_instance_cache()
    server.stop()


def veille(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "300"})
    return done.exit_code, done.output


def put(files: Any, name: str) -> None:
    row = {"id": name, "text": TEXTS[name], "published": "2024-03-01"}
    files.pipe_file(f"bucket/new/{name}.jsonl", json.dumps(row).encode())


def test_two_nights_in_a_store_make_the_tables_of_one_run_on_a_disk(store: Any) -> None:
    for name in TEXTS:
        put(store, name)
        assert veille("run", "s3://bucket/new/", "--out", "s3://bucket/tables", "--quiet") == (0, "")
    assert veille("run", "s3://bucket/new/*.jsonl", "--out", "whole", "--quiet") == (0, "")
    assert [read_arrow("s3://bucket/tables", name) for name in TABLES] == [read_arrow("whole", name) for name in TABLES]


def test_what_stands_in_a_store_is_compared_exported_and_gone_on_with(store: Any) -> None:
    put(store, "a")
    veille("run", "s3://bucket/new/a.jsonl", "--out", "s3://bucket/tables", "--quiet")
    put(store, "b")
    assert veille("run", "s3://bucket/new/b.jsonl", "--out", "later", "--previous", "s3://bucket/tables", "--quiet") == (0, "")
    first, later = (read_table(place, "entities").set_index("name")["entity_id"] for place in ("s3://bucket/tables", "later"))
    assert later["Odile Marchais"] == first["Odile Marchais"]
    code, said = veille("diff", "s3://bucket/tables", "later")
    assert (code, "articles" in said) == (0, True)
    assert veille("export", "s3://bucket/tables", "--format", "csv", "--to", "sheets") == (0, "sheets\n")
    assert Path("sheets/entities.csv").is_file()
    assert veille("report", "s3://bucket/tables", "--to", "pages") == (0, "pages/index.html\n")


def test_pages_have_no_place_in_a_store(store: Any) -> None:
    assert veille("report", "s3://bucket/tables") == (
        2,
        "veille: s3://bucket/tables is an address: say with --to where on this machine to write\n",
    )


def test_an_article_is_forgotten_in_a_store_too(store: Any) -> None:
    for name in TEXTS:
        put(store, name)
    veille("run", "s3://bucket/new/", "--out", "s3://bucket/tables", "--quiet")
    assert veille("forget", "a", "--out", "s3://bucket/tables", "--quiet")[0] == 0
    assert read_table("s3://bucket/tables", "articles")["article_id"].tolist() == ["b"]
    assert not [name for name in store.find("bucket/tables") if b"Capital" in store.cat_file(name)]


@pytest.mark.parametrize("arguments", [["s3://bucket/new/", "--out", "tables"], ["a.jsonl", "--out", "s3://bucket/tables"]])
def test_missing_credentials_are_one_line(store: Any, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own, as the driver keeps what it once found."""
    Path("a.jsonl").write_text(json.dumps({"id": "a", "text": TEXTS["a"], "published": "2024-03-01"}), encoding="utf-8")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(Path.cwd()))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    done = subprocess.run([sys.executable, "-m", "pipeline", "run", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in (2, 5)
    assert done.stderr.startswith("veille: s3://bucket/")
    assert "credentials" in done.stderr
    assert "Traceback" not in done.stderr
