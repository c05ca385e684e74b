"""Slips of the pen: names that differ in a letter or two of one word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.text import fold_name

_DIGITS = re.compile(r"\d+")
_SHORTEST, _SHORTEST_FOR_TWO = 6, 9
_SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "k"), ("ch", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("h", ""))
_SOFT = re.compile(r"[aeiouyw]|(.)(?=\1)")


def is_slip(left: str, right: str, *, person: bool = False) -> bool:
    """True where two names differ in one word by one letter, or two where the word is long (« Pantografe »).

    Numbers must agree, the word must keep its first letter and be long enough: « Lumia » is not « Lumio ». Of a person only
    the last word may differ: Louis is not Louise.
    """
    a_words, b_words = fold_name(left).split(), fold_name(right).split()
    if len(a_words) != len(b_words) or _DIGITS.findall(left) != _DIGITS.findall(right):
        return False
    differing = [(place, a, b) for place, (a, b) in enumerate(zip(a_words, b_words, strict=True)) if a != b]
    if len(differing) != 1:
        return False
    ((place, a, b),) = differing
    if a[0] != b[0] or (person and (len(a_words) < 2 or place < len(a_words) - 1)):
        return False
    shortest = min(len(a), len(b))
    return shortest >= _SHORTEST and DamerauLevenshtein.distance(a, b) <= 1 + (shortest >= _SHORTEST_FOR_TWO)


def is_slip_beside(left: str, right: str) -> bool:
    """True for names of two words that share one, the other being two letters off at most (« Alpha Alpha », « Aleph Alpha »).

    Not so where letters were added at the end: « Dataris Nord » is not « Data Nord ».
    """
    a_words, b_words = fold_name(left).split(), fold_name(right).split()
    differing = [(a, b) for a, b in zip(a_words, b_words, strict=False) if a != b]
    if len(a_words) != 2 or len(b_words) != 2 or len(differing) != 1:
        return False
    ((a, b),) = differing
    if a.startswith(b) or b.startswith(a):
        return False
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and DamerauLevenshtein.distance(a, b) <= 2


def slip_keys(name: str) -> Iterator[str]:
    """The keys that a name shares with its slips: what it sounds like, and for several words the name without each of them."""
    folded = fold_name(name)
    yield "sound " + sound(folded)
    parts = folded.split()
    if 2 <= len(parts) <= 6:
        for place in range(len(parts)):
            rest = " ".join((*parts[:place], "*", *parts[place + 1 :]))
            yield "rest " + rest
    else:
        yield f"ends {folded[:3]} {folded[-3:]} {len(parts)}"


def sound(folded: str) -> str:
    """The consonants as they sound, each once in a row (« pantografe », « pantographe » → « pntgrf »)."""
    for written, spoken in _SOUNDS:
        folded = folded.replace(written, spoken)
    return _SOFT.sub("", folded)
