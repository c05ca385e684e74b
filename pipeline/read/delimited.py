"""CSV and TSV files with a header → one Article a row; the separator is the one that the header holds most of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.charset import decode
from pipeline.read.fields import Reading, read_row
from pipeline.read.packing import read_whole
from pipeline.settings import Settings

_SEPARATORS = ",;\t|"


def read_delimited(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The articles of the file, row by row. Raises ArticleError as `decode` does, `bad_csv` and `empty`."""
    text = decode(read_whole(stream, settings))
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=lambda character: (header.count(character), -_SEPARATORS.index(character)))
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_file_bytes))
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    read = 0
    try:
        for row in rows:
            read += 1
            named = {key: value for key, value in row.items() if key and value}
            yield from read_row(named, reading, place=f"line {rows.line_num}: ")
        if not read:
            raise ArticleError("empty", "the table holds no row; remove it or fetch it again", stage="read")
    except csv.Error as error:
        raise ArticleError(
            "bad_csv", f"line {rows.line_num}: {error}; quote fields that hold line breaks", stage="read"
        ) from error
