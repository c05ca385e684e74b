"""The main job: articles in, tables out.

1. read        inputs → articles, or issues
2. clean       article → document
3. extract     document → names, amounts, dates
4. vote        all names together → names that the corpus agrees on
5. relate      quotes, roles, events, which need the final names
6. merge       names → entities; documents → near-copies
7. write       values → Parquet, all at once
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.deduplicate.copies import find_copies, fingerprint
from pipeline.deduplicate.entities import ArticleNames, resolve_entities
from pipeline.errors import UsageError
from pipeline.extract import Extractor
from pipeline.lexicon import load_lexicon
from pipeline.model import Article, Copy, Document, Entity, Extraction, Issue, Link, published_bounds
from pipeline.read import read_articles
from pipeline.settings import Settings
from pipeline.tables.read import read_arrow
from pipeline.tables.rows import EntityIds, Row, article_row, entity_rows, extraction_rows, issue_row, link_row
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import to_arrow, write_tables

LICENCE = "names from a model derived from fr_core_news_md (LGPL-LR); see the model card"
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True)
class RunResult(Mapping[str, pa.Table]):
    """The tables of a run by name, and what it has to say of itself (see `run.json`)."""

    tables: Mapping[str, pa.Table]
    summary: Mapping[str, Any]

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


@dataclass
class Stopwatch:
    """Seconds spent by stage, by the clock that it is given."""

    clock: Callable[[], float]
    seconds: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = self.clock()
        try:
            yield
        finally:
            self.seconds[stage] += self.clock() - start  # type: ignore[assignment]


def run(
    inputs: Sequence[Path | str],
    out: Path | str | None = None,
    *,
    settings: Settings | None = None,
    progress: Progress = lambda done, total, refused: None,
    clock: Callable[[], dt.datetime] | None = None,
) -> RunResult:
    """The tables of all articles in `inputs` (files, folders, globs, `-`), written to the folder `out` where one is given.

    `progress(done, total, refused)` is called after each batch; `clock` tells the time for `run.json`, which has none without
    it. Raises UsageError for inputs that are not there and DataError for rule files that are wrong.
    """
    settings = settings or Settings()
    folder = None if out is None else Path(out)
    if folder is not None and folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give a folder to write to")
    watch = Stopwatch(lambda: clock().timestamp() if clock else 0.0)
    start = clock() if clock else None
    lexicon = load_lexicon(settings.rules)
    with watch("read"):
        read = list(read_articles(inputs, settings=settings))
    articles = [item for item in read if isinstance(item, Article)]
    issues = [item for item in read if isinstance(item, Issue)]
    with watch("load"):
        extractor = Extractor(lexicon, settings)
    found, refused = _extract(extractor, articles, settings.batch_size, watch=watch, progress=progress)
    with watch("relate"):
        found = [extractor.relate(extraction) for extraction in found]
    with watch("merge"):
        copies = find_copies([_fingerprint(e.document) for e in found])
        resolution = resolve_entities(
            [ArticleNames(e.document.article_id, e.mentions) for e in found], lexicon.gazetteer, previous=_previous(folder)
        )
    with watch("tables"):
        tables = _tables(found, copies, resolution.entities, resolution.links, [*issues, *refused])
    summary = {
        "version": version("veille"),
        "rules": lexicon.fingerprint,
        "model": extractor.names.model_version,
        "licence": LICENCE,
        "settings": settings.model_dump(mode="json"),
        "start": start,
        "end": clock() if clock else None,
        "articles": _count(found, copies, [*issues, *refused]),
        "rows": {name: table.num_rows for name, table in tables.items()},
        "seconds": {stage: round(seconds, 3) for stage, seconds in watch.seconds.items()},
    }
    if folder is not None:
        write_tables(tables, folder, run=summary)
    return RunResult(tables, summary)
