"""Comparison keys of names: two names with one key are candidates to be one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.text import fold_name

_INITIAL = re.compile(r"^(?:[A-ZÀ-Þ][a-zà-ÿ]?\.-?)+$")
_BETWEEN_LETTERS = re.compile(r"[.&]|(?<=\.)[ -]")
_NUMBER = re.compile(r"\d{2,4}[-/]\d{2,5}")


@dataclass(frozen=True, slots=True)
class MergingWords:
    """The word lists of `data/words/merging.yaml`, folded. Mappings are by word: « gendarme » → authority."""

    legal_forms: frozenset[str]
    company_tails: frozenset[str]
    bare_tails: frozenset[str]
    company_heads: frozenset[str]
    branches: frozenset[str]
    small_words: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    short_given: frozenset[str]
    law_heads: frozenset[str]
    body_heads: frozenset[str]
    no_short_form: frozenset[str]
    coordination: re.Pattern[str]
    same: re.Pattern[str]
    apposition: re.Pattern[str]
    renamed: tuple[Mapping[str, str], ...]
    civilities: Mapping[str, str]
    demonyms: Mapping[str, str]
    nouns: Mapping[str, str]
    kinds: Mapping[str, str]
    given_names: Mapping[str, str]

    @classmethod
    def read(cls, words: Mapping[str, Mapping[str, Any]]) -> MergingWords:
        """The lists as the lexicon gives them; given names are those that find people."""
        own, given = words["merging"], words["names_given"]
        sets = ("legal_forms", "company_tails", "bare_tails", "company_heads", "branches", "small_words", "particles", "titles")
        more = ("short_given", "law_heads", "body_heads", "no_short_form")
        return cls(
            **{name: frozenset(map(str, own[name])) for name in (*sets, *more)},
            coordination=re.compile(own["between"]["coordination"]),
            same=re.compile(own["between"]["same"]),
            apposition=re.compile(own["between"]["apposition"]),
            renamed=tuple(own["renamed"]),
            civilities=_by_word(own["civilities"]),
            demonyms=_by_word(own["demonyms"]),
            nouns=_by_word({group: lists["nouns"] for group, lists in own["bodies"].items()}),
            kinds=_by_word({group: lists["kinds"] for group, lists in own["bodies"].items()}),
            given_names=_by_word({gender: [fold_name(n) for n in given[gender]] for gender in ("female", "male", "either")}),
        )

    def tells_nothing(self, tail: Sequence[str]) -> bool:
        """True where a longer name adds but a legal form, a country, « AI » and the like (« Vélora SAS », « Vélora France »)."""
        return all(word in self.legal_forms or word in self.branches or word in self.bare_tails for word in tail)


def _by_word(lists: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Each word's list; a word of two lists is in none."""
    found: dict[str, set[str]] = {}
    for name, members in lists.items():
        for word in members:
            found.setdefault(str(word), set()).add(str(name))
    return {word: next(iter(names)) for word, names in found.items() if len(names) == 1}


def strip_legal_form(name: str, words: MergingWords) -> str:
    """The folded name without legal forms at its end (« Alphabet Inc. » → « alphabet »); never empty."""
    parts = fold_name(name.replace(".", "") if name.endswith(".") else name).split()
    while len(parts) > 1 and parts[-1] in words.legal_forms:
        parts.pop()
    return " ".join(parts)


def squash(name: str) -> str:
    """The folded name without spaces (« Open AI » → « openai »)."""
    return fold_name(name).replace(" ", "")


def law_key(name: str, words: MergingWords) -> str:
    """What tells a law from others: its number, else its title without « projet de loi » and the like.

    « règlement (UE) 2024/1689 » → « 2024/1689 », « proposition de loi Marnier » → « marnier ».
    """
    if number := _NUMBER.search(name):
        return number[0].replace("-", "/")
    parts = fold_name(name).split()
    while len(parts) > 1 and parts[0] in words.law_heads:
        parts.pop(0)
    return " ".join(parts)


def initials(name: str, words: MergingWords) -> str:
    """The acronym that the name's own words spell (« Parti populaire européen » → « ppe »)."""
    return "".join(part[0] for part in fold_name(name).split() if part not in words.small_words)


def spellings(name: str, words: MergingWords) -> Iterator[str]:
    """The acronyms that a name of several words may go by: small words passed over or not, each once."""
    parts = fold_name(name).split()
    if len(parts) > 1:
        without, with_all = initials(name, words), "".join(part[0] for part in parts)
        yield without
        if with_all != without:
            yield with_all


def may_spell(acronym: str, name: str) -> bool:
    """True where each letter of the acronym stands in the name, in order and first a word's first (« BNT » of
    « Bundesamt für Notfalltechnik »), and half of the letters at least begin words: what brackets introduce may be so loose."""
    letters, parts = squash(acronym), fold_name(name).split()
    if not letters or len(parts) < 2 or parts[0][0] != letters[0]:
        return False
    text, at, opening = " ".join(parts), 1, 1
    for letter in letters[1:]:
        at = text.find(" " + letter, at - 1) + 1 or text.find(letter, at)
        if at < 0:
            return False
        opening += text[at - 1] == " "
        at += 1
    return 2 * opening >= len(letters)


def is_acronym(name: str) -> bool:
    """True for two to seven capitals, digits, dots and « & » aside (« CMA », « G7 », « Q&L », a person's « A. L.-V. »)."""
    letters = _BETWEEN_LETTERS.sub("", name)
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalnum()


def may_be_acronym(name: str) -> bool:
    """True also for acronyms written as words (« Arcom », « Cnil »)."""
    return is_acronym(name) or (3 <= len(name) <= 8 and name.isalpha() and name[0].isupper())


def is_short_form(one: str, other: str) -> bool:
    """True where either name is an acronym, begins with an initial, or has words that begin or end the other (« Lefebvre »)."""
    parts, longer = sorted((fold_name(one).split(), fold_name(other).split()), key=len)
    if not parts:
        return False
    ends = parts in (longer[: len(parts)], longer[-len(parts) :])
    return is_acronym(one) or is_acronym(other) or len(parts[0]) == 1 or (len(parts) < len(longer) and ends)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded: given names (initials as single letters) and surname with its particles."""

    given: tuple[str, ...]
    surname: str

    @property
    def is_full(self) -> bool:
        return bool(self.given)

    @property
    def is_spelled_out(self) -> bool:
        """True where no given name is but an initial."""
        return bool(self.given) and all(len(part) > 1 for part in self.given)


def may_be_one(a: PersonName, b: PersonName, words: MergingWords) -> bool:
    """True where one surname goes with given names that do not tell the two apart (« K. Zenner », « Kai Zenner »)."""
    return a.surname == b.surname and given_names_fit(a, b, words)


def given_names_fit(a: PersonName, b: PersonName, words: MergingWords) -> bool:
    """True where one given name is the other's, its initial or its short form, or where one has none.

    « K. » fits « Kai », « Max » fits « Maximilian »; « Jean » does not fit « Jean-Claude ».
    """
    if a.is_spelled_out and b.is_spelled_out and len(a.given) != len(b.given):
        return False
    return all(_one_given(left, right, words) for left, right in zip(a.given, b.given, strict=False))


def _one_given(a: str, b: str, words: MergingWords) -> bool:
    short, long = sorted((a, b))
    return long.startswith(short) and (len(short) in (1, len(long)) or short in words.short_given)


def read_person(name: str, words: MergingWords) -> PersonName:
    """The parts of a person's name; a single word is a surname (« Ursula von der Leyen » → ursula | von der leyen).

    A surname in capitals may come first (« KERBRAT Anne »).
    """
    raw = name.split()
    while len(raw) > 1 and fold_name(raw[0]) in words.titles:
        raw.pop(0)
    if len(raw) == 2 and len(raw[0]) > 2 and raw[0].isupper() and not raw[1].isupper() and fold_name(raw[1]) in words.given_names:
        raw.reverse()
    given: list[str] = []
    while len(raw) > 1 and (not given or _INITIAL.match(raw[0])) and fold_name(raw[0]) not in words.particles:
        word = raw.pop(0)
        given += [part[0] if _INITIAL.match(word) else part for part in fold_name(word).split()]
    return PersonName(tuple(given), fold_name(" ".join(raw)))
