"""Plain text files → Article: the whole file is the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pipeline.model import Article, Issue
from pipeline.read.charset import decode
from pipeline.read.fields import Reading, named_date
from pipeline.read.packing import read_whole
from pipeline.settings import Settings


def read_plain(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The file's one article. Raises ArticleError: empty, binary, unknown_encoding, too_large."""
    text = decode(read_whole(stream, settings))
    yield named_date(Article(reading.key, reading.source, text), reading)
