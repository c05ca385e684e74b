"""What people are by what they do, and the walks of life that nouns are of."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.recognize.relations.callings import Callings

CALLINGS = Callings(load_lexicon())


@pytest.mark.parametrize(
    ("nouns", "expected"),
    [
        (("patronne",), {"chief"}),
        (("élue",), {"politician"}),
        (("conseillère",), {"politician"}),
        (("secrétaire",), {"politician", "unionist"}),
        (("avocate", "ingénieur"), {"lawyer", "maker"}),
        (("tabouret",), set()),
    ],
    ids=["feminine", "short feminine", "no lawyer", "of two walks", "two nouns", "no person"],
)
def test_walks_of_life(nouns: tuple[str, ...], expected: set[str]) -> None:
    assert CALLINGS.walks(nouns) == expected


def test_people_of_the_gazetteers() -> None:
    """A head of state is a politician too; nothing is known of whom no gazetteer knows."""
    assert CALLINGS.known("Joe Biden") == {"politician"}
    assert CALLINGS.known("Mark Zuckerberg") == {"chief"}
    assert CALLINGS.known("Nora Belkacem") == frozenset()


@pytest.mark.parametrize(
    ("before", "behind", "beside", "expected"),
    [
        ("Lumio, fondée en 2015 par ", "", "", ["fondateur", "créateur"]),
        ("", ", qui a fondé Lumio", "", ["fondateur", "créateur"]),
        ("Lumio, présidée par ", "", "", ["président"]),
        ("défendue par ", "", "", ["avocat"]),
        ("Me ", "", "", ["avocat"]),
        ("", "", "secrétaire de l'union locale CGT", ["syndicaliste", "délégué", "élu"]),
        ("Lumio, rachetée par ", ", qui fond de plaisir", "secrétaire de mairie", []),
    ],
    ids=["founded by", "who founded", "presided by", "defended by", "title", "of a union", "nothing told"],
)
def test_what_is_told(before: str, behind: str, beside: str, expected: list[str]) -> None:
    assert [*CALLINGS.told(before, behind, beside)] == expected
