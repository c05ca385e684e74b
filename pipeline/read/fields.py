"""The named fields of a row, front matter or feed entry → Article, with a doubt (a non-fatal Issue) where one is unreadable."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.errors import ArticleError
from pipeline.lexicon import load_words
from pipeline.model import Article, Issue
from pipeline.publication import implausible, read_published
from pipeline.read.charset import without_halves

_FILE_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([-_/.])(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file needs to know beside the file: how reports call it, and the day to judge dates by."""

    source: str
    key: str
    today: dt.date | None

    def issue(self, code: str, detail: str, *, fatal: bool, article_id: str | None = None) -> Issue:
        """An issue of this file."""
        return Issue(self.source, "read", code, detail, fatal, article_id)


@cache
def field_names() -> Mapping[str, tuple[str, ...]]:
    """The fields we read, each with the other names it goes by, in any case; the first that is there wins."""
    return {field: tuple(names) for field, names in load_words("fields")["names"].items()}


def read_row(row: Mapping[str, Any], reading: Reading, *, place: str) -> Iterator[Article | Issue]:
    """What `read_fields` yields; a row that cannot be read is a fatal issue under the row's id, and the others go on."""
    try:
        yield from read_fields(row, reading, place=place)
    except ArticleError as error:
        yield reading.issue(error.code, error.detail, fatal=True, article_id=_as_text(_field(row, "id")))


def read_fields(row: Mapping[str, Any], reading: Reading, *, place: str = "") -> Iterator[Article | Issue]:
    """The row's article, after an issue for each field that cannot be read. Raises ArticleError: missing_field, bad_field.

    `place` (« line 12 ») opens the messages.
    """
    text = _field(row, "text")
    if text is None or text == "":
        known = ", ".join(sorted(str(key) for key in row)[:8]) or "none"
        raise ArticleError("missing_field", f"{place}no field `text` (there are: {known}); give the article's text", stage="read")
    if not isinstance(text, str):
        raise ArticleError("bad_field", f"{place}field `text` is {type(text).__name__}, not a string", stage="read")
    text = without_halves(text)
    article = Article(
        article_id=_as_text(_field(row, "id")) or content_id(reading.key, text, _as_text(_field(row, "url"))),
        source=reading.source,
        text=text,
        title=_as_text(_field(row, "title")),
        url=_as_text(_field(row, "url")),
        outlet=_as_text(_field(row, "outlet")),
        authors=read_authors(_field(row, "authors")),
        language=_as_text(_field(row, "language")),
    )
    yield from dated(article, _field(row, "published"), reading, place=place)


def dated(article: Article, published: Any, reading: Reading, *, place: str = "") -> Iterator[Article | Issue]:
    """The article with its field's date, else that of its file name or URL; before it an issue where the field is no date."""
    written = _as_text(published)
    value = read_published(written) if written else None
    doubt = f"`{written}` is no date" if written and value is None else None
    if value and (doubt := implausible(value, today=reading.today)):
        value = None
    if doubt:
        detail = f"{place}field `published`: {doubt}; write it as 2024-03-12, 2024-03 or 2024"
        yield reading.issue("bad_date", detail, fatal=False, article_id=article.article_id)
    if value:
        yield replace(article, published=value, published_from="metadata")
    else:
        yield named_date(article, reading)


def named_date(article: Article, reading: Reading) -> Article:
    """The article with the day or month that its file name or URL holds (« 2024-03-12-senat.md »), where it has no date."""
    if article.published is None:
        for name in (reading.source.rpartition("/")[2], article.url or ""):
            if match := _FILE_DAY.search(name):
                year, _, month, day, compact_month, compact_day = match.groups()
                value = read_published("-".join(part for part in (year, month or compact_month, day or compact_day) if part))
                if value and not implausible(value, today=reading.today):
                    return replace(article, published=value, published_from="filename")
    return article


def read_authors(value: Any) -> tuple[str, ...]:
    """The names in a field: a list, a list of `{name: …}`, or one string (« Anaïs Kermadec et Jo Lan »)."""
    if isinstance(value, str):
        names: Sequence[str] = _between_authors().split(without_halves(value))
    elif isinstance(value, Mapping):
        names = [_as_text(value.get("name")) or ""]
    elif isinstance(value, Sequence):
        names = [name for item in value for name in read_authors(item)]
    else:
        names = []
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


@cache
def _between_authors() -> re.Pattern[str]:
    return re.compile(rf"\s*[;,]\s*|\s+(?:{'|'.join(load_words('fields')['and'])})\s+")


def content_id(key: str, text: str, url: str | None) -> str:
    """An id for a row that brings none: made of what it says, so that it stays when rows are added or moved."""
    return key + "/" + hashlib.sha256("\0".join((url or "", text)).encode()).hexdigest()[:12]


def _field(row: Mapping[str, Any], name: str) -> Any:
    named = {str(key).strip().casefold(): value for key, value in row.items() if value is not None}
    return next((named[alias] for alias in field_names()[name] if alias in named), None)


def _as_text(value: Any) -> str | None:
    """The value as one trimmed string; None for nothing, and for what is not a single value (a list, NaN)."""
    if isinstance(value, dt.datetime | dt.date):
        value = value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value != value:
        return None
    return without_halves(str(value)).strip() or None
