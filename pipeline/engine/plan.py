"""The articles of a run, and which stored rows say what each yields; what is not stored yet is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.about import code_fingerprint
from pipeline.engine.batches import TO_FIND, TO_FIND_AGAIN, TO_TELL, find, find_again, tell
from pipeline.engine.corpus import refused, repeated_lines, show
from pipeline.engine.stages import Stages, dated_key
from pipeline.engine.voting import agreed, vote
from pipeline.engine.workers import Crew, Job
from pipeline.model import Issue
from pipeline.question import Shuffle
from pipeline.store.articles import ARTICLES, CUTTING, LINES, line_rows
from pipeline.store.findings import FINDINGS, TELLINGS
from pipeline.store.keys import NO_KEY, Keys, Numbers, Places, key_array, key_column, texts
from pipeline.store.segments import Segments

_DIED = "a worker died each time that it read this article alone; look at it, and run again with more memory or without it"
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True)
class Store:
    """The rows kept between runs: articles as they came, their lines, what is found in each, what is told of its final names."""

    articles: Segments
    lines: Segments
    findings: Segments
    tellings: Segments

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The store in `folder`, which need not be there yet."""
        return cls(
            Segments(folder / "articles", ARTICLES),
            Segments(folder / "lines", LINES, made_by=code_fingerprint(*CUTTING)),
            Segments(folder / "findings", FINDINGS),
            Segments(folder / "tellings", TELLINGS),
        )

    def join(self) -> None:
        """Join what was found and told a batch at a time, before anything is asked of all of it."""
        with ThreadPoolExecutor() as pool:
            for joined in [pool.submit(rows.join) for rows in (self.findings, self.tellings)]:
                joined.result()

    def sweep(self, plan: Plan, *, every: bool = False) -> None:
        """Drop rows that belong to no article of the plan: where they are many, or `every` one."""
        live = {
            self.articles: plan.keys,
            self.lines: plan.keys,
            self.findings: plan.findings,
            self.tellings: np.concatenate([plan.alone, plan.tellings, plan.asked]),
        }
        with ThreadPoolExecutor() as pool:
            for swept in [pool.submit(rows.sweep, keys, every=every) for rows, keys in live.items()]:
                swept.result()


@dataclass
class Plan:
    """The articles of the corpus by number, in the order of their ids, with the keys of what they yield.

    `members` are the articles that count (see `Corpus`), `keys` theirs. `findings` and `tellings` are empty for articles that no
    worker survived, `tellings` for refused ones too. `alone` are the keys of the tellings of findings alone, `asked` those under
    the names that the corpus agrees on; `tellings` those of the rows that hold them. None of these is there before its turn.
    `made` counts the articles that each stage of this run has done anew.
    """

    members: pa.Table
    keys: Keys = field(init=False)
    repeated: Mapping[int, Sequence[int]] = field(default_factory=dict)
    findings: Keys = field(init=False)
    alone: Keys = field(init=False)
    tellings: Keys = field(init=False)
    asked: Keys = field(init=False)
    lost: list[Issue] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.keys = key_column(self.members["key"])
        self.findings = np.zeros_like(self.keys)
        self.alone = self.tellings = self.asked = np.zeros_like(self.keys[:0])

    def __len__(self) -> int:
        return len(self.keys)

    def table(self) -> pa.Table:
        """The plan as the queries see it."""
        numbers = pa.array(np.arange(len(self)))
        made = {"finding": key_array(self.findings), "telling": key_array(self.tellings)}
        known = {name: keys for name, keys in made.items() if len(keys) == len(self)}
        return pa.table({"number": numbers, **{name: self.members[name] for name in self.members.column_names}, **known})


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
        self._cut(plan)
        show(self._base, "articles", self._store.articles)
        show(self._base, "lines", self._store.lines)
        show(self._base, "plan", plan.table())
        plan.repeated = repeated_lines(self._base, self._shuffle)
        documents = key_column(self._stages.document_key(key, plan.repeated.get(n, ())) for n, key in enumerate(texts(plan.keys)))
        again, fresh = self._missing(plan, documents, today)
        counted = _Counted(len(again) + len(fresh), progress)
        lost = self._found(find_again, self._to_find_again(plan, again), again, counted)
        lost += self._found(find, self._to_find(plan, fresh, documents), fresh, counted)
        plan.made.update(cleaned=len(fresh), named=len(fresh), found=len(again) + len(fresh), told=counted.done - counted.refused)
        if len(self._look_up(plan, documents, today)) > len(lost):
            raise RuntimeError("articles came back from nobody")  # a bug: a run never ends short in silence
        self._store.findings.let_go()
        plan.alone = key_column(self._stages.telling_key(key) if key else None for key in texts(plan.findings))
        self._lose(plan, lost)

    def vote(self, plan: Plan) -> None:
        """Let all articles agree on names, and have told anew those that this changes, and those that are not told yet."""
        self._store.join()
        show(self._base, "findings", self._store.findings)
        show(self._base, "plan", plan.table())
        vote(self._base, self._shuffle)
        plan.alone[np.array(refused(self._base), np.int64)] = NO_KEY
        plan.asked = plan.alone.copy()
        for number, forms in agreed(self._base):
            if key := plan.findings[number]:
                plan.asked[number] = self._stages.telling_key(key.decode(), forms)
        is_known = (plan.findings == NO_KEY) | (plan.asked == NO_KEY) | self._store.tellings.known.holds(plan.asked)
        missing = Places(plan.findings[~is_known], np.flatnonzero(~is_known))
        for batch, outcome in self._crew.do(tell, self._to_tell(plan, missing), len(missing)):
            if outcome is None:
                self._lose(plan, missing.find(key_column(batch["key"])).tolist())
            else:
                self._store.tellings.add(outcome)
                plan.made.update(told=len(batch))
        self._store.tellings.let_go()
        plan.tellings = self._store.tellings.resolved(plan.asked, "same_as")
        show(self._base, "tellings", self._store.tellings)
        show(self._base, "plan", plan.table())

    def _cut(self, plan: Plan) -> None:
        """Have the lines of all articles stored: of new ones, and of all where the code has changed since."""
        for rows in self._store.articles.read(plan.keys[~self._store.lines.known.holds(plan.keys)]):
            self._store.lines.add(line_rows(rows))
        self._store.articles.let_go()
        self._store.lines.let_go()

    def _missing(self, plan: Plan, documents: Keys, today: dt.date | None) -> tuple[Places, Places]:
        """The articles whose findings are not stored: by the keys of findings of which much can be taken, and by their own."""
        missing = self._look_up(plan, documents, today)
        earlier = self._earlier(documents[missing], today)
        is_new = earlier == NO_KEY
        return Places(earlier[~is_new], missing[~is_new]), Places(plan.keys[missing[is_new]], missing[is_new])

    def _found(self, job: Job, batches: Iterable[pa.Table], places: Places, counted: _Counted) -> list[int]:
        """Have the batches done and what comes of them stored; the articles that no worker survived."""
        lost: list[int] = []
        for batch, outcome in self._crew.do(job, batches, len(places)):
            refused = 0
            if outcome is None:
                lost += places.find(key_column(batch["key"])).tolist()
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
            for keys in (plan.findings, plan.alone, plan.asked):
                if len(keys):
                    keys[number] = NO_KEY
            article, source = (plan.members[name][number].as_py() for name in ("article_id", "source"))
            plan.lost.append(Issue(source, "extract", "worker_died", _DIED, fatal=True, article_id=article))

    def _look_up(self, plan: Plan, documents: Keys, today: dt.date | None) -> Numbers:
        """Give each article the key of its finding, where that is stored; the numbers of those that have none."""
        missing = np.flatnonzero(plan.findings == NO_KEY)
        for name in (str, lambda key: dated_key(key, today)):
            keys = key_column(self._stages.finding_key(name(key)) for key in texts(documents[missing]))
            is_stored = self._store.findings.known.holds(keys)
            plan.findings[missing[is_stored]] = keys[is_stored]
            missing = missing[~is_stored]
        return missing

    def _earlier(self, documents: Keys, today: dt.date | None) -> Keys:
        """For each of the documents the key of the stored finding of it of which most can be taken; none where there is none."""
        found: dict[int, tuple[bool, str]] = {}
        rows = self._store.findings.keys("document", "named_by") if len(documents) else self._store.findings.schema.empty_table()
        plain = (document.removesuffix(f"-{today}") for document in rows["document"].to_pylist())
        numbers = Places(documents).find(key_column(None if "-" in document else document for document in plain))
        is_named = pc.equal(rows["named_by"], self._stages.named).to_pylist()
        for number, rank in zip(numbers.tolist(), zip(is_named, rows["key"].to_pylist(), strict=True), strict=True):
            found[number] = max(found.get(number, (False, "")), rank)
        return key_column(found[number][1] if number in found else None for number in range(len(documents)))

    def _to_find(self, plan: Plan, missing: Places, documents: Keys) -> Iterator[pa.Table]:
        for rows in self._store.articles.read(missing.keys):
            numbers = missing.find(key_column(rows["key"]))
            more = plan.members["source"].take(pa.array(numbers)), key_array(documents[numbers])
            yield _with(rows, TO_FIND, *more, [plan.repeated.get(n, ()) for n in numbers.tolist()])

    def _to_find_again(self, plan: Plan, earlier: Places) -> Iterator[pa.Table]:
        for rows in self._store.findings.read(earlier.keys):
            plan.made.update(named=pc.sum(pc.not_equal(rows["named_by"], self._stages.named)).as_py())
            numbers = earlier.find(key_column(rows["key"]))
            yield _with(rows, TO_FIND_AGAIN, plan.members["article_id"].take(pa.array(numbers)))

    def _to_tell(self, plan: Plan, missing: Places) -> Iterator[pa.Table]:
        stored = self._store.tellings.known
        for rows in self._store.findings.read(missing.keys):
            numbers = missing.find(key_column(rows["key"]))
            known = dict(agreed(self._base, numbers))
            forms = [[{"form": form, "type": kind} for form, kind in sorted(known.get(n, {}).items())] for n in numbers.tolist()]
            ids, keys = plan.members["article_id"].take(pa.array(numbers)), key_array(plan.asked[numbers])
            yield _with(rows, TO_TELL, ids, keys, stored.holds(plan.alone[numbers]), forms)


class _Counted:
    """How many articles are done and refused, told to whoever wants to know."""

    def __init__(self, total: int, progress: Progress):
        self._total, self._progress, self.done, self.refused = total, progress, 0, 0
        progress(0, total, 0)

    def add(self, done: int, refused: int) -> None:
        """Count a batch."""
        self.done, self.refused = self.done + done, self.refused + refused
        self._progress(self.done, self._total, self.refused)


def _with(rows: pa.Table, schema: pa.Schema, *columns: pa.Array | pa.ChunkedArray | Sequence[object]) -> pa.Table:
    """The rows with the last columns of the schema added."""
    added = schema.names[-len(columns) :]
    arrays = [
        column if isinstance(column, pa.ChunkedArray) else pa.array(column, schema.field(name).type)
        for name, column in zip(added, columns, strict=True)
    ]
    return pa.table([*rows.columns, *arrays], schema=schema)
