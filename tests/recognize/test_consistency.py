"""What the rest of an article says about a name."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.acronyms import Acronyms
from pipeline.recognize.names import NameRecognizer
from pipeline.recognize.occurrences import occurrences, writings

LEXICON = load_lexicon()
NAMES = NameRecognizer(LEXICON, parts=("rules", "consistency"))
ACRONYMS = Acronyms(LEXICON.rules["names"], LEXICON.words["names"])


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(m.text, m.type, m.canonical) for m in NAMES.resolve(plain_document(text))]


def test_a_name_settled_once_is_found_wherever_it_stands() -> None:
    text = "La start-up Merlodia lève 5 millions d'euros. On dit que Merlodia ment. Vive Merlodia."
    assert [name for name, _, _ in found(text)] == ["Merlodia", "Merlodia", "Merlodia"]


def test_a_surname_stands_for_the_person_named_before() -> None:
    text = "Selon Maëla Quillien, directrice de l'usine, rien ne presse. On a vu Quillien hier."
    assert found(text) == [("Maëla Quillien", "PER", None), ("Quillien", "PER", "Maëla Quillien")]


def test_an_acronym_in_brackets_is_the_body_before_it_whatever_its_capitals() -> None:
    text = "L'Institut boréal des glaciers alpins (IBGA) enquête. Selon l'IBGA, et l'Ibga le répète, tout va."
    canonical = "Institut boréal des glaciers alpins"
    assert found(text) == [
        (canonical, "ORG", None),
        ("IBGA", "ORG", canonical),
        ("IBGA", "ORG", canonical),
        ("Ibga", "ORG", canonical),
    ]


def test_the_head_of_a_body_stands_for_it_with_article_and_capital_only() -> None:
    text = "L'Agence des bacs fluviaux a parlé. Depuis, l'Agence se tait. L'agence du coin aussi."
    assert found(text) == [("Agence des bacs fluviaux", "ORG", None), ("Agence", "ORG", "Agence des bacs fluviaux")]


def test_names_in_one_list_are_of_one_type() -> None:
    text = "Sont visés la start-up Merlodia, Cavagne et Tribor."
    assert [(name, kind) for name, kind, _ in found(text)] == [("Merlodia", "ORG"), ("Cavagne", "ORG"), ("Tribor", "ORG")]


def test_a_homonym_keeps_the_type_that_the_words_around_it_say() -> None:
    text = "Le groupe Vannelle lève 3 millions d'euros. Vannelle emploie dix personnes. Elle habite la ville de Vannelle."
    assert [kind for _, kind, _ in found(text)] == ["ORG", "ORG", "LOC"]


def test_both_halves_of_a_pair_are_names() -> None:
    text = "L'éditeur Merlodia recrute. L'accord Merlodia-Tribor est signé."
    assert [name for name, _, _ in found(text)] == ["Merlodia", "Merlodia", "Tribor"]


def test_nothing_is_found_in_words_that_only_share_the_letters() -> None:
    assert list(occurrences("Merlodia, Merlodiau et Merlodia-Sud", "Merlodia")) == [(0, 8)]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("IBGA", ("IBGA", "Ibga")),
        ("Merlodia", ("Merlodia", "MERLODIA")),
        ("MerLodia", ("MerLodia", "MERLODIA", "Merlodia")),
        ("UE", ("UE",)),
        ("Axa", ("Axa",)),
        ("vortil", ("vortil", "VORTIL", "Vortil")),
    ],
)
def test_a_form_has_the_writings_of_this_press(form: str, expected: tuple[str, ...]) -> None:
    assert writings(form) == expected


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("IBG", "Institut boréal des glaciers", True),
        ("Cnil", "Commission nationale de l'informatique et des libertés", True),
        ("Clap", "Collectif des livreurs autonomes de Paris", True),
        ("CEDI", "Centre d'études des digues", True),
        ("IBG", "Autorité des ponts", False),
        ("IA", "Conseil de l'intelligence artificielle", False),
        ("A", "Agence", False),
    ],
)
def test_an_acronym_fits_the_name_whose_initials_it_has(acronym: str, name: str, fits: bool) -> None:
    assert ACRONYMS.has_initials(acronym, name.replace("'", " ").split(" ")) is fits


def test_a_name_without_its_number_is_the_line_of_its_versions() -> None:
    text = "Un modèle, Varlet 4, arrive. Varlet plaît. On dit que Varlet ment."
    assert found(text) == [("Varlet 4", "PRODUCT", None), ("Varlet", "PRODUCT", None), ("Varlet", "PRODUCT", None)]


def test_a_firm_and_its_service_of_one_name_are_told_apart_by_the_words_around() -> None:
    text = "Merlodia licencie. L'application Merlodia ferme. Sur Merlodia, on râle. Selon Merlodia, rien ne presse."
    assert [kind for _, kind, _ in found(text)] == ["ORG", "PRODUCT", "PRODUCT", "ORG"]


def test_what_the_article_says_a_name_is_outweighs_what_the_name_does() -> None:
    text = "On inaugure Merlodia, un assistant de recherche. Merlodia héberge les thèses. Selon elle, Merlodia plaît."
    assert [kind for _, kind, _ in found(text)] == ["PRODUCT", "PRODUCT", "PRODUCT"]


def test_the_words_around_a_name_lead_where_the_rest_of_the_article_says_the_same() -> None:
    text = "La start-up Merlodia recrute. La start-up Merlodia, un éditeur, lève 5 millions d'euros."
    mentions = NAMES.resolve(plain_document(text))
    assert [(m.type, m.method) for m in mentions] == [("ORG", "rule"), ("ORG", "rule")]
