"""A line that many different articles of an outlet share is furniture; a sentence that copies share is not."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest

from pipeline.engine.corpus import connected, repeated_lines, show
from pipeline.model import Article
from pipeline.store.articles import article_rows, line_rows

TOWNS = ("Brest", "Quimper", "Vannes", "Redon", "Fougères", "Morlaix")
THINGS = ("capteurs", "bancs", "lampadaires", "tableaux", "vélos", "poteaux")


def article(number: int, *, outlet: str | None = "Le Goéland", footer: str = "Le Goéland, la presse au vent") -> Article:
    body = f"La ville de {TOWNS[number % 6]} a reçu des {THINGS[number % 6]}, que ses agents poseront avant la fin de l'hiver."
    return Article(f"a{number}", "a.jsonl", f"Titre {TOWNS[number % 6]}\n\n{body}\n\n{footer}", outlet=outlet)


def counts(articles: Sequence[Article]) -> list[int]:
    """How many lines of each article are furniture."""
    rows = line_rows(article_rows(articles))
    with connected() as base:
        show(base, "lines", rows)
        show(base, "plan", pa.table({"number": range(len(rows)), "key": rows["key"]}))
        found = repeated_lines(base)
    return [len(found.get(number, ())) for number in range(len(rows))]


def test_a_line_of_four_different_articles_is_furniture() -> None:
    assert counts([article(n) for n in range(4)]) == [1, 1, 1, 1]


def test_numbers_do_not_make_lines_differ() -> None:
    assert counts([article(n, footer=f"{n * 7} commentaires") for n in range(4)]) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([article(n) for n in range(3)], id="three articles"),
        pytest.param([article(1) for _ in range(1)], id="one article"),
        pytest.param([article(n, footer="« Nous attendons le décret », répète le maire.") for n in range(4)], id="a quotation"),
        pytest.param([article(n, outlet=f"Journal {n}") for n in range(6)], id="six outlets"),
        pytest.param(
            [Article(f"c{n}", "a.jsonl", f"{'Titre ' * n}\n\nUne dépêche que tous reprennent telle quelle.") for n in range(4)],
            id="copies of one article",
        ),
    ],
)
def test_nothing_is_furniture_of(articles: list[Article]) -> None:
    assert sum(counts(articles)) == 0
