"""The articles of a run, and which stored rows say what each yields; what is not stored yet is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.engine.batches import TO_FIND, TO_FIND_AGAIN, TO_TELL, find, find_again, tell
from pipeline.engine.corpus import open_articles, refused, repeated_lines, settled_names, show
from pipeline.engine.stages import Stages, dated_key
from pipeline.engine.workers import Crew, Job
from pipeline.model import EntityType, Issue
from pipeline.question import Shuffle
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
        self.tellings.sweep({key for key in (*plan.alone, *plan.tellings, *plan.asked) if key}, every=every)


@dataclass
class Plan:
    """The articles of the corpus by number, in the order of their ids, with the keys of what they yield.

    `findings` and `tellings` are None for articles that no worker survived, `tellings` for refused ones too. `alone` are the
    keys of the tellings of findings alone, `asked` those under the names that the corpus agrees on; `tellings` those of the
    rows that hold them. `made` counts the articles that each stage of this run has done anew.
    """

    members: Sequence[Member]
    repeated: Mapping[int, Sequence[int]] = field(default_factory=dict)
    findings: list[str | None] = field(default_factory=list)
    alone: list[str | None] = field(default_factory=list)
    tellings: list[str | None] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)
    lost: list[Issue] = field(default_factory=list)
    settled: Mapping[str, tuple[EntityType, float]] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)

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
    """Brings a plan to the point where every article's rows are stored. `stages` are what they are made of.

    What all articles are asked a `shuffle` answers, where there is one.
    """

    def __init__(
        self, store: Store, base: duckdb.DuckDBPyConnection, crew: Crew, stages: Stages, *, shuffle: Shuffle | None = None
    ):
        self._store, self._base, self._crew, self._stages, self._shuffle = store, base, crew, stages, shuffle

    def find(self, plan: Plan, today: dt.date | None, progress: Progress) -> None:
        """Have the findings of all articles stored, and their tellings as long as the corpus changes nothing."""
        show(self._base, "articles", self._store.articles)
        show(self._base, "plan", plan.table())
        plan.repeated = repeated_lines(self._base, self._shuffle)
        documents = [self._stages.document_key(m.item.key, plan.repeated.get(n, ())) for n, m in enumerate(plan.members)]
        plan.findings = [None] * len(documents)
        missing = self._look_up(plan, documents, today)
        earlier = self._earlier({documents[number] for number in missing}, today)
        again = {earlier[documents[number]]: number for number in missing if documents[number] in earlier}
        fresh = {plan.members[number].item.key: number for number in missing if documents[number] not in earlier}
        counted = _Counted(len(missing), progress)
        lost = self._found(find_again, self._to_find_again(plan, again), again, counted)
        lost += self._found(find, self._to_find(plan, fresh, documents), fresh, counted)
        plan.made.update(cleaned=len(fresh), named=len(fresh), found=len(missing), told=counted.done - counted.refused)
        self._look_up(plan, documents, today)
        plan.alone = [key and self._stages.telling_key(key) for key in plan.findings]
        self._lose(plan, lost)

    def vote(self, plan: Plan) -> None:
        """Let all articles agree on names, and have told anew those that this changes, and those that are not told yet."""
        show(self._base, "findings", self._store.findings)
        show(self._base, "plan", plan.table())
        plan.settled = settled_names(self._base, self._shuffle)
        agreed = open_articles(self._base, plan.settled)
        for number in refused(self._base):
            plan.alone[number] = None
        plan.asked = list(plan.alone)
        for number, forms in agreed.items():
            if key := plan.findings[number]:
                plan.asked[number] = self._stages.telling_key(key, forms)
        stored = self._store.tellings.known
        missing = {key: n for n, key in enumerate(plan.findings) if key and plan.asked[n] and plan.asked[n] not in stored}
        for batch, outcome in self._crew.do(tell, self._to_tell(plan, missing, agreed), len(missing)):
            if outcome is None:
                self._lose(plan, [missing[key] for key in batch["key"].to_pylist()])
            else:
                self._store.tellings.add(outcome)
                plan.made.update(told=len(batch))
        same = self._store.tellings.pairs("key", "same_as")
        plan.tellings = [key and (same.get(key) or key) for key in plan.asked]
        show(self._base, "tellings", self._store.tellings)
        show(self._base, "plan", plan.table())

    def _found(self, job: Job, batches: Iterable[pa.Table], numbers: Mapping[str, int], counted: _Counted) -> list[int]:
        """Have the batches done and what comes of them stored; the articles that no worker survived."""
        lost: list[int] = []
        for batch, outcome in self._crew.do(job, batches, len(numbers)):
            refused = 0
            if outcome is None:
                lost += (numbers[key] for key in batch["key"].to_pylist())
                refused = len(batch)
            else:
                findings, tellings = outcome
                self._store.tellings.add(tellings)
                self._store.findings.add(findings)
                refused = len(findings) - len(tellings)
            counted.add(len(batch), refused)
        return lost

    def _lose(self, plan: Plan, numbers: Iterable[int]) -> None:
        """Refuse articles that no worker survived."""
        for number in numbers:
            plan.findings[number] = plan.alone[number] = None
            if plan.asked:
                plan.asked[number] = None
            member = plan.members[number]
            plan.lost.append(Issue(member.source, "extract", "worker_died", _DIED, fatal=True, article_id=member.item.article_id))

    def _look_up(self, plan: Plan, documents: Sequence[str], today: dt.date | None) -> list[int]:
        """Give each article the key of its finding, where that is stored; the numbers of those that have none."""
        stored, missing = self._store.findings.known, []
        for number, document in enumerate(documents):
            if plan.findings[number] is None:
                keys = (self._stages.finding_key(key) for key in (document, dated_key(document, today)))
                plan.findings[number] = next((key for key in keys if key in stored), None)
                if plan.findings[number] is None:
                    missing.append(number)
        return missing

    def _earlier(self, documents: Collection[str], today: dt.date | None) -> Mapping[str, str]:
        """For documents that stored findings hold, the key of the one of which most can be taken."""
        found: dict[str, tuple[bool, str]] = {}
        plain = {dated_key(document, today): document for document in documents}
        rows = self._store.findings.keys("document", "named_by") if documents else self._store.findings.schema.empty_table()
        for key, held, named_by in zip(*(rows[name].to_pylist() for name in ("key", "document", "named_by")), strict=True):
            document = plain.get(held, held)
            if document in documents:
                found[document] = max(found.get(document, (False, "")), (named_by == self._stages.named, key))
        return {document: key for document, (_, key) in found.items()}

    def _to_find(self, plan: Plan, missing: Mapping[str, int], documents: Sequence[str]) -> Iterator[pa.Table]:
        for rows in self._store.articles.read(missing):
            numbers = [missing[key] for key in rows["key"].to_pylist()]
            more = ([plan.members[n].source for n in numbers], [documents[n] for n in numbers])
            yield _with(rows, TO_FIND, *more, [plan.repeated.get(n, ()) for n in numbers])

    def _to_find_again(self, plan: Plan, earlier: Mapping[str, int]) -> Iterator[pa.Table]:
        for rows in self._store.findings.read(earlier):
            plan.made.update(named=pc.sum(pc.not_equal(rows["named_by"], self._stages.named)).as_py())
            ids = [plan.members[earlier[key]].item.article_id for key in rows["key"].to_pylist()]
            yield _with(rows, TO_FIND_AGAIN, ids)

    def _to_tell(
        self, plan: Plan, missing: Mapping[str, int], agreed: Mapping[int, Mapping[str, EntityType]]
    ) -> Iterator[pa.Table]:
        stored = self._store.tellings.known
        for rows in self._store.findings.read(missing):
            numbers = [missing[key] for key in rows["key"].to_pylist()]
            forms = [[{"form": form, "type": kind} for form, kind in sorted(agreed.get(n, {}).items())] for n in numbers]
            ids, keys = [plan.members[n].item.article_id for n in numbers], [plan.asked[n] for n in numbers]
            yield _with(rows, TO_TELL, ids, keys, [plan.alone[n] in stored for n in numbers], forms)


class _Counted:
    """How many articles are done and refused, told to whoever wants to know."""

    def __init__(self, total: int, progress: Progress):
        self._total, self._progress, self.done, self.refused = total, progress, 0, 0
        progress(0, total, 0)

    def add(self, done: int, refused: int) -> None:
        """Count a batch."""
        self.done, self.refused = self.done + done, self.refused + refused
        self._progress(self.done, self._total, self.refused)


def _with(rows: pa.Table, schema: pa.Schema, *columns: Sequence[object]) -> pa.Table:
    """The rows with the last columns of the schema added."""
    added = schema.names[-len(columns) :]
    arrays = [pa.array(column, schema.field(name).type) for name, column in zip(added, columns, strict=True)]
    return pa.table([*rows.columns, *arrays], schema=schema)
