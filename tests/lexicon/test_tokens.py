"""Token patterns say what spaCy's Matcher makes of them, and bring atoms, slots and names beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import spacy
from pydantic import ValidationError
from spacy.matcher import Matcher

from pipeline.lexicon import load_rules
from pipeline.lexicon.token_expressions import token_expression
from pipeline.lexicon.tokens import Token

Pattern = list[dict[str, Any]]
NLP = spacy.blank("fr")
TEXTS = (
    "La licorne lyonnaise Ostrea recrute 1,5 million de gens, et l'éditeur Brumeline a levé 12 000 €.",
    "Selon « Le Chat », la Cnil (l'autorité) a dit non : 3 pages, deux livres et 20 %.",
    "Ostrea GPT-4 Saint-Malo, IA ; rendez-vous à l'IA d'Ostrea.",
)
PATTERNS = {
    "in lower case": [{"LOWER": "la"}, {"LOWER": {"IN": ["licorne", "cnil"]}}],
    "a token that may be left out": [{"LOWER": "licorne"}, {"IS_LOWER": True, "OP": "?"}, {"SHAPE": "Xxxxx"}],
    "titles": [{"IS_TITLE": True}],
    "capitals": [{"IS_UPPER": True}],
    "digits": [{"IS_DIGIT": True}],
    "long words": [{"IS_ALPHA": True, "LENGTH": {">=": 6}}],
    "of two characters": [{"LENGTH": 2}],
    "a number, and not that word": [{"LIKE_NUM": True}, {"LOWER": {"NOT_IN": ["livres"]}}],
    "all between two signs": [{"ORTH": "«"}, {"OP": "+"}, {"ORTH": "»"}],
    "the beginning of a token": [{"TEXT": {"REGEX": "^[A-Z]"}}, {"IS_PUNCT": True}],
    "the end of a token": [{"LOWER": {"REGEX": "eur$"}}],
    "within a token": [{"LOWER": {"REGEX": "um"}}],
    "an article that lost its vowel": [{"LOWER": "l'"}, {"IS_ALPHA": True}],
    "punctuation": [{"IS_PUNCT": True}],
    "currencies": [{"IS_CURRENCY": True}],
    "quotation marks": [{"IS_QUOTE": True}],
    "brackets": [{"IS_BRACKET": True}],
    "any but that": [{"LOWER": "la"}, {"LOWER": "licorne", "OP": "!"}],
    "a shape with a sign": [{"SHAPE": "XXX-d"}],
    "two shapes": [{"SHAPE": "dd"}, {"SHAPE": "ddd"}],
    "twice": [{"IS_LOWER": True, "OP": "{2}"}, {"IS_TITLE": True}],
    "no letters": [{"IS_ALPHA": False}],
}


def found(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    expression = token_expression([Token.model_validate(token) for token in pattern])
    return [match.span() for match in re.finditer(expression, text)]


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_finds_what_the_matcher_of_spacy_finds(pattern: Pattern) -> None:
    matcher = Matcher(NLP.vocab)
    matcher.add("pattern", [pattern], greedy="LONGEST")
    for text in TEXTS:
        spans = matcher(NLP(text), as_spans=True)
        assert found(pattern, text) == sorted((span.start_char, span.end_char) for span in spans)
    assert any(found(pattern, text) for text in TEXTS)


def test_a_word_with_its_hyphens_is_one_token() -> None:
    assert found([{"LOWER": "start-up"}, {"IS_TITLE": True}], "La start-up Ostrea, la start-upper Brume.") == [(3, 18)]


def test_atoms_slots_and_names_are_building_blocks(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(
        "atoms: {year: '20\\d\\d', body: '\\U000f0001'}\n"
        "rules:\n"
        "  - id: since-year\n"
        "    finds: date\n"
        "    tokens: [{LOWER: depuis}, {ATOM: year, SLOT: year}, {ENT_TYPE: ORG, OP: '?'}]\n",
        encoding="utf-8",
    )
    file = load_rules(path)
    match = re.search(file.pattern(file.rules[0]), "Fermé Depuis 2019 \U000f0001.")
    assert match is not None
    assert (match[0], match["year"]) == ("Depuis 2019 \U000f0001", "2019")


@pytest.mark.parametrize(
    ("token", "message"),
    [
        pytest.param({"LOWER": "Licorne"}, "'Licorne' has capitals", id="capitals in LOWER"),
        pytest.param({"LOWER": {"IN": ["a"], "REGEX": "b"}}, "one of IN, NOT_IN and REGEX", id="two ways"),
        pytest.param({"LOWER": "a", "OP": "%"}, "should match pattern", id="no operator"),
        pytest.param({"ENT_TYPE": "PERSON"}, "should be 'PER'", id="no type of ours"),
    ],
)
def test_what_can_match_nothing_is_refused(token: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Token.model_validate(token)
