"""Names → entities, from the tellings of all articles: read twice, a batch at a time, to merge them and to link them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.deduplicate.entities import Guide, LocalNames, Merged, merge_names
from pipeline.previous import Earlier
from pipeline.store.findings import read_names

ARTICLES_AT_A_TIME = 1000
_NAMES = "SELECT number, article_id, names, renamings, apart FROM plan JOIN tellings ON tellings.key = plan.telling"
_LINK = pa.schema(
    [
        ("number", pa.int64()),
        ("name", pa.int32()),
        ("count", pa.int32()),
        ("entity_id", pa.string()),
        ("score", pa.float64()),
        ("reason", pa.string()),
    ]
)


def merge(base: duckdb.DuckDBPyConnection, guide: Guide, earlier: Earlier) -> Merged:
    """The entities of the articles of `plan`; what each name of each article means, `links` shows afterwards."""
    merged = merge_names(
        (names for _, names in _local_names(base)),
        guide,
        previous=earlier.entities,
        decisions=earlier.decisions,
        before=earlier.names_in,
        retired=earlier.retired,
    )
    (folder,) = base.execute("SELECT current_setting('temp_directory')").fetchall()[0]
    file = Path(folder) / "links.parquet"
    with pq.ParquetWriter(file, _LINK) as writer:
        for batch in _links(base, merged):
            writer.write_batch(batch)
    base.execute(f"CREATE OR REPLACE TEMP VIEW links AS FROM read_parquet('{file}')")
    return merged


def _local_names(base: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, LocalNames]]:
    for batch in base.sql(_NAMES).to_arrow_reader(ARTICLES_AT_A_TIME):
        for row in batch.to_pylist():
            yield row["number"], read_names(row["article_id"], row)


def _links(base: duckdb.DuckDBPyConnection, merged: Merged) -> Iterator[pa.RecordBatch]:
    rows: list[tuple[object, ...]] = []
    for number, names in _local_names(base):
        for place, (name, link) in enumerate(zip(names.names, merged.links(names), strict=True)):
            rows.append((number, place, name.count, link.entity_id, link.score, link.reason))
        if len(rows) > 20_000:
            yield _batch(rows)
            rows = []
    yield _batch(rows)


def _batch(rows: list[tuple[object, ...]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else [()] * len(_LINK)
    return pa.record_batch([pa.array(column, f.type) for column, f in zip(columns, _LINK, strict=True)], schema=_LINK)
