"""Which of many expressions may match in a text, told by one pass for all: most sentences need few of the rules tried on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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

    In a long text many are on their way at once, and an automaton of all would have a state for each mixture of them: `together`
    says how many one automaton holds. In sentences one of all is best; of hundreds, one of those that begin at a word bound which
    RE2 knows and one of all others (`apart`), which would be on their way in each state of those.

    >>> Sieve(map(re.compile, [r"(?<!\\w)rachat", r"lèv(?:e|ent) \\d+ M€", "amende"])).passing("elle lève 12 M€ après le rachat")
    [0, 1]
    """

    def __init__(self, patterns: Iterable[_Pattern], at_start: bool = False, together: int | None = None, apart: bool = False):
        self._patterns, self._at_start, self._together, self._apart = tuple(patterns), at_start, together, apart
        loose = [_loose(pattern) for pattern in self._patterns]
        if apart:
            loose = list(map(_at_word, loose))
            re2.purge()  # it would keep what `_at_word` asks
        step = together or max(1, len(loose))
        groups = [group[n : n + step] for group in _groups(loose, apart) for n in range(0, len(group), step)]
        self._automata = [(group, _automaton([loose[number] for number in group], at_start)) for group in groups]

    def __reduce__(self) -> tuple[type[Sieve], tuple[tuple[_Pattern, ...], bool, int | None, bool]]:
        # The automata do not travel to another process, the expressions do.
        return Sieve, (self._patterns, self._at_start, self._together, self._apart)

    def passing(self, text: str) -> list[int]:
        """The numbers of the expressions that may match in the text, in order."""
        encoded = text.encode("utf-8", "replace")
        return sorted(group[place] for group, automaton in self._automata for place in automaton.Match(encoded) or ())


def _loose(pattern: _Pattern) -> str:
    """The expression for RE2; an empty one, which matches anywhere, for one with flags that it does not know."""
    return "" if pattern.flags & ~_KNOWN else ("(?i)" if pattern.flags & re.IGNORECASE else "") + loosened(pattern.pattern)


def _at_word(loose: str) -> str:
    r"""The expression with `\b` for what keeps its match from beginning inside a word, where every match begins with a to z.

    RE2 knows word bounds of ASCII alone. With them the automata of hundreds take half the time to learn a text's states.
    """
    bare = loose.removeprefix(_BEFORE)
    try:
        first, last = re2.compile(bare, _options()).possiblematchrange(1)
    except re2.error:  # what RE2 cannot read, or may begin with anything
        return loose
    return rf"\b{bare}" if bare != loose and first >= b"a" and last <= b"z" else loose


def _groups(loose: Sequence[str], apart: bool) -> tuple[list[int], ...]:
    """The numbers of the expressions; `apart`, those that begin at a word bound and all others."""
    at_word = [apart and one.startswith(r"\b") for one in loose]
    return tuple([number for number, is_at in enumerate(at_word) if is_at is kind] for kind in (True, False))


def _automaton(loose: Iterable[str], at_start: bool) -> re2.Set:
    automaton = re2.Set.MatchSet(_options()) if at_start else re2.Set.SearchSet(_options())
    for one in loose:
        try:
            automaton.Add(one)
        except re2.error:  # what RE2 cannot read, such as a group that is asked for again, may match anywhere
            automaton.Add("")
    automaton.Compile()
    return automaton


def _options() -> re2.Options:
    options = re2.Options()
    options.never_capture, options.log_errors, options.max_mem = True, False, _MEMORY
    return options


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
