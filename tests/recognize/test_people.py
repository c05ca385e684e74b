"""People by the shape of their names."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Span
from pipeline.recognize.people import PeopleByShape
from pipeline.recognize.weights import read_weights

LEXICON = load_lexicon()
WEIGHTS = read_weights(LEXICON.words["names_weights"])
PEOPLE = PeopleByShape(LEXICON.rules["names"], frozenset(("Maëla", "Ulric")), WEIGHTS)


@pytest.mark.parametrize(
    ("text", "run", "expected"),
    [
        ("Maëla Quillien parle.", "Maëla Quillien", ("Maëla Quillien", WEIGHTS.given_and_surname)),
        ("Ulric van der Broek parle.", "Ulric", ("Ulric van der Broek", WEIGHTS.given_and_surname)),
        ("Maëla de Kersaint parle.", "Maëla", ("Maëla de Kersaint", WEIGHTS.given_and_surname)),
        ("Ulric D'Orlano parle.", "Ulric", ("Ulric D'Orlano", WEIGHTS.given_and_surname)),
        ("Maëla Quillien de Dolmio parle.", "Maëla Quillien", ("Maëla Quillien", WEIGHTS.given_and_surname)),
        ("Ulric-Odilon Quillien parle.", "Ulric-Odilon Quillien", ("Ulric-Odilon Quillien", WEIGHTS.given_and_surname)),
        ("Ici Maëla parle.", "Maëla", ("Maëla", WEIGHTS.given_alone)),
        ("Kwabena Roux-Delorme parle.", "Kwabena Roux-Delorme", ("Kwabena Roux-Delorme", WEIGHTS.double_surname)),
    ],
)
def test_a_given_name_begins_a_person(text: str, run: str, expected: tuple[str, float]) -> None:
    document = plain_document(text)
    start = text.index(run)
    (voice,) = PEOPLE.find(document, [Span(start, start + len(run))])
    assert (text[voice.start : voice.end], voice.weight) == expected


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("Dolmio parle.", "Dolmio"),
        ("Le futur Ulric Bréhat calcule.", "Ulric Bréhat"),
        ("La puissance des Maëla Quillien croît.", "Maëla Quillien"),
        ("Ulric 4 calcule.", "Ulric 4"),
        ("Ulric-Odilon parle.", "Ulric-Odilon"),
    ],
    ids=["no given name", "a machine to come", "behind an article", "a version", "a hyphen and no surname"],
)
def test_a_run_that_is_no_person_says_nothing(text: str, run: str) -> None:
    start = text.index(run)
    assert list(PEOPLE.find(plain_document(text), [Span(start, start + len(run))])) == []


def test_what_has_a_masculine_article_and_a_person_s_name_is_a_thing() -> None:
    (voice,) = PEOPLE.find(plain_document("À bord du Maëla Quillien, tout va."), [Span(10, 24)])
    assert (voice.type, voice.weight) == ("PRODUCT", WEIGHTS.namesake)
