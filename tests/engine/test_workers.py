"""What a run loads to read articles is gone before it merges their names: neither adds to the other's memory.

What a batch asks of the garbage collector ends with it.
"""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest

import pipeline
from pipeline import job
from pipeline.engine.batches import Tools
from pipeline.engine.workers import Crew, Here, done

TEXT = "La start-up Coribador a levé 15 millions de dollars lundi, a annoncé Anne Soldor, sa directrice générale."


BATCH, TOOLS = pa.table({"key": ["a"]}), cast(Tools, None)


class Loaded:
    """What stands for the tools."""


def test_the_tools_of_a_crew_go_with_it() -> None:
    held: list[weakref.ref[Loaded]] = []

    def load() -> Any:
        loaded = Loaded()
        held.append(weakref.ref(loaded))
        return loaded

    with Crew(Here(load, 2), None, least=1) as crew:
        sizes = [len(batch) for batch, _ in crew.of(3).do(lambda batch, tools: None, [pa.table({"key": ["a", "b", "c"]})])]
        assert (sizes, [loaded() is None for loaded in held]) == ([2, 1], [False])
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
