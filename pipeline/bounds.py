"""Whether a run yielded what its settings expect of it: an outlet that changed its pages must not empty the tables in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.dataset import dataset, field

from pipeline.errors import BoundsError
from pipeline.settings import Bounds


def check_bounds(summary: Mapping[str, Any], bounds: Bounds) -> None:
    """Raise BoundsError, naming every bound that does not hold; `summary` is what stands in `run.json`.

    Those on rows hold for all articles and, where there are enough of them, for those that are new in this run.
    """
    broken = [
        *_broken_counts(summary["articles"], bounds),
        *_broken_rows(summary["articles"]["written"], summary["rows"], bounds),
    ]
    if (new := summary["new"]["articles"]) >= bounds.measure_new_from:
        broken += (f"{what} (articles new in this run)" for what in _broken_rows(new, summary["new"]["rows"], bounds))
    if broken:
        raise BoundsError(
            f"the run yielded other than the settings expect: {'; '.join(broken)}. The tables are as they were. "
            "Look at the articles; if all is well, change the bounds"
        )


def count_new(folder: Path, articles: Collection[str], bounds: Bounds) -> Mapping[str, Any]:
    """How many articles are new in this run, and how many rows they have in the tables of `folder` that are bounded."""
    ids = pa.array(sorted(articles), pa.string())
    bounded = sorted({*bounds.min_rows_per_article, *bounds.max_rows_per_article})
    return {"articles": len(articles), "rows": {name: _rows_of(folder, name, ids) for name in bounded}}


def _rows_of(folder: Path, table: str, articles: pa.Array) -> int:
    read = dataset(next(path for path in (folder / f"{table}.parquet", folder / table) if path.exists()))
    return int(read.count_rows(filter=field("article_id").isin(articles)))


def _broken_counts(articles: Mapping[str, int], bounds: Bounds) -> Iterator[str]:
    written, refused = articles["written"], articles["refused"] / max(articles["read"], 1)
    if written < bounds.min_articles:
        yield f"{written} articles written, bounds.min_articles is {bounds.min_articles}"
    if refused > bounds.max_refused:
        yield f"{articles['refused']} of {articles['read']} articles refused, bounds.max_refused is {bounds.max_refused:g}"


def _broken_rows(articles: int, rows: Mapping[str, int], bounds: Bounds) -> Iterator[str]:
    for name, least in sorted(bounds.min_rows_per_article.items()):
        if (share := rows[name] / max(articles, 1)) < least:
            yield f"{share:.2f} {name} an article, bounds.min_rows_per_article.{name} is {least:g}"
    for name, most in sorted(bounds.max_rows_per_article.items()):
        if (share := rows[name] / max(articles, 1)) > most:
            yield f"{share:.2f} {name} an article, bounds.max_rows_per_article.{name} is {most:g}"
