"""What a name's neighbours in a list, and the names it is made of, say of its type."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.names import NameRecognizer

NAMES = NameRecognizer(load_lexicon(), parts=("gazetteer", "rules", "consistency"))


def found(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.type) for m in NAMES.resolve(plain_document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On y trouve Gmail, Netflix et Google Maps.",
            [("Gmail", "PRODUCT"), ("Netflix", "PRODUCT"), ("Google Maps", "PRODUCT")],
        ),
        (
            "On y trouve « Minecraft », « Corvenna » et « Roblox ».",
            [("Minecraft", "PRODUCT"), ("Corvenna", "PRODUCT"), ("Roblox", "PRODUCT")],
        ),
        ("On y trouve Renault, Netflix et Airbus.", [("Renault", "ORG"), ("Netflix", "ORG"), ("Airbus", "ORG")]),
        (
            "On y trouve le RGPD, et Facebook, Renault ou Airbus.",
            [("RGPD", "LAW"), ("Facebook", "ORG"), ("Renault", "ORG"), ("Airbus", "ORG")],
        ),
    ],
    ids=["among products", "between quotation marks", "among companies", "among companies and a law"],
)
def test_a_name_of_a_company_and_its_product_is_what_the_others_of_its_list_are(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("longer", ["Calabron Libre", "Calabron-Nano", "Calabron Grande Ourse"])
def test_what_adds_a_word_to_a_product_s_name_is_a_product(longer: str) -> None:
    assert found(f"Le logiciel Calabron 2 est sorti. Voici {longer}.") == [("Calabron 2", "PRODUCT"), (longer, "PRODUCT")]


@pytest.mark.parametrize("name", ["GeForce RTX 7080", "GeForce RTX 7080 Ti", "iPhone 12 Pro Max"])
def test_a_version_belongs_to_the_product_before_it(name: str) -> None:
    assert found(f"Elle a vendu sa carte {name} hier.") == [(name, "PRODUCT")]


@pytest.mark.parametrize("number", ["2024", "3080 euros"])
def test_a_year_or_a_sum_is_no_version(number: str) -> None:
    assert found(f"Elle paie Instagram {number}.") == [("Instagram", "PRODUCT")]


def test_what_adds_another_name_to_a_product_s_is_none() -> None:
    text = "La Belgique paie le logiciel Calabron. Voici Calabron Belgique."
    assert found(text) == [("Belgique", "LOC"), ("Calabron", "PRODUCT"), ("Belgique", "LOC")]


def test_what_stands_beside_a_hyphen_only_is_no_half_of_a_pair() -> None:
    assert found("La société Morel-Sudine recrute. L'éditeur Morel-Sudine paie.") == [("Morel-Sudine", "ORG")] * 2


def test_a_town_beside_a_body_makes_a_branch() -> None:
    text = "Le syndicat Calvane recrute à Nantes. Le syndicat Calvane-Nantes aussi."
    assert found(text) == [("Calvane", "ORG"), ("Nantes", "LOC"), ("Calvane-Nantes", "ORG")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La start-up Tribor, à Metz, et Cavagne, à Lille, ferment.", ["Tribor ORG", "Metz LOC", "Cavagne ORG", "Lille LOC"]),
        ("On la voit à Metz, à Lille et à Cavagne-Sud.", ["Metz LOC", "Lille LOC", "Cavagne-Sud LOC"]),
    ],
    ids=["where each sits", "places"],
)
def test_where_a_name_of_a_list_sits_is_none_of_it(text: str, expected: list[str]) -> None:
    assert [f"{name} {kind}" for name, kind in found(text)] == expected


@pytest.mark.parametrize("rest", ["et quelques dizaines d'autres", "et consorts", "etc"])
def test_what_is_not_named_ends_a_list_too(rest: str) -> None:
    assert found(f"On y trouve Renault, Tribor {rest}.") == [("Renault", "ORG"), ("Tribor", "ORG")]


@pytest.mark.parametrize("before", ["l'américain ", "la start-up ", "le groupe belge ", ""])
def test_what_a_name_of_a_list_is_may_stand_before_it(before: str) -> None:
    text = f"On y trouve Renault, Tribor et {before}Airbus."
    assert found(text) == [("Renault", "ORG"), ("Tribor", "ORG"), ("Airbus", "ORG")]
