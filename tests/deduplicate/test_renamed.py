"""Names that an article says to be one thing's old and new name."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.keys import MergingWords
from pipeline.deduplicate.known import Known
from pipeline.deduplicate.renamed import find_renamings
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked

NEW, OLD = ("ORG", "Vélora"), ("ORG", "Brumeval")


@pytest.fixture(scope="module")
def words() -> MergingWords:
    return MergingWords.read(built_in_lexicon().words)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[ORG Vélora] (ex-[ORG Brumeval]) recrute.", id="ex, in brackets"),
        pytest.param("[ORG Vélora], anciennement [ORG Brumeval], recrute.", id="the new name first"),
        pytest.param("[ORG Brumeval], rebaptisée [ORG Vélora], recrute.", id="the old name first"),
        pytest.param("[ORG Vélora],\u00a0ex-[ORG Brumeval]", id="a space that does not break"),
    ],
)
def test_a_renaming_ties_the_new_name_to_the_old(words: MergingWords, text: str) -> None:
    told = "Vélora was called Brumeval, says article a"
    for published, when in (("2024-03", " (2024-03)"), (None, "")):
        found = list(find_renamings(marked("a", text, published=published), Known({}), words))
        assert found == [Evidence(NEW, OLD, 0.9, told + when)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[ORG Vélora] (ex-[PRODUCT Brumeval]) recrute.", id="of two types"),
        pytest.param("[ORG Vélora] et [ORG Brumeval] recrutent.", id="no phrase of renaming"),
        pytest.param("[ORG Vélora], anciennement voisine de [ORG Brumeval], recrute.", id="more than the phrase"),
        pytest.param("Ostrane, anciennement [ORG Vélora] et [ORG Brumeval]", id="the phrase before both"),
        pytest.param("[ORG Vélora], anciennement [LOC Brest], [ORG Brumeval]", id="another name between"),
    ],
)
def test_no_renaming(words: MergingWords, text: str) -> None:
    assert list(find_renamings(marked("a", text), Known({}), words)) == []


def test_a_second_renaming_is_found_behind_what_is_none(words: MergingWords) -> None:
    text = "[ORG Ostrane] de [LOC Brest] et [ORG Vélora] (ex-[ORG Brumeval])"
    assert [pair.right for pair in find_renamings(marked("a", text), Known({}), words)] == [OLD]


def test_without_a_text_nobody_knows(words: MergingWords) -> None:
    article = marked("a", "[ORG Vélora] (ex-[ORG Brumeval]) recrute.")
    assert list(find_renamings(ArticleNames("a", article.mentions), Known({}), words)) == []
    assert len(list(find_renamings(ArticleNames("a", article.mentions[::-1], article.text), Known({}), words))) == 1
