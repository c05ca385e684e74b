"""What a run loads to read articles is gone before it merges their names: neither adds to the other's memory."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import pipeline
from pipeline import job
from pipeline.engine.batches import Tools
from pipeline.engine.workers import Crew, Here

TEXT = "La start-up Coribador a levé 15 millions de dollars lundi, a annoncé Anne Soldor, sa directrice générale."


class Loaded:
    """What stands for the tools."""


def test_the_tools_of_a_crew_go_with_it() -> None:
    held: list[weakref.ref[Loaded]] = []

    def load() -> Any:
        loaded = Loaded()
        held.append(weakref.ref(loaded))
        return loaded

    with Crew(Here(load, 2), None, least=1) as crew:
        done = [len(batch) for batch, _ in crew.of(3).do(lambda batch, tools: None, [pa.table({"key": ["a", "b", "c"]})])]
        assert (done, [loaded() is None for loaded in held]) == ([2, 1], [False])
    assert [loaded() is None for loaded in held] == [True]


def test_no_recognizer_is_left_when_names_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Any]] = []
    merge, gone = job.merge, list[bool]()

    class Watched(Tools):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            made.extend(map(weakref.ref, (self.extractor, self.extractor.names, self.extractor.rates, self.extractor.amounts)))

    def watched(*arguments: Any) -> Any:
        gone.extend(each() is None for each in made)
        return merge(*arguments)

    monkeypatch.setattr(job, "Tools", Watched)
    monkeypatch.setattr(job, "merge", watched)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    pipeline.run([tmp_path / "a.txt"], tmp_path / "out")
    assert gone == [True, True, True, True]
