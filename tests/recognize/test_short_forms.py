"""Short forms of full names: which, where, and whose."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import EntityType
from pipeline.recognize.ballot import Decision
from pipeline.recognize.short_forms import ShortForms
from pipeline.recognize.weights import read_weights

LEXICON = load_lexicon()
WEIGHTS = read_weights(LEXICON.words["names_weights"])
SHORT_FORMS = ShortForms(LEXICON.rules["names"], LEXICON.words["names"], LEXICON.words["names_given"], WEIGHTS)


def found(text: str, **full: EntityType) -> list[tuple[int, str, str | None, str]]:
    names = [(name.replace("_", " "), kind) for name, kind in full.items()]
    starts = [(text.index(name), name, kind) for name, kind in names]
    decisions = [Decision(start, start + len(name), kind, (), 2.0) for start, name, kind in sorted(starts)]
    document = plain_document(text)
    return [(v.start, text[v.start : v.end], v.canonical, v.rule_id) for v in SHORT_FORMS.find(document, decisions, {})]


@pytest.mark.parametrize(
    ("full", "surname"),
    [
        ("Maëla Quillien", "Quillien"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Marine Le Pen", "Le Pen"),
        ("Jean Pierre Morvan", "Morvan"),
        ("Madone", None),
    ],
)
def test_the_surname_is_what_follows_the_given_names(full: str, surname: str | None) -> None:
    assert SHORT_FORMS.surname(full) == surname


def test_the_first_word_of_a_firm_stands_for_it_after_it() -> None:
    assert found("Avec Ginkor Capital. Ginkor paie.", Ginkor_Capital="ORG") == [
        (21, "Ginkor", "Ginkor Capital", "first-word-of-name")
    ]


@pytest.mark.parametrize(
    ("full", "expected"),
    [("Ginkor SA", [(10, "Ginkor", "Ginkor SA", "name-without-legal-form")]), ("Ginkor Capital", [])],
    ids=["a legal form", "another word"],
)
def test_a_firm_without_its_legal_form_is_the_same_before_it_too(full: str, expected: list[tuple[int, str, str, str]]) -> None:
    assert found(f"Avec eux.\nGinkor paie. Avec {full}.", **{full.replace(" ", "_"): "ORG"}) == expected


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("Avec Ulric Bréhat. U. Bréhat. – Oui.", (19, "U. Bréhat")),
        ("Avec Ulric Bréhat. M. Bréhat dit oui.", (22, "Bréhat")),
        ("Avec Ulric Bréhat. O. Bréhat dit oui.", (22, "Bréhat")),
    ],
    ids=["his initial", "a title", "somebody else's initial"],
)
def test_a_surname_takes_in_its_bearer_s_initial(text: str, surname: tuple[int, str]) -> None:
    assert (*surname, "Ulric Bréhat", "surname-of-person") in found(text, Ulric_Bréhat="PER")


def test_a_surname_counts_more_where_a_town_seldom_stands() -> None:
    text = "Avec Ulric Bréhat. Bréhat paie, selon Bréhat, à Bréhat."
    document = plain_document(text)
    voices = SHORT_FORMS.find(document, [Decision(5, 17, "PER", (), 2.0)], {})
    surnames = [(v.start, v.weight) for v in voices if v.rule_id == "surname-of-person" and v.start > 17]
    assert surnames == [(19, WEIGHTS.surname_free), (38, WEIGHTS.surname_free), (48, WEIGHTS.short_form)]


def test_the_initials_of_a_body_stand_for_it() -> None:
    text = "Selon l'Agence du bac numérique. L'ABN paie."
    assert found(text, Agence_du_bac_numérique="ORG") == [(35, "ABN", "Agence du bac numérique", "initials-of-body")]


def test_the_first_word_of_a_longer_name_is_no_short_form() -> None:
    assert found("Avec Ginkor Capital. Ginkor Chat parle.", Ginkor_Capital="ORG") == []


def test_products_and_laws_have_none() -> None:
    assert found("Avec Ginkor Chat. Ginkor paie.", Ginkor_Chat="PRODUCT") == []


def test_a_product_of_a_number_is_one_of_a_line_that_stands_with_its_article() -> None:
    assert found("Voici la Ginkor 4. La Ginkor parle.", Ginkor_4="PRODUCT") == [(22, "Ginkor", "Ginkor 4", "line-of-product")]
    assert found("Voici Ginkor 4. Ginkor paie.", Ginkor_4="PRODUCT") == []


def test_a_given_name_stands_for_its_bearer_even_before_the_full_name() -> None:
    text = "Demandez à Ulric. Ulric Bréhat le sait."
    assert (11, "Ulric", "Ulric Bréhat", "given-name-of-person") in found(text, Ulric_Bréhat="PER")
