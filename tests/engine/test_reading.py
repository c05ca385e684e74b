"""Files that workers read give what one process reads; the order in which they are done changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.engine import reading
from pipeline.engine.batches import Tools
from pipeline.engine.cluster import Cluster
from pipeline.engine.reading import Reader
from pipeline.engine.stages import Stages
from pipeline.engine.workers import Crew, Job
from pipeline.model import Issue
from pipeline.read import jsonl
from pipeline.settings import Settings
from pipeline.store.articles import ARTICLES
from pipeline.store.corpus import assemble, load_deliveries
from pipeline.store.segments import Segments
from tests.built import built_in_lexicon
from tests.engine.nodes import nodes

TEXT = "La start-up Coribador a levé 15 millions de dollars lundi, a annoncé Anne Soldor, sa directrice générale."
FILES = {
    "a.html": f"<html><body><h1>Coribador lève 15 M$</h1><p>{TEXT}</p></body></html>".encode(),
    "b.html": b"",
    "c.txt.gz": gzip.compress(f"{TEXT} Elle recrute.".encode()),
    "d.md.gz": b"no gzip",
    "e.txt": f"{TEXT} Elle recrute à Nantes. ".encode() * 9,
    "f.docx": b"PK",
    "g.jsonl": b'{"id": "g1", "text": "Coribador recrute."}\n{"id": "g2"}\n',
}
PAGES = [f"<html><body><h1>Coribador {n}</h1><p>{TEXT}</p></body></html>".encode() for n in range(3)]


def warc() -> bytes:
    """Pages in a packed web archive, of which one holds no text and one is not HTML."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for number, page in enumerate([PAGES[0], b"<html></html>", PAGES[1], b"\x89PNG", PAGES[2]]):
        kind = "image/png" if page.startswith(b"\x89") else "text/html; charset=utf-8"
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
        url = f"https://gazette.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=headers))
    return buffer.getvalue() + b"\0" * 1000


def archive() -> bytes:
    """Pages, lines and a table in a zip archive that is longer than what is given at a time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as members:
        for number, page in enumerate(PAGES):
            members.writestr(f"{2 * number}.html", page)
        members.writestr("1.csv", f"id,text\nz1,{TEXT[:40]}\nz2,\n")
        members.writestr("3.jsonl", lines(4, "in-zip-"))
        members.writestr("5.html", b"")
    return buffer.getvalue()


def lines(count: int, prefix: str = "") -> bytes:
    """JSON Lines, some of them blank, too long or bad."""
    rows = [
        json.dumps({"id": f"{prefix}{n}", "text": f"{n}. {TEXT}", "published": "hier" if n % 5 == 3 else None})
        for n in range(count)
    ]
    rows[1] = ""
    rows[2] = '{"id": '
    return "\r\n".join([*rows, " " * 6000, "[]"]).encode()


LARGE = {
    "lines.jsonl": partial(lines, 20),
    "packed.jsonl.gz": lambda: gzip.compress(lines(20), 0),
    "cut.jsonl.gz": lambda: gzip.compress(lines(20), 0)[:-40],
    "blank.jsonl": lambda: b" \n" * 600,
    "pages.warc.gz": warc,
    "all.zip": archive,
}
"""Files that are opened by the run, and read in pieces."""


class Hands:
    """Workers that do what they are given, the last first, but for the files that kill them."""

    def __init__(self, deadly: str | None = None, settings: Settings | None = None):
        self.given: list[list[str]] = []
        self._deadly, self._tools = deadly, cast(Tools, SimpleNamespace(settings=settings or Settings(), today=None))

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        held = list(batches)
        self.given += [batch["name"].to_pylist() for batch in held]
        for batch in reversed(held):
            for row in [batch.slice(n, 1) for n in range(len(batch))] if self._deadly in batch["name"].to_pylist() else [batch]:
                yield row, None if row["name"].to_pylist() == [self._deadly] else job(row, self._tools)


def read(store: Segments, known: pa.Table, hands: Hands | None, settings: Settings | None = None, *, late: int = 0) -> pa.Table:
    """What the files in `in` give; the workers come when they have been asked for so often."""
    asked = chain([None] * late, repeat(hands))
    crew = cast(Crew, SimpleNamespace(call=lambda _: None, ready=lambda: next(asked)))
    return Reader(store, settings or Settings(), built_in_lexicon(), crew=crew).read(["in"], known)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    Path("in").mkdir()
    for name, content in FILES.items():
        Path("in", name).write_bytes(content)


def test_workers_read_what_one_process_reads() -> None:
    none, hands = load_deliveries(Path()), Hands()
    alone, shared = Segments(Path("alone"), ARTICLES), Segments(Path("shared"), ARTICLES)
    here, there = assemble(read(alone, none, None)), assemble(read(shared, none, hands))
    assert (there.members, there.issues) == (here.members, here.issues)
    assert sorted(there.members["article_id"].to_pylist()) == ["a", "c", "e", "g1"]
    assert [(issue.source, issue.code) for issue in there.issues] == [
        ("in/b.html", "empty"),
        ("in/d.md.gz", "unreadable"),
        ("in/f.docx", "unknown_format"),
        ("in/g.jsonl", "missing_field"),
    ]
    rows = [pa.concat_tables(store.read(store.known.sorted)).sort_by("key") for store in (alone, shared)]
    assert rows[0] == rows[1]


def test_few_files_and_bytes_are_given_at_a_time_and_no_large_file() -> None:
    hands = Hands()
    read(Segments(Path("store"), ARTICLES), load_deliveries(Path()), hands)
    assert hands.given == [["in/a.html", "in/b.html", "in/c.txt.gz"], ["in/d.md.gz", "in/f.docx", "in/g.jsonl"]]


def test_a_file_that_kills_who_reads_it_is_refused_and_tried_anew() -> None:
    store = Segments(Path("store"), ARTICLES)
    died = read(store, load_deliveries(Path()), Hands(deadly="in/c.txt.gz"))
    corpus = assemble(died)
    [issue] = [issue for issue in corpus.issues if issue.source == "in/c.txt.gz"]
    assert issue == Issue("in/c.txt.gz", "read", "worker_died", reading._DIED, fatal=True)
    assert sorted(corpus.members["article_id"].to_pylist()) == ["a", "e", "g1"]
    again = Hands()
    assert sorted(assemble(read(store, died, again)).members["article_id"].to_pylist()) == ["a", "c", "e", "g1"]
    assert again.given == [["in/c.txt.gz"]]


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # the writer's own
@pytest.mark.parametrize("late", [0, 3], ids=["from the first piece on", "from the fourth on"])
@pytest.mark.parametrize("refused", [3, 1000], ids=["until too many are refused", "whole"])
@pytest.mark.parametrize("name", LARGE)
def test_workers_read_the_pieces_of_a_large_file_as_one_process_reads_it(
    name: str, refused: int, late: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order: deliveries are the same, and so are rows of the store."""
    monkeypatch.setattr(jsonl, "BLOCK", 400)
    settings = Settings(max_refused_rows=refused, max_article_chars=400)
    shutil.rmtree("in")
    Path("in").mkdir()
    Path("in", name).write_bytes(LARGE[name]())
    none, hands = load_deliveries(Path()), Hands(settings=settings)
    alone, shared = Segments(Path("alone"), ARTICLES), Segments(Path("shared"), ARTICLES)
    here, there = read(alone, none, None, settings), read(shared, none, hands, settings, late=late)
    assert hands.given != []
    assert there == here
    assert here["issues"].combine_chunks().flatten().to_pylist()
    assert shared.known.sorted.tolist() == alone.known.sorted.tolist()


def test_a_piece_that_kills_who_reads_it_is_refused_and_its_file_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree("in")
    Path("in").mkdir()
    Path("in/a.jsonl").write_bytes(lines(20))
    monkeypatch.setattr(jsonl, "BLOCK", 4000)
    store = Segments(Path("store"), ARTICLES)
    died = read(store, load_deliveries(Path()), Hands(deadly="in/a.jsonl"), late=2)
    corpus = assemble(died)
    assert sorted(issue.code for issue in corpus.issues) == ["bad_date"] * 4 + ["bad_json", "worker_died"]
    assert len(corpus.members) == 18
    again = read(store, died, Hands())
    assert again == read(Segments(Path("alone"), ARTICLES), died, None)
    assert {issue.code for issue in assemble(again).issues} == {"bad_date", "bad_json"}


def test_a_worker_that_is_killed_over_the_pieces_of_a_file_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "BLOCK", 400)
    shutil.rmtree("in")
    Path("in").mkdir()
    Path("in/a.jsonl").write_bytes(lines(60))
    none, alone, shared = load_deliveries(Path()), Segments(Path("alone"), ARTICLES), Segments(Path("shared"), ARTICLES)
    with nodes(tmp_path) as started:
        settings = Settings(scheduler=started.address)
        cluster = Cluster(settings, today=None, made_of=Stages.of(built_in_lexicon(), settings).all)

        def do(job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
            for each in cluster.do(job, batches):
                yield each
                started.kill_one()

        there = read(shared, none, cast(Hands, SimpleNamespace(do=do)))
        cluster.close()
        assert started.one_was_killed
    assert there == read(alone, none, None)
    assert shared.known.sorted.tolist() == alone.known.sorted.tolist()
