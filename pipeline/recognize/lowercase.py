"""Names that their bearers write small: « nimbo rachète Lumio »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon import RuleFile
from pipeline.model import Document, Span
from pipeline.recognize.chunks import Chunker
from pipeline.recognize.occurrences import occurrences


class LowercaseNames:
    """Finds where a small word could be a name: it begins a sentence or stands behind « chez », and never has an article."""

    def __init__(self, shapes: RuleFile, chunker: Chunker, common: frozenset[str]) -> None:
        self._place = re.compile(shapes.expand("{small_name_place}"))
        self._determiner = re.compile(shapes.expand("(?:{small_word_before})$"))
        self._chunker, self._common = chunker, common

    def find(self, document: Document) -> Iterator[Span]:
        """All places of each such word; what stands beside them must tell whether it is a name."""
        words = (match["name"] for match in self._place.finditer(document.folded))
        for word in dict.fromkeys(words):
            if not self._chunker.is_common(word) and word not in self._common:
                places = list(occurrences(document.folded, word))
                if not any(self._determiner.search(document.folded, max(0, start - 8), start) for start, _ in places):
                    yield from (Span(start, end) for start, end in places)
