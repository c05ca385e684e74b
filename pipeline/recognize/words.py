"""The words of a text and their embeddings: each word is cut and embedded once, and looked up as long as texts have it.

What spaCy's tokenizer makes of a stretch between blanks depends on that stretch alone, and what its `MultiHashEmbed` and word
vectors say of a token depends on its word and norm alone. The two took half of the network's time, and a language has few words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Token
    from thinc.api import Model

STRETCHES_KEPT = 10_000
"""Stretches that texts have before those are forgotten that none of these has: with as many of before some 20 MB with the
embeddings of their words. Of 900 news articles 12 % more stretches are new than if none were forgotten."""

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_STRETCH = re.compile(r"\S+|[^\S ]\s*|(?<=\S )\s+|\A\s+")
"""What spaCy cuts by itself: a run of signs, or of blanks but for the one space that parts two words."""


class Words(NamedTuple):
    """The words of one text in order: embedding, offsets, whether a word is blank (« \\n\\n »)."""

    vectors: Floats
    starts: Places
    ends: Places
    blank: NDArray[np.bool_]


class WordTable:
    """Texts as words with their embeddings.

    >>> table = WordTable(tokenizer, embed)
    >>> words = table.read("L'Élysée se tait.")
    >>> words.starts.tolist()
    [0, 2, 9, 12, 16]
    """

    def __init__(self, tokenizer: Tokenizer, embed: Model[Any, Any]):
        self._tokenizer, self._embed = tokenizer, embed
        self._zone = ExitStack()
        self._stretches: dict[str, tuple[int, ...]] = {}
        self._before: dict[str, tuple[int, ...]] = {}
        self._rows: dict[tuple[int, int], int] = {}
        self._vectors: Floats = np.zeros((0, embed.get_dim("nO")), dtype=np.float32)
        self._lengths: Places = np.zeros(0, dtype=np.int64)
        self._blank: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self._forget()

    def learn(self, texts: Iterable[str]) -> None:
        """Cut and embed what is new in the texts. Bounds memory: `read` a text before the next call."""
        if len(self._stretches) > STRETCHES_KEPT:
            self._forget()
        met = dict.fromkeys(chain.from_iterable(map(_STRETCH.findall, texts)))
        self._stretches.update((stretch, self._before[stretch]) for stretch in met if stretch in self._before)
        new = [stretch for stretch in met if stretch not in self._stretches]
        cut = self._cut([stretch for stretch in new if not stretch.isspace()])
        cut |= {blank: list(self._tokenizer(blank)) for blank in new if blank.isspace()}
        self._embed_new(chain.from_iterable(cut[stretch] for stretch in new))
        self._stretches.update((stretch, tuple(self._rows[word.orth, word.norm] for word in cut[stretch])) for stretch in new)

    def read(self, text: str) -> Words:
        """The words of a text that was learnt."""
        found = [(match[0], match.start()) for match in _STRETCH.finditer(text)]
        stretches = [self._stretches[stretch] for stretch, _ in found]
        counts = np.fromiter(map(len, stretches), dtype=np.int64, count=len(stretches))
        rows = np.fromiter(chain.from_iterable(stretches), dtype=np.int64, count=int(counts.sum()))
        reached = np.concatenate([[0], np.cumsum(self._lengths[rows])])
        gaps = np.array([start for _, start in found], dtype=np.int64) - reached[np.cumsum(counts) - counts]
        starts = reached[:-1] + np.repeat(gaps, counts)
        return Words(self._vectors[rows], starts, starts + self._lengths[rows], self._blank[rows])

    def _cut(self, stretches: Sequence[str]) -> dict[str, list[Token]]:
        """The words of each stretch, all cut in one text, a line each: one by one they take twice the time."""
        words = groupby(self._tokenizer("\n".join(stretches)), key=lambda word: word.is_space)
        return dict(zip(stretches, (list(line) for is_end, line in words if not is_end), strict=True))

    def _forget(self) -> None:
        """Drop the words that no text had of late, and all of the vocabulary, where spaCy keeps every word that it ever saw."""
        self._zone.close()
        self._zone.enter_context(self._tokenizer.vocab.memory_zone())
        kept = np.unique(np.fromiter(chain.from_iterable(self._stretches.values()), dtype=np.int64))
        row = dict(zip(kept.tolist(), range(len(kept)), strict=True))
        self._before = {stretch: tuple(row[old] for old in rows) for stretch, rows in self._stretches.items()}
        self._stretches = {}
        self._rows = {word: row[old] for word, old in self._rows.items() if old in row}
        self._vectors, self._lengths, self._blank = self._vectors[kept], self._lengths[kept], self._blank[kept]

    def _embed_new(self, tokens: Iterable[Token]) -> None:
        from spacy.tokens import Doc

        new = {(token.orth, token.norm): token for token in tokens if (token.orth, token.norm) not in self._rows}
        if not new:
            return
        sample = Doc(self._tokenizer.vocab, words=[token.text for token in new.values()])
        for copy, token in zip(sample, new.values(), strict=True):
            copy.norm_ = token.norm_
        first, end = len(self._rows), len(self._rows) + len(new)
        self._rows.update(zip(new, range(first, end), strict=True))
        self._vectors, self._lengths, self._blank = (_roomy(a, end) for a in (self._vectors, self._lengths, self._blank))
        self._vectors[first:end] = self._embed.predict([sample])[0]
        self._lengths[first:end] = [len(token) for token in new.values()]
        self._blank[first:end] = [token.is_space for token in new.values()]


def _roomy(rows: NDArray[Any], count: int) -> NDArray[Any]:
    """The rows with room for `count`, and for as many again: made anew for each batch, they would leave holes in memory."""
    if count <= len(rows):
        return rows
    room = np.zeros((2 * count, *rows.shape[1:]), dtype=rows.dtype)
    room[: len(rows)] = rows
    return room
