"""Web archives (WARC, also packed; WACZ) → one Article an HTML page that was fetched whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.charset import decode
from pipeline.read.fields import Reading
from pipeline.read.html import read_html
from pipeline.read.packing import BoundedStream, unpack_limit
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
    try:
        package = zipfile.ZipFile(stream if stream.seekable() else io.BytesIO(stream.read(settings.max_unpacked_bytes)))
    except zipfile.BadZipFile as error:
        raise ArticleError("unreadable", f"the file is no WACZ ({error}); fetch it again", stage="read") from error
    with package:
        for member in sorted(package.infolist(), key=lambda member: member.filename):
            if member.filename.startswith("archive/") and member.filename.endswith((".warc", ".warc.gz")):
                with package.open(member) as inner:
                    limit = unpack_limit(member.compress_size, settings)
                    bounded = io.BufferedReader(BoundedStream(cast("BinaryIO", inner), limit))
                    yield from read_warc(cast("BinaryIO", bounded), reading, settings)


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
        yield reading.issue(error.code, f"{url}: {error.detail}", fatal=True)
