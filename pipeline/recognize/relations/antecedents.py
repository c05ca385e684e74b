"""Who a pronoun or a description stands for: « elle », « la ministre », « la start-up », resolved to a mention of the article.

A candidate is weighed by how near it is, whether its sentence is about it (its first name, not behind a preposition) and how
often the article names it. Nothing is guessed where no candidate fits: the answer is then None, with a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from pipeline.model import Document, Mention
from pipeline.recognize.relations.descriptions import BodyKind, Descriptions, Gender
from pipeline.recognize.relations.resolution import Resolution, name_of

_SENTENCES_BACK = 8
_WINDOW = 70
_BESIDE = 45
_SUBJECT, _NAMED_OFTEN, _SPEAKS = 1.6, 0.15, 2.0
"""Weights against one sentence of distance: being a subject, each further time the name stands, a person where one speaks."""
_TOPIC_NAMED_OFTEN, _TOPIC_DISTANCE, _IN_HEADLINE, _NEVER_SUBJECT = 0.3, 0.4, 1.2, 0.8
"""For descriptions (« l'entreprise »), where the article's subject matters more than the nearest name."""


class Antecedents:
    """The people and bodies of one article, ready to be asked for."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...], descriptions: Descriptions) -> None:
        self._document, self.descriptions, self.syntax = document, descriptions, descriptions.syntax
        self._named = tuple(m for m in mentions if m.type in ("PER", "ORG"))
        self._things = tuple(m for m in mentions if m.type in ("LAW", "PRODUCT"))
        self._headline = document.blocks[0].end if document.blocks else 0
        self._starts = [m.start for m in self._named]
        self._sentences = [document.sentence_at(m.start) for m in self._named]
        self._subjects = self._find_subjects()
        self._leading = frozenset(name_of(m) for m, leads in zip(self._named, self._subjects, strict=True) if leads)
        self._counts = Counter(name_of(m) for m in self._named)
        self._genders = self._find_genders()
        self._headliners = frozenset(name_of(m) for m in self._named if m.start < self._headline)

    @cached_property
    def _called(self) -> Mapping[str, frozenset[str]]:
        """For each organisation the nouns that the article puts beside its name (« la fintech Lumio », « Lumio, l'éditeur »)."""
        nouns: dict[str, set[str]] = {}
        folded, find = self._document.folded, self.descriptions.body_nouns
        for mention in self._named:
            if mention.type == "ORG":
                before = folded[max(0, mention.start - _BESIDE) : mention.start].rpartition(".")[2].rpartition(",")[2]
                before = self.syntax.governor.sub("", before)
                behind = self.syntax.apposed.match(folded[mention.end : mention.end + _BESIDE])
                beside = find(before)[-1:] + (find(behind["noun"])[:1] if behind else [])
                nouns.setdefault(name_of(mention), set()).update(beside)
        return {name: frozenset(found) for name, found in nouns.items()}

    def person(self, offset: int, *, gender: Gender | None = None, without: Iterable[str] = ()) -> Resolution:
        """The person that « il » or « elle » at `offset` stands for."""
        fits = [m.type == "PER" and self.agrees(m, gender) and name_of(m) not in without for m in self._named]
        found = self._best(offset, fits)
        if found is None:
            return Resolution(None, "no person that fits is named before")
        return Resolution(found, f"nearest person named before: {name_of(found)}")

    def body(
        self, offset: int, *, kind: BodyKind | None = None, without: Iterable[str] = (), within: int = _SENTENCES_BACK
    ) -> Resolution:
        """The organisation that « la start-up » or « l'autorité » at `offset` stands for."""
        fits = [m.type == "ORG" and name_of(m) not in without and (kind is None or self.kind(m) == kind) for m in self._named]
        found = self._best(offset, fits, within=within, topic=True)
        if found is None:
            return Resolution(None, f"no {kind or 'organisation'} is named before")
        return Resolution(found, f"{kind or 'organisation'} that the article speaks of: {name_of(found)}")

    def body_behind(self, offset: int) -> Mention | None:
        """The next organisation that the sentence of `offset` names behind it."""
        here = self._document.sentence_at(offset)
        later = zip(self._named, self._sentences, strict=True)
        return next((m for m, sentence in later if m.type == "ORG" and m.start > offset and sentence == here), None)

    def only_person(self, start: int, end: int) -> Mention | None:
        """The person of the last sentence that ends in `start:end`, where it names one as its subject or names one alone."""
        last = self._document.sentence_at(max(start, end - 2))
        here = [i for i, m in enumerate(self._named) if start <= m.start < end and self._sentences[i] == last]
        people = [i for i in here if self._named[i].type == "PER"]
        subjects = [i for i in people if self._subjects[i]]
        if subjects or len({name_of(self._named[i]) for i in people}) == 1:
            return self._named[(subjects or people)[0]]
        return None

    def topic(self, *, kind: BodyKind, without: Iterable[str] = ()) -> Mention | None:
        """The body of that kind that the whole article names most, its headline's first."""
        bodies = [m for m in self._named if m.type == "ORG" and name_of(m) not in without and self.kind(m) == kind]
        weight = lambda m: (self._counts[name_of(m)] + 2 * (name_of(m) in self._headliners), -m.start)  # noqa: E731
        return max(bodies, key=weight, default=None)

    def pair(self, offset: int) -> tuple[Mention, ...]:
        """The two organisations that « les deux groupes » at `offset` stand for, or nothing."""
        first = self.body(offset, within=3).mention
        second = self.body(offset, within=3, without=(name_of(first),)).mention if first else None
        return (first, second) if first and second else ()

    def thing(self, offset: int, kind: str) -> Mention | None:
        """The law or product that « le texte », « le modèle » at `offset` stands for: the nearest before, else the first."""
        things = [m for m in self._things if m.type == kind]
        before = [m for m in things if m.start < offset]
        return before[-1] if before else next(iter(things), None)

    def pronoun(self, word: str, offset: int, *, speaking: bool = False) -> Resolution:
        """Whom a pronoun stands for: the subject spoken of, a person rather than a body where somebody is `speaking`."""
        gender: Gender = "feminine" if "elle" in word.lower() else "masculine"
        fits = [m.type == "ORG" or self.agrees(m, gender) for m in self._named]
        if self.syntax.demonstrative.fullmatch(word):
            before = [m for m, fit in zip(self._named, fits, strict=True) if fit and m.start < offset]
            return Resolution(before[-1], f"« {word} »: named last") if before else Resolution(None, f"« {word} »: nobody before")
        if not speaking and (subject := self._described_subject(self._document.sentence_at(offset) - 1, gender)) is not None:
            return subject
        found = self._best(offset, fits, speaking=speaking)
        if found is None:
            return Resolution(None, f"nothing that « {word} » could stand for is named before")
        return Resolution(found, f"« {word} » stands for {name_of(found)}, named last as a subject")

    def _described_subject(self, sentence: int, gender: Gender) -> Resolution | None:
        """The subject of a sentence that begins with a description or a pronoun, None where it begins otherwise."""
        if sentence < 0:
            return None
        span = self._document.sentences[sentence]
        text = self._document.folded[span.start : span.end]
        if match := self.syntax.pronoun.match(text):
            return self.pronoun(match["word"], span.start)
        phrase = self.syntax.opening.match(text)
        if phrase is None or self.descriptions.body_kind(phrase["phrase"]) is None:
            return None
        if any(span.start <= m.start < span.start + phrase.end() for m in self._named):
            return None
        found = self.described(phrase["phrase"], span.start)
        fits = found.mention and (found.mention.type == "ORG" or self.agrees(found.mention, gender))
        return found if fits else None

    def described(self, phrase: str, offset: int) -> Resolution:
        """Whom a description without a name stands for (« la ministre », « la direction », « la plateforme »)."""
        if self.syntax.indefinite.match(phrase) and not self.descriptions.is_voice(phrase):
            return Resolution(None, f"« {phrase} » names nobody")
        if (chamber := self._chamber(phrase)) is not None:
            return chamber
        kind = self.descriptions.body_kind(phrase)
        person = self.descriptions.person_noun(phrase)
        several = self.syntax.plural.match(phrase) is not None
        if person and not several and (kind is None or phrase.find(person[0]) <= 12):
            return self._person_called(person[0], offset, person[1])
        if kind is not None:
            return self._body_called(phrase, kind, offset)
        if self.syntax.possessed.match(phrase) and self.descriptions.is_voice(phrase):
            return self.owner(offset)
        if self.descriptions.is_voice(phrase):
            found = self.body(offset, kind="authority") if self.descriptions.is_ruling(phrase) else self.body(offset)
            return found if found.mention else self.body(offset)
        return Resolution(None, f"« {phrase} » is no description of a person or body known to the word lists")

    def _body_called(self, phrase: str, kind: BodyKind, offset: int) -> Resolution:
        """The body that the article calls by that noun, else one of that kind, else for a company any."""
        noun = next(iter(self.descriptions.body_nouns(phrase)), "")
        fits = [m.type == "ORG" and noun in self._called.get(name_of(m), ()) for m in self._named]
        if (called := self._best(offset, fits, within=40, topic=True)) is not None:
            return Resolution(called, f"called « {noun} » in the article: {name_of(called)}")
        if kind == "any":
            return self.owner(offset)
        found = self.body(offset, kind=kind)
        return found if found.mention or kind == "association" else self.body(offset)

    def owner(self, offset: int) -> Resolution:
        """The organisation that « son », « sa » at `offset` speaks of: the last one that a sentence was about."""
        found = self._best(offset, [m.type == "ORG" for m in self._named])
        reason = f"organisation spoken of last: {name_of(found)}" if found else "no organisation is named before"
        return Resolution(found, reason)

    def called(self, name: str) -> Mention | None:
        """The article's first mention of the organisation with that full name."""
        return next((m for m in self._named if m.type == "ORG" and name_of(m) == name), None)

    def _chamber(self, phrase: str) -> Resolution | None:
        """The chamber for which its members stand, where the article names it."""
        name = self.descriptions.chamber(phrase)
        found = self.called(name) if name else None
        return Resolution(found, f"members of {name}") if found else None

    def _person_called(self, noun: str, offset: int, gender: Gender | None) -> Resolution:
        """The person whom the article calls by that noun somewhere, else the nearest one of that gender."""
        folded = self._document.folded
        stem = re.compile(rf"(?<!\w){re.escape(noun[:5])}", re.IGNORECASE)
        near = [
            m.type == "PER"
            and self.agrees(m, gender)
            and stem.search(folded[max(0, m.start - _WINDOW) : m.end + _WINDOW]) is not None
            for m in self._named
        ]
        found = self._best(offset, near, within=40)
        if found is not None:
            return Resolution(found, f"called « {noun} » in the article: {name_of(found)}")
        return self.person(offset, gender=gender)

    def interviewee(self) -> Mention | None:
        """Who answers, where at least three paragraphs are questions: the first person whom the article names."""
        blocks = self._document.blocks
        questions = sum(self._document.folded[b.end - 1 : b.end] == "?" or b.kind == "question" for b in blocks)
        if questions < 3:
            return None
        opening = blocks[min(len(blocks), 6) - 1].end
        return next((m for m in self._named if m.type == "PER" and m.start < opening), None)

    def _best(
        self, offset: int, fits: list[bool], *, within: int = _SENTENCES_BACK, topic: bool = False, speaking: bool = False
    ) -> Mention | None:
        here = self._document.sentence_at(offset)
        options = [
            (self._weight(i, here, topic=topic) + _SPEAKS * (speaking and self._named[i].type == "PER"), self._starts[i])
            for i in range(bisect_left(self._starts, offset))
            if fits[i] and here - self._sentences[i] <= within
        ]
        return self._named[self._starts.index(max(options)[1])] if options else None

    def _weight(self, index: int, sentence: int, *, topic: bool) -> float:
        count, distance = self._counts[name_of(self._named[index])], sentence - self._sentences[index]
        if topic:
            weight = _SUBJECT * self._subjects[index] / 2 + _TOPIC_NAMED_OFTEN * min(count, 8) - _TOPIC_DISTANCE * distance
            weight -= _NEVER_SUBJECT * (name_of(self._named[index]) not in self._leading)
            return weight + _IN_HEADLINE * (name_of(self._named[index]) in self._headliners)
        return _SUBJECT * self._subjects[index] + _NAMED_OFTEN * min(count, 6) - distance

    def kind(self, mention: Mention) -> BodyKind:
        """The kind of an organisation: what the article calls it, else what its name or the gazetteer tells."""
        known = self.descriptions.kind_of_body(name_of(mention))
        called = sorted({kind for noun in self._called.get(name_of(mention), ()) if (kind := self.descriptions.body_kind(noun))})
        return called[0] if known == "company" and len(called) == 1 else known

    def _find_subjects(self) -> list[bool]:
        """For each name: is its sentence about it, that is, is it the first one there and behind no preposition?"""
        folded, seen, subjects = self._document.folded, set(), []
        for mention, sentence in zip(self._named, self._sentences, strict=True):
            behind = self.syntax.dependent.search(folded[max(0, mention.start - 24) : mention.start]) is not None
            subjects.append(sentence not in seen and not behind)
            if not behind:
                seen.add(sentence)
        return subjects

    def agrees(self, mention: Mention, gender: Gender | None) -> bool:
        """True for a person unless known to be of the other gender."""
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
                return gender
        behind = self.syntax.apposed.match(folded[mention.end : mention.end + _WINDOW])
        noun = self.descriptions.person_noun(behind["noun"]) if behind else None
        return noun[1] if noun and behind and behind["noun"].find(noun[0]) <= 2 else None
