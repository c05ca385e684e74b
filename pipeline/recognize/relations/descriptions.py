"""What kind of thing a noun speaks of: a man or a woman, a company, an authority, an association."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pipeline.lexicon import Lexicon
from pipeline.lexicon.expressions import any_of
from pipeline.recognize.relations.callings import Callings, stem
from pipeline.recognize.relations.funds import Funds
from pipeline.recognize.relations.name_hints import GENDERS, BodyKind, Gender, NameHints
from pipeline.recognize.relations.origins import Origins
from pipeline.recognize.relations.syntax import read_syntax
from pipeline.recognize.sieve import Sieve, Sifted
from pipeline.text import fold_name

_CLAUSE = re.compile(r"[.;:!?«»\"“”(]")
_BODY_KINDS: tuple[BodyKind, ...] = ("company", "authority", "association", "media", "any")


class Descriptions:
    """The nouns of `words/antecedents.yaml`, built once from the lexicon, and what `names` tell."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.syntax, self.callings = read_syntax(lexicon.words["syntax"]), Callings(lexicon)
        self.names, self.funds, self.origins = NameHints(lexicon), Funds(lexicon), Origins(lexicon)
        words: Mapping[str, Any] = lexicon.words["antecedents"]
        self._read_nouns(words)
        self._read_voices(words)
        self._described = (self._person, *self._bodies.values())
        others = (self.syntax.ordinal, *(pattern for _, pattern in self._compatriots))
        self._nouns = Sieve([*self._described, self._voices, *others])

    def _read_nouns(self, words: Mapping[str, Any]) -> None:
        """What describes a person or a body, with what each noun tells of a person."""
        self._prefix = re.compile(rf"(?:{any_of(words['prefixes'])})")
        person = words["person"]
        self._persons: dict[str, Gender | Literal["either"]] = {
            fold_name(noun): gender for gender in ("masculine", "feminine", "either") for noun in person[gender]
        }
        self._person = self._pattern(noun for nouns in person.values() for noun in nouns)
        self._bodies: dict[BodyKind, re.Pattern[str]] = {kind: self._pattern(words[kind]) for kind in _BODY_KINDS}
        by_place = rf"{words['before_place']}(?:{any_of(words['company_by_place'])})s?(?![\w-])"
        self._bodies["company"] = re.compile(f"{self._bodies['company'].pattern}|{by_place}", re.IGNORECASE)
        self._compatriots: tuple[tuple[Gender, re.Pattern[str]], ...] = tuple(
            (
                gender,
                re.compile(rf" *{words['before_compatriot']}(?P<noun>{any_of(words['compatriots'][gender])})(?= *$| [a-zà-ÿ])"),
            )
            for gender in GENDERS
        )
        self._others = frozenset(map(fold_name, words["others"]))
        self._concerned = frozenset(map(fold_name, words["concerned"]))
        self._nameless, self._outlets = frozenset(words["nameless"]), frozenset(words["outlets"])
        self._akin: dict[str, tuple[str, ...]] = {}
        for nouns in words["akin"]:
            self._akin |= {noun: (*self._akin.get(noun, ()), *nouns) for noun in nouns}
        self._regulators = frozenset(words["regulators"])
        self._no_regulators = re.compile(rf"(?<!\w)(?:{any_of(words['no_regulators'])})(?!\w)", re.IGNORECASE)
        self._officers = frozenset(map(fold_name, words["officers"]))
        self.titles = frozenset(map(stem, words["titles"]))

    def _read_voices(self, words: Mapping[str, Any]) -> None:
        """What speaks for a body without naming it."""
        self._rulings, self._voices = self._pattern(words["ruling"]), self._pattern(words["voice"])
        self._speakers_for, self._employers = self._pattern(words["speakers_for"]), self._pattern(words["employers"])
        articles = words["chamber_articles"]
        self._chambers = {f"{the}{noun}": name for name, nouns in words["chambers"].items() for noun in nouns for the in articles}
        self._nicknames = {nickname.lower(): name for name, nicknames in words["nicknames"].items() for nickname in nicknames}
        nicknames = any_of(nickname for nicknames in words["nicknames"].values() for nickname in nicknames)
        self._nickname = re.compile(rf"{words['before_nickname']}(?P<nickname>{nicknames})(?!\w)", re.IGNORECASE)
        self._told = _read_told(words["told"], words["told_gap"])

    def _pattern(self, nouns: Iterable[str]) -> re.Pattern[str]:
        """Any of the nouns as a word, in the singular or plural, with a prefix or without (« ex-patrons »)."""
        return re.compile(rf"(?<![\w-]){self._prefix.pattern}?(?:{any_of(nouns)})s?(?![\w-])", re.IGNORECASE)

    def is_other(self, phrase: str, noun: str) -> bool:
        """True for a phrase whose noun with « son » names somebody else than who is spoken of (« son successeur »)."""
        return self.syntax.possessed.match(phrase) is not None and fold_name(noun) in self._others

    def is_concerned(self, noun: str) -> bool:
        """True for a noun that speaks of whom the article is about (« l'intéressée »)."""
        return fold_name(noun) in self._concerned

    def bars(self, noun: str, name: str) -> bool:
        """True for a body that is not called so: a court or chamber is no « régulateur »."""
        return noun in self._regulators and self.is_court(name)

    def is_court(self, name: str) -> bool:
        """True for a court, a chamber, a government, which mostly act on those of whom the article speaks."""
        return self._no_regulators.match(name) is not None

    def is_nameless(self, noun: str) -> bool:
        """True for a body that is only meant by its name (« la commission » is no ministry that the article names)."""
        return noun in self._nameless

    def is_outlet(self, noun: str) -> bool:
        """True for a noun that stands for a firm or a paper (« le site »)."""
        return noun in self._outlets

    def akin(self, noun: str) -> tuple[str, ...]:
        """The nouns by which such a body goes as well, that one among them (« mairie » → municipalité, ville, …)."""
        return self._akin.get(noun, (noun,))

    def is_officer(self, noun: str) -> bool:
        """True for an office that nobody is taken to hold whom the article does not give it to (« le procureur »)."""
        return fold_name(noun) in self._officers

    def beside(self, before: str) -> str | None:
        """The words at the end of `before` that say what the name behind them is, with their determiner; None for none.

        « Hier, la ministre du Travail, » → « la ministre du Travail »; « La ministre remercie », « l'avocate de » → None.
        """
        clause = _CLAUSE.split(before)[-1]
        near = self._nouns.passing(clause)
        if (
            not near
            or (match := self.syntax.apposed_before.search(clause)) is None
            or self.syntax.auxiliary.search(match["noun"])
            or (not match["comma"] and self.syntax.finite.search(match["noun"]))
        ):
            return None
        phrase = match["noun"]
        if self.syntax.ends_governing.search(phrase):
            return None
        last = max((m.end() for nouns in self._among(near) for m in nouns.finditer(phrase)), default=0)
        complement = self.syntax.complement_before_comma if match["comma"] else self.syntax.complement
        return phrase if last and complement.fullmatch(phrase, last) else None

    def told_nouns(self, before: str) -> tuple[str, ...]:
        """What a body may be called after the words that lead up to its name (« rachète » → cible, jeune pousse, …)."""
        match = self._told[0].search(before)
        return self._told[1][match.lastgroup] if match and match.lastgroup else ()

    def person_noun(self, phrase: str) -> tuple[str, Gender | None] | None:
        """The noun in the phrase that describes a person, with the gender that it or its determiner tells (« la ministre »)."""
        match = self._person.search(phrase) if 0 in self._nouns.passing(phrase) else None
        if match is None:
            return None
        gender = self._persons.get(fold_name(_without(self._prefix, match[0])), "either")
        return match[0], gender if gender != "either" else self.syntax.gender_before(phrase[: match.start()])

    def compatriot(self, phrase: str) -> tuple[str, Gender] | None:
        """A person called by a country and nothing else (« l'Italienne » → Italienne, feminine), None for another phrase."""
        matches = ((pattern.match(phrase), gender) for gender, pattern in self._compatriots)
        return next(((match["noun"], gender) for match, gender in matches if match), None)

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

    def describes_person(self, phrase: str) -> bool:
        """True where a noun for a person stands before any for a body (« le patron du groupe »)."""
        person, bodies = self.person_noun(phrase), self.body_nouns(phrase)
        return person is not None and (not bodies or phrase.find(person[0]) <= phrase.lower().find(bodies[0]))

    def _bodies_near(self, phrase: str) -> list[tuple[BodyKind, re.Pattern[str]]]:
        """The kinds of bodies whose nouns may stand in the phrase."""
        kinds = tuple(self._bodies.items())
        return [kinds[number - 1] for number in self._nouns.passing(phrase) if 0 < number <= len(kinds)]

    def chamber(self, phrase: str) -> str | None:
        """The full name of the chamber whose members the phrase names (« les sénateurs » → Sénat)."""
        return self._chambers.get(phrase.strip().lower())

    def nicknamed(self, words: str) -> str | None:
        """The well-known firm that the words begin by speaking of (« le groupe de Cupertino » → Apple)."""
        match = self._nickname.match(words)
        return self._nicknames[match["nickname"].lower()] if match else None

    def seated_at(self, town: str) -> str | None:
        """The well-known firm whose seat is in that town (« Cupertino » → Apple)."""
        return self._nicknames.get(f"de {town.lower()}")

    def describes(self, phrase: str) -> bool:
        """True where the phrase describes a person or a body, or speaks for one."""
        if self.syntax.partitive.match(phrase):
            return True
        near = self._nouns.passing(phrase)
        if not near:
            return False
        known = any(nouns.search(phrase) for nouns in self._among(near)) or self.is_voice(phrase)
        return known or self.compatriot(phrase) is not None or self.syntax.ordinal.match(phrase) is not None

    def _among(self, near: Iterable[int]) -> Iterator[re.Pattern[str]]:
        """The nouns of people and bodies among the expressions with these numbers in the sieve."""
        return (self._described[number] for number in near if number < len(self._described))

    def leads_to_name(self, words: str) -> bool:
        """True where the words belong to the name behind them (« la », « la ministre du Travail, », « l'un d'eux, »)."""
        words = words.strip()
        one = self.syntax.partitive.match(words)
        words = words[one.end() :].lstrip(" ,") if one else words
        if " " not in words:
            return True
        phrase = self.beside(words)
        return phrase is not None and (words.startswith(phrase) or self.leads_to_name(words[: words.rindex(phrase)]))

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


def _read_told(told: Mapping[str, Any], gap: str) -> tuple[Sifted, Mapping[str, tuple[str, ...]]]:
    """One expression with a group for each thing told, up to the `gap` before the name, and the nouns that go with each."""
    groups = "|".join(rf"(?P<{name}>{one['before']})" for name, one in told.items())
    pattern = re.compile(rf"(?<![\w'])(?:{groups}){gap}$", re.IGNORECASE)
    return Sifted(pattern), {name: tuple(one["nouns"]) for name, one in told.items()}


def _without(prefix: re.Pattern[str], noun: str) -> str:
    match = prefix.match(noun)
    return noun[match.end() :] if match else noun
