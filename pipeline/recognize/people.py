"""People by the shape of their names: a given name and what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.lexicon import RuleFile
from pipeline.model import Document, Span
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.weights import Weights

ARTICLE = 10
"""Characters before a name in which its article stands."""


class PeopleByShape:
    """Finds « Ursula von der Leyen » and « Marielle de Brissac » by their first word, and « Élodie », weakly."""

    def __init__(self, shapes: RuleFile, given_names: frozenset[str], weights: Weights) -> None:
        self._weights = weights
        self._given = given_names
        self._foreign_tail = re.compile(shapes.expand("{foreign_tail}"))
        self._noble_tail = re.compile(shapes.expand("{noble_tail}"))
        self._article = re.compile(shapes.expand("(?:{article_before}|{future})$"))
        self._masculine_article = re.compile(shapes.expand("(?:{masculine_article})$"))
        self._double_surname = re.compile(shapes.expand("{double_surname}"))

    def find(self, document: Document, chunks: Iterable[Span]) -> Iterator[Evidence]:
        """Evidence for each run of capitalised words that begins with a given name, or ends with a double surname.

        Behind an article it is a thing that bears a person's name: « le Charles de Gaulle », « à bord du Berthe Ronsac ».
        """
        folded = document.folded
        for chunk in chunks:
            words = folded[chunk.start : chunk.end].split(" ")
            if not self._is_given(words):
                if self._double_surname.fullmatch(folded, chunk.start, chunk.end):
                    weight = self._weights.double_surname
                    yield Evidence(chunk.start, chunk.end, "PER", "rule", "per-double-surname", weight)
                continue
            before = max(0, chunk.start - ARTICLE), chunk.start
            if any(word[0].isdigit() for word in words) or self._article.search(folded, *before):
                if len(words) > 1 and self._masculine_article.search(folded, *before):
                    yield Evidence(chunk.start, chunk.end, "PRODUCT", "rule", "product-namesake", self._weights.namesake)
                continue
            alone = all(word in self._given for word in words)
            tail = self._foreign_tail.match(folded, chunk.end) or (alone and self._noble_tail.match(folded, chunk.end))
            if tail or len(words) > 1:
                end = tail.end() if tail else chunk.end
                yield Evidence(chunk.start, end, "PER", "rule", "per-given-name", self._weights.given_and_surname)
            else:
                yield Evidence(chunk.start, chunk.end, "PER", "rule", "per-given-name-alone", self._weights.given_alone)

    def _is_given(self, words: list[str]) -> bool:
        """True where the run begins with a given name, or before a surname with one that a hyphen joins to another."""
        first, hyphen, second = words[0].partition("-")
        joined = bool(hyphen) and second[:1].isupper() and len(words) > 1
        return words[0] in self._given or (joined and first in self._given)
