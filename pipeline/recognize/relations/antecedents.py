"""Who a pronoun or a description stands for: « elle », « la ministre », « la start-up », resolved to a mention of the article.

A candidate is weighed by how near it is, whether its sentence is about it (its first name, not behind a preposition) and how
often the article names it. Nothing is guessed where no candidate fits: the answer is then None, with a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from pipeline.model import Document, Mention
from pipeline.recognize.relations.descriptions import BodyKind, Descriptions, Gender
from pipeline.recognize.relations.resolution import Resolution, name_of

_SENTENCES_BACK = 8
_WINDOW = 70


class Antecedents:
    """The people and bodies of one article, ready to be asked for."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...], descriptions: Descriptions) -> None:
        self._document, self.descriptions, self.syntax = document, descriptions, descriptions.syntax
        self._named = tuple(m for m in mentions if m.type in ("PER", "ORG"))
        self._starts = [m.start for m in self._named]
        self._sentences = [document.sentence_at(m.start) for m in self._named]
        self._subjects = self._find_subjects()
        self._counts = Counter(name_of(m) for m in self._named)
        self._genders = self._find_genders()

    def person(self, offset: int, *, gender: Gender | None = None, without: Iterable[str] = ()) -> Resolution:
        """The person that « il » or « elle » at `offset` stands for."""
        fits = lambda m: m.type == "PER" and self._agrees(m, gender) and name_of(m) not in without  # noqa: E731
        found = self._best(offset, [fits(m) for m in self._named])
        if found is None:
            return Resolution(None, "no person that fits is named before")
        return Resolution(found, f"nearest person named before: {name_of(found)}")

    def body(
        self, offset: int, *, kind: BodyKind | None = None, without: Iterable[str] = (), within: int = _SENTENCES_BACK
    ) -> Resolution:
        """The organisation that « la start-up » or « l'autorité » at `offset` stands for."""
        of_kind = self.descriptions.kind_of_body
        fits = [
            m.type == "ORG" and name_of(m) not in without and (kind is None or of_kind(name_of(m)) == kind) for m in self._named
        ]
        found = self._best(offset, fits, within)
        if found is None:
            return Resolution(None, f"no {kind or 'organisation'} is named before")
        return Resolution(found, f"nearest {kind or 'organisation'} named before: {name_of(found)}")

    def pronoun(self, word: str, offset: int) -> Resolution:
        """Whom a pronoun stands for: a person where one of that gender was named lately, else the body spoken of."""
        gender: Gender = "feminine" if "elle" in word.lower() else "masculine"
        fits = [m.type == "ORG" or self._agrees(m, gender) for m in self._named]
        found = self._best(offset, fits)
        if found is None:
            return Resolution(None, f"nothing that « {word} » could stand for is named before")
        return Resolution(found, f"« {word} » stands for {name_of(found)}, named last as a subject")

    def described(self, phrase: str, offset: int) -> Resolution:
        """Whom a description without a name stands for (« la ministre », « la direction », « la plateforme »)."""
        if self.syntax.indefinite.match(phrase) and not self.descriptions.is_voice(phrase):
            return Resolution(None, f"« {phrase} » names nobody")
        kind = self.descriptions.body_kind(phrase)
        person = self.descriptions.person_noun(phrase)
        if person and (kind is None or phrase.find(person[0]) <= 12):
            return self._person_called(person[0], offset, person[1])
        if kind is not None:
            found = self.body(offset, kind=kind)
            return found if found.mention else self.body(offset)
        if self.descriptions.is_voice(phrase):
            return self.body(offset)
        return Resolution(None, f"« {phrase} » is no description of a person or body known to the word lists")

    def agrees(self, mention: Mention, gender: Gender | None) -> bool:
        """True unless the person is known to be of the other gender."""
        return self._agrees(mention, gender)

    def _person_called(self, noun: str, offset: int, gender: Gender | None) -> Resolution:
        """The person whom the article calls by that noun somewhere, else the nearest one of that gender."""
        folded = self._document.folded
        stem = re.compile(rf"(?<!\w){re.escape(noun[:5])}", re.IGNORECASE)
        near = [
            m.type == "PER"
            and self._agrees(m, gender)
            and stem.search(folded[max(0, m.start - _WINDOW) : m.end + _WINDOW]) is not None
            for m in self._named
        ]
        found = self._best(offset, near)
        if found is not None:
            return Resolution(found, f"called « {noun} » in the article: {name_of(found)}")
        return self.person(offset, gender=gender)

    def _best(self, offset: int, fits: list[bool], within: int = _SENTENCES_BACK) -> Mention | None:
        here = self._document.sentence_at(offset)
        options = [
            (self._weight(i, here), self._named[i].start, self._named[i])
            for i in range(bisect_left(self._starts, offset))
            if fits[i] and here - self._sentences[i] <= within
        ]
        return max(options, key=lambda o: o[:2])[2] if options else None

    def _weight(self, index: int, sentence: int) -> float:
        name = name_of(self._named[index])
        return 1.6 * self._subjects[index] + 0.15 * min(self._counts[name], 6) - (sentence - self._sentences[index])

    def _find_subjects(self) -> list[bool]:
        """For each name: is its sentence about it, that is, is it the first one there and behind no preposition?"""
        folded, seen, subjects = self._document.folded, set(), []
        for mention, sentence in zip(self._named, self._sentences, strict=True):
            behind = self.syntax.dependent.search(folded[max(0, mention.start - 24) : mention.start]) is not None
            subjects.append(sentence not in seen and not behind)
            if not behind:
                seen.add(sentence)
        return subjects

    def _agrees(self, mention: Mention, gender: Gender | None) -> bool:
        if mention.type != "PER" or gender is None:
            return mention.type == "PER"
        return self._genders.get(name_of(mention), gender) == gender

    def _find_genders(self) -> dict[str, Gender]:
        """Each person's gender, by « M. » or « Mme » before a mention, by the given name, by the function beside it."""
        genders: dict[str, Gender] = {}
        for mention in self._named:
            if mention.type != "PER":
                continue
            gender = self._gender_beside(mention) or self.descriptions.gender_of_name(name_of(mention))
            if gender is not None:
                genders.setdefault(name_of(mention), gender)
        return genders

    def _gender_beside(self, mention: Mention) -> Gender | None:
        folded = self._document.folded
        for gender, pattern in self.syntax.titles.items():
            if pattern.search(folded[max(0, mention.start - 12) : mention.start]):
                return gender  # type: ignore[return-value]
        beside = re.match(
            r", (?:l'ancienne?|la|le|l'|une?|son|sa|ancienne?)? ?([^,.;:]{3,60})", folded[mention.end : mention.end + _WINDOW]
        )
        noun = self.descriptions.person_noun(beside[1]) if beside else None
        return noun[1] if noun and beside and beside[1].find(noun[0]) <= 2 else None
