"""JSON Lines → one Article a line; a line that cannot be read becomes an issue and the others go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.charset import decode
from pipeline.read.fields import Reading, read_row
from pipeline.read.pieces import Piece
from pipeline.settings import Settings

BYTES_A_CHARACTER = 12
"""The most that JSON spends on one character (an escaped surrogate pair)."""
BLOCK = 1 << 16
"""Bytes of the lines of a piece, more or less."""


def read_jsonl(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Piece]:
    """The lines of the file, some at a time. Raises ArticleError `empty` where there is no line at all."""
    number, some = 1, False
    for lines in _blocks(_lines(stream, _limit(settings))):
        some = some or not all(map(_is_blank, lines))
        yield Piece("jsonl", reading, tuple(lines), first=number)
        number += len(lines)
    if not some:
        raise ArticleError("empty", "the file holds no line; remove it or fetch it again", stage="read")


def read_piece(piece: Piece, settings: Settings) -> Iterator[Article | Issue]:
    """The articles of the lines, one after the other."""
    reading, limit = piece.reading, _limit(settings)
    for number, line in enumerate(piece.contents, start=piece.first):
        if _is_blank(line):
            continue
        try:
            if line is None:
                raise ArticleError("too_long", f"line {number} holds more than {limit} bytes; split the article", stage="read")
            row = _row(line, number)
        except ArticleError as error:
            yield reading.issue(error.code, error.detail, fatal=True)
        else:
            yield from read_row(row, reading, place=f"line {number}: ")


def _limit(settings: Settings) -> int:
    return settings.max_article_chars * BYTES_A_CHARACTER


def _is_blank(line: bytes | None) -> bool:
    return line is not None and not line.strip(b" \t\r\n\xef\xbb\xbf")


def _blocks(lines: Iterator[bytes | None]) -> Iterator[list[bytes | None]]:
    """The lines, some at a time. Where the file breaks off, what stands before that comes first."""
    block, size = list[bytes | None](), 0
    try:
        for line in lines:
            block.append(line)
            size += len(line or b"")
            if size >= BLOCK:
                yield block
                block, size = [], 0
    except Exception:
        yield block
        raise
    yield block


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Each line, or None for one of more than `limit` bytes, of which no more than that is ever held."""
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield None


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        why = f"{error.msg}: column {error.colno}" if isinstance(error, json.JSONDecodeError) else error
        raise ArticleError("bad_json", f"line {number} is not JSON ({why}); one object a line", stage="read") from error
    if not isinstance(row, dict):
        raise ArticleError("bad_json", f"line {number} is no object; give one with a field `text`", stage="read")
    return row
