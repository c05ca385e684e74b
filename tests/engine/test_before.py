"""What an earlier run linked short forms to, as its table of mentions says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import question as asked
from pipeline.columns import texts_of
from pipeline.engine.before import show_earlier
from pipeline.engine.corpus import connected
from pipeline.engine.shuffle import shuffling
from pipeline.errors import UsageError
from pipeline.previous import Earlier, read_earlier
from pipeline.question import Shuffle
from pipeline.tables.schemas import TABLES
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
        yield connection


def run_in(folder: Path, size: int, *, times: int = 1) -> Earlier:
    """What a run left in the folder: entities, and mentions in files of that size, in other articles each of so many times."""
    (folder / "mentions").mkdir()
    known = [
        {"entity_id": key, "type": "ORG", "name": name, "aliases": [], "n_mentions": 1, "n_articles": 1, "former_ids": []}
        for key, name in ENTITIES
    ]
    pq.write_table(pa.Table.from_pylist(known, schema=TABLES["entities"].schema), folder / "entities.parquet")
    rows = texts_of(COLUMNS, [(f"{article}{time}", *mention) for time in range(times) for article, *mention in MENTIONS])
    rows = rows.set_column(1, "type", rows["type"].dictionary_encode())
    for number, start in enumerate(range(0, len(rows), size)):
        pq.write_table(rows.slice(start, size), folder / "mentions" / f"part-{number:05}.parquet", compression="zstd")
    return read_earlier(folder)


def linked(base: duckdb.DuckDBPyConnection, earlier: Earlier, shuffle: Shuffle | None = None) -> list[tuple[str, ...]]:
    show_earlier(base, earlier, shuffle)
    return base.execute("SELECT article_id, type, text, before FROM linked ORDER BY ALL").fetchall()


@pytest.mark.parametrize("size", [5, len(MENTIONS)], ids=["part files", "one file"])
def test_short_forms_that_meant_one_thing_in_an_article(size: int, tmp_path: Path, base: duckdb.DuckDBPyConnection) -> None:
    assert linked(base, run_in(tmp_path, size)) == LINKED
    assert base.execute("SELECT entity_id, name FROM earlier ORDER BY ALL").fetchall() == sorted(ENTITIES)


def test_a_first_run_has_nothing_before_it(base: duckdb.DuckDBPyConnection) -> None:
    assert linked(base, Earlier()) == base.execute("FROM earlier").fetchall() == []


def test_a_cluster_says_the_same(
    tmp_path: Path, base: duckdb.DuckDBPyConnection, cluster: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty-five mentions a part."""
    monkeypatch.setattr(asked, "PART", 1)
    earlier = run_in(tmp_path, 5, times=10)
    with shuffling(cluster.address, 2) as shuffled:
        together = linked(base, earlier, shuffled)
    assert together == linked(base, earlier)
    assert len(together) == 10 * len(LINKED)


@pytest.mark.parametrize("name", ["entities.parquet", "part-00001.parquet"])
@pytest.mark.parametrize("damage", [slice(4, 300), slice(-100, None)], ids=["a page", "the end"])
def test_a_damaged_file_is_named_with_the_way_out(
    name: str, damage: slice, tmp_path: Path, base: duckdb.DuckDBPyConnection
) -> None:
    earlier = run_in(tmp_path, 5)
    [file] = tmp_path.rglob(name)
    content = bytearray(file.read_bytes())
    content[damage] = b"\xff" * 296 if damage.stop else b""
    file.write_bytes(content)
    with pytest.raises(UsageError, match=rf"{name} is damaged .*: put it back from a backup, or remove the folder"):
        linked(base, earlier)
