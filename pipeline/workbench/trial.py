"""A pattern tried on a corpus before it becomes a rule: where it matches, in context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import UsageError, nearest
from pipeline.lexicon import Lexicon
from pipeline.settings import Settings
from pipeline.workbench.corpus import read_corpus

AROUND = 50
"""Characters shown on either side of a hit."""


@dataclass(frozen=True, slots=True)
class Context:
    """One hit of a pattern: its article, its offset in the cleaned text, and the words around it."""

    article_id: str
    start: int
    before: str
    text: str
    after: str


def try_pattern(pattern: str, corpus: str, *, theme: str, lexicon: Lexicon, settings: Settings) -> Iterator[Context]:
    """The hits in the order of the corpus; the theme lends the pattern its atoms. Raises UsageError for a bad pattern."""
    if theme not in lexicon.rules:
        raise UsageError(f"no theme {theme!r}: {nearest(theme, tuple(lexicon.rules))}")
    try:
        expression = re.compile(lexicon.rules[theme].expand(pattern))
    except re.error as error:
        raise UsageError(f"{pattern!r} is no regular expression: {error}") from error
    for tried in read_corpus(corpus, lexicon, settings):
        text = tried.document.text
        for match in expression.finditer(tried.document.folded):
            start, end = match.span()
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            yield Context(tried.document.article_id, start, _line(before), text[start:end], _line(after))


def _line(text: str) -> str:
    return text.replace("\n", " ")
