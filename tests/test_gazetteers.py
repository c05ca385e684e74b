"""The gazetteers as data: they load, no form is claimed twice, kinds and countries come from closed lists."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from babel import Locale

from pipeline.lexicon import DATA, GazetteerEntry, load_gazetteer
from pipeline.model import ENTITY_TYPES
from pipeline.text import fold_name, fold_typography

FOLDER = DATA / "gazetteers"
FILES = sorted(FOLDER.glob("*.csv"))
ENTRIES = tuple(entry for path in FILES for entry in load_gazetteer(path))
COUNTRIES = {code for code in Locale("en").territories if re.fullmatch(r"[A-Z]{2}", code)} - {"QO", "UN", "XA", "XB", "ZZ"}


def documented_kinds() -> dict[str, set[str]]:
    """The closed lists of kinds, as the table of the README gives them."""
    table = (FOLDER / "README.md").read_text(encoding="utf-8").partition("## Kinds")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([A-Z]+) \| (.+) \|$", table, re.MULTILINE)
    return {type_: set(re.findall(r"`([a-z-]+)`", kinds)) for type_, kinds in rows}


def known(form: str, type_: str) -> list[GazetteerEntry]:
    """The entries of one type that have the form, letter for letter."""
    return [entry for entry in ENTRIES if entry.type == type_ and form in entry.forms]


def test_the_gazetteers_hold_thousands_of_names() -> None:
    assert len(ENTRIES) >= 8000
    assert sum(len(set(entry.forms)) for entry in ENTRIES) >= 12000


def test_every_kind_is_used_and_documented() -> None:
    used: dict[str, set[str | None]] = {type_: set() for type_ in ENTITY_TYPES}
    for entry in ENTRIES:
        used[entry.type].add(entry.kind)
    assert used == documented_kinds()


def test_countries_are_iso_codes_or_the_union() -> None:
    assert {entry.country for entry in ENTRIES} - {None} <= COUNTRIES


def test_dates_and_items_are_well_formed() -> None:
    date = re.compile(r"\d{4}(-\d\d){0,2}")
    dates = [entry.since for entry in ENTRIES] + [until for entry in ENTRIES for _, until in entry.former]
    assert [value for value in dates if value and not date.fullmatch(value)] == []
    assert [entry.wikidata for entry in ENTRIES if entry.wikidata and not re.fullmatch(r"Q\d+", entry.wikidata)] == []


def test_an_item_belongs_to_one_entry() -> None:
    items = [entry.wikidata for entry in ENTRIES if entry.wikidata]
    assert sorted(items) == sorted(set(items))


def test_forms_are_written_as_folded_text_is() -> None:
    forms = [form for entry in ENTRIES for form in entry.forms]
    assert [form for form in forms if form != fold_typography(form) or "  " in form or form != form.strip()] == []


def test_a_canonical_name_is_given_once_a_file_and_type() -> None:
    names = [(entry.source, entry.type, entry.canonical) for entry in ENTRIES]
    assert sorted(names) == sorted(set(names))


def test_a_form_without_context_belongs_to_one_thing() -> None:
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in ENTRIES:
        for form in set(entry.forms) - entry.needs_context:
            claims[form].add((entry.type, entry.canonical))
    assert {form: sorted(things) for form, things in claims.items() if len(things) > 1} == {}


def test_a_form_shared_within_a_type_needs_context_on_every_side() -> None:
    claims: dict[tuple[str, str], set[tuple[str, bool]]] = defaultdict(set)
    for entry in ENTRIES:
        for form in entry.forms:
            claims[entry.type, fold_name(form)].add((entry.canonical, form in entry.needs_context))
    shared = {key: sides for key, sides in claims.items() if len({canonical for canonical, _ in sides}) > 1}
    assert {key: sorted(sides) for key, sides in shared.items() if not all(needs for _, needs in sides)} == {}


def test_a_single_letter_needs_context() -> None:
    sure = [form for entry in ENTRIES for form in set(entry.forms) - entry.needs_context if re.fullmatch(r"[A-Za-z]", form)]
    assert sure == []


@pytest.mark.parametrize(
    ("form", "type_", "canonical"),
    [
        ("UE", "ORG", "Union européenne"),
        ("PPE", "ORG", "Parti populaire européen"),
        ("EPP", "ORG", "Parti populaire européen"),
        ("CNIL", "ORG", "Commission nationale de l'informatique et des libertés"),
        ("Arcom", "ORG", "Autorité de régulation de la communication audiovisuelle et numérique"),
        ("DGCCRF", "ORG", "Direction générale de la concurrence, de la consommation et de la répression des fraudes"),
        ("Bercy", "ORG", "ministère de l'Économie"),
        ("Quai d'Orsay", "ORG", "ministère de l'Europe et des Affaires étrangères"),
        ("Matignon", "ORG", "Matignon"),
        ("AFP", "ORG", "Agence France-Presse"),
        ("Gafam", "ORG", "Gafam"),
        ("AWS", "ORG", "Amazon Web Services"),
        ("Facebook", "PRODUCT", "Facebook"),
        ("Facebook", "ORG", "Meta"),
        ("Twitter", "PRODUCT", "X"),
        ("Bard", "PRODUCT", "Gemini"),
        ("IA Act", "LAW", "AI Act"),
        ("GDPR", "LAW", "RGPD"),
        ("DMA", "LAW", "Digital Markets Act"),
        ("loi Lemaire", "LAW", "loi pour une République numérique"),
        ("Europe", "LOC", "Europe"),
        ("Bruxelles", "LOC", "Bruxelles"),
        ("USA", "LOC", "États-Unis"),
        ("Macron", "PER", "Emmanuel Macron"),
    ],
)
def test_forms_merge_under_the_usual_french_name(form: str, type_: str, canonical: str) -> None:
    assert [entry.canonical for entry in known(form, type_)] == [canonical]


@pytest.mark.parametrize(
    ("form", "type_"),
    [
        *((form, "ORG") for form in ("Orange", "Meta", "X", "Bleu", "Alan", "Dust", "Free", "Total", "H", "Mistral", "Target")),
        *(
            (form, "ORG")
            for form in ("La Poste", "Le Monde", "Libération", "La Croix", "Next", "CMA", "CEPD", "PS", "Commission")
        ),
        *((form, "PRODUCT") for form in ("X", "Claude", "Le Chat", "Signal", "Edge", "Word", "Rust", "Max", "Albert")),
        *((form, "LOC") for form in ("Orange", "Nice", "Tours", "Nancy", "Lot", "Nord", "Réunion", "Ain")),
        *((form, "LAW") for form in ("DGA", "IRA", "Hadopi", "Constitution")),
    ],
)
def test_common_words_and_shared_acronyms_need_context(form: str, type_: str) -> None:
    entries = known(form, type_)
    assert entries
    assert [entry.canonical for entry in entries if form not in entry.needs_context] == []


@pytest.mark.parametrize(
    ("canonical", "former"),
    [
        ("Meta", ("Facebook", "2021-10-28")),
        ("X", ("Twitter", "2023-07-24")),
        ("Gemini", ("Bard", "2024-02-08")),
        ("France Travail", ("Pôle emploi", "2024-01-01")),
        ("TotalEnergies", ("Total", "2021-05-28")),
        ("Rassemblement national", ("Front national", "2018-06-01")),
    ],
)
def test_a_former_name_keeps_the_day_it_ended(canonical: str, former: tuple[str, str]) -> None:
    assert [former in entry.former for entry in ENTRIES if entry.canonical == canonical and entry.former] == [True]


def test_both_expansions_of_an_acronym_are_known() -> None:
    assert [entry.canonical for entry in known("CMA", "ORG")] == ["CMA CGM", "Competition and Markets Authority"]
    assert [entry.canonical for entry in known("CEPD", "ORG")] == [
        "Comité européen de la protection des données",
        "Contrôleur européen de la protection des données",
    ]
