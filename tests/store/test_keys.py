"""Keys as columns: what is in a set, and where a key stands."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipeline.store.keys import KeySet, Places, key_array, key_column


def test_a_column_holds_keys_and_where_there_is_none() -> None:
    column = key_column(pa.chunked_array([["b", None], ["a"]]))
    assert (column.tolist(), key_array(column).to_pylist()) == ([b"b", b"", b"a"], ["b", None, "a"])


def test_a_set_holds_what_was_put_in() -> None:
    held = KeySet(key_column("ca"))
    held.add(key_column("bcb"))
    assert (held.sorted.tolist(), held.holds(key_column(["a", "d", None])).tolist()) == ([b"a", b"b", b"c"], [True, False, False])


def test_an_empty_set_holds_nothing() -> None:
    assert KeySet(key_column("")).holds(key_column(["a", None])).tolist() == [False, False]


def test_a_key_is_found_where_it_stands() -> None:
    column = key_column("bca")
    found = [Places(column), Places(column, np.array([7, 9, 8])), Places(key_column(""))]
    assert [places.find(key_column("abz")).tolist() for places in found] == [[2, 0, -1], [8, 7, -1], [-1, -1, -1]]
