"""Names alike that an article uses side by side, as two things."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.apart import find_apart
from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.keys import MergingWords
from pipeline.deduplicate.known import Known
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked

TWO = [("Vélora", "Vélora Capital")]


@pytest.fixture(scope="module")
def words() -> MergingWords:
    return MergingWords.read(built_in_lexicon().words)


def apart(article: ArticleNames, words: MergingWords) -> list[tuple[str, str]]:
    return [(left[1], right[1]) for left, right in find_apart(article, Known({}), words)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("[ORG Vélora] puise dans [ORG Vélora Capital].", TWO, id="the short name first, in one sentence"),
        pytest.param("[ORG Vélora Capital] puise chez [ORG Vélora].", [], id="the long name first"),
        pytest.param("[ORG Vélora Capital] et [ORG Vélora]", TWO, id="joined by « et »"),
        pytest.param("[ORG Vélora Capital], la [ORG Vélora]", TWO, id="joined by a comma and an article"),
        pytest.param("[ORG Vélora] rit. [ORG Vélora Capital] dort.", [], id="in two sentences"),
        pytest.param("[ORG Vélora] rit ! [ORG Vélora Capital] dort.", [], id="behind an exclamation mark"),
        pytest.param("[ORG Vélora]\n[ORG Vélora Capital] dort.", [], id="on two lines"),
        pytest.param("[ORG Vélora] vaut 3.5 fois [ORG Vélora Capital].", TWO, id="a dot inside a number"),
        pytest.param("[ORG Vélora] ([ORG Vélora Capital]) dort.", [], id="in brackets"),
        pytest.param("[ORG Vélora] (en entier [ORG Vélora Capital]) dort.", [], id="in brackets, behind some words"),
        pytest.param("[ORG Vélora] (ex-[ORG Brume]) puise dans [ORG Vélora Capital].", TWO, id="behind brackets"),
        pytest.param("[ORG Vélora], alias [ORG Vélora Capital], dort.", [], id="alias"),
        pytest.param("[ORG Vélora] puise chez [ORG Vélora SAS].", [], id="a legal form"),
        pytest.param("[ORG Vélora] puise chez [ORG Vélora France].", [], id="a branch"),
        pytest.param("[ORG Vélora] puise chez [ORG Vélorama].", [], id="a longer word"),
        pytest.param("[ORG Vélora] puise chez [ORG Ostrane Capital].", [], id="another name"),
        pytest.param("[ORG Vélora] puise chez [ORG VELORA].", [], id="the same name"),
        pytest.param("[ORG Vélora] vend [PRODUCT Vélora Capital].", [], id="of two types"),
        pytest.param("[PER Vélora] puise chez [PER Vélora Capital].", [], id="people"),
        pytest.param("[PRODUCT Vélora] vaut [PRODUCT Vélora Capital].", TWO, id="products"),
        pytest.param("[ORG Novalis] attaque [ORG Novatis].", [("Novalis", "Novatis")], id="a slip apart in one sentence"),
        pytest.param("[ORG Novalis] rit. [ORG Novatis] dort.", [], id="a slip apart in two sentences"),
        pytest.param("[ORG Novalis] ([ORG Novatis]) rit.", [("Novalis", "Novatis")], id="a slip apart, in brackets"),
        pytest.param(f"[ORG Vélora] {'très ' * 39}aime [ORG Vélora Capital].", [], id="more than two hundred characters between"),
        pytest.param(f"[ORG Vélora] {'très ' * 38}aimée [ORG Vélora Capital].", TWO, id="less than two hundred between"),
        pytest.param(
            "[ORG Vélora], [ORG Ostrane], [ORG Ostrane Labs], [ORG Vélora Labs]",
            [("Vélora", "Vélora Labs"), ("Ostrane", "Ostrane Labs")],
            id="two pairs",
        ),
        pytest.param(
            "[ORG Vélora] aime [ORG Vélora Labs] et [ORG Vélora Capital].",
            [("Vélora", "Vélora Labs"), ("Vélora", "Vélora Capital")],
            id="one name and two longer ones",
        ),
    ],
)
def test_which_names_an_article_uses_as_two(words: MergingWords, text: str, pairs: list[tuple[str, str]]) -> None:
    assert apart(marked("a", text), words) == pairs


def test_without_a_text_nobody_knows(words: MergingWords) -> None:
    known = marked("a", "[ORG Vélora] puise dans [ORG Vélora Capital].")
    assert apart(ArticleNames("a", known.mentions), words) == []


def test_names_count_by_their_place_in_the_text(words: MergingWords) -> None:
    known = marked("a", "[ORG Vélora] puise dans [ORG Vélora Capital].")
    assert apart(ArticleNames("a", known.mentions[::-1], known.text), words) == TWO
