"""A heading that lost its line end gets it back where that can be told, and names keep together."""

from __future__ import annotations

import pytest

from pipeline.clean.draft import Draft, apply_edits
from pipeline.clean.headings import HeadingFinder
from pipeline.lexicon import load_words

FINDER = HeadingFinder(load_words("layout"))
REST = "Sénat se prononcera mardi sur le texte, a annoncé la présidence de la chambre haute."


def split(text: str, title: str | None = None) -> list[str]:
    return apply_edits(Draft.of(text), FINDER.find(text, title)).text.split("\n")


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        pytest.param(f"La fin d'une loi|Le {REST}", None, id="no space"),
        pytest.param(f"La fin d'une loi|Un vote attendu|Le {REST}", None, id="no space, then a heading"),
        pytest.param("La fin d'une loi|L'Assemblée vote.", None, id="no space before an elision"),
        pytest.param(f"Un vote attendu |Selon le {REST}", None, id="a space before a word of no name"),
        pytest.param(f"Les élus de Redon votent |Le {REST}", "Les élus de Redon votent", id="the title and a space"),
        pytest.param(
            "Un accès très surveillé |Les parents signent une charte de deux pages et la gardent dans un tiroir.",
            None,
            id="an article",
        ),
        pytest.param(f"Un vote très attendu |Le {REST}", None, id="an article before a body that everybody knows"),
        pytest.param(f"Rien ne change. |Un vote très attendu |Le {REST}".replace(". |", ". "), None, id="inside a paragraph"),
        pytest.param("Les élus de Redon votent|« Enfin », dit le maire.", "Les élus de Redon votent", id="the title and a mark"),
    ],
)
def test_a_lost_line_end_comes_back(marked: str, title: str | None) -> None:
    assert split(marked.replace("|", ""), title) == [line.strip() for line in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(f"Le quotidien Le Relais annonce que le {REST}", None, id="a paper's article"),
        pytest.param(f"Le film Depuis toujours raconte comment le {REST}", None, id="a film"),
        pytest.param(f"Voltigeur et FarmLedger, YouTube et SwitchOn Paris, dit le {REST}", None, id="capitals inside names"),
        pytest.param(
            "Le groupe suédois a racheté La belle école de Brest, qui forme depuis 1987 des codeurs.", None, id="a verb"
        ),
        pytest.param(
            "Une longue enquête du quotidien La gazette des ports a montré mardi que rien ne bouge.", None, id="a title"
        ),
        pytest.param("La loi attend selon le Sénat.", None, id="a small letter"),
        pytest.param("Un vote attendu Selon toi", None, id="too short for a paragraph"),
        pytest.param("Les élus de Redon votent mardi.", "Les élus de Redon votent", id="a title that goes on as a sentence"),
        pytest.param("Voltigeur Le Mans recrute.", "Voltigeur", id="a title that may be a name"),
    ],
)
def test_what_may_be_one_line_stays_one(text: str, title: str | None) -> None:
    assert split(text, title) == [text]
