"""The articles of a run, and which stored rows say what each yields; what is not stored yet is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.engine.batches import (
    TO_FIND,
    TO_REVISE,
    dated_key,
    find,
    finding_key,
    revise_names,
    telling_key,
)
from pipeline.engine.corpus import open_articles, repeated_lines, settled_names, show
from pipeline.engine.workers import Crew
from pipeline.model import EntityType, Issue
from pipeline.store.articles import ARTICLES
from pipeline.store.corpus import Member
from pipeline.store.findings import FINDINGS, TELLINGS
from pipeline.store.segments import Segments

_DIED = "a worker died each time that it read this article alone; look at it, and run again with more memory or without it"
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True)
class Store:
    """The rows kept between runs: articles as they came, what is found in each, and what is told of its final names."""

    articles: Segments
    findings: Segments
    tellings: Segments

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The store in `folder`, which need not be there yet."""
        return cls(
            Segments(folder / "articles", ARTICLES),
            Segments(folder / "findings", FINDINGS),
            Segments(folder / "tellings", TELLINGS),
        )

    def sweep(self, plan: Plan, *, every: bool = False) -> None:
        """Drop rows that belong to no article of the plan: where they are many, or `every` one."""
        self.articles.sweep({member.item.key for member in plan.members}, every=every)
        self.findings.sweep({key for key in plan.findings if key}, every=every)
        first = {telling_key(key) for key in plan.findings if key}
        self.tellings.sweep(first | {key for key in (*plan.tellings, *plan.asked) if key}, every=every)


@dataclass
class Plan:
    """The articles of the corpus by number, in the order of their ids, with the keys of what they yield.

    `findings` and `tellings` are None for articles that no worker survived. `asked` are the keys of the tellings under the names
    that the corpus agrees on; `tellings` those of the rows that hold them.
    """

    members: Sequence[Member]
    repeated: Mapping[int, Sequence[int]] = field(default_factory=dict)
    findings: list[str | None] = field(default_factory=list)
    tellings: list[str | None] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)
    lost: list[Issue] = field(default_factory=list)
    settled: Mapping[str, tuple[EntityType, float]] = field(default_factory=dict)

    def table(self) -> pa.Table:
        """The plan as the queries see it."""
        count = len(self.members)
        return pa.table(
            {
                "number": pa.array(range(count), pa.int64()),
                "article_id": pa.array([m.item.article_id for m in self.members], pa.string()),
                "source": pa.array([m.source for m in self.members], pa.string()),
                "key": pa.array([m.item.key for m in self.members], pa.string()),
                "finding": pa.array(self.findings or [None] * count, pa.string()),
                "telling": pa.array(self.tellings or [None] * count, pa.string()),
            }
        )


class Engine:
    """Brings a plan to the point where every article's rows are stored. `made_of` stands for rules, model and settings."""

    def __init__(self, store: Store, base: duckdb.DuckDBPyConnection, crew: Crew, made_of: str):
        self._store, self._base, self._crew, self._made_of = store, base, crew, made_of

    def find(self, plan: Plan, today: dt.date | None, progress: Progress) -> None:
        """Have the findings of all articles stored, and their tellings as long as the corpus changes nothing."""
        show(self._base, "articles", self._store.articles)
        show(self._base, "plan", plan.table())
        plan.repeated = repeated_lines(self._base)
        self._look_up(plan, today)
        missing = {plan.members[n].item.key: n for n, key in enumerate(plan.findings) if key is None}
        lost: list[int] = []
        done = refused = 0
        progress(0, len(missing), 0)
        for batch, outcome in self._crew.of(len(missing)).do(find, self._to_find(plan, missing)):
            if outcome is None:
                lost += (missing[key] for key in batch["key"].to_pylist())
            else:
                findings, tellings = outcome
                self._store.tellings.add(tellings)
                self._store.findings.add(findings)
                refused += len(findings) - len(tellings)
            done += len(batch)
            progress(done, len(missing), refused + len(lost))
        self._look_up(plan, today)
        plan.asked = list(plan.findings)
        self._lose(plan, lost)

    def vote(self, plan: Plan) -> None:
        """Let all articles agree on names, and have those that this changes told anew."""
        show(self._base, "findings", self._store.findings)
        show(self._base, "plan", plan.table())
        plan.settled = settled_names(self._base)
        agreed = open_articles(self._base, plan.settled)
        plan.asked = [key and telling_key(key, agreed.get(number)) for number, key in enumerate(plan.findings)]
        stored = self._store.tellings.known
        missing = {key: n for n, key in enumerate(plan.findings) if key and n in agreed and plan.asked[n] not in stored}
        for batch, outcome in self._crew.of(len(missing)).do(revise_names, self._to_revise(plan, missing, agreed)):
            if outcome is None:
                self._lose(plan, [missing[key] for key in batch["key"].to_pylist()])
            else:
                self._store.tellings.add(outcome)
        same = dict(zip(*(column.to_pylist() for column in self._store.tellings.keys("same_as").columns), strict=True))
        plan.tellings = [key and (same.get(key) or key) for key in plan.asked]
        show(self._base, "tellings", self._store.tellings)
        show(self._base, "plan", plan.table())

    def _lose(self, plan: Plan, numbers: Iterable[int]) -> None:
        """Refuse articles that no worker survived."""
        for number in numbers:
            plan.findings[number] = plan.asked[number] = None
            member = plan.members[number]
            plan.lost.append(Issue(member.source, "extract", "worker_died", _DIED, fatal=True, article_id=member.item.article_id))

    def _look_up(self, plan: Plan, today: dt.date | None) -> None:
        """Give each article the key of its finding, where that is stored."""
        stored = self._store.findings.known
        plan.findings = []
        for number, member in enumerate(plan.members):
            key = finding_key(self._made_of, member.item.key, plan.repeated.get(number, ()))
            plan.findings.append(next((k for k in (key, dated_key(key, today)) if k in stored), None))

    def _to_find(self, plan: Plan, missing: Mapping[str, int]) -> Iterator[pa.Table]:
        for rows in self._store.articles.read(missing):
            numbers = [missing[key] for key in rows["key"].to_pylist()]
            repeated = [plan.repeated.get(number, ()) for number in numbers]
            keys = [finding_key(self._made_of, key, lines) for key, lines in zip(rows["key"].to_pylist(), repeated, strict=True)]
            more = ([plan.members[number].source for number in numbers], keys, repeated)
            yield _with(rows, TO_FIND, *more)

    def _to_revise(
        self, plan: Plan, missing: Mapping[str, int], agreed: Mapping[int, Mapping[str, EntityType]]
    ) -> Iterator[pa.Table]:
        for rows in self._store.findings.read(missing):
            numbers = [missing[key] for key in rows["key"].to_pylist()]
            forms = [[{"form": form, "type": kind} for form, kind in sorted(agreed[n].items())] for n in numbers]
            ids, keys = [plan.members[n].item.article_id for n in numbers], [plan.asked[n] for n in numbers]
            yield _with(rows, TO_REVISE, ids, keys, forms)


def _with(rows: pa.Table, schema: pa.Schema, *columns: Sequence[object]) -> pa.Table:
    """The rows with the last columns of the schema added."""
    added = schema.names[-len(columns) :]
    arrays = [pa.array(column, schema.field(name).type) for name, column in zip(added, columns, strict=True)]
    return pa.table([*rows.columns, *arrays], schema=schema)
