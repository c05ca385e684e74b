"""Which of many expressions may match in a text, told by one pass for all: most sentences need few of the rules tried on them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import re2

from pipeline.lexicon.expressions import without_lookarounds

_PART = re.compile(r"\\x\{[^}]+\}|\(\?P<\w+>|\{\d*,?\d*\}\??|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""A character by its number, the opening of a named group, a count, an escape, a class, or one character of an expression."""
_NUMBERED = re.compile(r"\\U([0-9a-fA-F]{8})|\\u([0-9a-fA-F]{4})")
_CLASSES = {r"\w": r"\pL\pN\pM_", r"\d": r"\p{Nd}", r"\s": r"\s\pZ\x0b\x1c-\x1f\x85"}
"""What RE2 knows for ASCII alone, for all letters, digits and spaces."""
_BOUNDS = {"^", "$", r"\b", r"\B", r"\A", r"\Z"}
_ANY, _NOTHING = "(?s:.)", "(?:)"
_MEMORY = 1 << 28
"""Bytes that the automaton may take: a bound that the built-in rules stay a hundred times below."""


class Sieve:
    """The expressions that may match in a text: all that do, and a few that do not.

    >>> Sieve([r"(?<!\\w)rachat", r"lèv(?:e|ent) \\d+ M€", "amende"]).passing("elle lève 12 M€ après le rachat")
    [0, 1]
    """

    def __init__(self, patterns: Iterable[str]):
        options = re2.Options()
        options.never_capture, options.log_errors, options.max_mem = True, False, _MEMORY
        self._set = re2.Set.SearchSet(options)
        for pattern in patterns:
            self._add(loosened(pattern))
        self._set.Compile()

    def passing(self, text: str) -> list[int]:
        """The numbers of the expressions that may match somewhere in the text, in order."""
        return sorted(self._set.Match(text.encode("utf-8", "replace")) or ())

    def _add(self, pattern: str) -> None:
        try:
            self._set.Add(pattern)
        except re2.error:  # what RE2 cannot read, such as a group that is asked for again, may match anywhere
            self._set.Add(_NOTHING)


def loosened(pattern: str) -> str:
    r"""The expression for RE2, which matches all that it does and more (`(?<!\w)(?P<a>été) \d{1,3}$` → `(?:été) [\p{Nd}]*`).

    It has no lookarounds, bounds or counts: they cost the automaton much, and keep few sentences out.
    """
    numbered = _NUMBERED.sub(lambda number: rf"\x{{{number[1] or number[2]}}}", without_lookarounds(pattern))
    return "".join(_loosened_part(part[0]) for part in _PART.finditer(numbered))


def _loosened_part(part: str) -> str:
    if part.startswith("(?P<"):
        return "(?:"
    if part.startswith("{"):
        return "*"
    if part in _BOUNDS:
        return _NOTHING
    if part in _CLASSES:
        return f"[{_CLASSES[part]}]"
    if part in (r"\W", r"\S", r"\D", ".") or (part.startswith("[") and re.search(r"\\[WSD]|^\[\^.*\\[wsd]", part)):
        return _ANY
    if part.startswith("["):
        return re.sub(r"\\[wsd]", lambda known: _CLASSES[known[0]], part)
    return part
