"""Regular expressions put together from words, and taken apart for the automata of RE2, which know no lookarounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

ESCAPE_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""What in an expression is more than one character that stands for itself or for a sign of expressions."""

_TOKEN = re.compile(f"{ESCAPE_OR_CLASS.pattern}|.", re.DOTALL)
"""An escape, a class or one character of an expression."""

_BRACKET = re.compile(f"{ESCAPE_OR_CLASS.pattern}|[()]", re.DOTALL)
"""What opens or closes a group, and what does not though it may hold such a sign."""

_FIRST_LETTER = re.compile(r"[^\W\d_](?![?*+{])")
"""A letter that stands once."""

_LOOKAROUND = re.compile(r"(?<!\\)\(\?<?[=!]")

MOST_REPEATS = 3
"""Repetitions that RE2 is asked to count; each is a copy of what is repeated, and more would swell its automaton."""

_REPEATS = re.compile(r"(\{(\d+),(\d+)\})\+?")

WIDE_WORD = r"0-9A-Za-z_\x{80}-\x{10FFFF}"
r"""What RE2 is told for `\w` in a class: all that is not ASCII besides. Letters and digits of all scripts, one by one, would make
its automaton a hundred times as large."""

NARROW_WORD = "0-9A-Za-z_À-ÖØ-öø-ÿ"
r"""What it is told for `\w` in a class of what is left out, for the same reason: the letters of French but « œ »."""


@dataclass(frozen=True)
class Expression:
    """A regular expression that is compiled at its first use: of hundreds that a start would wait for, most texts need few."""

    pattern: str
    flags: int = 0

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to search with."""
        return re.compile(self.pattern, self.flags)


def any_of(words: Iterable[str]) -> str:
    """The expression for any of the words, a longer one before those that it begins with.

    Words that begin alike are one branch, so that a list of hundreds costs a search little more than one of ten.

    >>> any_of(["sénat", "sénateur", "maire", "mairesse"])
    'maire(?:sse|)|sénat(?:eur|)'
    """
    return "|".join(_branches(sorted(set(words))))


def _branches(words: list[str]) -> list[str]:
    """One expression for all words that share their first letter, in order; the empty word comes last."""
    grouped = groupby(filter(None, words), key=lambda word: word[0])
    branches = [re.escape(first) + _tail([word[1:] for word in group]) for first, group in grouped]
    return [*branches, ""] if "" in words[:1] else branches


def _tail(words: list[str]) -> str:
    branches = _branches(words)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def by_first_letter(expression: str) -> str:
    """The expression with its branches that begin with one letter as one branch, so that a search tries few of them at a place.

    What matches is the same: branches that begin with two letters never match at one place, and others keep their place.

    >>> by_first_letter("maires?|juges?|ministres?|(?:co-)?fondateurs?")
    'm(?:aires?|inistres?)|juges?|(?:co-)?fondateurs?'
    """
    runs: list[dict[str, list[str]]] = [{}]
    for branch in _branches_of(expression):
        if letter := _FIRST_LETTER.match(branch):
            runs[-1].setdefault(letter[0], []).append(branch[1:])
        else:
            runs += [{"": [branch]}, {}]
    together = (
        first + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})") for run in runs for first, rests in run.items()
    )
    return "|".join(together)


def _branches_of(expression: str) -> list[str]:
    """The branches of an expression: what stands between bars outside groups."""
    branches, depth = [""], 0
    for token in _TOKEN.finditer(expression):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            branches.append("")
        else:
            branches[-1] += token[0]
    return branches


def without_lookarounds(pattern: str) -> str:
    """The pattern less its lookarounds: it matches all that the pattern does, and more."""
    kept, at = [], 0
    while opening := _LOOKAROUND.search(pattern, at):
        kept.append(pattern[at : opening.start()])
        at = closing(pattern, opening.start())
    return "".join((*kept, pattern[at:]))


def with_few_repeats(pattern: str) -> str:
    r"""The pattern for RE2, which matches all that it does and more: no end to what may stand often.

    >>> with_few_repeats(r"(?:,\d{3}){0,2}(?: \w+){0,13}+")
    '(?:,\\d{3}){0,2}(?: \\w+)*'
    """
    return _REPEATS.sub(lambda times: times[1] if int(times[3]) <= MOST_REPEATS else "*" if times[2] == "0" else "+", pattern)


def with_closing_lookahead(pattern: str) -> str:
    """The pattern whose last group, if a lookahead, is one that consumes (`mars(?= 2024)` → `mars(?: 2024)`); else as it is."""
    for opening in re.finditer(r"(?<!\\)\(\?=", pattern):
        if not pattern[closing(pattern, opening.start()) :].strip(")"):
            return f"{pattern[: opening.start()]}(?:{pattern[opening.end() :]}"
    return pattern


def closing(pattern: str, start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth = 0
    for token in _BRACKET.finditer(pattern, start):
        depth += (token[0] == "(") - (token[0] == ")")
        if not depth:
            return token.end()
    raise ValueError(f"group without end: {pattern[start:]}")
