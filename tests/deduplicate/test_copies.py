"""Near-copies: which articles are one story told twice, and which is the first."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from pipeline.deduplicate.copies import candidates, find_copies, fingerprint, likely, meet, similarity, spread, word_runs
from pipeline.model import Copy

WORDS = ["accord", "annonce", "capteurs", "communiqué", "conteneurs", "distance", "mois", "port", "quais", "société", "suivre"]


def story(seed: int, length: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(length))


def copies(*articles: tuple[str, str | None, str]) -> list[Copy]:
    texts = {key: text for key, _, text in sorted(articles, key=lambda article: (article[1] or "9999", article[0]))}
    return list(find_copies([*texts], meetings(texts), lambda _: lambda keys: {key: word_runs(texts[key]) for key in keys}))


def meetings(texts: Mapping[str, str]) -> Mapping[int, Sequence[int]]:
    marks = [fingerprint(text) for text in texts.values()]
    sizes = np.array([len(mark.sample) // 4 for mark in marks], dtype=np.int64)
    met = meet(*spread(b"".join(mark.bands for mark in marks), b"".join(mark.sample for mark in marks), sizes))
    return candidates(*met, sizes)


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


def test_only_those_are_measured_whose_samples_may_be_of_one_text() -> None:
    samples = {
        0: np.arange(40, dtype="<u4").tobytes(),
        1: np.arange(30, 80, dtype="<u4").tobytes(),  # shares 10 of 40
        2: np.arange(20, 60, dtype="<u4").tobytes(),  # 20 of 40 with the first, 30 with the second
        3: np.array([99], dtype="<u4").tobytes(),  # a short text, of whose marks one says nothing
    }
    assert likely({1: [0], 2: [0, 1], 3: [0]}, samples) == {2: [0, 1], 3: [0]}


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


def runs(start: int, end: int) -> np.ndarray:
    return np.arange(start, end, dtype=np.uint64)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(runs(0, 34), runs(6, 40), 0.7, id="seven tenths of all runs in common"),
        pytest.param(runs(0, 33), runs(6, 40), 0.0, id="less"),
        pytest.param(runs(0, 50), runs(10, 176), 0.8, id="a text quoted: four fifths of it, three tenths of the longer one"),
        pytest.param(runs(0, 50), runs(11, 176), 0.0, id="less than four fifths"),
        pytest.param(runs(0, 50), runs(10, 177), 0.0, id="less than three tenths of the longer one"),
        pytest.param(runs(0, 49), runs(9, 150), 0.0, id="less than fifty runs"),
        pytest.param(runs(0, 9), runs(0, 9), 1.0, id="the same short text"),
        pytest.param(runs(0, 99), runs(99, 199), 0.0, id="nothing in common"),
    ],
)
def test_how_much_of_two_texts_is_one(left: np.ndarray, right: np.ndarray, expected: float) -> None:
    assert (similarity(left, right), similarity(right, left)) == (expected, expected)


def test_accents_may_be_written_apart() -> None:
    text = "Une société d'écluses déclare être prête à l'été, dit-elle à Sète"
    assert word_runs(unicodedata.normalize("NFD", text)).tolist() == word_runs(text).tolist()
    assert word_runs(text.upper()).tolist() == word_runs(text).tolist()
    assert len(word_runs(text)) == len(text.replace("'", " ").replace("-", " ").split()) - 4


def test_a_run_that_comes_again_counts_once() -> None:
    assert len(word_runs("un deux trois quatre cinq " * 9)) == 5


def test_texts_are_asked_for_where_two_articles_meet_alone() -> None:
    """A closing line that sixty articles share is no meeting, a republished article is one."""
    asked: list[str] = []
    line = story(99, 30)
    texts = {f"{n:02}": f"{story(n + 10, 60)} {line}" for n in range(60)} | {"wire": WIRE, "again": f"{WIRE} Fin."}
    texts = dict(sorted(texts.items()))
    near = meetings(texts)
    found = find_copies(
        [*texts], near, lambda ids: asked.extend(ids) or (lambda keys: {key: word_runs(texts[key]) for key in keys})
    )
    assert ([(copy.article_id, copy.duplicate_of) for copy in found], asked) == ([("wire", "again")], ["again", "wire"])


def test_a_copy_is_that_of_the_article_most_like_it() -> None:
    """« c » shares four fifths with « a » and nine tenths with « b », which is no copy of « a »."""
    first = story(20, 260)
    middle = " ".join((*first.split()[70:], *story(21, 70).split()))
    assert copies(("a", "2024-03-01", first), ("b", "2024-03-02", middle), ("c", "2024-03-03", middle + " Fin.")) == [
        Copy("c", duplicate_of="b", similarity=0.9961)
    ]


def test_a_fingerprint_stored_by_an_earlier_version_is_good() -> None:
    mark = fingerprint("Le port de Sète annonce, ce lundi, trois quais de plus pour ses conteneurs")
    assert (mark.bands.hex()[:32], len(mark.bands), mark.sample.hex()) == (
        *("35d5484f21495588f14776f1049fd028", 100, "da41e91e"),
    )
