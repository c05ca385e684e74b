"""What all articles are asked: the workers of a cluster answer as one process does, also when one of them dies over it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import question as asked
from pipeline.engine import shuffle
from pipeline.engine.copies import CANDIDATES, LIKELY, MEASURED, MEETINGS
from pipeline.engine.corpus import REPEATED, show
from pipeline.engine.evidence import find_evidence
from pipeline.engine.lent import Lent
from pipeline.engine.merging import FORMS
from pipeline.engine.shuffle import shuffling
from pipeline.engine.stages import Stages
from pipeline.engine.voting import VOTES
from pipeline.errors import UsageError
from pipeline.linked import show_firsts
from pipeline.question import Question, Shuffle, answer
from pipeline.retold import LINKS
from pipeline.settings import Settings
from pipeline.store.findings import FINDINGS
from tests.deduplicate.test_stability import CORPUS
from tests.engine.nodes import Nodes, nodes
from tests.engine.shuffles import COUNT, MOMENTS, Base, Disturbed, rows
from tests.engine.test_evidence import ARTICLES as MARKED
from tests.engine.test_evidence import GUIDE, local_names, show_names
from tests.engine.test_incremental import LEXICON
from tests.test_linked import GRAPHS, firsts, told_one_by_one

pytestmark = pytest.mark.usefixtures("small_parts")
QUESTIONS = {
    "repeated lines": REPEATED,
    "votes": VOTES,
    "marks that articles share": MEETINGS,
    "articles that share enough of them": CANDIDATES,
    "samples that may be of one text": LIKELY,
    "texts that are one": MEASURED,
    "forms of names": FORMS,
}


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


@MOMENTS
@pytest.mark.parametrize("question", [REPEATED, FORMS, MEASURED], ids=["a query", "one of names", "a function"])
def test_a_worker_that_is_killed_in_a_shuffle_loses_and_doubles_nothing(
    question: Question, moment: str, base: Base, tmp_path: Path
) -> None:
    answer(base, question, "alone")
    with nodes(tmp_path) as started, shuffling(started.address, COUNT) as shuffled:
        assert shuffled is not None
        answer(base, question, "together", Disturbed(shuffled, started, moment))
        assert started.one_was_killed
    assert rows(base, "together") == rows(base, "alone")


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


@pytest.mark.parametrize("name", ["a chain", "stars whose rays meet"])
def test_a_cluster_links_numbers_as_one_process(name: str, base: Base, cluster: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty pairs a part."""
    monkeypatch.setattr(asked, "PART", 2)
    with shuffling(cluster.address, COUNT) as shuffled:
        assert firsts(base, GRAPHS[name], shuffled) == told_one_by_one(GRAPHS[name])


def test_a_worker_of_another_version_refuses(base: Base, cluster: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shuffle, "version", lambda _: "0")
    shuffle.installed.cache_clear()
    with (
        pytest.raises(UsageError, match="a worker has another version of veille or of a library than the run: install the same"),
        shuffling(cluster.address, COUNT) as shuffled,
    ):
        answer(base, VOTES, "together", shuffled)
    shuffle.installed.cache_clear()
