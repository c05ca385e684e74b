"""Parquet files → one Article a row, read a batch at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.fields import Reading, field_names, read_row
from pipeline.read.packing import unpack_limit
from pipeline.settings import Settings

ROWS_AT_A_TIME = 256

ROW_BYTES = 16
"""What a row counts for beside its text: a packed file may hold a billion empty ones."""


def read_parquet(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The articles of the file, row by row. Raises ArticleError: unreadable, too_large, empty."""
    seekable = stream if stream.seekable() else io.BytesIO(stream.read(settings.max_unpacked_bytes))
    try:
        file = pq.ParquetFile(seekable)
        wanted = {alias for aliases in field_names().values() for alias in aliases}
        columns = [name for name in file.schema_arrow.names if name.strip().casefold() in wanted]
        number, unpacked = 0, 0
        limit = unpack_limit(seekable.seek(0, io.SEEK_END), settings)
        for batch in file.iter_batches(batch_size=ROWS_AT_A_TIME, columns=columns):
            for row in batch.to_pylist():
                number += 1
                unpacked += ROW_BYTES + sum(len(value) for value in row.values() if isinstance(value, str))
                if unpacked > limit:
                    raise ArticleError("too_large", f"the file unpacks to more than {limit} bytes; split it", stage="read")
                yield from read_row(row, reading, place=f"row {number}: ")
        if not number:
            raise ArticleError("empty", "the table holds no row; remove it or write it again", stage="read")
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise ArticleError("unreadable", f"the file is no sound Parquet ({error}); write it again", stage="read") from error
