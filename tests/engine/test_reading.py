"""Files that workers read give what one process reads; the order in which they are done changes nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa
import pytest

from pipeline.engine import reading
from pipeline.engine.batches import Tools
from pipeline.engine.reading import Reader
from pipeline.engine.workers import Crew, Job
from pipeline.model import Issue
from pipeline.settings import Settings
from pipeline.store.articles import ARTICLES
from pipeline.store.corpus import assemble, load_deliveries
from pipeline.store.segments import Segments
from tests.built import built_in_lexicon

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


class Hands:
    """Workers that do what they are given, the last first, but for the files that kill them."""

    def __init__(self, deadly: str | None = None):
        self.given: list[list[str]] = []
        self._deadly, self._tools = deadly, cast(Tools, SimpleNamespace(settings=Settings(), today=None))

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        held = list(batches)
        self.given += [batch["name"].to_pylist() for batch in held]
        for batch in reversed(held):
            for row in [batch.slice(n, 1) for n in range(len(batch))] if self._deadly in batch["name"].to_pylist() else [batch]:
                yield row, None if row["name"].to_pylist() == [self._deadly] else job(row, self._tools)


def read(store: Segments, known: pa.Table, hands: Hands | None) -> pa.Table:
    crew = cast(Crew, SimpleNamespace(call=lambda _: None, ready=lambda: hands))
    return Reader(store, Settings(), built_in_lexicon(), crew=crew).read(["in"], known)


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
