"""Brands by their shape: a capital inside a word (« NetVigie »), where nothing else speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.lexicon import RuleFile
from pipeline.model import Document, Span
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.places import Places
from pipeline.recognize.weights import Weights


class Brands:
    """Finds such words. Nobody and no place is written so, and firms are more often than their products."""

    def __init__(self, shapes: RuleFile, weights: Weights) -> None:
        self._shape = re.compile(shapes.expand("{inner_capital}"))
        self._weight = weights.inner_capital

    def find(self, document: Document, chunks: Iterable[Span], evidence: Iterable[Evidence]) -> Iterator[Evidence]:
        """Evidence for each run that is one such word and touches none of the places that the evidence speaks of."""
        spoken = Places.of(voice.place for voice in evidence)
        for chunk in chunks:
            if self._shape.fullmatch(document.folded, chunk.start, chunk.end) and not spoken.touching(chunk):
                yield Evidence(chunk.start, chunk.end, "ORG", "rule", "org-inner-capital", self._weight)
