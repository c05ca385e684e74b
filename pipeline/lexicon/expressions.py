"""Regular expressions put together from words, and taken apart for the automata of RE2, which know no lookarounds."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""An escape, a class or one character of an expression."""


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives, each taken literally, the longest first (« un », « une » → `une|un`)."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def without_lookarounds(pattern: str) -> str:
    """The pattern less its lookarounds: it matches all that the pattern does, and more."""
    while opening := re.search(r"(?<!\\)\(\?<?[=!]", pattern):
        pattern = pattern[: opening.start()] + pattern[closing(pattern, opening.start()) :]
    return pattern


def closing(pattern: str, start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth = 0
    for token in _TOKEN.finditer(pattern, start):
        depth += (token[0] == "(") - (token[0] == ")")
        if not depth:
            return token.end()
    raise ValueError(f"group without end: {pattern[start:]}")
