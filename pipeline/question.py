"""What only all articles together can answer, as data: a question is stored rows, made ready part by part, grouped by keys; a
listing is stored rows of several kinds, joined and put in order.

One process takes the steps in one query, out of core, or one bucket of keys after the other. On a cluster the articles are cut
into parts, which the workers make ready; rows that belong together then meet on one worker, which groups them, or joins and sorts
them: a shuffle. The steps are the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

PART = 10_000
"""Articles whose rows go to a worker as one part, more or less, and places whose rows meet on one."""
BUCKET, BUCKETS = 20_000, 65_536
"""Rows that one process has a function look at together, more or less; and how many shares of the keys it can tell apart."""
AT_ONCE = 20_000
"""Stored rows that a function makes ready in memory; more are made ready part by part, into a file."""
ROWS_AT_A_TIME = 5_000
MEMORY, MOST_MEMORY = 88, 16_384
"""Megabytes that DuckDB may take: it fills what it is given before it uses the disk; and those it may take at most where it says
that they are not enough, as for texts of 10 000 characters."""

_T = TypeVar("_T")
Rows = Callable[[pa.Table], pa.Table]
"""What SQL says badly: a function of rows."""


@dataclass(frozen=True, slots=True)
class Question:
    """Three steps and the columns by which the rows are grouped.

    `stored` reads columns of what the run shows; `mapped` makes rows to group of any part of `stored`; `reduced` groups those
    rows, `mapped`, and may put together only what agrees in all `keys`: without any, rows are not grouped at all. The order of
    rows must not matter to either. Both are queries or functions; after a function comes no query. `each` is about how many rows
    an article gives to `stored`, and `heavy` how many usual ones a row is as large as.
    """

    stored: str
    mapped: str | Rows
    keys: tuple[str, ...] = ()
    reduced: str | Rows = "FROM mapped"
    each: int = 1
    heavy: int = 1

    @property
    def query(self) -> str:
        """All in one, where each step is a query."""
        return f"WITH mapped AS (WITH stored AS ({self.stored}) FROM ({self.mapped})) FROM ({self.reduced})"


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in order: what is stored of things that have a place (articles, forms of names), and the query of the rows.

    `stored` are, by the name under which `rows` reads what they give, queries, or questions whose answers nobody else needs;
    each gives a `place`. `rows` may join only what agrees in it, and comes in its order where it has one. Places are numbers from
    0 on, up to `count`, or without a count whatever has an order and is not null. `each` is about how many rows of each kind a
    thing has.
    """

    stored: Mapping[str, str | Question]
    rows: str
    count: int | None = None
    each: int = 1

    @property
    def told(self) -> Mapping[str, Question]:
        """The questions that functions answer."""
        asked = {name: some for name, some in self.stored.items() if isinstance(some, Question)}
        return {name: some for name, some in asked.items() if not isinstance(some.reduced, str)}

    @property
    def query(self) -> str:
        """All in one, where queries see by name what functions have answered."""
        queries = {name: some.query if isinstance(some, Question) else some for name, some in self.stored.items()}
        shown = ", ".join(f"{name} AS NOT MATERIALIZED ({query})" for name, query in queries.items() if name not in self.told)
        return f"WITH {shown} {self.rows}" if shown else self.rows


class Shuffle(Protocol):
    """Workers that answer, from parts of what is stored: in pieces, the first of which has no rows."""

    def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
        """The answer to a question, whatever comes first."""

    def listed(self, listing: Listing, stored: Iterable[tuple[str, pa.RecordBatchReader]]) -> Iterator[pa.Table]:
        """The rows of a listing, range after range of places. Each of `stored` is read to its end before the next."""


def answer(base: duckdb.DuckDBPyConnection, asked: Question | Listing, name: str, shuffle: Shuffle | None = None) -> None:
    """Have queries see the answer as a table of that name; by a `shuffle` where there is one, else this process gives it."""
    pieces: Iterator[pa.Table] = iter(())
    if shuffle is not None:
        pieces = _shuffled(base, asked, shuffle)
    elif isinstance(asked, Listing):
        with _told(base, asked):
            _create(base, name, asked.query)
    elif isinstance(asked.reduced, str):
        _create(base, name, asked.query)
    else:
        pieces = _pieces(base, asked, asked.reduced)
    for number, piece in enumerate(pieces):
        base.register("piece", piece)
        base.execute(f"INSERT INTO {name} FROM piece" if number else f"CREATE OR REPLACE TEMP TABLE {name} AS FROM piece")
        base.unregister("piece")


def in_order(base: duckdb.DuckDBPyConnection, listing: Listing, shuffle: Shuffle | None = None) -> Iterator[pa.Table]:
    """The rows of a listing, a few at a time; by a `shuffle` where there is one, else from this process."""
    if shuffle is not None:
        yield from _shuffled(base, listing, shuffle)
    else:
        with _told(base, listing):
            yield from read(base, listing.query)


def read(base: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.Table]:
    """The rows of a query that says which comes before which, a few at a time.

    Where DuckDB has not enough memory half-way, it is asked again, and what it has given is passed over.
    """
    given, passed = MEMORY, 0
    while True:
        ahead = passed
        try:
            for batch in base.sql(query).to_arrow_reader(ROWS_AT_A_TIME):
                rows, ahead = batch.slice(ahead), max(0, ahead - len(batch))
                passed += len(rows)
                if len(rows):
                    yield pa.Table.from_batches([rows])
            break
        except (duckdb.OutOfMemoryException, OSError) as error:
            given = _doubled(base, given, error)
    _restore(base, given)


def afforded(base: duckdb.DuckDBPyConnection, work: Callable[[], _T]) -> tuple[_T, int]:
    """What the work gives, done again with twice the memory as long as DuckDB has not enough; and its megabytes by now."""
    given = MEMORY
    while True:
        try:
            return work(), given
        except (duckdb.OutOfMemoryException, OSError) as error:
            given = _doubled(base, given, error)


def _doubled(base: duckdb.DuckDBPyConnection, given: int, error: Exception) -> int:
    """Twice the memory for DuckDB. Raises an error that is another one (Arrow says so in words alone), or where all is given."""
    if 2 * given > MOST_MEMORY or "Out of Memory" not in str(error):
        raise error
    base.execute(f"SET memory_limit = '{2 * given}MB'")
    return 2 * given


def _restore(base: duckdb.DuckDBPyConnection, taken: int) -> None:
    if taken > MEMORY:
        base.execute(f"SET memory_limit = '{MEMORY}MB'")


def make(base: duckdb.DuckDBPyConnection, tables: str) -> None:
    """Do statements that make tables, with more memory where DuckDB has not enough; those that drop what was read come last."""
    _, taken = afforded(base, lambda: base.execute(tables))
    _restore(base, taken)


@contextmanager
def _told(base: duckdb.DuckDBPyConnection, listing: Listing) -> Iterator[None]:
    """Have queries see what functions answer of a listing, for the block."""
    for name, question in listing.told.items():
        answer(base, question, name)
    yield
    for name in listing.told:
        base.execute(f"DROP TABLE {name}")


def _create(base: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    make(base, f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def _shuffled(base: duckdb.DuckDBPyConnection, asked: Question | Listing, shuffle: Shuffle) -> Iterator[pa.Table]:
    if isinstance(asked, Question):
        return shuffle.grouped(asked, _parts(base, asked, asked.each))
    return shuffle.listed(asked, ((name, _parts(base, some, asked.each)) for name, some in asked.stored.items()))


def _parts(base: duckdb.DuckDBPyConnection, asked: str | Question, each: int) -> pa.RecordBatchReader:
    query, each = (asked.stored, asked.each) if isinstance(asked, Question) else (asked, each)
    return base.sql(query).to_arrow_reader(PART * each)


def _pieces(base: duckdb.DuckDBPyConnection, question: Question, reduced: Rows) -> Iterator[pa.Table]:
    """What a function says of rows to group, of which few are in memory at a time: those of one bucket stand together."""
    if not isinstance(question.mapped, str) and len(base.sql(question.stored)) <= AT_ONCE:
        yield reduced(question.mapped(_all(base, question.stored)))
        return
    keys = ", ".join(f'"{name}"' for name in question.keys)
    with _mapped(base, question) as rows:
        _create(base, "mapped", f"SELECT *, (hash({keys}) % {BUCKETS})::INT AS bucket FROM ({rows}) ORDER BY bucket")
    pieces = min(BUCKETS, 1 + len(base.table("mapped")) * question.heavy // BUCKET)
    for first, end in pairwise(number * BUCKETS // pieces for number in range(pieces + 1)):
        yield reduced(_all(base, f"SELECT * EXCLUDE (bucket) FROM mapped WHERE bucket >= {first} AND bucket < {end}"))
    base.execute("DROP TABLE mapped")


@contextmanager
def _mapped(base: duckdb.DuckDBPyConnection, question: Question) -> Iterator[str]:
    """The query of the rows to group, for the block; those that a function gives wait in a file until all are there."""
    if isinstance(question.mapped, str):
        yield f"WITH stored AS ({question.stored}) FROM ({question.mapped})"
        return
    mapped = question.mapped
    with tempfile.TemporaryDirectory(prefix="veille-") as folder:
        file = Path(folder) / "mapped.parquet"

        def write() -> None:
            parts = base.sql(question.stored).to_arrow_reader(PART * question.each)
            with pq.ParquetWriter(file, mapped(parts.schema.empty_table()).schema) as writer:
                for part in parts:
                    writer.write_table(mapped(pa.Table.from_batches([part])))

        _, taken = afforded(base, write)
        _restore(base, taken)
        yield f"FROM read_parquet('{file}')"


def _all(base: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    rows, taken = afforded(base, lambda: base.sql(query).to_arrow_table())
    _restore(base, taken)
    return rows
