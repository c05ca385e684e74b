"""All inputs → articles and issues, in one order: by file name, and inside a file as it stands there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, cast

from pipeline.errors import ArticleError, UsageError
from pipeline.model import Article, Issue
from pipeline.read.fields import Reading
from pipeline.read.packing import open_source, reading_packed, unpacked
from pipeline.read.pieces import Piece
from pipeline.read.sources import Source, find_sources, make_source
from pipeline.read.zipped import ZippedFiles
from pipeline.settings import Settings

Found = Article | Issue | Piece
Reader = Callable[[BinaryIO, Reading, Settings], Iterator[Found]]

FORMATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".txt": ("plain", "read_plain"),
        ".text": ("plain", "read_plain"),
        ".md": ("markdown", "read_markdown"),
        ".markdown": ("markdown", "read_markdown"),
        ".qmd": ("markdown", "read_markdown"),
        ".html": ("html", "read_page"),
        ".htm": ("html", "read_page"),
        ".xhtml": ("html", "read_page"),
        ".jsonl": ("jsonl", "read_jsonl"),
        ".ndjson": ("jsonl", "read_jsonl"),
        ".csv": ("delimited", "read_delimited"),
        ".tsv": ("delimited", "read_delimited"),
        ".parquet": ("parquet", "read_parquet"),
        ".rss": ("feeds", "read_feed"),
        ".atom": ("feeds", "read_feed"),
        ".xml": ("feeds", "read_feed"),
        ".warc": ("warc", "read_warc"),
        ".wacz": ("warc", "read_wacz"),
    }
)
"""Suffix → module of this package and function in it: a format is loaded when a file has it, as some bring heavy libraries."""


def read_articles(inputs: Sequence[str | Path], *, settings: Settings, today: dt.date | None = None) -> Iterator[Article | Issue]:
    """Every article of `inputs`, and an issue for whatever cannot be read. Raises UsageError for a path that is not there.

    Of articles with one id one stays (see `without_repeats`). Dates after `today` are refused.
    """
    return without_repeats(item for source in find_sources(inputs) for item in read_source(source, settings, today))


def first_article(file: str, settings: Settings) -> Article:
    """The first article of a file. Raises UsageError where it cannot be used or there is none."""
    for item in read_articles([file], settings=settings):
        if isinstance(item, Article):
            return item
        raise UsageError(item.detail)
    raise UsageError(f"{file} holds no article")


def read_source(
    source: Source, settings: Settings, today: dt.date | None = None, content: bytes | None = None
) -> Iterator[Article | Issue]:
    """The articles and issues of one file; no failure of the file's escapes, and what is not there is not listed for ever.

    `content` are the file's bytes, where they are there already.
    """
    yield from until_refused(items_of(pieces_of(source, settings, today, content), settings), source, settings)


def pieces_of(source: Source, settings: Settings, today: dt.date | None = None, content: bytes | None = None) -> Iterator[Found]:
    """What the file holds, of which much can be read elsewhere; see `read_source`."""
    try:
        with open_source(source, settings, content) as stream:
            yield from _read_stream(source, stream, settings, today)
    except ArticleError as error:
        yield Issue(source.name, "read", error.code, error.detail, fatal=True)


def items_of(pieces: Iterable[Found], settings: Settings) -> Iterator[Article | Issue]:
    """What the pieces hold; an issue of the file for one that cannot be read."""
    for piece in pieces:
        if isinstance(piece, Piece):
            try:
                with reading_packed():
                    yield from import_module(f"pipeline.read.{piece.format}").read_piece(piece, settings)
            except ArticleError as error:
                yield piece.reading.issue(error.code, error.detail, fatal=True)
        else:
            yield piece


def until_refused(items: Iterable[Article | Issue], source: Source, settings: Settings) -> Iterator[Article | Issue]:
    """What the file holds, as long as not too much of it cannot be read."""
    refused = 0
    for item in items:
        yield item
        refused += isinstance(item, Issue) and item.fatal
        if refused == settings.max_refused_rows:
            detail = f"{refused} articles of the file cannot be read, and the rest is not tried (see max_refused_rows)"
            yield Issue(source.name, "read", "too_many_refused", detail, fatal=True)
            return


def without_repeats(items: Iterable[Article | Issue]) -> Iterator[Article | Issue]:
    """The same items; of articles with one id one stays and each other is an issue.

    The one with the longest text stays (the others are mostly teasers of it), among equals that with the smallest hash: which
    row comes first in a file, or which file is named first, makes no difference.
    """
    held = tuple(items)
    best: dict[str, Article] = {}
    for item in held:
        if isinstance(item, Article):
            rival = best.setdefault(item.article_id, item)
            best[item.article_id] = item if rival is not item and _rank(item) < _rank(rival) else rival
    for item in held:
        if isinstance(item, Issue) or best[item.article_id] is item:
            yield item
        else:
            yield repeated_id(item.article_id, source=item.source, place=best[item.article_id].source)


def repeated_id(article_id: str, *, source: str, place: str) -> Issue:
    """The issue of an article in `source` whose id an article in `place` has, which stays."""
    detail = f"the id stands in {place} as well, where the text is longer or equal; give each article an id of its own"
    return Issue(source, "read", "duplicate_id", detail, fatal=True, article_id=article_id)


def _rank(article: Article) -> tuple[int, str, str]:
    """The smaller stays; the file's name decides between copies alone."""
    content = repr(replace(article, source="")).encode()
    return -len(article.text), hashlib.sha256(content).hexdigest(), article.source


def _read_stream(source: Source, stream: BinaryIO, settings: Settings, today: dt.date | None) -> Iterator[Found]:
    """The articles of one opened file, which may be an archive of others. Raises ArticleError."""
    if source.suffix == ".zip":
        archive = ZippedFiles(stream, settings)
        for info in archive.files():
            member = _member(source, info.filename)
            try:
                if member.suffix == ".zip":
                    raise ArticleError("unreadable", "the file is an archive inside an archive; unpack it yourself", stage="read")
                with archive.opened(info) as inner:
                    yield from _read_stream(member, unpacked(inner, member, settings), settings, today)
            except ArticleError as error:
                yield Issue(member.name, "read", error.code, error.detail, fatal=True)
        return
    reader = _reader(source.suffix)
    if reader is None:
        what = f"files named *{source.suffix or source.packing}" if source.suffix or source.packing else "files without suffix"
        raise ArticleError("unknown_format", f"veille does not read {what}; known are {', '.join(FORMATS)}", stage="read")
    yield from reader(stream, Reading(source.name, source.key, today), settings)


def _reader(suffix: str) -> Reader | None:
    """What reads files of that suffix; None where nothing does."""
    if suffix not in FORMATS:
        return None
    module, function = FORMATS[suffix]
    return cast(Reader, getattr(import_module(f"pipeline.read.{module}"), function))


def _member(source: Source, filename: str) -> Source:
    """The file of that name in the archive `source` (« presse.zip » → « presse.zip!2024/a.txt », id « presse/2024/a »).

    Names that would lead out of the archive (« /etc/a.txt », « ../../a.txt ») lose what leads there.
    """
    parts = [part for part in PurePosixPath(filename.replace("\\", "/")).parts if part not in ("/", "//", "..")]
    inner = make_source(Path(*parts), base=Path())
    return replace(inner, name=f"{source.name}!{inner.name}", key=f"{source.key}/{inner.key}", path=source.path)
