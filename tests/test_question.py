"""DuckDB is given more memory where it has not enough, and no more than usual afterwards."""

from __future__ import annotations

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from pipeline import question
from pipeline.engine.corpus import connected
from pipeline.engine.shuffle import list_range
from pipeline.question import Listing, Question, answer, read

LONG = "SELECT number, repeat(md5(number::VARCHAR), 200) AS text FROM range(3000) AS rows (number) ORDER BY text"
LIMIT = "SELECT current_setting('memory_limit')"


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "MEMORY", 8)


def test_long_texts_are_read_in_order() -> None:
    with connected() as base:
        usual = base.sql(LIMIT).fetchall()
        texts = [text for rows in read(base, LONG) for text in rows["text"].to_pylist()]
        assert (len(texts), texts == sorted(texts)) == (3000, True)
        assert base.sql(LIMIT).fetchall() == usual


def test_an_answer_of_long_texts_is_made() -> None:
    with connected() as base:
        answer(base, Listing({"stored": "SELECT 1"}, LONG, count=3000), "long")
        assert len(base.table("long")) == 3000


def test_a_function_is_asked_of_long_texts() -> None:
    with connected() as base:
        usual = base.sql(LIMIT).fetchall()
        answer(base, Question(LONG, "FROM stored", keys=("text",), reduced=lambda rows: rows.select(["text"])), "long")
        assert len(base.table("long")) == 3000
        assert base.sql(LIMIT).fetchall() == usual


def test_a_worker_sorts_long_texts() -> None:
    texts = pa.table({"place": range(3000), "text": [f"{number % 1000:03} " * 1600 for number in range(3000)]})
    rows = list_range("FROM stored ORDER BY text", ["stored"], [texts.to_pandas(types_mapper=pd.ArrowDtype).set_index("place")])
    assert rows["text"].tolist() == sorted(texts["text"].to_pylist())


def test_what_can_never_be_afforded_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "MOST_MEMORY", 8)
    with connected() as base, pytest.raises(duckdb.OutOfMemoryException):
        list(read(base, LONG))
