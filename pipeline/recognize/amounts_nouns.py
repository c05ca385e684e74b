"""What a number counts: the noun behind it, found by word lists and plural endings, and its singular."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.lexicon.expressions import any_of

_WORD = re.compile(r"[^\W\d_][\w/]*(?:[-'][^\W_]+)*")
_SPACE = re.compile(r" ")
_NAMED = re.compile(r"[A-Z][A-Za-z]*\d+[A-Za-z0-9]*")
_LOOK = 40
_MOST_ADJECTIVES = 3


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: where it ends, its singular, and whether it is a measure (which even « un » and « deux » count).

    `mass`: it stands in the singular and is no measure, so that it is not counted but paid for (« 12 millions de publicité »).
    """

    end: int
    lemma: str
    measure: bool
    mass: bool = False


class NounFinder:
    """Finds the counted noun behind a number.

    Built from `lexicon.words["amounts_nouns"]`, and from `lexicon.words["amounts"]`, whose number words are no nouns.
    """

    def __init__(self, words: Mapping[str, Any], *, numbers: Mapping[str, Any]):
        self._stop = frozenset(
            (*words["stop"], *numbers["few"], *numbers["cardinals"], *numbers["collectives"], *numbers["fractions"])
        )
        self._of = re.compile(words["of"])
        self._elision = re.compile(words["elision"], re.IGNORECASE)
        self._counts_capital = re.compile(words["counts_capital"])
        self._preposed = frozenset(words["preposed"])
        self._degrees = frozenset(words["degrees"])
        self._nominal = frozenset(words["nominal"])
        self._alone = frozenset(words["alone"])
        self._adverb: str = words["adverb"]
        self._invariable = frozenset(words["invariable"])
        self._measures = frozenset(words["measures"])
        self._peoples = frozenset(words["peoples"])
        self._measure_tail = re.compile(rf" (?:{any_of(words['measure_tails'])})(?!\w)")
        self._plural = tuple(words["plural_endings"])
        self._singulars: dict[str, str] = dict(words["singular"]["words"])
        suffixes: dict[str, str] = dict(words["singular"]["suffixes"])
        self.collectives = tuple(numbers["collectives"])
        self._suffixes = sorted(suffixes.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def find(self, text: str, position: int, *, of: bool) -> Noun | None:
        """The noun behind a number that ends at `position` (« 3 000 jeunes salariés de » → salarié), or None.

        `of` is for great scales and collectives: they count behind « de », and there any noun will do (« 20 milliards
        d'images », « une vingtaine de personnel »). Right behind a plain number it must be a plural.
        """
        link = (self._of if of else _SPACE).match(text, position)
        if not link:
            return None
        position, nominal = link.end(), None
        for _ in range(_MOST_ADJECTIVES):
            word = _WORD.match(text, position)
            if not word or self._elision.match(word[0]):
                return nominal
            lower, behind = word[0].lower(), text[word.end() : word.end() + 1]
            if lower not in self._preposed and not (lower in self._degrees and behind == " "):
                return None if lower in self._stop else self._noun(text, word, of=of and nominal is None) or nominal
            if lower in self._nominal:
                nominal = Noun(word.end(), self.singular(lower), measure=False)
            if behind != " ":
                return nominal
            position = word.end() + 1
        return nominal

    def is_gap(self, text: str, position: int, *, of: bool) -> bool:
        """True where no noun stands at `position`: end, punctuation, or a word that is none (« contre 8 000 en 2020 »).

        `of` is for collectives: behind them a noun needs its « de » (« au lieu d'une centaine promise »).
        """
        if of:
            return self._of.match(text, position) is None
        word = _WORD.match(text, position + 1) if text[position : position + 1] == " " else None
        if word is None or self._elision.match(word[0]):
            return True
        lower = word[0].lower()
        return lower in self._stop or lower in self._alone or lower.endswith(self._adverb)

    def singular(self, word: str) -> str:
        """The singular of a plural noun (« travaux » → « travail », « salariés » → « salarié »)."""
        if word in self._singulars:
            return self._singulars[word]
        if word.isupper() or not word.islower():
            return word
        for suffix, replacement in self._suffixes:
            if word.endswith(suffix) and len(word) > len(suffix):
                return word[: -len(suffix)] + replacement
        return word

    def _noun(self, text: str, word: re.Match[str], *, of: bool) -> Noun | None:
        form = word[0]
        lemma = self.singular(form if _is_code(form) else form.lower())
        if lemma in self._measures and not form.istitle():
            tail = self._measure_tail.match(text, word.end())
            return Noun(tail.end(), f"{lemma}{tail[0].removesuffix('s')}", True) if tail else Noun(word.end(), lemma, True)
        if len(form) == 1 or form.lower() in self._alone or not self._is_counted(text, word, of=of):
            return None
        return Noun(word.end(), self.lemma(form), measure=False, mass=self._is_mass(form))

    def _is_mass(self, form: str) -> bool:
        """True for a noun in the singular (« publicité », not « vues », « Français » or « PME »)."""
        return (
            form.islower() and form not in self._invariable and not any(word.endswith(self._plural) for word in form.split("-"))
        )

    def lemma(self, form: str) -> str:
        """The singular of a noun as it stands: peoples and offices lose their -s (« États »), names stay (« Airbus »)."""
        if form[0].islower() or _is_code(form):
            return self.singular(form)
        return self.singular(form.lower()).capitalize() if form.lower() in self._peoples else form

    def _is_counted(self, text: str, word: re.Match[str], *, of: bool) -> bool:
        form, lower = word[0], word[0].lower()
        if lower in self._peoples or lower in self._invariable or _NAMED.fullmatch(form):
            return True
        if form.isupper():
            return len(form) > 1
        if form[0].isupper():
            return (
                not of
                and lower.endswith(self._plural[0])
                and self._counts_capital.search(text, max(0, word.start() - _LOOK), word.start()) is not None
            )
        return of or lower.endswith(self._plural)


def _is_code(form: str) -> bool:
    """True for acronyms and model names: « GPU », « H100 »."""
    return form.isupper() or _NAMED.fullmatch(form) is not None
