"""Long texts that are no prose: what they cost hangs on their words, and they have a word in each character or two."""

from __future__ import annotations

import re

from pipeline.errors import ArticleError

LONG = 10_000
"""Shorter texts may be as dense as they like: they cost little."""
_WORD = re.compile(r"\w+|[^\w\s]|\n")


def check_density(text: str, *, most: float) -> None:
    """Raise ArticleError (not_prose) for a long text of more than `most` words, signs and line ends a character.

    Prose has 0.2, a column of letters (« a⏎b⏎c⏎ ») 1.0, at five times the cost.
    """
    if len(text) < LONG:
        return
    density = sum(1 for _ in _WORD.finditer(text)) / len(text)
    if density > most:
        found = f"{density:.2f} words, signs and line ends a character, more than {most:g}"
        detail = f"{found}, are no prose; fetch it again or raise max_density"
        raise ArticleError("not_prose", detail, stage="clean")
