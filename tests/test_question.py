"""DuckDB is given more memory where it has not enough, and no more than usual afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import cast

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from pipeline import question
from pipeline.engine.corpus import connected
from pipeline.engine.shuffle import list_range
from pipeline.question import Listing, Question, answer, read

LONG = "SELECT number, repeat(md5(number::VARCHAR), 200) AS text FROM range(3000) AS rows (number) ORDER BY text"
DIGITS = pa.schema([("digit", pa.int64()), ("number", pa.int64())])
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


@pytest.mark.parametrize("at_once", [4, question.AT_ONCE], ids=["part by part", "all at once"])
@pytest.mark.parametrize("bucket", [7, question.BUCKET], ids=["seven rows at a time", "all rows at a time"])
def test_rows_that_a_function_gives_are_grouped_whatever_their_number(
    at_once: int, bucket: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "AT_ONCE", at_once)
    monkeypatch.setattr(question, "PART", 2048)
    monkeypatch.setattr(question, "BUCKET", bucket)
    asked: list[int] = []

    def digits(rows: pa.Table) -> pa.Table:
        asked.append(len(rows))
        numbers = rows["number"].to_pylist()
        return pa.table({"digit": [n % 10 for n in numbers], "number": numbers}, schema=DIGITS)

    def summed(rows: pa.Table) -> pa.Table:
        return rows.group_by("digit").aggregate([("number", "sum")])

    with connected() as base:
        answer(base, Question("FROM range(5000) AS rows (number)", digits, keys=("digit",), reduced=summed), "sums")
        sums = base.sql("SELECT number_sum FROM sums ORDER BY digit").fetchall()
    assert sums == [(500 * digit + 10 * sum(range(500)),) for digit in range(10)]
    assert (sum(asked), max(asked) < 5000) == (5000, at_once == 4)


def test_a_worker_sorts_long_texts() -> None:
    texts = pa.table({"place": range(3000), "text": [f"{number % 1000:03} " * 1600 for number in range(3000)]})
    rows = list_range("FROM stored ORDER BY text", ["stored"], [texts.to_pandas(types_mapper=pd.ArrowDtype).set_index("place")])
    assert rows["text"].tolist() == sorted(texts["text"].to_pylist())


def test_what_can_never_be_afforded_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "MOST_MEMORY", 8)
    with connected() as base, pytest.raises(duckdb.OutOfMemoryException):
        list(read(base, LONG))


class Short:
    """A connection that has not enough memory for a query once so many batches are read, until it is given more."""

    def __init__(self, base: duckdb.DuckDBPyConnection, batches: int, words: str):
        self._base, self._batches, self._words = base, batches, words
        self.settings: list[str] = []

    def execute(self, statement: str) -> None:
        self.settings.append(statement)

    def sql(self, query: str) -> Short:
        self._query = query
        return self

    def to_arrow_reader(self, size: int) -> Iterator[pa.RecordBatch]:
        batches = self._base.sql(self._query).to_arrow_reader(size)
        yield from batches if self.settings else islice(batches, self._batches)
        if not self.settings:
            raise OSError(self._words)


@pytest.mark.parametrize("batches", [0, 1, 3])
def test_what_was_read_before_memory_was_short_comes_once(batches: int) -> None:
    """Arrow says in words alone that it was memory."""
    with connected() as base:
        short = Short(base, batches, "Out of Memory Error: failed to pin block")
        rows = pa.concat_tables(read(cast(duckdb.DuckDBPyConnection, short), "FROM range(30000) AS n (n) ORDER BY n"))
    assert rows["n"].to_pylist() == list(range(30000))
    assert short.settings == [f"SET memory_limit = '{megabytes}MB'" for megabytes in (2 * question.MEMORY, question.MEMORY)]


def test_what_is_no_lack_of_memory_breaks_at_once() -> None:
    with connected() as base, pytest.raises(OSError, match="disk"):
        list(read(cast(duckdb.DuckDBPyConnection, Short(base, 1, "IO Error: no disk")), "FROM range(30000) AS n (n) ORDER BY n"))
