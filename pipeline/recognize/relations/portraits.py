"""What the article says of each person and body it names: the nouns beside the name, the gender, the kind."""

from __future__ import annotations

import re
from itertools import chain

from pipeline.model import Document, Mention
from pipeline.recognize.relations.callings import WINDOW, stem
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.name_hints import BodyKind, Gender
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.salience import Fit
from pipeline.text import fold_name

_WINDOW, _BEHIND, _TOLD = 70, 120, 45
_AGREES, _GUESSED = 0.7, 1.2
"""Against one sentence of distance: a person known to be of the gender; a given name that ends like one of the other gender."""
_HEAD, _ARTICLE = 5, 4
"""Within so many letters a noun is what a phrase is about."""


class Portraits:
    """The nouns, genders and kinds of the people and bodies of one article.

    « La ministre Nora Belkacem a reçu Lumio, une fintech. » → Nora Belkacem: ministre, feminine; Lumio: fintech, a company.
    """

    def __init__(self, document: Document, named: tuple[Mention, ...], descriptions: Descriptions) -> None:
        self._folded, self._descriptions, self._syntax = document.folded, descriptions, descriptions.syntax
        self._bodies = tuple(m for m in named if m.type == "ORG")
        self._places: dict[str, list[tuple[Mention, Mention | None]]] = {}
        for mention, previous in zip(named, (None, *named), strict=False):
            self._places.setdefault(name_of(mention), []).append((mention, previous))
        self._nouns: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, BodyKind] = {}
        self._genders: dict[str, Gender | None] = {}
        self._guessed: dict[str, set[str]] = {}
        self._articles: dict[str, frozenset[Gender]] = {}

    def _called(self, name: str) -> frozenset[str]:
        """The nouns that the article puts beside a name: read when they are first asked for, as few names are asked about."""
        if name not in self._nouns:
            self._nouns[name] = frozenset(noun for place in self._places.get(name, ()) for noun in self._nouns_beside(*place))
        return self._nouns[name]

    def is_called(self, mention: Mention, noun: str) -> bool:
        """True where the article puts that noun beside a name of the mention's, or the name itself holds it."""
        name = name_of(mention)
        if mention.type == "PER":
            return stem(noun) in self._called(name) or stem(noun) in self._guessed.get(name, ())
        return (
            noun in self._called(name)
            or fold_name(noun) in fold_name(name).split()
            or self._descriptions.names.may_be_called(name, noun)
        )

    def call(self, mention: Mention, noun: str) -> None:
        """Note that the article has spoken of that person as `noun`."""
        self._guessed.setdefault(name_of(mention), set()).add(stem(noun))

    def is_akin(self, mention: Mention, noun: str) -> bool | None:
        """True where a noun of that person's belongs to the same walk of life (« PDG » and « patronne »).

        False where all that tell belong to others; None where nothing tells.
        """
        callings, name = self._descriptions.callings, name_of(mention)
        walks = callings.walks((noun,))
        known, guessed = callings.walks(self._called(name)) | callings.known(name), callings.walks(self._guessed.get(name, ()))
        if not walks or not known:
            return True if walks & guessed else None
        return bool(walks & (known | guessed))

    def is_office(self, noun: str) -> bool:
        """True for an office that the article must give to a person before it can speak of him so (« le procureur »)."""
        return self._descriptions.is_officer(noun)

    def is_firm(self, mention: Mention) -> bool:
        """True for what bears a person's name and is called a company: « Anselme Verdier, le transporteur normand »."""
        told = filter(None, (self._behind(place) for place, _ in self._places.get(name_of(mention), ())))
        return any(self._begins_as_company(words) and not self._descriptions.person_nouns(words) for words in told)

    def _begins_as_company(self, words: str) -> bool:
        nouns = self._descriptions.body_nouns(words) if self._descriptions.body_kind(words) == "company" else []
        return bool(nouns) and words.lower().find(nouns[0]) <= _HEAD

    def serves(self, person: Mention, body: Mention) -> bool | None:
        """True where what the article puts beside the person's name holds that body, False where it only holds others."""
        beside = {name for place, _ in self._places.get(name_of(person), ()) for name in self._bodies_beside(place)}
        return name_of(body) in beside if beside else None

    def _bodies_beside(self, person: Mention) -> list[str]:
        before = self._folded[max(0, person.start - _WINDOW) : person.start]
        phrase = self._descriptions.beside(before)
        start = person.start if phrase is None else person.start - len(before) + before.rfind(phrase)
        end = person.end + len(self._behind(person) or "") + 3
        return [name_of(body) for body in self._bodies if start <= body.start < end]

    def is_rival(self, mention: Mention, noun: str) -> bool:
        """True where the person bears another title than that one (« la sénatrice » is not « la ministre »)."""
        titles = self._descriptions.titles
        return stem(noun) in titles and not titles.isdisjoint(self._called(name_of(mention)))

    def gender(self, name: str) -> Gender | None:
        """The gender that the article or the given name tells for sure."""
        if name not in self._genders:
            people = (place for place in self._places.get(name, ()) if place[0].type == "PER")
            told = (self._gender_beside(*place) or self._descriptions.names.gender(name) for place in people)
            self._genders[name] = next(filter(None, told), None)
        return self._genders[name]

    def may_be(self, body: Mention, gender: Gender) -> bool:
        """True for a body unless the article before its name is always one of the other gender (« le Sénat » is no « elle »)."""
        name = name_of(body)
        if name not in self._articles:
            before = [self._folded[max(0, place.start - _ARTICLE) : place.start] for place, _ in self._places.get(name, ())]
            told: tuple[tuple[Gender, re.Pattern[str]], ...] = (
                ("feminine", self._syntax.after_feminine),
                ("masculine", self._syntax.after_masculine),
            )
            self._articles[name] = frozenset(one for one, article in told if any(map(article.search, before)))
        return not self._articles[name] or gender in self._articles[name]

    def fits(self, mention: Mention, gender: Gender | None) -> bool:
        """True for a person unless known to be of the other gender."""
        return mention.type == "PER" and (gender is None or self.gender(name_of(mention)) in (None, gender))

    def fit(self, gender: Gender | None, *, bonus: float = 0.0) -> Fit:
        """How well a mention fits as a person of that gender, from `bonus` on; None for one that does not."""

        def fit(mention: Mention) -> float | None:
            if not self.fits(mention, gender):
                return None
            if gender is None:
                return bonus
            agrees = self.gender(name_of(mention)) == gender
            return bonus + _AGREES * agrees - _GUESSED * (self.sounds(mention) not in (None, gender))

        return fit

    def kind(self, mention: Mention) -> BodyKind:
        """The kind of an organisation: what the article calls it, else what its name or the gazetteer tells."""
        name = name_of(mention)
        if name not in self._kinds:
            self._kinds[name] = self._kind(name)
        return self._kinds[name]

    def _kind(self, name: str) -> BodyKind:
        known = self._descriptions.names.kind_of_body(name)
        if known != "company":
            return known
        called = {kind for noun in self._called(name) if (kind := self._descriptions.body_kind(noun)) is not None}
        return called.pop() if len(called) == 1 else known

    def is_fund(self, mention: Mention) -> bool:
        """True for who invests in others, by the gazetteer, the name's words or what the article calls it."""
        name = name_of(mention)
        return self.kind(mention) == "company" and self._descriptions.funds.holds(name, self._called(name))

    def country(self, mention: Mention) -> str | None:
        """The country that an organisation comes from, None where nothing tells."""
        name = name_of(mention)
        return self._descriptions.origins.country(name, self._called(name))

    def is_known(self, mention: Mention) -> bool:
        """True where the kind of an organisation is told; else it is taken for a company."""
        return bool(self._called(name_of(mention))) or self._descriptions.names.knows_body(name_of(mention))

    def sounds(self, mention: Mention) -> Gender | None:
        """The gender that the given name's ending makes likely, where nothing tells it."""
        name = name_of(mention)
        return self.gender(name) or self._descriptions.names.gender_by_ending(name)

    def _nouns_beside(self, mention: Mention, previous: Mention | None) -> list[str]:
        """« la ministre du Travail, Nora Belkacem », « Lumio, l'éditeur » → ministre; éditeur.

        What the name before is made of tells nothing of a body: « l'Autorité de la concurrence condamne Lumio ».
        """
        first = max(0, mention.start - _WINDOW)
        words = self._folded[first : mention.start]
        if mention.type == "ORG" and previous is not None and first < previous.end <= mention.start:
            length = previous.end - max(first, previous.start)
            words = words[: max(0, previous.start - first)] + length * "X" + words[previous.end - first :]
        before, behind = self._descriptions.beside(words), self._behind(mention)
        find = self._descriptions.person_nouns if mention.type == "PER" else self._descriptions.body_nouns
        nouns = [*(find(before)[-1:] if before else ()), *(find(behind) if behind else ())]
        if mention.type == "PER":
            told = self._descriptions.callings.told(
                words[-WINDOW:], self._folded[mention.end : mention.end + WINDOW], f"{before} {behind}"
            )
            return [*map(stem, chain(nouns, told))]
        return [*nouns, *self._descriptions.told_nouns(self._folded[max(0, mention.start - _TOLD) : mention.start])]

    def _behind(self, mention: Mention) -> str | None:
        """The words between a comma or bracket behind the name and the next one; None where they hold a verb's auxiliary."""
        behind = self._syntax.apposed.match(self._folded[mention.end : mention.end + _BEHIND])
        return behind["noun"] if behind and not self._syntax.auxiliary.search(f" {behind['noun']}") else None

    def _gender_beside(self, mention: Mention, previous: Mention | None) -> Gender | None:
        """What title or noun beside the name tells; behind another's name, the last noun (« Paul reçoit la ministre Nora »)."""
        first = max(0, mention.start - _WINDOW)
        before = self._folded[first : mention.start]
        if self._syntax.feminine_titled.search(before):
            return "feminine"
        if self._syntax.masculine_titled.search(before):
            return "masculine"
        if previous is not None and first < previous.end <= mention.start and previous.type == "PER":
            before = self._syntax.to_last_determiner.sub("", self._folded[previous.end : mention.start])
        for words in (self._descriptions.beside(before), self._behind(mention)):
            phrase = self._syntax.before_head.sub("", words or "")
            noun = self._descriptions.person_noun(phrase)
            if noun and phrase.find(noun[0]) <= _HEAD and noun[1]:
                return noun[1]
        return None
