"""Whom the sentences before speak of: the body that « elle » is, the first of the two named, the group that « ils » are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from pipeline.model import Document, Mention
from pipeline.recognize.relations.appearances import Told
from pipeline.recognize.relations.descriptions import Descriptions, Gender
from pipeline.recognize.relations.resolution import Resolution, name_of

_PAIR = 2
_HEAD = 25
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
        if "\n" in folded[start:offset] or article.match(folded, start) is None:
            return None
        if len(names) == 1 and names[0].type == "ORG" and article.fullmatch(folded, start, names[0].start):
            return Resolution(names[0], f"« {word} »: the sentence before is about {name_of(names[0])}")
        about, words = self._subjects.get(number), folded[start : start + _HEAD]
        if about is None or about.mention is None or about.mention.type != "ORG" or any(m.type == "PER" for m in names):
            return None
        acts = self._descriptions.body_kind(words) is not None or self._descriptions.is_employer(words)
        return Resolution(about.mention, f"« {word} »: {about.reason}") if acts else None

    def ordinal(self, match: re.Match[str], offset: int) -> Resolution:
        """The first or the second of the two that a sentence before names (« le premier », « la seconde »)."""
        for number in range(self._document.sentence_at(offset), -1, -1):
            sentence = self._document.sentences[number]
            names = self.names(sentence.start, min(sentence.end, offset))
            told = {name_of(m): m for m in reversed(names) if not self._told.is_quoted(m.start)}
            pairs = ([m for m in told.values() if m.type == kind] for kind in ("PER", "ORG"))
            among = next((pair for pair in pairs if len(pair) == _PAIR), [*told.values()])
            if len(among) >= _PAIR:
                chosen = sorted(among, key=lambda m: m.start)[0 if match["first"] else 1]
                return Resolution(chosen, f"« {match[0]} » of the two named before: {name_of(chosen)}")
        return Resolution(None, f"« {match[0]} »: no two are named before")
