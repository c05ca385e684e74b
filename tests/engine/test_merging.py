"""Names grouped and joined by queries mean what they mean when all articles are merged in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import question as asked
from pipeline.columns import texts_of
from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.decisions import Decision
from pipeline.deduplicate.entities import Guide, LocalNames, Resolution, merge_names, read_local_names
from pipeline.deduplicate.gathered import nothing_before
from pipeline.deduplicate.local_names import LocalName
from pipeline.engine import merging
from pipeline.engine.lent import Lent
from pipeline.engine.merging import merge
from pipeline.engine.shuffle import Shuffled, shuffling
from pipeline.engine.stages import Stages
from pipeline.model import Entity
from pipeline.previous import Earlier, read_earlier
from pipeline.question import Listing, Question, Shuffle
from pipeline.settings import Settings
from pipeline.store.findings import TELLINGS
from pipeline.tables.schemas import TABLES
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked
from tests.deduplicate.test_stability import CORPUS, memory, previous, resolve_entities
from tests.engine.nodes import nodes

LEXICON = built_in_lexicon()
GUIDE = Guide.load(LEXICON)
LENT = Lent(Stages.of(LEXICON, Settings()).all, Settings(), here=GUIDE)
QUESTIONS = (
    ("type", "text"),
    *(("type", "name"), ("block",), ("type", "left"), ("type", "name")),
    *(("type", "name"), ("pair",), ("feature", "type", "right")),
    ("region",),
    ("base",),
)
"""By which keys names are grouped in a first run, one question after the other."""
WITH_EARLIER = (
    ("text", "name"),
    ("article_id", "type", "text"),
    *QUESTIONS[:-1],
    ("entity_id",),
    ("place",),
    ("type", "key", "level"),
    ("place",),
    ("base",),
)
ARTICLES = [*CORPUS, marked("m", "[PER Lefebvre] reste. L'[ORG OCP] aussi.")]
"""The last one writes names as « e » does, which alone was read before and of which something is decided."""
ENTITIES = TABLES["entities"].schema
Found = tuple[tuple[Entity, ...], tuple[Decision, ...]]
Links = list[tuple[str, int, int, str, float, str]]


def local_names(articles: Sequence[ArticleNames]) -> list[LocalNames]:
    return [read_local_names(article, GUIDE) for article in sorted(articles, key=lambda a: a.article_id)]


def queried(
    articles: Sequence[LocalNames], earlier: Earlier, decisions: Sequence[Decision] = (), shuffle: Shuffle | None = None
) -> tuple[Found, Links]:
    """The entities, and the link of each name by article and place, from tellings."""
    rows = [
        {
            "key": names.article_id,
            "names": [{field: getattr(name, field) for field in LocalName.__slots__} for name in names.names],
            "renamings": [{"left": e.left, "right": e.right, "score": e.score, "reason": e.reason} for e in names.renamings],
            "apart": [{"left": left, "right": right} for left, right in names.apart],
        }
        for names in articles
    ]
    ids = [names.article_id for names in articles]
    with duckdb.connect() as base:
        base.register("tellings", pa.Table.from_pylist(rows, schema=TELLINGS))
        base.register("plan", pa.table({"number": range(len(ids)), "article_id": ids, "telling": ids}))
        _, idle = merge(base, LENT, earlier, decisions, shuffle=shuffle)
        found = entities(base), idle
        links = base.execute("SELECT article_id, name, count, entity_id, score, reason FROM links JOIN plan USING (number)")
        return found, sorted(links.fetchall())


def entities(base: duckdb.DuckDBPyConnection) -> tuple[Entity, ...]:
    """The entities that queries see, by id."""
    rows = base.sql("FROM entity ORDER BY entity_id").to_arrow_table().to_pylist()
    return tuple(Entity(**row | {name: tuple(row[name]) for name in ("aliases", "former_ids")}) for row in rows)


def in_memory(articles: Sequence[LocalNames], earlier: Earlier, decisions: Sequence[Decision]) -> tuple[Found, Links]:
    merged = merge_names(
        articles,
        GUIDE,
        previous=tuple(previous(half(), 1)) if earlier.entities else (),
        decisions=decisions,
        before=memory(half()) if earlier.entities else nothing_before,
        retired=earlier.retired,
    )
    links = [
        (names.article_id, place, name.count, link.entity_id, link.score, link.reason)
        for names in articles
        for place, (name, link) in enumerate(zip(names.names, merged.links(names), strict=True))
    ]
    return (merged.entities, merged.idle), sorted(links)


@cache
def half() -> Resolution:
    """A run over the first half, which linked short forms that the second half leaves open."""
    return resolve_entities(CORPUS[:6], LEXICON)


@pytest.fixture(scope="module")
def earlier_run(tmp_path_factory: pytest.TempPathFactory) -> Earlier:
    """What that run left in its folder."""
    folder = tmp_path_factory.mktemp("earlier")
    known = [
        {name: getattr(old.entity, name) for name in ("entity_id", "type", "name", "aliases", "former_ids")}
        | {"first_published": old.first_published, "n_mentions": 1, "n_articles": 1}
        for old in previous(half(), 1)
    ]
    links = [(link.article_id, link.mention.type, link.mention.text, link.entity_id) for link in half().links]
    pq.write_table(pa.Table.from_pylist(known, schema=ENTITIES), folder / "entities.parquet")
    pq.write_table(texts_of(("article_id", "type", "text", "entity_id"), links), folder / "mentions.parquet")
    return read_earlier(folder)


DECIDED = (
    Decision("PER:Lefebvre @ e", "PER:Lefebvre", "different", "Ana", "", ""),
    Decision("ORG:Vélora", "ORG:Pantographe", "same", "Ana", "", ""),
    Decision("org:lunaris-ai", "Lunaris IA", "name", "Ana", "", ""),
)


RUNS = pytest.mark.parametrize(
    ("again", "decisions"),
    [
        pytest.param(False, (), id="first run"),
        pytest.param(True, (), id="after another"),
        pytest.param(True, DECIDED, id="with decisions"),
    ],
)


@RUNS
def test_queries_give_what_memory_gives(again: bool, decisions: Sequence[Decision], earlier_run: Earlier) -> None:
    names, earlier = local_names(ARTICLES), earlier_run if again else Earlier()
    assert queried(names, earlier, decisions) == in_memory(names, earlier, decisions)


@RUNS
def test_a_few_names_at_a_time_give_what_all_give(
    again: bool, decisions: Sequence[Decision], earlier_run: Earlier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "BUCKET", 3)
    names, earlier = local_names(ARTICLES), earlier_run if again else Earlier()
    assert queried(names, earlier, decisions) == in_memory(names, earlier, decisions)


@pytest.mark.parametrize("moment", ["as names are joined", "as what they mean is joined back"])
def test_workers_of_whom_one_is_killed_give_what_memory_gives(
    moment: str, tmp_path: Path, earlier_run: Earlier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few names are asked of at a time; workers read them by rules of their own."""
    monkeypatch.setattr(asked, "PART", 12)
    names, questions = local_names(ARTICLES), list[Question]()
    with nodes(tmp_path) as started, shuffling(started.address, 100) as shuffled:
        assert isinstance(shuffled, Shuffled)

        class Disturbed(Shuffled):
            def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
                questions.append(question)
                pieces = super().grouped(question, parts)
                return disturbed(pieces) if (question.keys, moment) == (("region",), "as names are joined") else pieces

            def listed(self, listing: Listing, *parts: Any) -> Iterator[pa.Table]:
                pieces = super().listed(listing, *parts)
                return disturbed(pieces) if moment == "as what they mean is joined back" else pieces

        def disturbed(pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
            for number, piece in enumerate(pieces):
                yield piece
                if number == 1:
                    started.kill_one()

        assert queried(names, earlier_run, DECIDED, Disturbed(shuffled._client)) == in_memory(names, earlier_run, DECIDED)
        assert started.one_was_killed
    assert tuple(question.keys for question in questions) == WITH_EARLIER


def test_a_decision_on_one_article_reaches_its_names() -> None:
    """What is decided of « Lefebvre » in one article gives it an entity of its own there."""
    names = local_names(ARTICLES)
    _, links = queried(names, Earlier(), DECIDED[:1])
    assert {(article, entity) for article, _, _, entity, _, _ in links if entity.startswith("per:lefebvre")} == {
        ("e", "per:lefebvre-e"),
        ("m", "per:lefebvre"),
    }


def test_forms_that_share_a_number_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many two may: here all do."""
    texts = "[ORG Vélora] signe.", "[ORG Pantographe] dort à [LOC Brest].", "[PER Anne Kerbrat] rit."
    names = local_names([marked(f"a{number}", text) for number, text in enumerate(texts)])
    monkeypatch.setattr(merging, "_PLACED", re.sub(r"hash\(.*?\)", "7::UBIGINT", merging._PLACED))
    assert queried(names, Earlier()) == in_memory(names, Earlier(), ())


def test_a_corpus_without_names_has_no_entities() -> None:
    names = local_names([marked("a", "Rien ne se passe.")])
    assert queried(names, Earlier()) == (((), ()), [])
