"""Names written small: where they are looked for, and which words never are."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.names import NameRecognizer

NAMES = NameRecognizer(load_lexicon(), parts=("gazetteer", "rules", "consistency"))


def found(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.type) for m in NAMES.resolve(plain_document(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Santé : vortil lève 9 millions d'euros\n\nLa start-up nantaise vortil, qui trie les appels, recrute.", 2),
        ("Chez vortil, on se tait. Elle dirige vortil depuis mai.", 2),
        ("v-side. La plateforme lilloise recrute.", 1),
        ("Elle est ingénieure chez vortil. Le fondateur de vortil, seul, part.\nvortil lève 9 millions d'euros.", 3),
        ("L'hébergeur vent4 recrute. Les clients de vent4 attendent.", 2),
        ("On croise aussi vor-til, jeune pousse nantaise. Le patron de vor-til se tait.", 2),
    ],
    ids=["before its verb", "behind « chez »", "a heading", "behind « de »", "with a number in it", "before its trade"],
)
def test_a_small_name_is_found_everywhere_by_what_stands_beside_it(text: str, count: int) -> None:
    assert [kind for name, kind in found(text) if name.startswith("v")] == ["ORG"] * count


def test_the_number_behind_a_small_product_is_its_version() -> None:
    assert found("La messagerie vortil 7 ferme. vortil ferme aussi.") == [("vortil 7", "PRODUCT"), ("vortil", "PRODUCT")]


@pytest.mark.parametrize(
    "text",
    [
        "Trois verbes : lance, publie, recrute.",
        "On y croise, dit-elle, une start-up nantaise. Le porte-voix, jeune pousse du rayon, se tait.",
        "Emploi : vortil recrute. Le vortil est un mot.",
        "- propose un service\n- licencie ses salariés",
        "Chez elle, on se tait.",
        "Quand vortil est arrivé, vortil raconte : rien.\nvortil explique tout.",
    ],
    ids=["verbs", "an inversion", "with an article elsewhere", "a list", "a pronoun", "no person"],
)
def test_a_small_word_that_names_nothing_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le logiciel Pupitre libre, gratuit, plaît. L'application Pupitre libre aussi.", ["Pupitre libre", "Pupitre libre"]),
        ("Le logiciel Pupitre libre, gratuit, plaît. L'application Pupitre aussi.", ["Pupitre", "Pupitre"]),
        ("Le logiciel Pupitre libre, gratuit, plaît.", ["Pupitre"]),
        ("Le logiciel Pupitre active un micro. L'application Pupitre active.", ["Pupitre", "Pupitre"]),
    ],
    ids=["always", "once without", "but once", "a verb"],
)
def test_a_small_adjective_ends_a_name_where_it_always_stands_behind_it(text: str, expected: list[str]) -> None:
    assert found(text) == [(name, "PRODUCT") for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La société Nuage d'Automne recrute. La société Nuage d'Automne ferme.", ["Nuage d'Automne", "Nuage d'Automne"]),
        ("La société Nuage d'Automne recrute. La société Nuage ferme.", ["Nuage", "Nuage"]),
        ("La société Nuage d'Automne recrute.", ["Nuage"]),
        ("La société Nuage de Velin recrute à Velin. La société Nuage de Velin ferme.", ["Nuage", "Nuage"]),
    ],
    ids=["always", "once without", "but once", "a place spoken of elsewhere"],
)
def test_a_complement_ends_a_name_where_it_always_and_only_stands_behind_it(text: str, expected: list[str]) -> None:
    assert [(name, kind) for name, kind in found(text) if name.startswith("Nuage")] == [(name, "ORG") for name in expected]
