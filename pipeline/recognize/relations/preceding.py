"""Whom the sentences before speak of: the body that « elle » is, the first of the two named, the group that « ils » are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import zip_longest

from pipeline.model import Document, Mention
from pipeline.recognize.relations.appearances import Told
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.name_hints import Gender
from pipeline.recognize.relations.resolution import Resolution, name_of

_PAIR = 2
_SIGN, _BESIDE = re.compile("[,.;:!?]"), 120
"""What ends an apposition that holds a body, of so many letters at most."""
_ARTICLE, _HEAD = 3, 25
"""Within so many letters stands the noun that a sentence begins with."""


class Preceding:
    """The sentences of one article with the people and bodies in them; `subjects` grows while the article is read."""

    def __init__(
        self,
        document: Document,
        named: tuple[Mention, ...],
        *,
        subjects: Mapping[int, Resolution],
        told: Told,
        descriptions: Descriptions,
    ) -> None:
        self._document, self._named, self._subjects, self._told = document, named, subjects, told
        self._descriptions, self._syntax = descriptions, descriptions.syntax
        self._starts = [m.start for m in named]

    def names(self, start: int, end: int) -> tuple[Mention, ...]:
        """The people and bodies that the text names from `start` on, up to `end`."""
        return self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def first(self, start: int, end: int) -> Mention | None:
        """The first person or body that the text names from `start` on, up to `end`."""
        return next(iter(self.names(start, end)), None)

    def names_person(self, offset: int) -> bool:
        """True where the sentence of `offset`, up to it, or the one before names a person."""
        first = self._document.sentences[max(0, self._document.sentence_at(offset) - 1)].start
        return any(m.type == "PER" for m in self.names(first, offset))

    def introduced(self, start: int, end: int) -> Mention | None:
        """The person whom a sentence there is about, where nobody else is named: « Pour Nora Belkacem, tout va bien »."""
        people = [m for m in self.names(start, end) if m.type == "PER"]
        about = (
            self._subjects.get(number)
            for number in range(self._document.sentence_at(start), self._document.sentence_at(end - 1) + 1)
        )
        found = next((one.mention for one in about if one and one.mention and one.mention in people), None)
        return found if len({name_of(m) for m in people}) == 1 else None

    def only_person(self, start: int, end: int) -> Mention | None:
        """The person of the last sentence that ends in `start:end`, where it is about one or names one alone."""
        number = self._document.sentence_at(max(start, end - 2))
        subject = self._subjects.get(number)
        if subject and subject.mention and subject.mention.type == "PER" and self._document.sentences[number].start >= start:
            return subject.mention
        first = max(start, self._document.sentences[number].start)
        people = [m for m in self.names(first, end) if m.type == "PER" and not self._told.is_quoted(m.start)]
        return people[0] if len({name_of(m) for m in people}) == 1 else None

    def several(self, word: str, offset: int) -> Resolution:
        """The body for which several people of the sentence before speak (« Les auteurs … », insistent-ils)."""
        before = self._subjects.get(self._document.sentence_at(offset) - 1)
        if before and before.mention and before.mention.type == "ORG":
            return Resolution(before.mention, f"« {word} »: {before.reason}")
        return Resolution(None, f"« {word} » are several")

    def body(self, word: str, offset: int, gender: Gender) -> Resolution | None:
        """The body that the sentence right before is about, where its article agrees and that sentence names nobody else."""
        number = max(0, self._document.sentence_at(offset) - 1)
        start, folded = self._document.sentences[number].start, self._document.folded
        names = self.names(start, min(self._document.sentences[number].end, offset))
        article = self._syntax.feminine_body if gender == "feminine" else self._syntax.masculine_body
        begins = article.match(folded, start)
        if "\n" in folded[start:offset] or begins is None:
            return None
        if len(names) == 1 and names[0].type == "ORG" and article.fullmatch(folded, start, names[0].start):
            return Resolution(names[0], f"« {word} »: the sentence before is about {name_of(names[0])}")
        about, words = self._subjects.get(number), folded[begins.end() - _ARTICLE : begins.end() + _HEAD]
        if about is None or about.mention is None or about.mention.type != "ORG" or any(m.type == "PER" for m in names):
            return None
        acts = self._descriptions.body_kind(words) is not None or self._descriptions.is_employer(words)
        return Resolution(about.mention, f"« {word} »: {about.reason}") if acts else None

    def last(self, offset: int, fits: Callable[[Mention], bool]) -> Mention | None:
        """The fitting name that stands last before `offset`, none that only tells what the person named before it is."""
        quoted = self._told.is_quoted(offset)
        fitting = [m for m in reversed(self.names(0, offset)) if (quoted or not self._told.is_quoted(m.start)) and fits(m)]
        return next((m for m, before in zip_longest(fitting, fitting[1:]) if not (before and self._is_his(m, before))), None)

    def may_be_last(self, match: re.Match[str], offset: int, gender: Gender) -> bool:
        """True for a description of one, of that gender and not in what somebody says: « la maison » is no « ce dernier »."""
        phrase = match["phrase"]
        if self._syntax.plural.match(phrase) or (self._told.is_quoted(match.start()) and not self._told.is_quoted(offset)):
            return False
        return self._syntax.gender_before(f"{phrase.partition(' ')[0]} ") in (None, gender)

    def _is_his(self, body: Mention, person: Mention) -> bool:
        """True for a body that only tells what the person named before it is: « Nora Belkacem, directrice chez Lumio »."""
        between = self._document.folded[person.end : body.start]
        if body.type != "ORG" or person.type != "PER" or not between.startswith(",") or len(between) > _BESIDE:
            return False
        return _SIGN.search(between, 1) is None and self._syntax.dependent.search(between) is not None

    def told_of_owner(self, offset: int) -> int:
        """Where what is told of one owner begins: « Lumio grandit. Sa mission est belle. Sa patronne, … » → « Sa mission »."""
        number = self._document.sentence_at(offset)
        while number and self._is_of_owner(number - 1, offset):
            number, offset = number - 1, self._document.sentences[number - 1].start
        return offset

    def _is_of_owner(self, number: int, offset: int) -> bool:
        """True for a sentence of the same paragraph about something of somebody's, which has no name itself."""
        start, folded, subject = self._document.sentences[number].start, self._document.folded, self._subjects.get(number)
        begins = self._syntax.possessed.match(folded, start) is not None
        is_named = subject is not None and subject.mention is not None and subject.mention.start >= start
        return begins and not is_named and "\n" not in folded[start:offset]

    def ordinal(self, match: re.Match[str], offset: int) -> Resolution:
        """The first or the second of the two that a sentence before names (« le premier », « la seconde »)."""
        here, gender = self._document.sentence_at(offset), self._syntax.gender_before(match[0])
        for number in range(here, -1, -1):
            told = self._told_in(number, offset)
            people = [m for m in told if m.type == "PER"]
            if len(people) == 1 and number:
                people = [*(m for m in self._told_in(number - 1, offset) if m.type == "PER"), *people]
            pairs = (people, [m for m in told if m.type == "ORG"])
            among = next((pair for pair in pairs if len({name_of(m) for m in pair}) == _PAIR == len(pair)), told)
            if len(among) >= _PAIR:
                chosen = among[0 if match["first"] else 1]
                if self._descriptions.names.gender(name_of(chosen)) in (None, gender) or gender is None:
                    return Resolution(chosen, f"« {match[0]} » of the two named before: {name_of(chosen)}")
        return Resolution(None, f"« {match[0]} »: no two are named before")

    def _told_in(self, number: int, offset: int) -> list[Mention]:
        """The people and bodies that the sentence names before `offset`, once each, but in what somebody says."""
        sentence = self._document.sentences[number]
        names = self.names(sentence.start, min(sentence.end, offset))
        told = {name_of(m): m for m in reversed(names) if not self._told.is_quoted(m.start)}
        return sorted(told.values(), key=lambda m: m.start)
