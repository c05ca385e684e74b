"""Text that is clean already, as a `Document`: for the recognizers that are offered alone, and for their tests."""

from __future__ import annotations

from pipeline.clean.sentences import builtin_finder
from pipeline.model import Article, Block, Document, SourceMap, Span
from pipeline.text import fold_typography


def plain_document(text: str, *, published: str | None = None, article_id: str = "text") -> Document:
    """A document of `text` as it is: nothing removed, every line a block. `published` is EDTF (day, month or year)."""
    article = Article(article_id, source=article_id, text=text, published=published)
    blocks = tuple(Block(start, end, "paragraph") for start, end in _lines(text))
    sentences = tuple(Span(b.start + s, b.start + e) for b in blocks for s, e in builtin_finder().find(text[b.start : b.end]))
    return Document(article, text, fold_typography(text), SourceMap.identity(len(text)), blocks, sentences, published=published)


def _lines(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            first = start + line.index(stripped)
            bounds.append((first, first + len(stripped)))
        start += len(line)
    return bounds
