"""The main job: articles in, tables out.

1. read        input files → articles, each kept once (store.articles)
2. find        article → its document, names, amounts, dates, quotes, roles, events (engine.batches), where that is not stored yet
3. vote        all names together → the names that the corpus agrees on; the articles that this changes are told anew
4. merge       names → entities; documents → near-copies
5. write       rows → Parquet, all at once

What an article yields is stored under a key made of all it depends on: its words, the lines of it that its outlet repeats, rules,
model and settings; so steps 2 and 3 cost nothing for what is known, and a run that was killed goes on from its last batch.
The module is not called `run`, as it would hide `pipeline.run`, the function that the package offers.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.about import model_fingerprint
from pipeline.address import HIDDEN, is_address
from pipeline.bounds import check_bounds, count_new
from pipeline.deduplicate.decisions import Decision
from pipeline.deduplicate.entities import Guide
from pipeline.deduplicate.retired import Retired
from pipeline.engine.batches import Tools
from pipeline.engine.copies import copies, copy_rows
from pipeline.engine.corpus import connected, show
from pipeline.engine.lent import Lent
from pipeline.engine.merging import merge
from pipeline.engine.plan import Engine, Plan, Store
from pipeline.engine.reading import Reader
from pipeline.engine.stages import Stages
from pipeline.engine.workers import Crew, Here, Workers, let_go, sparing
from pipeline.errors import UsageError
from pipeline.garbage import SELDOM, looking_for_garbage
from pipeline.gather import count_articles, gather
from pipeline.lexicon import load_lexicon
from pipeline.previous import Past, find_past, has_run, idle_issues, keep_decisions, keep_retired, read_earlier
from pipeline.question import Shuffle
from pipeline.settings import Settings
from pipeline.stopwatch import Clock, Stopwatch
from pipeline.store.corpus import FILE as DELIVERIES
from pipeline.store.corpus import (
    Corpus,
    articles_of,
    assemble,
    forget_articles,
    load_deliveries,
    replace_deliveries,
    save_deliveries,
)
from pipeline.store.keys import KeySet, key_column, values
from pipeline.store.segments import STORE
from pipeline.tables.derived import remove_derived
from pipeline.tables.folder import locked, replaced
from pipeline.tables.read import TablesOf, read_arrow
from pipeline.tables.remote import mirrored, tables_at
from pipeline.tables.rows import issue_row
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import make_stamp, write_json, write_tables

LICENCE = "names found by a model derived from fr_core_news_md (LGPL-LR); see the model card"
Progress = Callable[[int, int, int], None]


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


def run(
    inputs: Path | str | Sequence[Path | str],
    out: Path | str | None = None,
    *,
    settings: Settings | None = None,
    previous: Path | str | None = None,
    progress: Progress = no_progress,
    clock: Clock | None = None,
) -> RunResult:
    """The tables of all articles in `inputs` (file, folder, glob, `-`; one or several) and of those `out` held, written to `out`.

    An article of `inputs` takes the place of one of the same id. Without `out` nothing is kept but what is returned. Entities
    keep the ids of the run in `previous`, else of the run that `out` holds; the decisions that stand there are obeyed.
    `progress(done, total, refused)` is called after each batch; `clock` tells the times of `run.json`, which has none without.
    Raises UsageError for inputs that are not there, DataError for rule files that are wrong, BusyError where another run writes
    to `out`, and OutputError where it cannot be written.
    """
    settings = settings or Settings()
    with _at_work(out, settings) as folder:
        job = _Job(folder, settings, progress=progress, clock=clock)
        with job.crew:
            with job.watch("read"):
                job.read([inputs] if isinstance(inputs, Path | str) else inputs)
            with nullcontext() if previous is None else tables_at(str(previous)) as before:
                summary = job.write(before)
        tables = TablesOf(folder) if out is not None else {name: read_arrow(folder, name) for name in TABLES}
        return RunResult(tables, summary)


def forget(ids: Collection[str], out: Path | str, *, settings: Settings | None = None, clock: Clock | None = None) -> RunResult:
    """The tables in `out` without the articles of those ids, and without anything that came from them alone.

    Pages and exports that stand in `out` are removed, as they show them. `settings` are those of the run.
    Raises UsageError for an id that no article of `out` has.
    """
    settings = settings or Settings()
    with _at_work(out, settings, forgetting=True) as folder:
        job = _Job(folder, settings, progress=no_progress, clock=clock)
        with job.crew:
            job.forget(ids)
            remove_derived(folder)  # first: who forgets an article again after a crash is told that it is not there
            summary = job.write(None, forgetting=True)
        return RunResult(TablesOf(folder), summary)


@contextmanager
def _at_work(out: Path | str | None, settings: Settings, *, forgetting: bool = False) -> Iterator[Path]:
    """The folder to work in, which nobody else writes to; memory is kept in hand meanwhile."""
    here = _folder(out, wait=settings.wait, forgetting=forgetting)
    with looking_for_garbage(SELDOM), sparing(), here as folder, locked(folder, wait=settings.wait):
        yield folder


@contextmanager
def _folder(out: Path | str | None, *, wait: float, forgetting: bool = False) -> Iterator[Path]:
    """The folder to work in: `out`, a copy of what is at an address, or one that goes away."""
    if out is not None and is_address(out):
        with mirrored(str(out), wait=wait, forgetting=forgetting) as copy:
            yield copy
    elif out is not None:
        yield Path(out)
    else:
        with tempfile.TemporaryDirectory(prefix="veille-") as folder:
            yield Path(folder)


class _Job:
    """One run on a locked folder, with the `crew` that does it."""

    def __init__(self, folder: Path, settings: Settings, *, progress: Progress, clock: Clock | None):
        self.watch, self._clock, self._start = Stopwatch(clock), clock, clock() if clock else None
        self._folder, self._settings, self._progress = folder, settings, progress
        self._today = self._start.date() if self._start else None
        with self.watch("load"):
            self._lexicon = load_lexicon(settings.rules)
            self._stages, self._guide = Stages.of(self._lexicon, settings), Guide.load(self._lexicon)
        self.crew = self._gathered()
        self._store = Store.open(folder / HIDDEN / STORE)
        self._deliveries = load_deliveries(folder)
        self._before = KeySet(key_column(articles_of(self._deliveries)["key"]))

    def read(self, inputs: Sequence[Path | str]) -> None:
        """Read the inputs into the store. The workers come meanwhile, once there is as much to do as is worth it, and help."""
        reader = Reader(self._store.articles, self._settings, self._lexicon, today=self._today, crew=self.crew)
        self._deliveries = replace_deliveries(self._deliveries, reader.read(inputs, self._deliveries))

    def forget(self, ids: Collection[str]) -> None:
        """Take articles out of the corpus. Raises UsageError for an id that none has."""
        if unknown := sorted(set(ids) - set(articles_of(self._deliveries)["article_id"].to_pylist())):
            raise UsageError(
                f"{self._folder} holds no article {', '.join(unknown)}: see the column article_id of its table articles"
            )
        self._deliveries = forget_articles(self._deliveries, ids)

    def write(self, previous: Path | None, *, forgetting: bool = False) -> Mapping[str, Any]:
        """Bring the tables up to date with the corpus; what stands in `run.json`. `forgetting` keeps nothing of what has gone."""
        with self.watch("load"):
            past = find_past(self._folder, previous)
        corpus = assemble(self._deliveries)
        self._deliveries = corpus.deliveries
        self._refuse_losses(corpus)
        plan = Plan(corpus.members)
        with connected() as base, self._shuffling(plan) as shuffle:
            self._extract(plan, base, shuffle)
            with self.watch("merge"):
                show(base, "copies", copy_rows(copies(base, shuffle)))
                retired, idle = self._merge(base, past, shuffle)
                let_go()
            issues = [*corpus.issues, *plan.lost, *idle_issues(idle)]
            show(base, "other_issues", pa.Table.from_pylist(list(map(issue_row, issues)), schema=TABLES["issues"].schema))
            with replaced(self._folder) as folder:
                summary = self._write(plan, base, folder, shuffle)
                save_deliveries(corpus.deliveries, folder)
                if not forgetting:
                    keep_retired(retired, self._folder)
        keep_decisions(past, self._folder)
        self._store.sweep(plan, every=forgetting)
        return summary

    def _refuse_losses(self, corpus: Corpus) -> None:
        """Raise UsageError where articles that the tables hold would go, because what was kept of them is not there any more."""
        kept = self._store.articles.known
        gone = set(corpus.members["source"].filter(pa.array(~kept.holds(key_column(corpus.members["key"])))).to_pylist())
        if not (self._folder / DELIVERIES).is_file() and has_run(self._folder):
            rows = read_arrow(self._folder, "articles", columns=("article_id", "source"))
            stays = pc.is_in(rows["article_id"], corpus.members["article_id"].combine_chunks())
            gone |= set(rows["source"].filter(pc.invert(stays)).to_pylist())
        if gone:
            what = f"{self._folder} holds articles of {len(gone)} files that it keeps nothing of for another run"
            raise UsageError(f"{what}, as another version wrote it: give them again ({min(gone)}, …), or write elsewhere (--out)")

    def _shuffling(self, plan: Plan) -> AbstractContextManager[Shuffle | None]:
        """What answers questions to all articles, where it is not this process alone."""
        if self._settings.scheduler is None:
            return nullcontext()
        from pipeline.engine.shuffle import shuffling

        return shuffling(self._settings.scheduler, len(plan))

    def _extract(self, plan: Plan, base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None) -> None:
        engine = Engine(self._store, base, self.crew, self._stages, shuffle=shuffle)
        with self.watch("find"):
            engine.find(plan, self._today, self._progress)
            self.crew.found()
        with self.watch("vote"):
            engine.vote(plan)
        self.crew.close()

    def _gathered(self) -> Crew:
        settings = self._settings

        def start() -> Workers:
            from pipeline.engine.cluster import Cluster

            return Cluster(settings, today=self._today, made_of=self._stages.all)

        load = partial(Tools, self._lexicon, settings, today=self._today, stages=self._stages, guide=self._guide)
        return Crew(Here(load), start, settings)

    def _merge(
        self, base: duckdb.DuckDBPyConnection, past: Past, shuffle: Shuffle | None
    ) -> tuple[Retired, tuple[Decision, ...]]:
        """Have `base` show the entities, which stay nowhere else; the ids that are retired now, decisions that named nobody."""
        earlier = read_earlier(past.folder)
        lent = Lent(self._stages.all, self._settings, self._today, here=self._guide)
        return merge(base, lent, earlier, past.decisions, shuffle=shuffle)

    def _write(self, plan: Plan, base: duckdb.DuckDBPyConnection, folder: Path, shuffle: Shuffle | None) -> Mapping[str, Any]:
        """Write all files of the run into `folder`. Raises BoundsError where it yields other than the settings expect."""
        made_by = self._made_by()
        with self.watch("tables"):
            stamp = make_stamp(made_by, zip(*(values(plan.members[name]) for name in ("article_id", "key")), strict=True))
            over = re.compile(self._lexicon.words["roles"]["past"], re.IGNORECASE)
            tables = gather(base, past=over, shuffle=shuffle)
            rows = write_tables(tables, folder, stamp=stamp, part_rows=self._settings.part_rows)
        summary = {
            **made_by,
            "settings": self._settings.model_dump(mode="json"),
            "start": self._start,
            "end": self._clock() if self._clock else None,
            "articles": count_articles(base),
            "rows": rows,
            "made": {stage: plan.made[stage] for stage in ("cleaned", "named", "found", "told")},
            "new": count_new(folder, self._new_in(plan), self._settings.bounds),
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.watch.seconds.items()},
        }
        check_bounds(summary, self._settings.bounds)
        write_json(summary, folder / "run.json")
        return summary

    def _new_in(self, plan: Plan) -> list[str]:
        """The articles that no run before has read, or not with these words."""
        return list(plan.members["article_id"].filter(pa.array(~self._before.holds(plan.keys))).to_pylist())

    def _made_by(self) -> Mapping[str, str]:
        return {
            "version": version("veille"),
            "rules": self._lexicon.fingerprint,
            "model": model_fingerprint(),
            "licence": LICENCE,
        }
