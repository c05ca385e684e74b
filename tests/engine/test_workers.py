"""What a run loads to read articles is gone before it merges their names: neither adds to the other's memory.

What a batch asks of the garbage collector ends with it.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa
import pytest

import pipeline
from pipeline import job
from pipeline.engine.batches import Tools
from pipeline.engine.reading import Reader
from pipeline.engine.workers import Crew, Here, Job, Workers, done
from pipeline.garbage import SELDOM
from pipeline.settings import Settings
from pipeline.store.articles import ARTICLES
from pipeline.store.corpus import load_deliveries
from pipeline.store.segments import Segments
from tests.built import built_in_lexicon

TEXT = "La start-up Coribador a levé 15 millions de dollars lundi, a annoncé Anne Soldor, sa directrice générale."


BATCH, TOOLS = pa.table({"key": ["a"]}), cast(Tools, None)


def never(*_: Any) -> Workers:
    raise AssertionError("nobody asked for this")


class Loaded:
    """What stands for the tools."""


def test_the_tools_of_a_crew_go_with_it() -> None:
    held: list[weakref.ref[Loaded]] = []

    def load() -> Any:
        loaded = Loaded()
        held.append(weakref.ref(loaded))
        return loaded

    with Crew(Here(load), never, Settings(batch_size=2)) as crew:
        sizes = [len(batch) for batch, _ in crew.do(lambda batch, tools: None, [pa.table({"key": ["a", "b", "c"]})], 3)]
        assert (sizes, [loaded() is None for loaded in held]) == ([2, 1], [False])
    assert [loaded() is None for loaded in held] == [True]


class Hands:
    """Workers that note when they come and go."""

    def __init__(self, noted: list[str]):
        self._noted = noted
        noted.append("come")

    def ahead(self) -> int:
        return 1

    def do(self, job: Job, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, Any]]:
        yield from ((batch, "done") for batch in batches)

    def close(self) -> None:
        self._noted.append("go")


def test_workers_come_once_there_is_enough_for_them_to_do_and_go_at_the_end() -> None:
    noted: list[str] = []
    with Crew(Here(cast(Any, never)), lambda: Hands(noted), Settings(workers=2, parallel_from=2)) as crew:
        crew.call(1)
        assert noted == []
        crew.call(2)
        crew.call(3)
        assert [outcome for _, outcome in crew.do(never, [pa.table({"key": ["a"]})], 1)] == ["done"]
    assert noted == ["come", "go"]


def test_workers_are_called_while_articles_are_read(tmp_path: Path) -> None:
    """First as many as there are files, then as many as are new: what the store holds does not count."""
    counts: list[int] = []
    crew = cast(Crew, SimpleNamespace(call=counts.append, ready=lambda: None))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT + " Elle recrute.", encoding="utf-8")
    store, none = Segments(tmp_path / "store", ARTICLES), load_deliveries(tmp_path)
    for _ in range(2):
        Reader(store, Settings(), built_in_lexicon(), crew=crew).read([tmp_path / "a.txt", tmp_path / "b.txt"], none)
    assert counts == [2, 2, 2, 0]


def test_what_finds_is_gone_when_the_corpus_votes_and_what_tells_when_names_are_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[weakref.ref[Any]] = []
    vote, merge, gone = job.Engine.vote, job.merge, dict[str, list[bool]]()

    class Watched(Tools):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            finding = self.extractor, self.extractor.names, self.extractor.rates, self.extractor.amounts
            made.extend(map(weakref.ref, (*finding, self.teller)))

    def watched(stage: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*arguments: Any, **named: Any) -> Any:
            gone[stage] = [each() is None for each in made]
            return do(*arguments, **named)

        return watch

    monkeypatch.setattr(job, "Tools", Watched)
    monkeypatch.setattr(job.Engine, "vote", watched("vote", vote))
    monkeypatch.setattr(job, "merge", watched("merge", merge))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    pipeline.run([tmp_path / "a.txt"], tmp_path / "out")
    assert gone == {"vote": [True, True, True, True, False], "merge": [True] * 5}


def failing(*_: Any) -> None:
    raise ValueError("a bug")


def test_the_collector_leaves_alone_what_was_there_before_a_batch() -> None:
    mine = [[]]  # type: ignore[var-annotated]
    assert done(lambda *_: any(one is mine for one in gc.get_objects()), BATCH, TOOLS) is False
    assert gc.get_freeze_count() == 0
    assert any(one is mine for one in gc.get_objects())


def test_a_batch_that_fails_gives_the_collector_back_too() -> None:
    with pytest.raises(ValueError, match="a bug"):
        done(failing, BATCH, TOOLS)
    assert gc.get_freeze_count() == 0


def test_garbage_is_looked_for_seldom_within_a_batch_and_as_usual_behind_it() -> None:
    usual = gc.get_threshold()
    assert done(lambda *_: gc.get_threshold(), BATCH, TOOLS) == (SELDOM, *usual[1:])
    assert gc.get_threshold() == usual


def test_a_run_never_ends_short_in_silence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever loses a batch on the way breaks the run, and nothing is replaced."""
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Here, "do", lambda *_: iter(()))
    with pytest.raises(RuntimeError, match="articles came back from nobody"):
        job.run([tmp_path / "story.txt"], tmp_path / "out")
    assert not (tmp_path / "out" / "mentions.parquet").exists()
