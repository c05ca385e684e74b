"""A line that many different articles of an outlet share is furniture; a sentence that copies share is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.clean.corpus import LineCounts, count_lines
from pipeline.model import Article

TOWNS = ("Brest", "Quimper", "Vannes", "Redon", "Fougères", "Morlaix")


def article(number: int, *, outlet: str | None = "Le Goéland", footer: str = "Le Goéland, la presse au vent") -> Article:
    body = f"La ville de {TOWNS[number % 6]} a reçu {number} capteurs de pluie, que ses agents poseront avant la fin de l'hiver."
    return Article(f"a{number}", "a.jsonl", f"Titre {TOWNS[number % 6]}\n\n{body}\n\n{footer}", outlet=outlet)


def test_a_line_of_four_different_articles_is_furniture() -> None:
    repeated = count_lines(article(n) for n in range(4)).repeated()
    assert repeated.holds("Le Goéland", "LE GOELAND – la presse au vent !")
    assert not repeated.holds("Le Cormoran", "Le Goéland, la presse au vent")


def test_numbers_do_not_make_lines_differ() -> None:
    repeated = count_lines(article(n, footer=f"{n * 7} commentaires") for n in range(4)).repeated()
    assert repeated.holds("Le Goéland", "312 commentaires")


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([article(n) for n in range(3)], id="three articles"),
        pytest.param([article(1) for _ in range(9)], id="nine copies of one article"),
        pytest.param(
            [
                replace(article(1), text=f"Mer calme\n\nLe bulletin annonce pour demain une mer calme et {n} degrés.")
                for n in range(9)
            ],
            id="one text with other figures",
        ),
        pytest.param([article(n, footer="« Nous attendons le décret », répète le maire.") for n in range(6)], id="a quotation"),
        pytest.param([article(n, outlet=f"Journal {n}") for n in range(6)], id="six outlets"),
    ],
)
def test_nothing_is_furniture_of(articles: list[Article]) -> None:
    assert count_lines(articles).repeated().keys == frozenset()


def test_a_sentence_of_outlets_that_nobody_knows_may_be_anybodys() -> None:
    repeated = count_lines(article(n, outlet=None, footer="Le groupe n'a pas souhaité commenter.") for n in range(4)).repeated()
    assert not repeated.holds("", "Le groupe n'a pas souhaité commenter.")
    assert repeated.holds("", "Le groupe n'a pas souhaité commenter")


def test_counts_merge_in_any_order() -> None:
    parts = [count_lines([article(n), article(n + 1)]) for n in range(5)]
    whole = count_lines(article(n) for n in range(6))
    forwards, backwards = LineCounts({}), LineCounts({})
    for part in parts:
        forwards = forwards.merged(part)
    for part in reversed(parts):
        backwards = backwards.merged(part)
    assert forwards == backwards == whole
