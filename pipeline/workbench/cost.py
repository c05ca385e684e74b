"""Expressions of catastrophic cost: each is run on the text that would hurt it most, built from the expression itself.

Every open-ended repetition (`+`, `*`, `{2,}`) gets a text: what leads up to it, then what it repeats over and over, then a
character that nothing matches. Time that grows faster than the text shows within a few steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

Clock = Callable[[], float]
LENGTHS = (12, 16, 20, 24, 28, 50, 100, 200, 400, 800)
"""How often the repeated part is repeated: first by fours, where cost doubles with each, then doubled."""
LIMIT = 0.1
"""Seconds that one match may take on a hostile text of some hundred characters."""
MANY = 12
"""A repetition that may go on so often counts as open-ended."""
_NOTHING = "\x00"
_CANDIDATES = "a1 A.,'-é\n"
_LOOKS = (sre.ASSERT, sre.ASSERT_NOT, sre.AT, sre.GROUPREF)


def find_costly(expression: str, clock: Clock) -> str | None:
    """What makes the expression costly (« 28 times 'a' take 1.2 s »), or None where no text of ours hurts it."""
    parsed = _parser.parse(expression)
    # What leads up to each open-ended repetition, and what it repeats: `x(a+)+` gives ("x", "a") twice.
    texts = dict.fromkeys(_repetitions(parsed, ""))
    if not texts:
        return None
    compiled = _compiler.compile(parsed)
    for lead, pump in texts:
        for times in LENGTHS:
            text = lead + pump * times + _NOTHING
            began = clock()
            compiled.match(text)
            if (spent := clock() - began) > LIMIT:
                return f"{times} times {pump!r} behind {lead!r} take {spent:.1f} s"
    return None


def _repetitions(tokens: Any, lead: str) -> Iterator[tuple[str, str]]:
    for token in tokens:
        for sub in _parts(token):
            yield from _repetitions(sub, lead)
        kind, argument = token
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[1] >= MANY and (pump := _sample(argument[2])):
            yield lead, pump
        lead += _sample((token,))


def _parts(token: tuple[Any, Any]) -> Sequence[Any]:
    """The expressions inside one token."""
    kind, argument = token
    if kind is sre.BRANCH:
        return list(argument[1])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [argument[2]]
    if kind is sre.SUBPATTERN:
        return [argument[3]]
    return [argument] if kind is sre.ATOMIC_GROUP else []


def _sample(tokens: Any) -> str:
    """A short text that the tokens match, looks aside left out."""
    return "".join(_sample_of(kind, argument) for kind, argument in tokens)


def _sample_of(kind: Any, argument: Any) -> str:
    if kind is sre.LITERAL:
        return chr(argument)
    if kind is sre.IN:
        return next((c for c in _members(argument) if _is_in(argument, c)), "")
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _sample(argument[2]) * int(argument[0])
    if kind in _LOOKS:
        return ""
    if kind is sre.NOT_LITERAL:
        return next(c for c in _CANDIDATES if c != chr(argument))
    parts = _parts((kind, argument))
    return _sample(parts[0]) if parts else "a"


def _members(items: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Characters that may be in the set: its first ones, then some of ours."""
    for kind, argument in items:
        if kind is sre.LITERAL:
            yield chr(argument)
        elif kind is sre.RANGE:
            yield chr(argument[0])
    yield from _CANDIDATES


def _is_in(items: Sequence[tuple[Any, Any]], character: str) -> bool:
    negated = items[0][0] is sre.NEGATE
    return negated != any(_holds(kind, argument, character) for kind, argument in items)


def _holds(kind: Any, argument: Any, character: str) -> bool:
    if kind is sre.LITERAL:
        return bool(ord(character) == argument)
    if kind is sre.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    if kind is sre.CATEGORY:
        classes = {
            sre.CATEGORY_WORD: r"\w",
            sre.CATEGORY_NOT_WORD: r"\W",
            sre.CATEGORY_DIGIT: r"\d",
            sre.CATEGORY_NOT_DIGIT: r"\D",
            sre.CATEGORY_SPACE: r"\s",
            sre.CATEGORY_NOT_SPACE: r"\S",
        }
        return re.fullmatch(classes[argument], character) is not None
    return False
