"""The cleaned articles that rules are tried on, and what the gold says of them where there is any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.annotation.marks import LABEL_KEYS, LABELS
from pipeline.clean import Cleaner
from pipeline.errors import ArticleError, UsageError
from pipeline.gold import read_gold
from pipeline.lexicon import Lexicon
from pipeline.model import Article, Document
from pipeline.read import read_articles
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Tried:
    """A document, and its gold spans by kind in source offsets (« ORG » → {(3, 9)}); None where nobody marked it."""

    document: Document
    gold: Mapping[str, frozenset[tuple[int, int]]] | None


def read_corpus(path: str, lexicon: Lexicon, settings: Settings) -> Iterator[Tried]:
    """The articles of a file or folder, those that cannot be used left out. Raises UsageError where none is left."""
    cleaner, empty = Cleaner(lexicon, settings=settings, today=None), True
    for article, gold in _articles(path, settings):
        try:
            yield Tried(cleaner.clean(article), gold)
            empty = False
        except ArticleError:
            continue  # a run lists it among its issues
    if empty:
        raise UsageError(f"{path} holds no article that could be read")


def _articles(path: str, settings: Settings) -> Iterator[tuple[Article, Mapping[str, frozenset[tuple[int, int]]] | None]]:
    if path.endswith(".jsonl") and (marked := _gold(Path(path))):
        for one in marked:
            yield Article(one["doc_id"], path, one["text"], one.get("title"), one.get("published")), _spans(one)
        return
    for item in read_articles([path], settings=settings):
        if isinstance(item, Article):
            yield item, None


def _gold(path: Path) -> list[dict[str, Any]]:
    """The articles of a gold file; none where the first line is no marked article."""
    with path.open(encoding="utf-8") as lines:
        if '"doc_id"' not in lines.readline():
            return []
    return list(read_gold(path))


def _spans(article: Mapping[str, Any]) -> Mapping[str, frozenset[tuple[int, int]]]:
    kinds: dict[str, set[tuple[int, int]]] = {}
    for layer, key in LABEL_KEYS.items():
        for item in article.get(layer, ()):
            if "start" in item:
                kinds.setdefault(item[key] if key else LABELS[layer][0], set()).add((item["start"], item["end"]))
    return {kind: frozenset(spans) for kind, spans in kinds.items()}
