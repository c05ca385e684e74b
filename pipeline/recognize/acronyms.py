"""Acronyms that the text itself introduces: « Institut boréal des glaciers (IBG) », « l'Office des ponts, l'ODP, ».

The name and its acronym are one thing: each speaks for the other, and the acronym's canonical name is the full one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.lexicon import RuleFile
from pipeline.model import Document, Span
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.weights import Weights
from pipeline.text import fold_accents

_WORD = re.compile(r"[^\W\d_][\w-]*")
_BREAK = re.compile(r"[.;:!?()«»“”\"\n]")
MOST_WORDS, MOST_CHARACTERS = 14, 150


class Acronyms:
    """Finds the names that introduce an acronym, and the acronym."""

    def __init__(self, shapes: RuleFile, words: Mapping[str, Any]) -> None:
        self._bracketed = re.compile(shapes.expand("{bracketed}"))
        self._introduced = re.compile(shapes.expand("{introduced}"))
        self._small = frozenset(words["small_words"])

    def find_names(self, document: Document, weights: Weights) -> Iterator[Evidence]:
        """Evidence for each name whose initials the brackets after it repeat.

        Only names that begin with a capital are found so; lower-case bodies have their rules of shape.
        """
        folded = document.folded
        for match in self._bracketed.finditer(folded):
            start = self._name_start(folded, match.start(), match["acronym"])
            if start is not None and folded[start].isupper():
                yield Evidence(start, match.start(), "ORG", "rule", "name-before-acronym", weights.before_acronym, whole=True)

    def after(self, document: Document, start: int, end: int) -> Span | None:
        """The acronym that stands right after the name at `start:end` and has its initials: « Autorité des ponts (ADP) »."""
        match = self._introduced.match(document.folded, end)
        words = _WORD.findall(document.folded[start:end])
        return Span(*match.span("acronym")) if match and self.has_initials(match["acronym"], words) else None

    def has_initials(self, acronym: str, words: list[str]) -> bool:
        """True where the letters of the acronym are the initials of the words, in order, small words aside if need be.

        Accents are lost on the way. One letter may stand inside a word (« Insee »), so that one may be missing of four or more.
        """
        letters = [c for c in fold_accents(acronym).lower() if c.isalpha()]
        initials = [fold_accents(word[0]).lower() for word in words]
        if len(words) < 2 or not letters or letters[0] != initials[0]:
            return False
        matched = 0
        for initial in initials:
            if matched < len(letters) and initial == letters[matched]:
                matched += 1
        content = sum(word.lower() not in self._small for word in words)
        return matched >= max(2, len(letters) - (len(letters) > 3)) and content <= len(letters) + 1

    def _name_start(self, folded: str, end: int, acronym: str) -> int | None:
        """Where the name that ends at `end` and has the acronym's initials begins; None where the words do not fit."""
        first_offset = max(0, end - MOST_CHARACTERS)
        breaks = [m.end() for m in _BREAK.finditer(folded, first_offset, end)]
        words = list(_WORD.finditer(folded, breaks[-1] if breaks else first_offset, end))[-MOST_WORDS:]
        letter = acronym[0].lower()
        for first in range(len(words) - 1, -1, -1):
            if words[first][0][0].lower() == letter and self.has_initials(acronym, [word[0] for word in words[first:]]):
                return words[first].start()
        return None
