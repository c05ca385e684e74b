"""Comparison keys of names: two names with one key are candidates to be one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.text import fold_name

_INITIAL = re.compile(r"^(?:[A-ZÀ-Þ][a-zà-ÿ]?\.-?)+$")


@dataclass(frozen=True, slots=True)
class MergingWords:
    """The word lists of `data/words/merging.yaml`, folded."""

    legal_forms: frozenset[str]
    company_tails: frozenset[str]
    company_heads: frozenset[str]
    small_words: frozenset[str]
    particles: frozenset[str]

    @classmethod
    def read(cls, words: Mapping[str, Sequence[str]]) -> MergingWords:
        """The lists as the lexicon gives them."""
        return cls(**{name: frozenset(words[name]) for name in cls.__slots__})


def strip_legal_form(name: str, words: MergingWords) -> str:
    """The folded name without legal forms at its end (« Alphabet Inc. » → « alphabet »); never empty."""
    parts = fold_name(name).split()
    while len(parts) > 1 and parts[-1] in words.legal_forms:
        parts.pop()
    return " ".join(parts)


def squash(name: str) -> str:
    """The folded name without spaces (« Open AI » → « openai »)."""
    return fold_name(name).replace(" ", "")


def initials(name: str, words: MergingWords) -> str:
    """The acronym that the name's own words spell (« Parti populaire européen » → « ppe »)."""
    return "".join(part[0] for part in fold_name(name).split() if part not in words.small_words)


def is_acronym(name: str) -> bool:
    """True for two to seven capitals, digits aside (« CMA », « G7 »)."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalnum()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded: given names (initials as single letters) and surname with its particles."""

    given: tuple[str, ...]
    surname: str

    @property
    def is_full(self) -> bool:
        return bool(self.given)

    def fits(self, other: PersonName) -> bool:
        """True where one given name is the other's, its initial, or where one has none (« K. » fits « Kai »)."""
        if self.surname != other.surname:
            return False
        return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(self.given, other.given, strict=False))


def read_person(name: str, words: MergingWords) -> PersonName:
    """The parts of a person's name; a single word is a surname (« Ursula von der Leyen » → ursula | von der leyen)."""
    raw = [part for part in re.split(r"[\s\u00a0\u202f]+", name) if part]
    given: list[str] = []
    while len(raw) > 1 and (not given or _INITIAL.match(raw[0])) and fold_name(raw[0]) not in words.particles:
        given += [part[0] if _INITIAL.match(raw[0]) else part for part in fold_name(raw.pop(0)).split()]
    return PersonName(tuple(given), fold_name(" ".join(raw)))
