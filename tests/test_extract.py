"""What articles tell of their names is the same, whether they are related one by one or many at a time."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor, Teller, given_article
from pipeline.model import Document, Extraction
from pipeline.settings import Settings
from tests.built import built_in_lexicon

TEXTS = (
    "Lumio a levé 12 millions d'euros. « Nous irons au bout », a déclaré Nora Belkacem, PDG de Lumio.",
    "Brise Capital affirme que le marché est saturé. La Cnil a infligé mardi une amende à la start-up.",
    "Il fait beau.",
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(built_in_lexicon(), Settings())


@pytest.fixture(scope="module")
def teller() -> Teller:
    return Teller(built_in_lexicon())


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> tuple[Extraction, ...]:
    documents = [extractor.clean(given_article(text, published="2024-03-01")) for text in TEXTS]
    return tuple(extractor.find([document for document in documents if isinstance(document, Document)]))


def test_many_articles_are_related_as_each_alone(teller: Teller, found: tuple[Extraction, ...]) -> None:
    together = teller.relate_all(found)
    assert together == tuple(teller.relate(one) for one in found)
    assert [(len(one.quotes), len(one.roles), bool(one.events)) for one in together] == [
        (1, 1, True),
        (0, 0, True),
        (0, 0, False),
    ]
    assert [one.speaker for one in together[0].quotes] == ["Nora Belkacem"]


def test_a_bug_in_one_of_many_articles_names_it(
    teller: Teller, found: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: Document, *_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(teller.roles, "find", broken)
    with pytest.raises(ZeroDivisionError) as caught:
        teller.relate_all(found)
    assert caught.value.__notes__ == ["while processing article 'text'"]
