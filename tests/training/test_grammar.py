"""The grammar that invents names and phrases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from pipeline.errors import DataError
from pipeline.training.grammar import Grammar, load_grammar


def test_symbols_are_expanded_capitalized_and_put_in_capitals() -> None:
    grammar = Grammar({"word": ["ardoise"], "firm": ["{^word} {word} {!word}"]})
    assert grammar.expand("firm", Random(0)) == "Ardoise ardoise ARDOISE"


def test_braces_that_are_no_symbol_stay() -> None:
    assert Grammar({"word": ["ardoise"]}).fill("{A} et {word}", Random(0)) == "{A} et ardoise"


def test_alternatives_are_lists_words_or_phrases_between_bars(tmp_path: Path) -> None:
    path = tmp_path / "grammar.yaml"
    path.write_text('a: rouge vert\nb: bleu clair | gris\nc:\n  - 3x "{a}"\n  - noir\n', encoding="utf-8")
    grammar, chance = load_grammar(path), Random(1)
    assert {grammar.expand("b", chance) for _ in range(50)} == {"bleu clair", "gris"}
    drawn = Counter(grammar.expand("c", chance) for _ in range(400))
    assert set(drawn) == {"rouge", "vert", "noir"}
    assert 60 < drawn["noir"] < 140


def test_a_symbol_that_nothing_defines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grammar.yaml"
    path.write_text('firm: ["{wrod} Labs"]\nword: ardoise\n', encoding="utf-8")
    with pytest.raises(DataError, match="'firm' uses 'wrod'"):
        load_grammar(path)
