"""Rows kept between runs: each key once, whole files only, nothing left of what is dropped."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.store import segments
from pipeline.store.keys import key_column
from pipeline.store.segments import Segments

SCHEMA = pa.schema([("key", pa.string()), ("text", pa.string())])


def rows(*keys: str) -> pa.Table:
    return pa.table({"key": keys, "text": [f"texte {key}" for key in keys]}, schema=SCHEMA)


def held(store: Segments) -> list[str]:
    return sorted(key for table in store.read(store.known.sorted) for key in table["key"].to_pylist())


def test_rows_come_back_by_key(tmp_path: Path) -> None:
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a", "b"))
    store.add(rows("c"))
    found = pa.concat_tables(Segments(tmp_path, SCHEMA).read(key_column("caz")))
    assert sorted(found.to_pylist(), key=str) == [{"key": "a", "text": "texte a"}, {"key": "c", "text": "texte c"}]


def test_a_key_is_kept_once(tmp_path: Path) -> None:
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a", "b"))
    store.add(rows("b", "c"))
    assert held(store) == ["a", "b", "c"]


def test_a_file_that_was_not_finished_is_not_seen(tmp_path: Path) -> None:
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a"))
    (store.files[0].parent / "half.part").write_bytes(b"PAR1")
    assert held(Segments(tmp_path, SCHEMA)) == ["a"]


def test_small_files_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_SMALL", 2)
    store = Segments(tmp_path, SCHEMA)
    for key in "abcd":
        store.add(rows(key))
    store.sweep(key_column("abcd"))
    assert (len(store.files), held(store)) == (1, list("abcd"))


def test_joined_files_keep_all_rows_and_few_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_SMALL", 2)
    store = Segments(tmp_path, SCHEMA)
    counts = []
    for key in "abcd":
        store.add(rows(key))
        store.join()
        counts.append((len(store.files), held(store)))
    assert counts == [(1, ["a"]), (2, ["a", "b"]), (1, ["a", "b", "c"]), (2, ["a", "b", "c", "d"])]


def test_a_damaged_file_is_dropped_where_files_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_SMALL", 1)
    for key in "abc":
        Segments(tmp_path, SCHEMA).add(rows(key))
    store = Segments(tmp_path, SCHEMA)
    damaged = next(file for file in store.files if pq.read_table(file)["key"].to_pylist() == ["a"])
    damaged.write_bytes(damaged.read_bytes()[:-20])
    store.join()
    assert (len(store.files), held(store)) == (1, ["b", "c"])


def test_of_what_is_dropped_nothing_is_left(tmp_path: Path) -> None:
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a", "b", "c"))
    store.sweep(key_column("ac"), every=True)
    assert held(store) == ["a", "c"]
    assert not any(b"texte b" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_joining_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    """The note says that the joined file is whole and which files it stands for."""
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a"))
    store.add(rows("b"))
    old = [file.name for file in store.files]
    home = store.files[0].parent
    joined = Segments(tmp_path / "other", SCHEMA)
    joined.add(rows("a", "b"))
    joined.files[0].rename(home / "ab.joined")
    (home / "joined.json").write_text(json.dumps({"new": "ab.joined", "old": old}), encoding="utf-8")
    store = Segments(tmp_path, SCHEMA)
    assert ([file.name for file in store.files], held(store)) == (["ab.parquet"], ["a", "b"])


def test_rows_of_another_version_are_not_seen_and_swept_away(tmp_path: Path) -> None:
    other = pa.schema([("key", pa.string()), ("words", pa.string())])
    Segments(tmp_path, other).add(pa.table({"key": ["a"], "words": ["x"]}, schema=other))
    store = Segments(tmp_path, SCHEMA)
    assert held(store) == []
    store.sweep(key_column(""))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_lost_its_end_is_dropped_and_its_rows_are_not_there(tmp_path: Path) -> None:
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a"))
    store.add(rows("b"))
    damaged = next(file for file in store.files if pq.read_table(file)["key"].to_pylist() == ["a"])
    damaged.write_bytes(damaged.read_bytes()[:-20])
    assert held(Segments(tmp_path, SCHEMA)) == ["b"]
    assert not damaged.exists()


def test_a_note_that_cannot_be_read_leaves_the_files(tmp_path: Path) -> None:
    store = Segments(tmp_path, SCHEMA)
    store.add(rows("a"))
    (store.files[0].parent / "joined.json").write_bytes(b"\xff{")
    assert held(Segments(tmp_path, SCHEMA)) == ["a"]


def test_rows_of_another_version_are_not_seen_and_go_away(tmp_path: Path) -> None:
    Segments(tmp_path, pa.schema([("key", pa.string()), ("words", pa.int32())])).add(
        pa.table({"key": ["a"], "words": pa.array([3], pa.int32())})
    )
    store = Segments(tmp_path, SCHEMA)
    assert held(store) == []
    store.add(rows("b"))
    store.sweep(key_column("b"))
    assert [folder.name for folder in tmp_path.iterdir()] == [store.files[0].parent.name]
