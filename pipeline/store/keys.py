"""Keys of rows as columns: 32 bytes each, where a set of Python's strings takes four times as much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Keys = NDArray[np.bytes_]
"""A column of keys; an empty one where there is none."""
Numbers = NDArray[np.int64]
NO_KEY = b""
_KEY = np.dtype("S32")
_FEW = 4096


def key_column(keys: Iterable[str | None] | pa.ChunkedArray) -> Keys:
    """The keys as a column."""
    plain = values(keys) if isinstance(keys, pa.ChunkedArray) else keys
    return np.fromiter((key.encode() if key else NO_KEY for key in plain), dtype=_KEY)


def values(column: pa.ChunkedArray) -> Iterator[Any]:
    """The values of a column, of which a chunk at a time becomes Python's."""
    return chain.from_iterable(chunk.to_pylist() for chunk in column.chunks)


def key_array(keys: Keys) -> pa.Array:
    """The column as Arrow has it, null where there is no key."""
    return pa.array(keys, pa.binary(), mask=keys == NO_KEY).cast(pa.string())


def texts(keys: Keys) -> Iterator[str]:
    """The keys as Python's strings, one at a time."""
    return (key.decode() for key in keys)


class KeySet:
    """A set of keys that grows. Of keys in order, each once, no copy is made."""

    def __init__(self, keys: Keys):
        self._sorted: Keys = keys if bool(np.all(keys[1:] > keys[:-1])) else np.unique(keys)
        self._new: set[bytes] = set()

    @property
    def sorted(self) -> Keys:
        """All of them."""
        self._settle()
        return self._sorted

    def holds(self, keys: Keys) -> NDArray[np.bool_]:
        """For each of the keys whether it is in the set."""
        found: NDArray[np.bool_] = np.fromiter((key in self._new for key in keys.tolist()), np.bool_, len(keys))
        if len(self._sorted):
            found |= self._sorted.take(np.searchsorted(self._sorted, keys), mode="clip") == keys
        found &= keys != NO_KEY
        return found

    def add(self, keys: Keys) -> None:
        """Put the keys in. A column made anew for each few of them would leave holes in memory."""
        self._new.update(keys.tolist())
        if len(self._new) > _FEW:
            self._settle()

    def _settle(self) -> None:
        self._sorted = np.union1d(self._sorted, np.array(list(self._new), _KEY))
        self._new = set()


class Places:
    """Where keys stand in a column, or the `numbers` that stand beside them.

    >>> Places(key_column(["b", "c", "a"])).find(key_column(["c", "d"])).tolist()
    [1, -1]
    """

    def __init__(self, keys: Keys, numbers: Numbers | None = None):
        order = np.argsort(keys, kind="stable")
        self._numbers: Numbers = order if numbers is None else numbers[order]
        self.keys: Keys = keys[order]

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, keys: Keys) -> Numbers:
        """The number of each key; -1 of one that is not there."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        near = np.searchsorted(self.keys, keys)
        return np.where(self.keys.take(near, mode="clip") == keys, self._numbers.take(near, mode="clip"), -1)
