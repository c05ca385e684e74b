"""Tuples ↔ columns of Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

_FEW = 2048
"""Rows that are in Python at a time, where they need not stand together."""


def table_of(schema: pa.Schema, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """The rows, whose fields are in the order of the schema; few of them are held at a time."""
    rows, found = iter(rows), [schema.empty_table()]
    while some := list(islice(rows, _FEW)):
        found.append(pa.table(arrays_of(schema, some), schema=schema))
    return pa.concat_tables(found)


def texts_of(names: Sequence[str], rows: Iterable[Sequence[str]]) -> pa.Table:
    """Rows that hold nothing but text."""
    return table_of(pa.schema([(name, pa.string()) for name in names]), rows)


def arrays_of(fields: Iterable[pa.Field], rows: Iterable[Sequence[Any]]) -> list[pa.Array]:
    """A column of each field."""
    fields = list(fields)
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return [pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)]


def rows_of(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows, of which few are in Python at a time."""
    for batch in table.to_batches(max_chunksize=_FEW):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def fetched(result: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query's result, of which few are held at a time."""
    while some := result.fetchmany(_FEW):
        yield from some
