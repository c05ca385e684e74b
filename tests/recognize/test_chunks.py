"""Runs of capitalised words: what belongs to one, where one is cut."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.chunks import Chunker

LEXICON = load_lexicon()
CHUNKER = Chunker(LEXICON.rules["names"], LEXICON.words["names"], frozenset(("Maëla", "Ulric")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon Mme Quillien-Roux, rien.", ["Quillien-Roux"]),
        ("L'Office et l’Agence.", ["Office", "Agence"]),
        ("Malvaux & Fils ferme.", ["Malvaux & Fils"]),
        ("Quartzel 3, gratuit.", ["Quartzel 3"]),
        ("Le 3 juin, Quartzel 12 fois.", ["Quartzel"]),
        ("Chez Dolmio Maëla Quillien dirige.", ["Dolmio", "Maëla Quillien"]),
        ("L'Institut Ulric Bréhat ouvre.", ["Institut Ulric Bréhat"]),
        ("iDolm, eIDA et 3DS Malvo.", ["iDolm", "eIDA", "3DS Malvo"]),
        ("Lundi, l'IA a parlé au XXIe siècle.", []),
        ("Le dispositif IA Ressort coûte.", ["IA Ressort"]),
        ("La fondation L'Étrave signe avec D'Estive.", ["L'Étrave", "D'Estive"]),
        ("Il écrit : « L'Étrave coule. »", ["Étrave"]),
        ("L'accord avec SES tient.", ["SES"]),
    ],
)
def test_a_run_is_what_could_be_one_name(text: str, expected: list[str]) -> None:
    document = plain_document(text)
    assert [document.text[span.start : span.end] for span in CHUNKER.find(document)] == expected


def test_no_run_crosses_a_line() -> None:
    document = plain_document("Dolmio\nMalvaux")
    assert [document.text[span.start : span.end] for span in CHUNKER.find(document)] == ["Dolmio", "Malvaux"]
