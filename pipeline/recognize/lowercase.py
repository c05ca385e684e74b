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
    """Finds what ends a name in small letters, as it stands behind it wherever the article has the name: an adjective
    (« Cartable libre »), or a complement of which the article does not speak otherwise (« Nuage d'Été »)."""

    def __init__(self, shapes: RuleFile, given_names: frozenset[str]) -> None:
        self._ending = re.compile(shapes.expand("{small_ending}"))
        self._closed = re.compile(shapes.expand("{small_ending}{name_closes}"))
        self._complement = re.compile(shapes.expand("{name_complement}"))
        self._given = given_names

    def lengthen(self, document: Document, runs: Iterable[Span]) -> Iterator[Span]:
        """The runs, each with its ending where all of its name have that one, two at least, and a mark closes one of them.

        A complement needs no mark; what stands in it is no run of its own.
        """
        folded = document.folded
        named = [(run, folded[run.start : run.end], self._find(folded, run)) for run in runs]
        endings: dict[str, list[str]] = {}
        for _, name, ending in named:
            endings.setdefault(name, []).append(ending[0] if ending else "")
        always = {name for name, same in endings.items() if len(same) > 1 and len(set(same)) == 1}
        closed = {name for run, name, ending in named if ending and self._closes(folded, run, name + ending[0])}
        last = 0
        for run, name, ending in named:
            end = ending.end() if ending and name in always & closed else run.end
            if end > last:
                yield Span(run.start, end)
                last = end

    def _find(self, folded: str, run: Span) -> re.Match[str] | None:
        """The adjective or complement behind the run; a person's town or firm is none of his name."""
        person = folded[run.start : run.end].split(" ")[0] in self._given
        return self._ending.match(folded, run.end) or (None if person else self._complement.match(folded, run.end))

    def _closes(self, folded: str, run: Span, whole: str) -> bool:
        """True where a mark ends the adjective, or the article has the complement's last word nowhere else."""
        word = whole[len(folded[run.start : run.end]) :].rpartition(" ")[2].rpartition("'")[2]
        alone = word[0].isupper() and folded.count(word) == folded.count(whole)
        return alone or self._closed.match(folded, run.end) is not None
