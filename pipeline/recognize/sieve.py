"""Which of many expressions may match in a text, by the words that it has: most sentences need few of the rules tried on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

import re2

from pipeline.lexicon.expressions import WIDE_WORD, Expression, without_lookarounds

_PART = re.compile(r"\\x\{[^}]+\}|\(\?P<\w+>|\{\d*,?\d*\}\??|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[.^$]", re.DOTALL)
"""What RE2 may read otherwise: a character by its number, the opening of a named group, a count, an escape, a class, a bound."""
_NUMBERED = re.compile(r"\\U([0-9a-fA-F]{8})|\\u([0-9a-fA-F]{4})")
_CLASSES = {r"\w": WIDE_WORD, r"\d": r"\p{Nd}", r"\s": r"\s\pZ\x0b\x1c-\x1f\x85"}
"""What RE2 knows for ASCII alone, for all digits and spaces, and more than all letters."""
_BOUNDS = {"^": "", r"\b": "", r"\B": "", r"\A": "", "$": r"\n?\z", r"\Z": r"\z"}
_ANY = "(?s:.)"
_INSIDE = r"(?:\\w|\[\\w[^\]]*\])"
_START, _END = re.compile(rf"^\(\?<!{_INSIDE}\)"), re.compile(rf"\(\?!{_INSIDE}\)$")
r"""What keeps a match from beginning or ending inside a word, as `(?<!\w)` and `(?![\w-])` do."""
_BEFORE, _BEHIND = r"(?:\A|[^0-9A-Za-z_])", r"(?:\z|[^0-9A-Za-z_])"
"""The same for RE2, more loosely: nothing, or anything but a letter, digit or underscore of ASCII."""
_KNOWN = re.UNICODE | re.IGNORECASE | re.DOTALL
"""The flags that change nothing for RE2, or that it is told."""
_MEMORY = 1 << 28
"""Bytes that an automaton may take: a bound that the built-in rules stay a hundred times below."""
_Pattern = Expression | re.Pattern[str]


class Sieve:
    """The expressions that may match in a text, or only `at_start` of it: all that do, and a few that do not.

    RE2 asks in one pass which words of theirs the text has, and then tries the expressions that these leave, each by itself: one
    automaton of all would have a state for each mixture of those on their way, and learn a hundred articles' six times as
    slowly. At the start of a text few are on their way, and one automaton of all soon knows.

    >>> Sieve(map(re.compile, [r"(?<!\\w)rachat", r"lèv(?:e|ent) \\d+ M€", "amende"])).passing("elle lève 12 M€ après le rachat")
    [0, 1]
    """

    def __init__(self, patterns: Iterable[_Pattern], at_start: bool = False):
        self._patterns, self._at_start = tuple(patterns), at_start
        self._match = _matcher(map(_loose, self._patterns), at_start) if self._patterns else lambda _: None

    def __reduce__(self) -> tuple[type[Sieve], tuple[tuple[_Pattern, ...], bool]]:
        # What RE2 made does not travel to another process, the expressions do.
        return Sieve, (self._patterns, self._at_start)

    def passing(self, text: str) -> list[int]:
        """The numbers of the expressions that may match in the text, in order."""
        return sorted(self._match(text.encode("utf-8", "replace")) or ())


def _loose(pattern: _Pattern) -> str:
    """The expression for RE2; an empty one, which matches anywhere, for one with flags that it does not know."""
    return "" if pattern.flags & ~_KNOWN else ("(?i)" if pattern.flags & re.IGNORECASE else "") + loosened(pattern.pattern)


def _matcher(loose: Iterable[str], at_start: bool) -> Callable[[bytes], list[int] | None]:
    options = re2.Options()
    options.never_capture, options.log_errors, options.max_mem = True, False, _MEMORY
    made = re2.Set.MatchSet(options) if at_start else re2.Filter()
    add: Callable[[str], int] = made.Add if at_start else partial(made.Add, options=options)
    for one in loose:
        try:
            add(one)
        except re2.error:  # what RE2 cannot read, such as a group that is asked for again, may match anywhere
            add("")
    made.Compile()
    match: Callable[[bytes], list[int] | None] = made.Match
    return match


class Sifted:
    """An expression that is sought where a sieve lets it through."""

    def __init__(self, pattern: re.Pattern[str]):
        self._pattern, self._sieve = pattern, Sieve([pattern])

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self._pattern.search(text) if self._sieve.passing(text) else None


def loosened(pattern: str) -> str:
    r"""The expression for RE2, which matches all that it does and more (`a(?P<b>vis) \d{1,3}` → `a(?:vis) [\p{Nd}]*`).

    It has no counts, and of lookarounds those alone that say how a match begins or ends: others cost the automaton much, and keep
    few sentences out.
    """
    bare = without_lookarounds(_END.sub("", _START.sub("", pattern)))
    numbered = _NUMBERED.sub(lambda number: rf"\x{{{number[1] or number[2]}}}", bare)
    before, behind = _BEFORE if _START.match(pattern) else "", _BEHIND if _END.search(pattern) else ""
    return before + _PART.sub(lambda part: _loosened_part(part[0]), numbered) + behind


def _loosened_part(part: str) -> str:
    if part.startswith("(?P<"):
        return "(?:"
    if part.startswith("{"):
        return "*"
    if part in _BOUNDS:
        return _BOUNDS[part]
    if part in _CLASSES:
        return f"[{_CLASSES[part]}]"
    if part in (r"\W", r"\S", r"\D", ".") or (part.startswith("[") and re.search(r"\\[WSD]|^\[\^.*\\[wsd]", part)):
        return _ANY
    if part.startswith("["):
        return re.sub(r"\\[wsd]", lambda known: _CLASSES[known[0]], part)
    return part
