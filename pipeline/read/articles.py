"""All inputs → articles and issues, in one order: by file name, and inside a file as it stands there."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, cast

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.delimited import read_delimited
from pipeline.read.feeds import read_feed
from pipeline.read.fields import Reading
from pipeline.read.html import read_page
from pipeline.read.jsonl import read_jsonl
from pipeline.read.markdown import read_markdown
from pipeline.read.packing import BoundedStream, open_source, unpack_limit, unpacked
from pipeline.read.parquet import read_parquet
from pipeline.read.plain import read_plain
from pipeline.read.sources import Source, find_sources, make_source
from pipeline.read.warc import read_wacz, read_warc
from pipeline.settings import Settings

Reader = Callable[[BinaryIO, Reading, Settings], Iterator[Article | Issue]]

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".qmd": read_markdown,
        ".html": read_page,
        ".htm": read_page,
        ".xhtml": read_page,
        ".jsonl": read_jsonl,
        ".ndjson": read_jsonl,
        ".csv": read_delimited,
        ".tsv": read_delimited,
        ".parquet": read_parquet,
        ".rss": read_feed,
        ".atom": read_feed,
        ".xml": read_feed,
        ".warc": read_warc,
        ".wacz": read_wacz,
    }
)


def read_articles(inputs: Sequence[str | Path], *, settings: Settings, today: dt.date | None = None) -> Iterator[Article | Issue]:
    """Every article of `inputs`, and an issue for whatever cannot be read. Raises UsageError for a path that is not there.

    Of two articles with one id the first in this order stays; the other is an issue. Dates after `today` are refused.
    """
    return without_repeats(item for source in find_sources(inputs) for item in read_source(source, settings, today))


def read_source(source: Source, settings: Settings, today: dt.date | None = None) -> Iterator[Article | Issue]:
    """The articles and issues of one file; no failure of the file's escapes."""
    try:
        with open_source(source, settings) as stream:
            yield from _read_stream(source, stream, settings, today)
    except ArticleError as error:
        yield Issue(source.name, "read", error.code, error.detail, fatal=True)


def without_repeats(items: Iterable[Article | Issue]) -> Iterator[Article | Issue]:
    """The same items, each article whose id another had before it turned into an issue."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, Article) and item.article_id in seen:
            detail = f"the id stands in {seen[item.article_id]} already; give each article an id of its own"
            yield Issue(item.source, "read", "duplicate_id", detail, fatal=True, article_id=item.article_id)
            continue
        if isinstance(item, Article):
            seen[item.article_id] = item.source
        yield item


def _read_stream(source: Source, stream: BinaryIO, settings: Settings, today: dt.date | None) -> Iterator[Article | Issue]:
    """The articles of one opened file, which may be an archive of others. Raises ArticleError."""
    if source.suffix == ".zip":
        for member, inner in _members(source, stream, settings):
            try:
                yield from _read_stream(member, unpacked(inner, member, settings), settings, today)
            except ArticleError as error:
                yield Issue(member.name, "read", error.code, error.detail, fatal=True)
        return
    reader = FORMATS.get(source.suffix)
    if reader is None:
        what = f"files named *{source.suffix}" if source.suffix else "files without suffix"
        raise ArticleError("unknown_format", f"veille does not read {what}; known are {', '.join(FORMATS)}", stage="read")
    yield from reader(stream, Reading(source.name, source.key, today), settings)


def _members(source: Source, stream: BinaryIO, settings: Settings) -> Iterator[tuple[Source, BinaryIO]]:
    """The files in a zip archive by name, each with its bounded stream. Raises ArticleError `unreadable`."""
    try:
        archive = zipfile.ZipFile(stream if stream.seekable() else io.BytesIO(stream.read(settings.max_unpacked_bytes)))
    except zipfile.BadZipFile as error:
        raise ArticleError("unreadable", f"the file is no zip archive ({error}); fetch it again", stage="read") from error
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            place = PurePosixPath(info.filename)
            if info.is_dir() or any(part.startswith((".", "__MACOSX")) for part in place.parts):
                continue
            inner = make_source(Path(place), base=Path())
            member = replace(inner, name=f"{source.name}!{place}", key=f"{source.key}/{inner.key}", path=source.path)
            with archive.open(info) as packed:
                limit = unpack_limit(info.compress_size, settings)
                yield member, cast("BinaryIO", io.BufferedReader(BoundedStream(cast("BinaryIO", packed), limit)))
