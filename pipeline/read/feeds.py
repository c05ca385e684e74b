"""RSS and Atom files → one Article an entry: its content, else its description, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import feedparser

from pipeline.errors import ArticleError
from pipeline.model import Article, Issue
from pipeline.read.fields import Reading, read_row
from pipeline.read.html import read_fragment
from pipeline.read.packing import read_whole
from pipeline.settings import Settings


def read_feed(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The articles of the feed. Raises ArticleError: bad_feed where the file is none, empty."""
    feed = feedparser.parse(read_whole(stream, settings), response_headers={"content-location": ""}, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        problem = feed.get("bozo_exception", "no entries")
        raise ArticleError("bad_feed", f"the file is neither RSS nor Atom ({problem}); fetch the feed again", stage="read")
    if not feed.entries:
        raise ArticleError("empty", "the feed holds no entry; remove it or fetch it again", stage="read")
    for number, entry in enumerate(feed.entries, start=1):
        yield from read_row(_row(entry, feed.feed), reading, place=f"entry {number}: ")


def _row(entry: Any, feed: Any) -> dict[str, Any]:
    title = read_fragment(entry.get("title") or "")
    pieces = [piece.get("value", "") for piece in entry.get("content", ())] or [entry.get("summary", "")]
    body = "\n".join(text for piece in pieces if (text := read_fragment(piece)))
    opens = body[: len(title) + 20].startswith(title)
    return {
        "id": entry.get("id") or entry.get("link"),
        "text": body if not title or opens else f"{title}\n\n{body}",
        "title": title,
        "published": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
        "outlet": feed.get("title"),
        "authors": [author.get("name", "") for author in entry.get("authors", ())],
        "language": feed.get("language"),
    }
