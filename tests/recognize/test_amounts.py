"""Where amounts stand, and what their rules capture."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import Lexicon
from pipeline.model import Mention
from pipeline.recognize.amounts import AmountRecognizer
from pipeline.recognize.amounts_nouns import Noun, NounFinder
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


@pytest.fixture(scope="module")
def recognizer(lexicon: Lexicon) -> AmountRecognizer:
    return AmountRecognizer(lexicon)


@pytest.fixture(scope="module")
def nouns(lexicon: Lexicon) -> NounFinder:
    return NounFinder(lexicon.words["amounts_nouns"], numbers=lexicon.words["amounts"])


def test_a_mention_carries_its_kind_its_rule_and_its_parts(recognizer: AmountRecognizer) -> None:
    (mention,) = recognizer.find(plain_document("Elle lèvera entre 20 et 35 millions de dollars."))
    assert mention == Mention(12, 46, "entre 20 et 35 millions de dollars", "money", "money-between")
    assert dict(mention.parts) == {"reads": "money", "low": "20", "number": "35", "scale": "millions", "unit": "dollars"}


@pytest.mark.parametrize(
    "text",
    [
        "On compare Llama 3 et Phi-2.",
        "La 5G et le Web 2.0 ont vécu.",
        "L'article L. 464-2, la décision 22-D-13 et la faille CVE-2024-3094.",
        "La norme ISO 27001 est exigée.",
        "Le CAC 40 recule, l'iPhone 15 arrive, la carte H100 manque.",
        "Elle a 43 ans ; c'est sa troisième entreprise.",
        "En 2024, sa ville avait perdu.",
        "Un modèle, une équipe, deux pays.",
        "Voir la page 12 et l'épisode 3.",
        "L'adresse est 192.168.1.12.",
    ],
)
def test_numbers_in_names_dates_and_labels_are_no_amounts(recognizer: AmountRecognizer, text: str) -> None:
    assert recognizer.find(plain_document(text)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Elle a mis à la porte 130 salariés.", ["130 salariés"]),
        ("Elle forme chaque année 600 élèves.", ["600 élèves"]),
        ("Google a annoncé vendredi 12.000 suppressions.", ["12.000 suppressions"]),
        ("Elle a envoyé sur place cinq experts.", ["cinq experts"]),
        ("Voir la porte 12.", []),
        ("En mai 2024 salariés et patrons signent.", []),
        ("Le modèle 3 berlines est rappelé.", []),
    ],
)
def test_a_word_that_ends_a_phrase_is_no_label_of_what_is_counted(
    recognizer: AmountRecognizer, text: str, found: list[str]
) -> None:
    assert [mention.text for mention in recognizer.find(plain_document(text))] == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Elle verse 3 milliards de dédommagement.", "money"),
        ("Elle a 12 millions de vues.", "quantity"),
        ("Elle a 12 millions de PME.", "quantity"),
        ("Elle vise 67 millions de Français.", "quantity"),
        ("Elle avale 4 millions de litres.", "quantity"),
        ("Elle est à 6 milliards d'années-lumière.", "quantity"),
    ],
)
def test_so_many_millions_of_a_thing_in_the_singular_are_a_sum(recognizer: AmountRecognizer, text: str, kind: str) -> None:
    (mention,) = recognizer.find(plain_document(text))
    assert mention.type == kind


def test_amounts_do_not_run_across_lines(recognizer: AmountRecognizer) -> None:
    found = recognizer.find(plain_document("Budget : 15\nmillions d'euros"))
    assert [m.text for m in found] == []


def test_a_number_is_no_noun_of_the_number_before(recognizer: AmountRecognizer) -> None:
    assert [m.text for m in recognizer.find(plain_document("Le lot 3 deux dollars, le 12 dix euros."))] == [
        "deux dollars",
        "dix euros",
    ]


@pytest.mark.parametrize(
    ("text", "of", "noun"),
    [
        (" salariés de la ville", False, Noun(9, "salarié", measure=False)),
        (" nouveaux travaux", False, Noun(17, "travail", measure=False)),
        (" plus grandes fortunes", False, Noun(22, "fortune", measure=False)),
        (" de jeunes serait", True, Noun(10, "jeune", measure=False)),
        (" d'images", True, Noun(9, "image", measure=False)),
        (" de personnel", True, Noun(13, "personnel", measure=False, mass=True)),
        (" mètres carrés", False, Noun(14, "mètre carré", measure=True)),
        (" H100", False, Noun(5, "H100", measure=False)),
        (" GPU", False, Noun(4, "GPU", measure=False)),
        (" Français", False, Noun(9, "Français", measure=False)),
        (" modèle", False, None),
        (" dans", False, None),
        (" attendus", True, None),
        (" de Brindille", True, None),
    ],
)
def test_the_noun_behind_a_number(nouns: NounFinder, text: str, of: bool, noun: Noun | None) -> None:
    assert nouns.find(text, 0, of=of) == noun


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("chevaux", "cheval"),
        ("bureaux", "bureau"),
        ("travaux", "travail"),
        ("jeux", "jeu"),
        ("emplois", "emploi"),
        ("avis", "avis"),
        ("voix", "voix"),
        ("yeux", "œil"),
        ("pays", "pays"),
        ("virus", "virus"),
        ("salariées", "salariée"),
        ("start-up", "start-up"),
        ("data centers", "data center"),
    ],
)
def test_singulars(nouns: NounFinder, plural: str, singular: str) -> None:
    assert nouns.singular(plural) == singular
