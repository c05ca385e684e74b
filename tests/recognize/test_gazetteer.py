"""Known names: longest form, at word bounds, in the writings that French typography allows."""

from __future__ import annotations

import pickle
import re

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import DATA, GazetteerEntry, load_rules, load_words
from pipeline.model import EntityType
from pipeline.recognize.gazetteer import Gazetteer, allows, fold_key
from pipeline.recognize.weights import read_weights


def entry(canonical: str, *aliases: str, kind: EntityType = "ORG", ambiguous: tuple[str, ...] = ()) -> GazetteerEntry:
    return GazetteerEntry(canonical, kind, None, None, None, aliases, frozenset(ambiguous), (), None, "test.csv")


SHAPES = load_rules(DATA / "rules" / "names.yaml")
ARTICLE = re.compile(SHAPES.expand("{own_article}"))


def gazetteer(*entries: GazetteerEntry) -> Gazetteer:
    return Gazetteer(entries, SHAPES, read_weights(load_words("names_weights")))


GAZETTEER = gazetteer(
    entry("Autorité des glaciers", "ADGA"),
    entry("Autorité"),
    entry("Lumière", ambiguous=("Lumière",)),
    entry("Lumière", kind="LOC", ambiguous=("Lumière",)),
    entry("Chambre des écluses", "l'Écluse", ambiguous=("l'Écluse",)),
    entry("La Marée"),
)


def found(text: str) -> list[tuple[str, str, str | None, bool]]:
    document = plain_document(text)
    return [(document.text[e.start : e.end], e.type, e.canonical, e.sure) for e in GAZETTEER.find(document)]


def test_the_longest_form_is_found_with_its_canonical_name() -> None:
    assert found("Selon l'Autorité des glaciers, rien.") == [("Autorité des glaciers", "ORG", "Autorité des glaciers", True)]


def test_a_no_break_space_and_a_curly_apostrophe_are_a_space_and_an_apostrophe() -> None:
    assert found("Selon l’Autorité\u00a0des\u202fglaciers, rien.") == [
        ("Autorité\u00a0des\u202fglaciers", "ORG", "Autorité des glaciers", True)
    ]


@pytest.mark.parametrize(
    ("form", "surface", "allowed"),
    [
        ("Autorité des ponts", "Autorité des Ponts", True),
        ("Autorité des ponts", "AUTORITÉ DES PONTS", True),
        ("Élysée", "Elysée", True),
        ("Orange", "orange", False),
        ("CNIL", "Cnil", True),
        ("CNIL", "cnil", False),
        ("ART", "Art", False),
        ("Bleu", "BLEU", True),
        ("ministère des Ponts", "Ministère des Ponts", True),
        ("OpenAI", "Openai", False),
        ("Les Bateliers", "Les bateliers", False),
        ("Le Monde diplomatique", "Le monde diplomatique", True),
    ],
)
def test_a_writing_is_allowed_where_french_typography_allows_it(form: str, surface: str, allowed: bool) -> None:
    assert fold_key(form) == fold_key(surface)
    assert allows(form, surface, ARTICLE) is allowed


def test_a_form_inside_a_word_is_none() -> None:
    assert found("Les ADGAs et la Superautorité.") == []


def test_an_ambiguous_form_is_sure_only_where_its_capital_is_its_own() -> None:
    assert found("Lumière a parlé. Hier, Lumière a parlé.") == [
        ("Lumière", "ORG", "Lumière", False),
        ("Lumière", "LOC", "Lumière", False),
        ("Lumière", "ORG", "Lumière", True),
        ("Lumière", "LOC", "Lumière", True),
    ]


def test_the_article_of_an_alias_stays_out_and_that_of_a_name_stays_in() -> None:
    assert found("Depuis, l'Écluse et La Marée se taisent.") == [
        ("Écluse", "ORG", "Chambre des écluses", True),
        ("La Marée", "ORG", "La Marée", True),
    ]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert gazetteer().find(plain_document("L'Autorité des glaciers.")) == ()


def test_it_travels_to_worker_processes() -> None:
    document = plain_document("L'ADGA enquête.")
    assert pickle.loads(pickle.dumps(GAZETTEER)).find(document) == GAZETTEER.find(document)


def test_of_two_bodies_with_one_acronym_the_one_that_the_text_names_is_meant() -> None:
    both = gazetteer(entry("Conseil des marées", "CDMA"), entry("Comité des mâts", "CDMA"))
    document = plain_document("Le Comité des mâts siège. Le CDMA vote.")
    assert [e.canonical for e in both.find(document)] == ["Comité des mâts", "Comité des mâts"]
