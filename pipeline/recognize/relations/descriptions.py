"""What kind of thing a noun or a name speaks of: a man or a woman, a company, an authority, an association."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pipeline.lexicon import Lexicon
from pipeline.lexicon.expressions import any_of
from pipeline.recognize.relations.syntax import read_syntax
from pipeline.recognize.sieve import Sieve
from pipeline.text import fold_name

Gender = Literal["masculine", "feminine"]
_CLAUSE = re.compile(r"[.;:!?«»\"“”(]")
_PREFIX = re.compile(r"^(?:ex-|vice-|co-|sous-)")
_GENDERS: tuple[Gender, ...] = ("masculine", "feminine")
BodyKind = Literal["company", "authority", "association", "media", "any"]
_NAMED_KINDS: tuple[BodyKind, ...] = ("authority", "association", "media")


class Descriptions:
    """The nouns and names of `words/antecedents.yaml`, built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.syntax = read_syntax(lexicon.words["syntax"])
        words: Mapping[str, Any] = lexicon.words["antecedents"]
        person = words["person"]
        self._persons: dict[str, Gender | Literal["either"]] = {
            fold_name(noun): gender for gender in ("masculine", "feminine", "either") for noun in person[gender]
        }
        self._rulings = _pattern(words["ruling"])
        self._voices = _pattern(words["voice"])
        self._speakers_for = _pattern(words["speakers_for"])
        self._employers = _pattern(words["employers"])
        self._person = _pattern(noun for nouns in person.values() for noun in nouns)
        self._bodies: dict[BodyKind, re.Pattern[str]] = {
            "company": re.compile(f"{_noun(words['company'])}|{_after_article(words['company_by_place'])}", re.IGNORECASE),
            "authority": _pattern(words["authority"]),
            "association": _pattern(words["association"]),
            "media": _pattern(words["media"]),
            "any": _pattern(words["any"]),
        }
        self._compatriots: tuple[tuple[Gender, re.Pattern[str]], ...] = tuple(
            (gender, re.compile(rf"(?:[Ll]'|[Ll][ea] )(?:{any_of(words['compatriots'][gender])})")) for gender in _GENDERS
        )
        others = (self._voices, self.syntax.ordinal, *(pattern for _, pattern in self._compatriots))
        self._nouns = Sieve([self._person, *self._bodies.values(), *others])
        self._chambers = {
            name: re.compile(rf"(?:{any_of(words['chamber_articles'])})(?:{any_of(nouns)})$")
            for name, nouns in words["chambers"].items()
        }
        self._genders = _genders(lexicon.words["names_given"])
        self._endings: tuple[tuple[Gender, re.Pattern[str]], ...] = tuple(
            (gender, re.compile(rf"(?:{'|'.join(words['given_endings'][gender])})$")) for gender in _GENDERS
        )
        self._others = frozenset(map(fold_name, words["others"]))
        self._concerned = frozenset(map(fold_name, words["concerned"]))
        self.titles = frozenset(fold_name(title)[:5] for title in words["titles"])
        self._walks = {fold_name(noun)[:5]: walk for walk, nouns in words["walks_of_life"].items() for noun in nouns}
        self._named: dict[BodyKind, re.Pattern[str]] = {
            kind: re.compile(rf"\b(?:{any_of(map(fold_name, words[f'{kind}_names']))})") for kind in _NAMED_KINDS
        }
        self._told = _read_told(words["told"])
        kinds: Mapping[str, BodyKind] = {kind: body for body, ks in words["gazetteer_kinds"].items() for kind in ks}
        self._kinds = {
            fold_name(form): kinds[entry.kind]
            for entry in lexicon.gazetteer
            if entry.type == "ORG" and entry.kind is not None and entry.kind in kinds
            for form in entry.forms
        }
        called: Mapping[str, Iterable[str]] = words["gazetteer_nouns"]
        self._callings = {
            fold_name(form): frozenset(called[entry.kind])
            for entry in lexicon.gazetteer
            if entry.type == "ORG" and entry.kind is not None and entry.kind in called
            for form in entry.forms
        }

    def is_medium(self, name: str) -> bool:
        """True for a newspaper, agency, radio or television that the gazetteers know (« Agence France-Presse »)."""
        return self.kind_of_body(name) == "media"

    def gender_of_name(self, name: str) -> Gender | None:
        """The gender that a full name's first word tells (« Nora Belkacem » → feminine), None where it does not."""
        words = name.split()
        return self._genders.get(fold_name(words[0])) if len(words) > 1 else None

    def gender_by_ending(self, name: str) -> Gender | None:
        """The gender that the ending of a full name's first word makes likely (« Ombeline » → feminine)."""
        first, _, rest = name.partition(" ")
        return next((gender for gender, ending in self._endings if rest and ending.search(first.lower())), None)

    def walk_of_life(self, stem: str) -> str | None:
        """The walk of life that the first five letters of a noun belong to (« patro » → chief)."""
        return self._walks.get(stem)

    def is_other(self, phrase: str, noun: str) -> bool:
        """True for a phrase whose noun with « son » names somebody else than who is spoken of (« son successeur »)."""
        return self.syntax.possessed.match(phrase) is not None and fold_name(noun) in self._others

    def is_concerned(self, noun: str) -> bool:
        """True for a noun that speaks of whom the article is about (« l'intéressée »)."""
        return fold_name(noun) in self._concerned

    def beside(self, before: str) -> str | None:
        """The words at the end of `before` that say what the name behind them is, with their determiner; None for none.

        « Hier, la ministre du Travail, » → « la ministre du Travail »; « La ministre remercie », « l'avocate de » → None.
        """
        clause = _CLAUSE.split(before)[-1]
        if not self._nouns.passing(clause):
            return None
        if (match := self.syntax.apposed_before.search(clause)) is None or self.syntax.auxiliary.search(match["noun"]):
            return None
        phrase = match["noun"]
        if self.syntax.ends_governing.search(phrase):
            return None
        nouns = [*self._person.finditer(phrase), *(m for _, body in self._bodies_near(phrase) for m in body.finditer(phrase))]
        last = max((m.end() for m in nouns), default=0)
        complement = self.syntax.complement_before_comma if match["comma"] else self.syntax.complement
        return phrase if last and complement.fullmatch(phrase, last) else None

    def kind_of_body(self, name: str) -> BodyKind:
        """The kind of an organisation, by the gazetteer, else by its name's words, else a company."""
        key = fold_name(name)
        if kind := self._kinds.get(key):
            return kind
        return next((kind for kind, names in self._named.items() if names.search(key)), "company")

    def knows_body(self, name: str) -> bool:
        """True where the gazetteer or the name's own words tell what kind of organisation it is."""
        key = fold_name(name)
        return key in self._kinds or any(names.search(key) for names in self._named.values())

    def may_be_called(self, name: str, noun: str) -> bool:
        """True where an organisation of the gazetteer goes by that noun (« la banque publique » for Bpifrance)."""
        return noun in self._callings.get(fold_name(name), ())

    def told_nouns(self, before: str) -> tuple[str, ...]:
        """What a body may be called after the words that lead up to its name (« rachète » → cible, jeune pousse, …)."""
        match = self._told[0].search(before)
        return self._told[1][match.lastgroup] if match and match.lastgroup else ()

    def person_noun(self, phrase: str) -> tuple[str, Gender | None] | None:
        """The noun in the phrase that describes a person, with the gender that it or its determiner tells (« la ministre »)."""
        match = self._person.search(phrase) if 0 in self._nouns.passing(phrase) else None
        if match is None:
            return None
        gender = self._persons.get(fold_name(_PREFIX.sub("", match[0])), "either")
        return match[0], gender if gender != "either" else self.syntax.gender_before(phrase[: match.start()])

    def compatriot(self, phrase: str) -> Gender | None:
        """The gender of a person called by a country and nothing else (« l'Italienne » → feminine), None for another phrase."""
        return next((gender for gender, pattern in self._compatriots if pattern.fullmatch(phrase.strip())), None)

    def person_nouns(self, phrase: str) -> list[str]:
        """The nouns in the phrase that describe a person, from left to right."""
        return [match[0] for match in self._person.finditer(phrase)]

    def body_nouns(self, phrase: str) -> list[str]:
        """The nouns in the phrase that describe a body, from left to right (« la fintech lyonnaise » → fintech)."""
        matches = (m for _, pattern in self._bodies_near(phrase) for m in pattern.finditer(phrase))
        longest = {m.start(): m[0].lower() for m in sorted(matches, key=lambda m: len(m[0]))}
        return [longest[start] for start in sorted(longest)]

    def body_kind(self, phrase: str) -> BodyKind | None:
        """The kind of body that the phrase's first such noun describes (« la start-up » → company)."""
        found = [(m.start(), -len(m[0]), kind) for kind, pattern in self._bodies_near(phrase) if (m := pattern.search(phrase))]
        return min(found)[2] if found else None

    def _bodies_near(self, phrase: str) -> list[tuple[BodyKind, re.Pattern[str]]]:
        """The kinds of bodies whose nouns may stand in the phrase."""
        kinds = tuple(self._bodies.items())
        return [kinds[number - 1] for number in self._nouns.passing(phrase) if 0 < number <= len(kinds)]

    def chamber(self, phrase: str) -> str | None:
        """The full name of the chamber whose members the phrase names (« les sénateurs » → Sénat)."""
        return next((name for name, members in self._chambers.items() if members.match(phrase.strip().lower())), None)

    def describes(self, phrase: str) -> bool:
        """True where the phrase describes a person or a body, or speaks for one."""
        if not self._nouns.passing(phrase):
            return False
        known = self.body_kind(phrase) is not None or self.person_noun(phrase) is not None or self.is_voice(phrase)
        known = known or self.compatriot(phrase) is not None
        return known or self.syntax.ordinal.match(phrase) is not None

    def leads_to_name(self, words: str) -> bool:
        """True where the words belong to the name behind them (« la », « la ministre du Travail, »)."""
        return " " not in words.strip() or self.beside(words) is not None

    def is_ruling(self, phrase: str) -> bool:
        """True where the phrase names what an authority or a court issues (« la délibération »)."""
        return self._rulings.search(phrase) is not None

    def is_voice(self, phrase: str) -> bool:
        """True where the phrase speaks for a body (« la direction », « un porte-parole »)."""
        if (voice := self._voices.search(phrase)) is None:
            return False
        person = self._person.search(phrase)
        return person is None or person.start() >= voice.start()

    def speaks_for(self, phrase: str) -> bool:
        """True where people of a body speak (« un porte-parole »), not what it issues (« le communiqué »)."""
        return self._speakers_for.search(phrase) is not None

    def is_employer(self, phrase: str) -> bool:
        """True where those who run a firm speak (« la direction »), never a union."""
        return self._employers.search(phrase) is not None


def _read_told(told: Mapping[str, Any]) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """One expression with a group for each thing told, and the nouns that go with each."""
    groups = "|".join(rf"(?P<{name}>{one['before']})" for name, one in told.items())
    pattern = re.compile(rf"(?<![\w'])(?:{groups})(?: |(?<='))(?:(?!(?:à|au|aux|par|et) )[\w'-]+ ){{0,3}}(?:l')?$", re.IGNORECASE)
    return pattern, {name: tuple(one["nouns"]) for name, one in told.items()}


def _genders(given: Mapping[str, Any]) -> dict[str, Gender]:
    """The gender of each given name that stands in one list alone."""
    lists = {kind: {fold_name(name) for name in given[kind]} for kind in ("male", "female", "either")}
    genders: dict[str, Gender] = {}
    masculine, feminine = lists["male"] - lists["either"], lists["female"] - lists["either"]
    genders.update(dict.fromkeys(masculine - feminine, "masculine"))
    genders.update(dict.fromkeys(feminine - masculine, "feminine"))
    return genders


def _pattern(nouns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_noun(nouns), re.IGNORECASE)


def _noun(nouns: Iterable[str]) -> str:
    return rf"(?<![\w-])(?:ex-|vice-|co-|sous-)?(?:{any_of(nouns)})s?(?![\w-])"


def _after_article(nouns: Iterable[str]) -> str:
    return rf"(?:(?<=\bl')|(?<=\ble )|(?<=\bla )|(?<=\bdu )|(?<=\bau )|^)(?:{any_of(nouns)})s?(?![\w-])"
