"""Names that their bearers write small: « nimbo rachète Lumio », « l'application Cartable libre »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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


class SmallEndings:
    """Finds the adjective in small letters that ends a name: it stands behind it wherever the article has the name."""

    def __init__(self, shapes: RuleFile) -> None:
        self._ending = re.compile(shapes.expand("{small_ending}"))
        self._closed = re.compile(shapes.expand("{small_ending}{name_closes}"))

    def lengthen(self, document: Document, runs: Iterable[Span]) -> Iterator[Span]:
        """The runs, each with its ending where all of its name have that one, two at least, and a mark closes one of them."""
        named = [(run, document.folded[run.start : run.end], self._ending.match(document.folded, run.end)) for run in runs]
        endings: dict[str, list[str]] = {}
        for _, name, ending in named:
            endings.setdefault(name, []).append(ending[0] if ending else "")
        closed = {name for run, name, ending in named if ending and self._closed.match(document.folded, run.end)}
        for run, name, ending in named:
            always = len(endings[name]) > 1 and len(set(endings[name])) == 1
            yield Span(run.start, ending.end()) if ending and always and name in closed else run
