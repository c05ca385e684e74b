"""Who is who: what must be one entity, what must stay two, and ids that stay."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from pipeline.deduplicate.entities import ArticleNames, Resolution, resolve_entities
from pipeline.deduplicate.ids import Previous
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import Entity, Mention


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def article(article_id: str, *names: str) -> ArticleNames:
    """An article that holds the given names, each as `TYPE text`, in that order."""
    mentions, at = [], 0
    for name in names:
        kind, text = name.split(" ", 1)
        mentions.append(Mention(at, at + len(text), text, kind, "test"))
        at += len(text) + 1
    return ArticleNames(article_id, tuple(mentions))


def ids(resolution: Resolution) -> list[str]:
    return [link.entity_id for link in resolution.links]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("ORG Vélora", "ORG VELORA", id="case and accents"),
        pytest.param("ORG Ostre-Kadic", "ORG Ostre Kadic", id="hyphen"),
        pytest.param("ORG Brumeval SAS", "ORG Brumeval", id="legal form"),
        pytest.param("ORG Open Kestrel", "ORG OpenKestrel", id="written apart"),
        pytest.param("ORG Parti populaire européen", "ORG PPE", id="alias in a gazetteer"),
        pytest.param("ORG Lunaris AI", "ORG Lunaris", id="the only longer form adds « AI »"),
        pytest.param("PER Solène Kerbrat", "PER S. Kerbrat", id="initial of the given name"),
        pytest.param("PER Jean-Loup Vasseur", "PER Jean Loup Vasseur", id="compound given name"),
    ],
)
def test_one_thing_in_two_articles(lexicon: Lexicon, left: str, right: str) -> None:
    one, other = ids(resolve_entities([article("a", left), article("b", right)], lexicon))
    assert one == other


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("ORG Orange", "LOC Orange", id="the company and the town"),
        pytest.param("ORG CMA CGM", "ORG CMA", id="the shipping line and the regulator"),
        pytest.param("ORG Conseil européen", "ORG Conseil de l'Europe", id="two councils"),
        pytest.param("ORG Conseil européen", "ORG Conseil de l'Union européenne", id="two more councils"),
        pytest.param(
            "ORG Autorité de la concurrence", "ORG Direction générale de la concurrence", id="authority and directorate"
        ),
        pytest.param("PER Jean-Claude Martin", "PER Martin Claude", id="a surname that is another's given name"),
        pytest.param("PER Anne Lefebvre", "PER Hugo Lefebvre", id="two people of one surname"),
        pytest.param("ORG Brumeval Santé", "ORG Brumeval Énergie", id="two companies of one group"),
        pytest.param("PRODUCT Kestrel 2", "PRODUCT Kestrel 3", id="two versions"),
        pytest.param("ORG Google", "ORG Google Cloud", id="a company and its branch, both known"),
    ],
)
def test_two_things_in_two_articles(lexicon: Lexicon, left: str, right: str) -> None:
    one, other = ids(resolve_entities([article("a", left), article("b", right)], lexicon))
    assert one != other


def test_a_surname_is_the_person_last_named_in_full(lexicon: Lexicon) -> None:
    names = ("PER Anne Lefebvre", "PER Lefebvre", "PER Hugo Lefebvre", "PER Lefebvre")
    assert ids(resolve_entities([article("a", *names)], lexicon)) == [
        "per:anne-lefebvre",
        "per:anne-lefebvre",
        "per:hugo-lefebvre",
        "per:hugo-lefebvre",
    ]


def test_a_short_form_of_two_companies_is_neither(lexicon: Lexicon) -> None:
    names = ("ORG Brumeval Santé", "ORG Brumeval Énergie", "ORG Brumeval")
    assert ids(resolve_entities([article("a", *names)], lexicon)) == [
        "org:brumeval-sante",
        "org:brumeval-energie",
        "org:brumeval",
    ]


def test_every_link_says_why(lexicon: Lexicon) -> None:
    links = resolve_entities([article("a", "PER Kai Vorland", "PER Vorland", "ORG Brumeval SAS")], lexicon).links
    assert [link.reason for link in links] == [
        "named Kai Vorland",
        "surname of Kai Vorland in the same article",
        "named Brumeval SAS",
    ]


CORPUS = [
    article("a", "ORG Lunaris AI", "ORG Lunaris", "PER Anne Lefebvre"),
    article("b", "ORG Lunaris", "PER Hugo Lefebvre", "PER Lefebvre"),
    article("c", "ORG Brumeval SAS", "ORG PPE", "LOC Orange"),
    article("d", "ORG BRUMEVAL", "ORG Orange", "PER A. Lefebvre"),
]


def test_the_order_of_articles_does_not_matter(lexicon: Lexicon) -> None:
    expected = resolve_entities(CORPUS, lexicon)
    for seed in range(5):
        shuffled = CORPUS.copy()
        random.Random(seed).shuffle(shuffled)
        assert resolve_entities(shuffled, lexicon) == expected


def previous(resolution: Resolution) -> list[Previous]:
    return [Previous(entity, dt.date(2024, 1, 1)) for entity in resolution.entities]


def test_ids_stay_when_articles_are_added(lexicon: Lexicon) -> None:
    for seed in range(20):
        order = CORPUS.copy()
        random.Random(seed).shuffle(order)
        known: dict[str, str] = {}
        run = resolve_entities(order[:1], lexicon)
        for size in range(2, len(order) + 1):
            known = {e.entity_id: e.entity_id for e in run.entities}
            run = resolve_entities(order[:size], lexicon, previous=previous(run))
            now = {i for e in run.entities for i in (e.entity_id, *e.former_ids)}
            assert set(known) <= now


def test_a_merge_keeps_the_older_id_and_lists_the_other(lexicon: Lexicon) -> None:
    apart = [
        Previous(Entity("org:lunaris", "ORG", "Lunaris"), dt.date(2023, 5, 1)),
        Previous(Entity("org:lunaris-ai", "ORG", "Lunaris AI"), dt.date(2024, 2, 1)),
    ]
    (entity,) = resolve_entities([article("a", "ORG Lunaris AI", "ORG Lunaris")], lexicon, previous=apart).entities
    assert (entity.entity_id, entity.former_ids) == ("org:lunaris", ("org:lunaris-ai",))
