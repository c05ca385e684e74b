"""The stored rows as queries see them, and what is asked of them first: which lines an outlet repeats.

DuckDB reads the columns that a question needs, and puts on disk what does not fit into its share of memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline import question
from pipeline.clean import FEWEST_ARTICLES
from pipeline.question import Question, Shuffle, answer
from pipeline.store.segments import Segments

THREADS = 1
"""Each needs memory of its own to sort with."""

REPEATED = Question(
    stored="SELECT number, publisher, longest, lines FROM plan JOIN lines USING (key)",
    mapped="SELECT number, publisher, longest, unnest(lines) AS line FROM stored",
    keys=("publisher", "line"),
    reduced=f"""
SELECT number, line FROM mapped SEMI JOIN (
  SELECT publisher, line FROM mapped GROUP BY ALL HAVING count(DISTINCT longest) >= {FEWEST_ARTICLES}) USING (publisher, line)
""",
)
"""Which lines many different articles of a publisher share, for each article that has them."""
_REFUSED = "SELECT number FROM plan JOIN findings ON findings.key = plan.finding WHERE n_tokens IS NULL"


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, which spills to a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="veille-") as folder, duckdb.connect() as base:
        base.execute(f"SET temp_directory = '{folder}'; SET memory_limit = '{question.MEMORY}MB'; SET threads = {THREADS}")
        base.execute("SET preserve_insertion_order = false; SET streaming_buffer_size = '1MB'")
        base.execute("SET allocator_background_threads = true")  # what is free goes back also while nobody asks
        yield base


def show(base: duckdb.DuckDBPyConnection, name: str, rows: pa.Table | Segments) -> None:
    """Have the queries see the rows under that name."""
    if isinstance(rows, Segments) and rows.files:
        show_files(base, name, rows.files)
    else:
        base.register(name, rows.schema.empty_table() if isinstance(rows, Segments) else rows)


def show_files(base: duckdb.DuckDBPyConnection, name: str, files: Iterable[Path]) -> None:
    """Have the queries see the rows of these files under that name.

    The largest comes first: DuckDB takes all to be as long, and a join would gather the rows themselves where that is short.
    """
    ordered = sorted(files, key=lambda file: file.stat().st_size, reverse=True)
    quoted = ", ".join("'" + str(file).replace("'", "''") + "'" for file in ordered)
    base.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet([{quoted}])")


def repeated_lines(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None = None) -> Mapping[int, Sequence[int]]:
    """For each article of `plan` the lines of it that are furniture of its publisher."""
    answer(base, REPEATED, "repeated", shuffle)
    found = dict(base.execute("SELECT number, list(line ORDER BY line) FROM repeated GROUP BY number").fetchall())
    base.execute("DROP TABLE repeated")
    return found


def refused(base: duckdb.DuckDBPyConnection) -> list[int]:
    """The articles of `plan` that are refused."""
    return [number for (number,) in base.execute(_REFUSED).fetchall()]
