"""The captions of pictures are told by their opening word, by the credit that was cut off and by the page's own marks."""

from __future__ import annotations

import pytest

from pipeline.clean import Cleaner
from pipeline.lexicon import load_lexicon
from pipeline.model import Article

CLEANER = Cleaner(load_lexicon())
BODY = "Le conseil municipal de Saint-Évran a voté mardi la fin de l'expérience, par dix-neuf voix contre quatorze."


def kinds(text: str) -> list[tuple[str, str]]:
    document = CLEANER.clean(Article("a", "a.txt", text))
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        pytest.param("La criée, jeudi 30 mars. (Photo : Jo Lan)", "La criée, jeudi 30 mars.", id="a credit in brackets"),
        pytest.param("Les caisses attendent. © Jo Lan / Le Relais", "Les caisses attendent.", id="a credit behind a stop"),
        pytest.param("Légende : la patronne de la criée.", "Légende : la patronne de la criée.", id="a word that says so"),
        pytest.param("<figcaption>La criée au matin</figcaption>", "La criée au matin", id="a tag"),
    ],
)
def test_a_caption_is_told_and_the_lead_stands_below_it(line: str, caption: str) -> None:
    assert kinds(f"Une criée sans crieur\n\n{line}\n\n{BODY}") == [
        ("headline", "Une criée sans crieur"),
        ("caption", caption),
        ("lead", BODY),
    ]


def test_a_paragraph_above_a_credit_is_no_caption() -> None:
    assert kinds(f"Une criée sans crieur\n\n{BODY}\n© Jo Lan\n\n{BODY}")[1:] == [("lead", BODY), ("paragraph", BODY)]
