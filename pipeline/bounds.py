"""Whether a run yielded what its settings expect of it: an outlet that changed its pages must not empty the tables in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import BoundsError
from pipeline.settings import Bounds


def check_bounds(summary: Mapping[str, Any], bounds: Bounds) -> None:
    """Raise BoundsError, naming every bound that does not hold; `summary` is what stands in `run.json`."""
    if broken := [*_broken(summary["articles"], summary["rows"], bounds)]:
        raise BoundsError(
            f"the run yielded other than the settings expect: {'; '.join(broken)}. The tables are as they were. "
            "Look at the articles; if all is well, change the bounds"
        )


def _broken(articles: Mapping[str, int], rows: Mapping[str, int], bounds: Bounds) -> Iterator[str]:
    written, refused = articles["written"], articles["refused"] / max(articles["read"], 1)
    if written < bounds.min_articles:
        yield f"{written} articles written, bounds.min_articles is {bounds.min_articles}"
    if refused > bounds.max_refused:
        yield f"{articles['refused']} of {articles['read']} articles refused, bounds.max_refused is {bounds.max_refused:g}"
    for name, least in sorted(bounds.min_rows_per_article.items()):
        if (share := rows[name] / max(written, 1)) < least:
            yield f"{share:.2f} {name} an article, bounds.min_rows_per_article.{name} is {least:g}"
    for name, most in sorted(bounds.max_rows_per_article.items()):
        if (share := rows[name] / max(written, 1)) > most:
            yield f"{share:.2f} {name} an article, bounds.max_rows_per_article.{name} is {most:g}"
