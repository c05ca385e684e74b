"""Brands by their shape: a capital inside a word."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.names import NameRecognizer

NAMES = NameRecognizer(load_lexicon(), parts=("gazetteer", "rules", "consistency"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On a vu BarqueNet hier.", [("BarqueNet", "ORG")]),
        ("Elle a lancé BarqueNet en mai.", [("BarqueNet", "PRODUCT")]),
        ("On a vu MacLellan hier.", []),
        ("On a vu Barquette hier.", []),
    ],
    ids=["nothing else speaks", "something else speaks", "a surname", "no capital inside"],
)
def test_a_capital_inside_a_word_makes_a_firm_where_nothing_else_speaks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.text, m.type) for m in NAMES.resolve(plain_document(text))] == expected
