"""Real sentences under other names."""

from __future__ import annotations

from random import Random

import pytest

from pipeline.lexicon import DATA
from pipeline.model import Span
from pipeline.training.compose import Composer
from pipeline.training.marked import Marked, Name, read_marks
from pipeline.training.swap import swap_names


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(DATA / "training")


def test_a_person_is_renamed_the_same_way_throughout(composer: Composer) -> None:
    marked = read_marks("[Paul Martel](PER) a parlé. [Martel](PER) est reparti, dit [Paul Martel](PER).")
    for seed in range(20):
        swapped = swap_names(marked, composer, Random(seed))
        first, short, again = (swapped.text[n.start : n.end] for n in swapped.names)
        assert first == again
        assert first.endswith(short)


@pytest.mark.parametrize(
    "name", ["[Nantes](LOC)", "[loi Martel](LAW)", "[ministère de l'Intérieur](ORG)"], ids=["place", "law", "body"]
)
def test_names_that_carry_their_grammar_stay(composer: Composer, name: str) -> None:
    marked = read_marks(f"Il cite {name}.")
    assert swap_names(marked, composer, Random(1)) == marked


def test_an_elision_stays_right(composer: Composer) -> None:
    marked = read_marks("Le siège d'[Orbello](ORG) ferme.")
    for seed in range(30):
        assert swap_names(marked, composer, Random(seed)).text[11] in "AEIOUYÉÈÊÎÔŒHaeiouyéh"


def test_unknown_stretches_move_with_the_text(composer: Composer) -> None:
    text = "Paul Martel défend la loi Verdier."
    marked = Marked(text, (Name(0, 11, "PER"),), (Span(22, 33),))
    swapped = swap_names(marked, composer, Random(4))
    assert [swapped.text[s.start : s.end] for s in swapped.unknown] == ["loi Verdier"]
