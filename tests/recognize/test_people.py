"""People by the shape of their names."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Span
from pipeline.recognize.people import FULL_NAME, GIVEN_ALONE, PeopleByShape

PEOPLE = PeopleByShape(load_lexicon().rules["names"], frozenset(("Maëla", "Ulric")))


@pytest.mark.parametrize(
    ("text", "run", "expected"),
    [
        ("Maëla Quillien parle.", "Maëla Quillien", ("Maëla Quillien", FULL_NAME)),
        ("Ulric van der Broek parle.", "Ulric", ("Ulric van der Broek", FULL_NAME)),
        ("Maëla de Kersaint parle.", "Maëla", ("Maëla de Kersaint", FULL_NAME)),
        ("Ulric D'Orlano parle.", "Ulric", ("Ulric D'Orlano", FULL_NAME)),
        ("Maëla Quillien de Dolmio parle.", "Maëla Quillien", ("Maëla Quillien", FULL_NAME)),
        ("Ici Maëla parle.", "Maëla", ("Maëla", GIVEN_ALONE)),
    ],
)
def test_a_given_name_begins_a_person(text: str, run: str, expected: tuple[str, float]) -> None:
    document = plain_document(text)
    start = text.index(run)
    (voice,) = PEOPLE.find(document, [Span(start, start + len(run))])
    assert (text[voice.start : voice.end], voice.weight) == expected


def test_a_run_without_a_given_name_says_nothing() -> None:
    assert list(PEOPLE.find(plain_document("Dolmio parle."), [Span(0, 6)])) == []
