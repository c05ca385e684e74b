"""Near-copies: which articles are one story told twice, and which is the first."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from pipeline.deduplicate.copies import find_copies, fingerprint, word_runs
from pipeline.model import Copy

WORDS = ["accord", "annonce", "capteurs", "communiqué", "conteneurs", "distance", "mois", "port", "quais", "société", "suivre"]


def story(seed: int, length: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(length))


def copies(*articles: tuple[str, str | None, str]) -> list[Copy]:
    marks = [fingerprint(key, dt.date.fromisoformat(day) if day else None, text) for key, day, text in articles]
    texts = {key: text for key, _, text in articles}
    return list(find_copies(marks, lambda _: lambda key: word_runs(texts[key])))


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
    assert [(copy.article_id, copy.duplicate_of) for copy in found] == [("b", "a"), ("c", "a")]


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [(f"{n}", f"2024-03-{1 + n % 5:02}", f"{WIRE} {story(n, 5 * n)}") for n in range(12)]
    expected = copies(*articles)
    assert len(expected) == 11
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert copies(*articles) == expected


def test_a_story_that_many_republish_has_one_original() -> None:
    articles = [(f"{n:03}", "2024-03-01", WIRE) for n in range(120)]
    assert [(c.duplicate_of, c.similarity) for c in copies(*articles, ("x", "2024-02-01", story(8)))] == [("000", 1.0)] * 119


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param("Trois mots seuls", id="three words")])
def test_a_text_shorter_than_a_run_is_a_copy_of_its_like_alone(text: str) -> None:
    assert copies(("a", None, text), ("b", None, text), ("c", None, "Autre chose")) == [
        Copy("b", duplicate_of="a", similarity=1.0)
    ]


def test_no_article_no_copies() -> None:
    assert copies() == []
