"""Long texts that are no prose are refused: cost grows with the words of a text, and a column of letters is all words."""

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
        raise ArticleError("not_prose", f"the text has {found}: no prose; fetch it again or raise max_density", stage="clean")
