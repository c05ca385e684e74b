"""A whole run whose questions a cluster answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import question as asked
from pipeline.engine import shuffle
from pipeline.engine.merging import FORMS
from pipeline.engine.shuffle import Shuffled
from pipeline.engine.voting import AGREED_IN, VOTES
from pipeline.gather import NAMES_OF
from pipeline.job import run
from pipeline.question import Listing, Question
from pipeline.retold import LINKS, TELLINGS
from pipeline.settings import Settings
from tests.engine.nodes import Nodes
from tests.engine.test_incremental import ARTICLES, tables, write
from tests.engine.test_merging import QUESTIONS as ABOUT_NAMES
from tests.engine.test_shuffle import QUESTIONS

NAMED_ROWS = "told_in named_in"
LISTINGS = [
    "open_to words",  # what the vote may change
    "stood meant",  # what each name means
    "entity_in named_in",  # entities
    "told_in linked_in",
    "came_in found_in copied_in",  # articles
    f"{NAMED_ROWS} decided_in",  # mentions
    *("found_in", "found_in"),  # amounts, dates
    *(NAMED_ROWS for _ in range(5)),  # quotes, statements, roles, events, claims
    *[f"{NAMED_ROWS} original_in", "retold"] * 2,  # stories and affiliations, behind what they are made of
    "found_in met",  # issues
]


def test_a_run_on_a_cluster_writes_the_bytes_of_one_process(
    cluster: Nodes, tmp_path: Path, small_parts: None, monkeypatch: pytest.MonkeyPatch
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
    asked_first = [*QUESTIONS.values()]
    asked_first.insert(asked_first.index(VOTES) + 1, AGREED_IN)
    assert questions[: forms + 1] == asked_first
    assert tuple(question.keys for question in questions[forms:entities]) == ABOUT_NAMES
    assert questions[entities:] == [NAMES_OF, TELLINGS, LINKS]
    assert listings == LISTINGS
