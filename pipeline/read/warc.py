"""Web archives (WARC, also packed; WACZ) → one Article an HTML page that was fetched whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.charset import decode
from pipeline.read.fields import Reading
from pipeline.read.html import read_html
from pipeline.read.pieces import Piece
from pipeline.read.zipped import ZippedFiles
from pipeline.settings import Settings

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_FAULTS = (ArchiveLoadFailed, EOFError, OSError, zlib.error, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What warcio raises where records are damaged; it takes their headers for sound."""

_ARCHIVE = re.compile(r"archive/.*\.warc(?:\.gz)?", re.DOTALL)
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Issue | Piece]:
    """The pages of the archive, each under its address. Raises ArticleError: unreadable; empty, where it holds no page."""
    records, read = iter(ArchiveIterator(stream)), 0
    while (record := _next(records)) is not None:
        if _is_page(record):
            read += 1
            yield from _page(record, reading, settings)
    if not read:
        raise ArticleError("empty", "the archive holds no page that was fetched whole; fetch it again", stage="read")


def read_wacz(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Issue | Piece]:
    """The pages of all archives in the WACZ package. Raises ArticleError: unreadable, empty."""
    package = ZippedFiles(stream, settings)
    archives = [info for info in package.files() if _ARCHIVE.fullmatch(info.filename)]
    if not archives:
        raise ArticleError("empty", "the package holds no web archive; fetch it again", stage="read")
    for info in archives:
        with package.opened(info) as inner:
            yield from read_warc(inner, reading, settings)


def _next(records: Iterator[Any]) -> Any:
    """The next record, None behind the last. Raises ArticleError `unreadable`."""
    try:
        return next(records, None)
    except _FAULTS as error:
        raise ArticleError("unreadable", f"the file is no sound WARC ({error}); fetch it again", stage="read") from error


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in _PAGES


def _page(record: Any, reading: Reading, settings: Settings) -> Iterator[Issue | Piece]:
    url = record.rec_headers.get_header("WARC-Target-URI") or f"{reading.key}/{record.rec_headers.get_header('WARC-Record-ID')}"
    try:
        data = _content(record, settings.max_file_bytes)
    except ArticleError as error:
        yield _refused(url, error, reading)
    else:
        charset = _CHARSET.search(record.http_headers.get_header("Content-Type") or "")
        yield Piece("warc", reading, (data,), url=url, charset=charset[1] if charset else None)


def read_piece(piece: Piece, _: Settings) -> Iterator[Article | Issue]:
    """The page's article, or an issue under its address."""
    (data,), url = piece.contents, piece.url or ""
    try:
        yield from read_html(decode(data or b"", piece.charset), replace(piece.reading, key=url), url=url)
    except ArticleError as error:
        yield _refused(url, error, piece.reading)


def _refused(url: str, error: ArticleError, reading: Reading) -> Issue:
    return reading.issue(error.code, f"{url}: {error.detail}", fatal=True, article_id=url)


def _content(record: Any, limit: int) -> bytes:
    try:
        return bytes(record.content_stream().read(limit))
    except _FAULTS as error:
        raise ArticleError("unreadable", f"the page is damaged ({error}); fetch it again", stage="read") from error
