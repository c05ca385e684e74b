"""What a number counts: the noun behind it, found by word lists and plural endings, and its singular."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"[^\W\d_][\w/]*(?:[-'][^\W_]+)*")
_ELISION = re.compile(r"(?:[ldnjmts]|qu|jusqu|lorsqu|puisqu)'", re.IGNORECASE)
_LINK = re.compile(r" (?:de |d')?")
_NAMED = re.compile(r"[A-Z][A-Za-z]*\d+[A-Za-z0-9]*")
_MOST_ADJECTIVES = 3


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: where it ends, its singular, and whether it is a measure (which even « un » and « deux » count)."""

    end: int
    lemma: str
    measure: bool


class NounFinder:
    """Finds the counted noun behind a number; built from `lexicon.words["amounts_nouns"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self._stop = frozenset(words["stop"])
        self._preposed = frozenset(words["preposed"])
        self._alone = frozenset(words["alone"])
        self._invariable = frozenset(words["invariable"])
        self._measures = frozenset(words["measures"])
        self._peoples = frozenset(words["peoples"])
        tails = "|".join(re.escape(tail) for tail in sorted(words["measure_tails"], key=lambda tail: (-len(tail), tail)))
        self._measure_tail = re.compile(rf" (?:{tails})(?!\w)")
        self._singulars: dict[str, str] = dict(words["singular"]["words"])
        suffixes: dict[str, str] = dict(words["singular"]["suffixes"])
        self._suffixes = sorted(suffixes.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def find(self, text: str, position: int) -> Noun | None:
        """The noun behind a number that ends at `position` (« 3 000 jeunes salariés de » → salarié), or None.

        Behind « de » (« 20 milliards d'images ») any noun will do; right behind the number it must be a plural.
        """
        link = _LINK.match(text, position)
        if not link:
            return None
        loose, position = link.end() - link.start() > 1, link.end()
        for _ in range(_MOST_ADJECTIVES):
            word = _WORD.match(text, position)
            if not word or _ELISION.match(word[0]) or word[0].lower() in self._stop:
                return None
            if word[0].lower() not in self._preposed:
                return self._noun(text, word, loose=loose)
            if text[word.end() : word.end() + 1] != " ":
                return None
            position = word.end() + 1
            if text.startswith(("de ", "d'"), position):
                return None
        return None

    def singular(self, word: str) -> str:
        """The singular of a plural noun (« travaux » → « travail », « salariés » → « salarié »)."""
        if word in self._singulars:
            return self._singulars[word]
        if word.isupper() or not word.islower():
            return word
        for suffix, replacement in self._suffixes:
            if word.endswith(suffix) and len(word) > len(suffix) + 1:
                return word[: -len(suffix)] + replacement
        return word

    def _noun(self, text: str, word: re.Match[str], *, loose: bool) -> Noun | None:
        form = word[0]
        lemma = self.singular(form if form.isupper() or _NAMED.fullmatch(form) else form.lower())
        if lemma in self._measures:
            tail = self._measure_tail.match(text, word.end())
            return Noun(tail.end() if tail else word.end(), lemma + (self.singular_tail(tail[0]) if tail else ""), measure=True)
        if form.lower() in self._alone or not self._is_counted(form, loose=loose):
            return None
        return Noun(word.end(), lemma, measure=False)

    def singular_tail(self, tail: str) -> str:
        """« carrés » → « carré » behind a measure."""
        return tail.removesuffix("s")

    def _is_counted(self, form: str, *, loose: bool) -> bool:
        lower = form.lower()
        if lower in self._peoples or lower in self._invariable or _NAMED.fullmatch(form):
            return True
        if form.isupper():
            return len(form) > 1
        if form[0].isupper():
            return not loose and lower.endswith("s")
        return loose or lower.endswith(("s", "x", "z"))
