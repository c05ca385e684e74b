"""Web archives (WARC, also packed; WACZ) → one Article an HTML page that was fetched whole."""

from __future__ import annotations

import re
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
from pipeline.read.zipped import ZippedFiles
from pipeline.settings import Settings

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The pages of the archive, each under its address. Raises ArticleError `unreadable`."""
    try:
        for record in ArchiveIterator(stream):
            if _is_page(record):
                yield from _page(record, reading, settings)
    except (ArchiveLoadFailed, EOFError) as error:
        raise ArticleError("unreadable", f"the file is no WARC ({error}); fetch it again", stage="read") from error


def read_wacz(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The pages of all archives in the WACZ package. Raises ArticleError `unreadable`."""
    package = ZippedFiles(stream, settings)
    for info in package.files():
        if info.filename.startswith("archive/") and info.filename.endswith((".warc", ".warc.gz")):
            with package.opened(info) as inner:
                yield from read_warc(inner, reading, settings)


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in _PAGES


def _page(record: Any, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    url = record.rec_headers.get_header("WARC-Target-URI")
    try:
        data = record.content_stream().read(settings.max_file_bytes)
        charset = _CHARSET.search(record.http_headers.get_header("Content-Type") or "")
        yield from read_html(decode(data, charset[1] if charset else None), replace(reading, key=url), url=url)
    except ArticleError as error:
        yield reading.issue(error.code, f"{url}: {error.detail}", fatal=True, article_id=url)
