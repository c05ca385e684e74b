"""What an earlier run linked short forms to, as its table of mentions says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline import question as asked
from pipeline.engine.before import show_linked
from pipeline.engine.corpus import connected
from pipeline.engine.rows import texts_of
from pipeline.engine.shuffle import shuffling
from pipeline.errors import UsageError
from pipeline.question import Shuffle
from tests.engine.nodes import Nodes

ENTITIES = [
    ("per:anne-lefebvre", "Anne Lefebvre"),
    ("per:hugo-lefebvre", "Hugo Lefebvre"),
    ("org:office-central-des-passerelles", "Office central des passerelles"),
    ("org:velora", "Vélora"),
    ("product:velora", "Vélora"),
]
MENTIONS = [
    ("a", "PER", "Anne Lefebvre", "per:anne-lefebvre"),
    ("a", "PER", "Lefebvre", "per:anne-lefebvre"),
    ("a", "PER", "Lefebvre", "per:anne-lefebvre"),
    ("a", "ORG", "Lefebvre", "per:hugo-lefebvre"),
    ("b", "PER", "Lefebvre", "per:anne-lefebvre"),
    ("b", "PER", "Lefebvre", "per:hugo-lefebvre"),
    ("c", "PER", "Lefebvre", "per:hugo-lefebvre"),
    ("c", "ORG", "OCP", "org:office-central-des-passerelles"),
    ("c", "ORG", "le gendarme des passerelles", "org:office-central-des-passerelles"),
    ("d", "ORG", "Vélora SAS", "org:velora"),
    ("d", "PRODUCT", "Vélora SAS", "product:velora"),
    ("e", "ORG", "Vélora", "org:velora"),
]
LINKED = [
    ("a0", "ORG", "Lefebvre", "Hugo Lefebvre"),
    ("a0", "PER", "Lefebvre", "Anne Lefebvre"),
    ("c0", "ORG", "OCP", "Office central des passerelles"),
    ("c0", "PER", "Lefebvre", "Hugo Lefebvre"),
    ("d0", "ORG", "Vélora SAS", "Vélora"),
    ("d0", "PRODUCT", "Vélora SAS", "Vélora"),
]
"""Not « Lefebvre » of two in one article, what is no short form, nor a name itself."""
COLUMNS = ("article_id", "type", "text", "entity_id")


@pytest.fixture
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with connected() as connection:
        connection.register("earlier", texts_of(("entity_id", "name"), ENTITIES))
        yield connection


def parts(folder: Path, size: int, *, times: int = 1) -> list[Path]:
    """The mentions, in other articles each of so many times, in files of that size; the type as a dictionary, as in the table."""
    rows = texts_of(COLUMNS, [(f"{article}{time}", *mention) for time in range(times) for article, *mention in MENTIONS])
    rows = rows.set_column(1, "type", rows["type"].dictionary_encode())
    files = [folder / f"part-{start:05}.parquet" for start in range(0, len(rows), size)]
    for number, file in enumerate(files):
        pq.write_table(rows.slice(number * size, size), file, compression="zstd")
    return files


def linked(base: duckdb.DuckDBPyConnection, files: Sequence[Path], shuffle: Shuffle | None = None) -> list[tuple[str, ...]]:
    show_linked(base, files, shuffle)
    return base.execute("SELECT article_id, type, text, before FROM linked ORDER BY ALL").fetchall()


@pytest.mark.parametrize("size", [5, len(MENTIONS)], ids=["part files", "one file"])
def test_short_forms_that_meant_one_thing_in_an_article(size: int, tmp_path: Path, base: duckdb.DuckDBPyConnection) -> None:
    assert linked(base, parts(tmp_path, size)) == LINKED


def test_a_first_run_has_nothing_before_it(base: duckdb.DuckDBPyConnection) -> None:
    assert linked(base, []) == []


def test_a_cluster_says_the_same(
    tmp_path: Path, base: duckdb.DuckDBPyConnection, cluster: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty-five mentions a part."""
    monkeypatch.setattr(asked, "PART", 1)
    files = parts(tmp_path, 5, times=10)
    with shuffling(cluster.address, 2) as shuffled:
        together = linked(base, files, shuffled)
    assert together == linked(base, files)
    assert len(together) == 10 * len(LINKED)


@pytest.mark.parametrize("damage", [slice(0, 1000), slice(-100, None)], ids=["a page", "the end"])
def test_a_damaged_part_is_named_with_the_way_out(damage: slice, tmp_path: Path, base: duckdb.DuckDBPyConnection) -> None:
    _, file, _ = files = parts(tmp_path, 5)
    content = bytearray(file.read_bytes())
    content[damage] = bytes(len(content[damage])) if damage.stop else b""
    file.write_bytes(content)
    with pytest.raises(UsageError, match=r"part-00005\.parquet is damaged .*: put it back from a backup, or remove the folder"):
        linked(base, files)
