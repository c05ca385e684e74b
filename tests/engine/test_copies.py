"""Near-copies among all articles: which articles are one story told twice, and which is the first."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pytest

from pipeline.deduplicate.copies import fingerprint
from pipeline.engine.copies import MEASURED
from pipeline.engine.copies import copies as copies_of
from pipeline.engine.corpus import connected, show
from pipeline.engine.shuffle import map_part, reduce_bucket
from pipeline.model import Copy
from pipeline.question import Listing, Question, Shuffle

Told = tuple[str, str | None, str]
"""Id, day and text of an article."""
WORDS = ["accord", "annonce", "capteurs", "communiqué", "conteneurs", "distance", "mois", "port", "quais", "société", "suivre"]


def story(seed: int, length: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(length))


@dataclass
class Watched:
    """Has each part answered apart, here, and keeps what it was shown to be measured."""

    asked: list[str] = field(default_factory=list)

    def grouped(self, question: Question, parts: pa.RecordBatchReader) -> Iterator[pa.Table]:
        """The answer to a question."""
        stored = parts.read_all()
        if question is MEASURED:
            self.asked += sorted({text[:3] for text in stored["text"].to_pylist()})
        yield pa.Table.from_pandas(reduce_bucket(map_part(question, stored), question), preserve_index=False)

    def listed(self, listing: Listing, stored: Iterable[tuple[str, pa.RecordBatchReader]]) -> Iterator[pa.Table]:
        """Nobody asks for one."""
        raise AssertionError


def copies(*articles: Told, shuffle: Shuffle | None = None) -> list[Copy]:
    with connected() as base:
        tell(base, articles)
        return list(copies_of(base, shuffle))


def tell(base: duckdb.DuckDBPyConnection, articles: Iterable[Told]) -> None:
    rows = [
        {"key": key, "published_start": day, "text": text, "n_tokens": len(text), "bands": mark.bands, "sample": mark.sample}
        for key, day, text in articles
        for mark in (fingerprint(text),)
    ]
    kinds = {"n_tokens": pa.int32(), "bands": pa.binary(), "sample": pa.binary()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in ("key", "published_start", "text", *kinds)])
    show(base, "findings", pa.Table.from_pylist(rows, schema=schema))
    show(
        base, "plan", pa.table({name: pa.array([row["key"] for row in rows], pa.string()) for name in ("article_id", "finding")})
    )


WIRE = story(1)


@pytest.mark.parametrize(
    ("text", "similarity"),
    [
        pytest.param(WIRE, 1.0, id="republished as it was"),
        pytest.param("(AFP) " + WIRE.upper(), 0.9949, id="another case, an agency's mark"),
        pytest.param(WIRE.rsplit(" ", 20)[0], 0.898, id="cut at the end"),
        pytest.param(f"{story(2, 150)} {WIRE} {story(3, 150)}", 1.0, id="quoted whole in a longer article"),
    ],
)
def test_a_copy_names_the_earliest_article(text: str, similarity: float) -> None:
    assert copies(("b", "2024-03-02", text), ("a", "2024-03-04", story(9)), ("c", "2024-03-01", WIRE)) == [
        Copy("b", duplicate_of="c", similarity=similarity)
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(story(4), id="the same words in another order"),
        pytest.param(WIRE.rsplit(" ", 120)[0] + " " + story(5, 120), id="an opening in common"),
        pytest.param(f"{story(6, 400)} {WIRE} {story(7, 400)}", id="a digest that holds it among others"),
    ],
)
def test_other_articles_are_no_copies(text: str) -> None:
    assert copies(("a", "2024-03-01", WIRE), ("b", "2024-03-02", text)) == []


def test_a_copy_of_a_copy_is_a_copy_of_the_first() -> None:
    cut = WIRE.rsplit(" ", 30)[0]
    found = copies(("a", "2024-03-01", WIRE), ("b", "2024-03-02", cut), ("c", None, cut.rsplit(" ", 30)[0]))
    assert [(copy.article_id, copy.duplicate_of, copy.similarity) for copy in found] == [("b", "a", 0.8469), ("c", "a", 1.0)]


def test_a_copy_of_a_copy_unlike_the_first_tells_what_it_shares_with_the_copy() -> None:
    words = story(30, 260).split()
    first, second, third = (" ".join(words[start : start + 200]) for start in (0, 30, 60))
    assert copies(("a", "2024-03-01", first), ("b", "2024-03-02", second), ("c", "2024-03-03", third)) == [
        Copy("b", duplicate_of="a", similarity=0.7345),
        Copy("c", duplicate_of="a", similarity=0.7345),
    ]


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [(f"{n}", f"2024-03-{1 + n % 5:02}", f"{WIRE} {story(n, 5 * n)}") for n in range(12)]
    expected = copies(*articles)
    assert len(expected) == 11
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert copies(*articles) == expected


def test_a_story_that_many_republish_has_one_original() -> None:
    articles = [(f"{n:03}", "2024-03-01", WIRE) for n in range(260)]
    assert [(c.duplicate_of, c.similarity) for c in copies(*articles, ("x", "2024-02-01", story(8)))] == [("000", 1.0)] * 259


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param("Trois mots seuls", id="three words")])
def test_a_text_shorter_than_a_run_is_a_copy_of_its_like_alone(text: str) -> None:
    assert copies(("a", None, text), ("b", None, text), ("c", None, "Autre chose")) == [
        Copy("b", duplicate_of="a", similarity=1.0)
    ]


def test_no_article_no_copies() -> None:
    assert copies() == []


def test_a_copy_is_that_of_the_article_most_like_it() -> None:
    """« c » shares four fifths with « a » and nine tenths with « b », which is no copy of « a »."""
    first = story(20, 260)
    middle = " ".join((*first.split()[70:], *story(21, 70).split()))
    assert copies(("a", "2024-03-01", first), ("b", "2024-03-02", middle), ("c", "2024-03-03", middle + " Fin.")) == [
        Copy("c", duplicate_of="b", similarity=0.9961)
    ]


def test_texts_are_measured_where_two_articles_meet_alone() -> None:
    """A closing line that sixty articles share is no meeting, a republished article is one."""
    line, watched = story(99, 30), Watched()
    articles = [(f"{n:02}", None, f"{n:02} {story(n + 10, 60)} {line}") for n in range(60)]
    found = copies(*articles, ("again", None, f"B: {WIRE}"), ("wire", None, f"A: {WIRE}"), shuffle=watched)
    assert ([(copy.article_id, copy.duplicate_of) for copy in found], watched.asked) == ([("wire", "again")], ["A: ", "B: "])
