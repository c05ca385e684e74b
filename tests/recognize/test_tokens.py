"""The words that the network reads."""

from __future__ import annotations

import pytest

from pipeline.recognize.network import MODEL
from pipeline.recognize.tokens import load_tokenizer

WORDS = {
    "elisions": ("L'ex-Twitter →Meta ex-ministre d’Île-de-France", "L'|ex-|Twitter|→|Meta|ex-ministre|d’|Île-de-France"),
    "questions": ("Va-t-il, dit-on, à Saint-Denis ?", "Va|-t|-il|,|dit|-on|,|à|Saint-Denis|?"),
    "compounds": ("Le sous-traitant, porte-parole d'Orbello-Sylva", "Le|sous-traitant|,|porte-parole|d'|Orbello|-|Sylva"),
    "abbreviations": ("M. Roy, n° 3 d'Orbello, etc. (janv. 2024).", "M.|Roy|,|n°|3|d'|Orbello|,|etc.|(|janv.|2024|)|."),
    "whole words": ("Aujourd'hui, les Etats-Unis", "Aujourd'hui|,|les|Etats-Unis"),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.values(), ids=WORDS)
def test_french_is_cut_into_words(text: str, expected: str) -> None:
    assert "|".join(token.text for token in load_tokenizer(MODEL / "tokens.json")(text)) == expected
