"""The lines of a clean text become blocks of a kind: headings, items, turns of an interview, the lead."""

from __future__ import annotations

import pytest

from pipeline.clean.structure import find_blocks
from pipeline.clean.turns import TurnFinder
from pipeline.lexicon import load_words

TURNS = TurnFinder(load_words("layout"))
BODY = "Le conseil municipal de Saint-Évran a voté mardi la fin de l'expérience, par dix-neuf voix contre quatorze."


def kinds(*lines: str, title: str | None = None) -> list[str]:
    return [block.kind for block in find_blocks("\n\n".join(lines), title, TURNS)]


def test_turns_behind_dashes_ask_and_answer() -> None:
    turns = [
        line for word in ("lui", "elle", "eux") for line in (f"– Pourquoi {word} ?", "– Parce qu'il le faut. Pourquoi pas ?")
    ]
    assert kinds("Un entretien", *turns) == ["headline", *["question", "answer"] * 3]


def test_an_answer_goes_on_below() -> None:
    turns = ["– Qui ?", "– Elle.", "Elle seule.", "– Quand ?", "– Jeudi.", "– Où ?", "– À Redon."]
    expected = ["question", "answer", "answer", "question", "answer", "question", "answer"]
    assert kinds("Un entretien", *turns)[1:] == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("1. Le Sénat s'occupe des ascenseurs", "heading", id="a number above a paragraph"),
        pytest.param("1. Le Sénat s'occupe des ascenseurs.", "item", id="a number and a sentence"),
        pytest.param("- Retour au papier -", "heading", id="between dashes"),
        pytest.param("- une durée excessive", "item", id="behind a dash"),
        pytest.param("Un vote attendu", "heading", id="no sentence"),
    ],
)
def test_a_line_above_a_paragraph(line: str, kind: str) -> None:
    assert kinds("Titre", BODY, line, BODY) == ["headline", "lead", kind, "paragraph"]


def test_questions_in_a_list_are_no_interview() -> None:
    assert kinds("Titre", BODY, "- Qui paiera ?", "- Quand ?", "- Comment ?", BODY)[2:5] == ["item"] * 3


def test_the_lead_may_stand_below_a_day() -> None:
    assert kinds("Titre", "Tarbes, le 19 février 2025", BODY) == ["headline", "heading", "lead"]
