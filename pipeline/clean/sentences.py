"""A paragraph → its sentences: never cut inside quotation marks or brackets, nor after an abbreviation or initial."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pipeline.lexicon import load_words

SENTENCE_END = re.compile(r"[.!?…][»”\")\]\s]*$")
"""The end of a line that ends a sentence, with the marks that close behind it."""

_SPACE = r"[\s\u00a0\u202f\u2009]"
_END = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]++)[\"»”'’)\]]*(?:{_SPACE}+[»”])*{_SPACE}+(?=[\"«“‘(\[]*{_SPACE}?[A-ZÀ-ÖØ-ÞŒ\d]|[–—-]{_SPACE}|[•→])"
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{3}[.!?…])(?=(?P<word>[A-ZÀ-Þ][a-zà-ÿ]*)['’ ])")
_ENCLOSED = re.compile(r"«(?:[^«»]|«[^«»]*»)*»|“[^“”]*”|(?<!\w)\"[^\"]*\"|\([^()]*\)|\[[^\[\]]*\]")
_LAST_WORD = re.compile(r"(?<![\w.])\w[\w.-]*$")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-z]?\.?-?)*[A-ZÀ-Þ][a-z]?")
_WORD = re.compile(r"\w+")
_LONGEST_WORD = 20


class SentenceFinder:
    """Finds sentences. Built once from the words of `abbreviations.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._never_end = frozenset(str(word) for word in words["never_end"])
        self._may_end = frozenset(str(word) for word in words["may_end"])
        self._particles = frozenset(str(word) for word in words["particles"])
        self._starters = frozenset(str(word) for word in words["starters"])

    def find(self, text: str) -> list[tuple[int, int]]:
        """The (start, end) of each sentence of one paragraph, trimmed.

        « M. Zenner parle. Il dit : « Oui. Non. » Puis il part. » has three: what stands between marks is one with its cue.
        """
        cuts = sorted([*self._ends(text), *self._glued(text)])
        enclosed = [match.span() for match in _ENCLOSED.finditer(text)] if cuts else []
        bounds, start = [], 0
        for end, following in cuts:
            if not _is_inside(enclosed, following):
                bounds.append((start, end))
                start = following
        if text[start:].strip():
            bounds.append((start, len(text.rstrip())))
        return bounds

    def _ends(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a sentence ends and where the next one begins."""
        for match in _END.finditer(text):
            if self._is_end(text, match):
                yield match.start() + len(match[0].rstrip()), match.end()

    def _glued(self, text: str) -> Iterator[tuple[int, int]]:
        """The same where the space between both was lost (« la salle.Le maire »), which only a starter can tell."""
        for match in _GLUED.finditer(text):
            if match["word"].lower() in self._starters:
                yield match.start(), match.start()

    def _is_surname(self, text: str, initial: re.Match[str], following: re.Match[str]) -> bool:
        """True where an initial's stop is followed by a particle and a name (« A. Le Goff »)."""
        name = text[following.end() + 1 : following.end() + 2]
        return len(initial[0]) == 1 and following[0].lower() in self._particles and name.isupper()

    def _is_end(self, text: str, match: re.Match[str]) -> bool:
        """True where the stop ends a sentence: it is no abbreviation's, initial's or list number's."""
        if match["stop"] != ".":
            return True
        word = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
        if word is None:
            return True
        plain = word[0].lower()
        if plain.isdigit():
            return word.start() > 0
        if plain in self._never_end:
            return False
        if plain in self._may_end or (_INITIALS.fullmatch(word[0]) and (len(word[0]) < 3 or "." in word[0])):
            following = _WORD.search(text, match.end())
            return (
                following is not None and following[0].lower() in self._starters and not self._is_surname(text, word, following)
            )
        return True


@cache
def builtin_finder() -> SentenceFinder:
    """The finder with the words that ship with the package."""
    return SentenceFinder(load_words("abbreviations"))


def _is_inside(enclosed: Sequence[tuple[int, int]], place: int) -> bool:
    index = bisect_right(enclosed, (place, 0)) - 1
    return index >= 0 and place < enclosed[index][1]
