"""Text that is clean already, as a `Document`: for the recognizers that are offered alone, and for their tests."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from pipeline.clean.sentences import builtin_finder
from pipeline.model import Article, Block, Document, Span
from pipeline.source_map import SourceMap
from pipeline.text import fold_typography


def plain_document(text: str, *, published: str | None = None, article_id: str = "text") -> Document:
    """A document of `text` as it is: nothing removed, every line a block. `published` is EDTF (day, month or year)."""
    document = uncut_document(text, published=published, article_id=article_id)
    return _cut(document, range(len(document.blocks)))


def uncut_document(text: str, *, published: str | None = None, article_id: str = "text") -> Document:
    """The same with one sentence a line, at a third of the cost: `cut_sentences` finds those that turn out to be asked for."""
    article = Article(article_id, source=article_id, text=text, published=published)
    lines = _lines(text)
    blocks = tuple(Block(start, end, "paragraph") for start, end in lines)
    spans = tuple(Span(start, end) for start, end in lines)
    return Document(article, text, fold_typography(text), SourceMap.identity(len(text)), blocks, spans, published=published)


def cut_sentences(document: Document, places: Iterable[int]) -> Document:
    """An uncut document with the sentences of those lines that hold one of `places`; the others stay one sentence."""
    asked = frozenset(document.sentence_at(place) for place in places)
    return _cut(document, asked) if asked else document


def _cut(document: Document, asked: Container[int]) -> Document:
    """The document with the sentences of the lines with those numbers."""
    lines = enumerate(document.blocks)
    spans = (span for number, line in lines for span in (_sentences(document, line) if number in asked else (_whole(line),)))
    return replace(document, sentences=tuple(spans))


def _sentences(document: Document, line: Block) -> Iterable[Span]:
    return (Span(line.start + s, line.start + e) for s, e in builtin_finder().find(document.text[line.start : line.end]))


def _whole(line: Block) -> Span:
    return Span(line.start, line.end)


def _lines(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            first = start + line.index(stripped)
            bounds.append((first, first + len(stripped)))
        start += len(line)
    return bounds
