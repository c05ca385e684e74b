"""What all articles are asked: the workers of a cluster answer as one process does, also when one of them dies over it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline import question as asked
from pipeline.engine import shuffle
from pipeline.engine.copies import CANDIDATES, LIKELY, MEASURED, MEETINGS
from pipeline.engine.corpus import REPEATED, VOTES, connected, show
from pipeline.engine.evidence import find_evidence
from pipeline.engine.lent import Lent
from pipeline.engine.merging import FORMS
from pipeline.engine.shuffle import Shuffled, shuffling
from pipeline.engine.stages import Stages
from pipeline.errors import UsageError
from pipeline.gather import NAMES_OF
from pipeline.job import run
from pipeline.linked import show_firsts
from pipeline.question import Listing, Question, Shuffle, answer, in_order
from pipeline.retold import LINKS, NAMED, STORIES, TELLINGS
from pipeline.settings import Settings
from pipeline.store.articles import LINES
from pipeline.store.findings import FINDINGS
from tests.deduplicate.test_stability import CORPUS
from tests.engine.nodes import Nodes, nodes
from tests.engine.test_evidence import ARTICLES as MARKED
from tests.engine.test_evidence import GUIDE, local_names, show_names
from tests.engine.test_incremental import ARTICLES, LEXICON, tables, write
from tests.engine.test_merging import QUESTIONS as ABOUT_NAMES

COUNT = 60
QUESTIONS = {
    "repeated lines": REPEATED,
    "votes": VOTES,
    "marks that articles share": MEETINGS,
    "articles that share enough of them": CANDIDATES,
    "samples that may be of one text": LIKELY,
    "texts that are one": MEASURED,
    "forms of names": FORMS,
}
SPELLED = pa.schema(
    [
        *((name, pa.string()) for name in ("type", "text", "full", "before", "article")),
        ("carries", pa.bool_()),
        ("count", pa.int32()),
    ]
)
TELLING = pa.schema(
    [
        ("place", pa.int64()),
        *((name, pa.string()) for name in ("type", "unit")),
        *((name, pa.list_(pa.string())) for name in ("events", "articles", "agents", "targets")),
        *((name, pa.date32()) for name in ("published", "start_date", "end_date")),
        *((name, pa.decimal128(38, 6)) for name in ("min", "max")),
    ]
)
LISTING = Listing(
    stored={
        "found_in": "SELECT number AS place, votes FROM plan JOIN findings ON findings.key = plan.finding",
        "lined_in": "SELECT number AS place, publisher, lines FROM plan JOIN lines USING (key) WHERE number % 10 > 0",
    },
    rows="""
SELECT place, r.form, r.type, publisher, lines
FROM (SELECT place, unnest(votes) AS r FROM found_in) LEFT JOIN lined_in USING (place)
ORDER BY place, r.form NULLS FIRST, r.type
""",
    count=COUNT,
)
"""The forms of articles in order, with what their lines are."""
NAMED_ROWS = "told_in named_in"
LISTINGS = [
    "stood meant",  # what each name means
    "told_in linked_in",
    "came_in found_in copied_in",  # articles
    NAMED_ROWS,  # mentions
    *("found_in", "found_in"),  # amounts, dates
    *(NAMED_ROWS for _ in range(5)),  # quotes, statements, roles, events, claims
    *(f"{NAMED_ROWS} original_in" for _ in range(2)),  # what stories and affiliations are made of
]
Base = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Two workers whom no test kills."""
    with nodes(tmp_path_factory.mktemp("nodes")) as started:
        yield started


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven articles a part: nine parts, and as many buckets."""
    monkeypatch.setattr(asked, "PART", 7)


@pytest.fixture
def base() -> Iterator[Base]:
    """What is stored of sixty articles of five outlets and of none: lines that some share, forms of which some are sure."""
    keys = [f"k{n:02}" for n in range(COUNT)]
    articles = [
        {
            "key": key,
            "publisher": f"outlet {n % 6}" if n % 6 else None,
            "longest": n // 2,
            "lines": sorted({n, n % 7, 2**63 + n % 4}),
        }
        for n, key in enumerate(keys)
    ]
    findings = [
        {
            "key": key,
            "votes": [{"form": f"Form {n % (step + 2)}", "type": "ORG" if n % 5 else "PER"} for step in range(n % 4)],
            "bands": b"".join(bytes([0, 0, number, n % (number + 4)]) for number in range(25)),
            "sample": b"".join(bytes([1, 0, number, n % (number + 9)]) for number in range(n % 30)),
            "text": " ".join(f"mot{n % 9}{word}" for word in range(20)),
        }
        for n, key in enumerate(keys)
    ]
    names = [
        {
            "type": "ORG" if n % 3 else "PER",
            "text": f"Nom {n % 11}",
            "full": f"Nom {n % 22}",
            "carries": n % 2 == 0,
            "before": f"Nom {n % 4}" if n % 4 else None,
            "article": None,
            "count": n % 5 + 1,
        }
        for n in range(30 * COUNT)
    ]
    tellings = [
        {
            "place": n,
            "events": [f"e{n}"],
            "articles": [f"a{n}"],
            "type": "funding" if n % 3 else "fine",
            "agents": [f"org:{n % 5}", f"org:{n % 7}"],
            "targets": [f"org:{n % 11}"],
            "published": dt.date(2024, 1, 1) + dt.timedelta(days=n),
        }
        for n in range(COUNT)
    ]
    with connected() as connection:
        show(connection, "lines", pa.Table.from_pylist(articles, schema=LINES))
        show(connection, "findings", pa.Table.from_pylist(findings, schema=FINDINGS))
        show(connection, "plan", pa.table({"number": range(COUNT), "key": keys, "finding": keys}))
        for name, rows in met(keys).items():
            show(connection, name, rows)
        show(connection, "spelled", pa.Table.from_pylist(names, schema=SPELLED))
        show(connection, "ordered", pa.Table.from_pylist(tellings, schema=TELLING))
        yield connection


def met(keys: list[str]) -> dict[str, pa.Table]:
    """Articles by day, pairs that share marks (two in three of them twice), and pairs that may be one."""
    places = pa.array(range(COUNT), pa.uint32())
    shared = [n % 20 for n in range(100)]
    pairs = pa.array([n % 60 << 32 | n % 60 + 3 for n in range(100)], pa.uint64())
    may_be_one = pa.table({"earlier": [*places[:51], *places[8:59]], "later": [*places[9:], *places[9:]]})
    return {
        "dated": pa.table({"place": places, "finding": keys, "marks": [n % 30 for n in range(COUNT)]}),
        "sharing": pa.table({"pair": pairs, "kind": pa.array([25] * 99 + [4], pa.uint8()), "shared": shared}),
        "met": may_be_one,
        "near": may_be_one,
    }


def rows(base: Base, name: str) -> list[tuple[Any, ...]]:
    """The rows of an answer. What two articles share in several buckets is added up by who asks."""
    partial = "shared" in base.table(name).columns
    query = f"SELECT pair, kind, sum(shared) FROM {name} GROUP BY ALL" if partial else f"FROM {name}"
    return base.execute(f"{query} ORDER BY ALL").fetchall()


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_cluster_answers_as_one_process(question: Question, base: Base, cluster: Nodes) -> None:
    answer(base, question, "alone")
    with shuffling(cluster.address, COUNT) as shuffled:
        answer(base, question, "together", shuffled)
    assert rows(base, "together") == rows(base, "alone") != []
    assert base.table("together").types == base.table("alone").types


def test_nothing_stored_is_no_answer(base: Base, cluster: Nodes) -> None:
    show(base, "findings", FINDINGS.empty_table())
    with shuffling(cluster.address, COUNT) as shuffled:
        answer(base, VOTES, "together", shuffled)
    assert rows(base, "together") == []


def test_one_part_is_answered_here() -> None:
    """Nobody is asked: at that address there is no scheduler."""
    with shuffling("tcp://127.0.0.1:1", asked.PART) as shuffled:
        assert shuffled is None


@dataclass(frozen=True)
class Disturbed:
    """A shuffle of which a worker is killed at that moment."""

    shuffle: Shuffle
    nodes: Nodes
    moment: str

    def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
        """The answer to a question."""
        return self._disturbed(self.shuffle.grouped(question, self._sent(parts)))

    def listed(self, listing: Listing, stored: Iterable[tuple[str, pa.RecordBatchReader]]) -> Iterator[pa.Table]:
        """The rows of a listing."""
        return self._disturbed(self.shuffle.listed(listing, ((name, self._sent(parts)) for name, parts in stored)))

    def _sent(self, parts: pa.RecordBatchReader) -> pa.RecordBatchReader:
        def sent() -> Iterator[pa.RecordBatch]:
            for number, part in enumerate(parts):
                yield part
                if self.moment == "as parts are sent" and number == 5:
                    self.nodes.kill_one()

        return pa.RecordBatchReader.from_batches(parts.schema, sent())

    def _disturbed(self, pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
        for number, piece in enumerate(pieces):
            yield piece
            if self.moment == "as pieces come back" and number == 1:
                self.nodes.kill_one()


MOMENTS = pytest.mark.parametrize("moment", ["as parts are sent", "as pieces come back"])


@MOMENTS
@pytest.mark.parametrize("question", [REPEATED, MEASURED], ids=["a query", "a function"])
def test_a_worker_that_is_killed_in_a_shuffle_loses_and_doubles_nothing(
    question: Question, moment: str, base: Base, tmp_path: Path
) -> None:
    answer(base, question, "alone")
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        answer(base, question, "together", Disturbed(shuffled, started, moment))
        assert started.one_was_killed
    assert rows(base, "together") == rows(base, "alone")


def test_a_cluster_lists_as_one_process(base: Base, cluster: Nodes) -> None:
    """Names beside the articles that hold them, some with none."""
    alone = list(in_order(base, LISTING))
    with shuffling(cluster.address, COUNT) as shuffled:
        nothing, *together = in_order(base, LISTING, shuffled)
    assert len(nothing) == 0
    assert len(together) == 9
    assert pa.concat_tables(together) == pa.concat_tables(alone)
    assert len(pa.concat_tables(alone)) == 90


@MOMENTS
def test_a_worker_that_is_killed_over_a_listing_loses_and_doubles_nothing(moment: str, base: Base, tmp_path: Path) -> None:
    alone = list(in_order(base, LISTING))
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        together = list(in_order(base, LISTING, Disturbed(shuffled, started, moment)))
        assert started.one_was_killed
    assert pa.concat_tables(together) == pa.concat_tables(alone)


def test_a_listing_of_nothing_has_no_rows(base: Base, cluster: Nodes) -> None:
    show(base, "plan", base.sql("FROM plan LIMIT 0").to_arrow_table())
    with shuffling(cluster.address, COUNT) as shuffled:
        together = list(in_order(base, replace(LISTING, count=0), shuffled))
    assert pa.concat_tables(together).num_rows == 0


def evidence_of(base: Base, shuffled: Shuffle | None) -> list[list[tuple[Any, ...]]]:
    """The evidence among the names of some articles, and short forms that share a name with a full one."""
    show_names(base, local_names((*CORPUS, *MARKED)))
    find_evidence(base, Lent(Stages.of(LEXICON, Settings()).all, Settings(), here=GUIDE), shuffled)
    return [rows(base, name) for name in ("evidence", "beside")]


def test_a_cluster_finds_the_evidence_of_one_process(base: Base, cluster: Nodes) -> None:
    alone = evidence_of(base, None)
    with shuffling(cluster.address, COUNT) as shuffled:
        assert evidence_of(base, shuffled) == alone
    assert all(alone)


def test_a_worker_that_is_killed_as_names_are_compared_loses_and_doubles_nothing(base: Base, tmp_path: Path) -> None:
    alone = evidence_of(base, None)
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        assert evidence_of(base, Disturbed(shuffled, started, "as pieces come back")) == alone
        assert started.one_was_killed


def test_the_links_of_a_cluster_join_the_same_stories(base: Base, cluster: Nodes) -> None:
    """How many links join the events of a story is left open."""
    answer(base, LINKS, "alone")
    with shuffling(cluster.address, COUNT) as shuffled:
        answer(base, LINKS, "together", shuffled)
    for name in ("alone", "together"):
        show_firsts(base, f"{name}_first", pairs=f"FROM {name}")
    assert rows(base, "together_first") == rows(base, "alone_first")
    assert 1 < len({first for _, first in rows(base, "alone_first")}) < COUNT


def test_a_run_on_a_cluster_writes_the_bytes_of_one_process(
    cluster: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each article yields is there already: the workers are asked nothing else. Articles whose ids begin with another's have
    links that stand among its own."""
    monkeypatch.chdir(tmp_path)
    ids = [f"a{n:02}" for n in range(5)] + ["une", *(f"une-{n}" for n in range(4)), *(f"une:{n}" for n in range(4)), "une:P", "z"]
    articles = [article | {"id": key} for article, key in zip(ARTICLES, ids, strict=True)]
    file, questions, listings = write(Path("in.jsonl"), articles), list[Question](), list[str]()

    class Counted(Shuffled):
        def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
            questions.append(question)
            return super().grouped(question, parts)

        def listed(self, listing: Listing, *parts: Any) -> Iterator[pa.Table]:
            listings.append(" ".join(listing.stored))
            return super().listed(listing, *parts)

    monkeypatch.setattr(shuffle, "Shuffled", Counted)
    run([file], "alone")
    for out in ("buckets", "cluster"):
        shutil.copytree("alone/.veille", f"{out}/.veille")
    run([file], "cluster", settings=Settings(scheduler=cluster.address))
    monkeypatch.setattr(asked, "BUCKET", 3)
    run([file], "buckets")
    assert tables(Path("cluster")) == tables(Path("buckets")) == tables(Path("alone"))
    forms, entities = questions.index(FORMS), questions.index(NAMES_OF)
    assert questions[: forms + 1] == [*QUESTIONS.values()]
    assert tuple(question.keys for question in questions[forms:entities]) == ABOUT_NAMES
    assert questions[entities:-1] == [NAMES_OF, NAMED, TELLINGS, LINKS, STORIES]
    assert questions[-1].keys == ("person_entity_id",)
    assert listings == LISTINGS


def test_a_worker_of_another_version_refuses(base: Base, cluster: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shuffle, "version", lambda _: "0")
    shuffle.installed.cache_clear()
    with (
        pytest.raises(UsageError, match="a worker has another version of veille or of a library than the run: install the same"),
        shuffling(cluster.address, COUNT) as shuffled,
    ):
        answer(base, VOTES, "together", shuffled)
    shuffle.installed.cache_clear()
