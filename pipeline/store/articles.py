"""Articles as they came in ↔ rows: what a run must know of them before it cleans any, and what it needs to clean them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa

from pipeline.clean import lines_of, outlet_of
from pipeline.model import Article

ARTICLES = pa.schema(
    [
        ("key", pa.string()),
        ("article_id", pa.string()),
        ("text", pa.string()),
        ("title", pa.string()),
        ("published", pa.string()),
        ("published_from", pa.string()),
        ("url", pa.string()),
        ("outlet", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("language", pa.string()),
        ("format", pa.string()),
    ]
)
LINES = pa.schema([("key", pa.string()), ("publisher", pa.string()), ("lines", pa.list_(pa.uint64())), ("longest", pa.uint64())])
"""`publisher` is whose furniture the `lines` may be; `longest` tells the article from others (see `clean.corpus`)."""
CUTTING = ("clean/corpus.py", "model", "source_map.py", "store/articles.py", "text.py")
"""The code that cuts an article's lines: where it changes, all lines are cut anew."""

_FIELDS = ("article_id", "text", "title", "published", "published_from", "url", "outlet", "language", "format")


def article_key(article: Article) -> str:
    """The key of all that an article says, wherever it came from."""
    content = repr(replace(article, source="")).encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:32]


def article_rows(articles: Iterable[Article]) -> pa.Table:
    """The articles as rows."""
    rows = [
        {name: getattr(article, name) for name in _FIELDS} | {"key": article_key(article), "authors": list(article.authors)}
        for article in articles
    ]
    return pa.Table.from_pylist(rows, schema=ARTICLES)


def read_article(row: dict[str, object], source: str) -> Article:
    """The article of a row, which came from `source`."""
    return Article(source=source, authors=tuple(row["authors"]), **{name: row[name] for name in _FIELDS})  # type: ignore[arg-type]


def line_rows(articles: pa.Table) -> pa.Table:
    """The lines of the articles of those rows."""
    rows = []
    for row in articles.to_pylist():
        article = read_article(row, "")
        cut = lines_of(article)
        rows.append({"key": row["key"], "publisher": outlet_of(article), "lines": sorted(cut.keys), "longest": cut.longest})
    return pa.Table.from_pylist(rows, schema=LINES)
