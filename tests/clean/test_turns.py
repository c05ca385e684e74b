"""Labels of speakers tell who asks and who answers; other colons do not."""

from __future__ import annotations

import pytest

from pipeline.clean.turns import TurnFinder
from pipeline.lexicon import load_words

FINDER = TurnFinder(load_words("layout"))
ASKED = {0: "question", 1: "answer", 2: "question", 3: "answer"}


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        pytest.param("Le Relais : ", "Anne Kermadec : ", id="a paper and a name"),
        pytest.param("Q. : ", "R. : ", id="letters"),
        pytest.param("Question : ", "Réponse : ", id="words"),
        pytest.param("A. B. : ", "C. D. : ", id="initials"),
        pytest.param("La Gazette. – ", "M. Le Goff. – ", id="dashes"),
    ],
)
def test_labels_tell_the_turns(asks: str, answers: str) -> None:
    lines = [f"{asks}Pourquoi ?", f"{answers}Il le faut.", f"{asks}Et après ?", f"{answers}On verra."]
    assert FINDER.find(lines) == ASKED


def test_he_who_is_called_question_asks_without_question_marks() -> None:
    assert FINDER.find(["Q : Racontez-nous.", "R : Volontiers ?", "Q : Poursuivez.", "R : Rien."]) == ASKED


def test_initials_stand_for_the_name_before_them() -> None:
    lines = ["Le Relais : Pourquoi ?", "Anne Kermadec : Il le faut.", "Le Relais : Et après ?", "A. K. : On verra."]
    assert FINDER.find(lines) == ASKED


def test_what_stands_above_the_only_one_with_a_label_asks() -> None:
    lines = ["Pourquoi ?", "A. K. : Il le faut.", "Et après ?", "A. K. : On verra.", "Les élus protestent.", "A. K. : Tant pis."]
    assert FINDER.find(lines) == {**ASKED, 4: "question", 5: "answer"}


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["Ici, on vote.", "A. K. : Il le faut.", "Là aussi.", "A. K. : Oui.", "Enfin.", "A. K. : Non."], id="no asks"
        ),
        pytest.param(["Prix : 12 euros", "Durée : 3 mois", "Lieu : Brest", "Date : mardi"], id="a list of facts"),
        pytest.param(["Redon : la fibre arrive", "Brest : rien", "Redon : le maire dément", "Brest : tout"], id="nobody asks"),
        pytest.param(["Le Relais : Pourquoi ?", "Anne Kermadec : Il le faut."], id="too few turns"),
        pytest.param(["A. B. : Qui ?", "C. D. : Quoi ?", "A. B. : Quand ?", "C. D. : Où ?"], id="both ask"),
    ],
)
def test_other_colons_are_no_turns(lines: list[str]) -> None:
    assert FINDER.find(lines) == {}
