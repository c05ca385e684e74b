"""Temporal expressions: their spans, kinds and the preposition that opens them."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.recognize.dates import DateRecognizer
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def recognizer() -> DateRecognizer:
    return DateRecognizer(built_in_lexicon())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La réunion du 12\u00a0mars\u00a02024.", [("12\u00a0mars\u00a02024", "date", None)]),
        ("Depuis l’été dernier, rien.", [("été dernier", "date", "since")]),
        ("D’ici à fin 2027, tout change.", [("fin 2027", "date", "by")]),
        ("À compter du 1er avril, la taxe double.", [("1er avril", "date", "from")]),
        ("Avant 2020, rien.", [("2020", "date", "before")]),
        ("Pendant dix jours, toutes les heures.", [("dix jours", "duration", None), ("toutes les heures", "set", None)]),
    ],
)
def test_a_span_leaves_its_preposition_out(
    recognizer: DateRecognizer, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    mentions = recognizer.find(plain_document(text))

    assert [(m.text, m.type, m.parts.get("lead")) for m in mentions] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le 17 accueille des sans-abri.",
        "La faille CVE-2024-3094 a été corrigée.",
        "Le règlement (UE) 2022/2065 encadre les plateformes.",
        "La version 2024.1 est sortie.",
        "20 Minutes et Next ont enquêté avec Mars Capital.",
        "Avril Dumont a été nommée.",
        "Le marché est aujourd'hui saturé, récemment encore il ne l'était pas.",
        "Appelez le 01 20 24 30 12 à 18 h 30.",
        "Rendez-vous 12 rue du 8 Mai 1945.",
        "Un total de 2000 euros et plus de 1950 salariés.",
    ],
)
def test_what_only_looks_like_a_date_is_left_out(recognizer: DateRecognizer, text: str) -> None:
    assert recognizer.find(plain_document(text)) == ()


def test_no_mention_crosses_a_line(recognizer: DateRecognizer) -> None:
    mentions = recognizer.find(plain_document("Le 12\nmars 2024"))

    assert [mention.text for mention in mentions] == ["mars 2024"]
