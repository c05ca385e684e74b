"""Cues before names: which words of theirs count, and which rule is asked first."""

from __future__ import annotations

import pytest

from pipeline.lexicon import Rule, load_lexicon
from pipeline.model import Span
from pipeline.recognize.cues import Cues
from pipeline.workbench.themes import make_chunker

LEXICON = load_lexicon()
ALWAYS = Rule(id="always", finds="ORG", stands="before", phrases=("filiale de",), weight=1.0)
ASKED = ALWAYS.model_copy(update={"id": "asked", "before": "la "})
FAR = Rule(id="far", finds="ORG", stands="before", phrases=("startup",), weight=1.0, assigns={"reach": "far"})
NEAR = ALWAYS.model_copy(update={"id": "near", "phrases": ("firme",)})
CUES = Cues([ALWAYS, ASKED, FAR, NEAR], LEXICON.rules["names"], LEXICON.words["names"], make_chunker(LEXICON))


@pytest.mark.parametrize("cue", ["filiale du", "filiale de la", "filiale des", "filiale d'", "filiale mardi 3 de"])
def test_articles_numbers_and_days_do_not_count(cue: str) -> None:
    assert CUES.fold_words(cue) == CUES.fold_words("filiale de")


@pytest.mark.parametrize(
    ("before", "rules"),
    [
        ("La filiale du ", ["asked", "always"]),
        ("La startup grenobloise ", ["far"]),
        ("La filiale grenobloise ", []),
        ("La firme il y a deux ans ", ["near"]),
        ("La filiale du\n", []),
    ],
    ids=["with a context first", "an adjective between", "no phrase", "a time between", "another line"],
)
def test_the_rules_whose_phrase_stands_before_a_name(before: str, rules: list[str]) -> None:
    assert [rule.id for rule in CUES.before(f"{before}Lumio", Span(len(before), len(before) + 5))] == rules


def test_words_that_reach_a_name_further_on_stand_alone() -> None:
    assert CUES.far_nouns == {"startup", "Startup"}
    assert CUES.nouns == {"filiale", "Filiale", "de", "startup", "Startup", "firme", "Firme"}
