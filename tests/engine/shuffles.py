"""What tests of a shuffle have in common: answers compared, and a shuffle of which a worker is killed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline.question import Listing, Question, Shuffle
from tests.engine.nodes import Nodes

COUNT = 60
"""Articles."""
Base = duckdb.DuckDBPyConnection


def rows(base: Base, name: str) -> list[tuple[Any, ...]]:
    """The rows of an answer. What two articles share in several buckets is added up by who asks."""
    partial = "shared" in base.table(name).columns
    query = f"SELECT pair, kind, sum(shared) FROM {name} GROUP BY ALL" if partial else f"FROM {name}"
    return base.execute(f"{query} ORDER BY ALL").fetchall()


@dataclass(frozen=True)
class Disturbed:
    """A shuffle of which a worker is killed at that moment."""

    shuffle: Shuffle
    nodes: Nodes
    moment: str

    def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
        """The answer to a question."""
        return self._disturbed(self.shuffle.grouped(question, self._sent(parts)))

    def listed(self, listing: Listing, stored: Iterable[tuple[str, pa.RecordBatchReader]]) -> Iterator[pa.Table]:
        """The rows of a listing."""
        return self._disturbed(self.shuffle.listed(listing, ((name, self._sent(parts)) for name, parts in stored)))

    def _sent(self, parts: pa.RecordBatchReader) -> pa.RecordBatchReader:
        def sent() -> Iterator[pa.RecordBatch]:
            for number, part in enumerate(parts):
                yield part
                if self.moment == "as parts are sent" and number == 5:
                    self.nodes.kill_one()

        return pa.RecordBatchReader.from_batches(parts.schema, sent())

    def _disturbed(self, pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
        for number, piece in enumerate(pieces):
            yield piece
            if self.moment == "as pieces come back" and number == 1:
                self.nodes.kill_one()


MOMENTS = pytest.mark.parametrize("moment", ["as parts are sent", "as pieces come back"])
