"""What many tests need and none changes, built once a process: reading the rules and gazetteers takes seconds."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon import Lexicon, load_lexicon


@cache
def built_in_lexicon() -> Lexicon:
    """The lexicon that ships with veille."""
    return load_lexicon()
