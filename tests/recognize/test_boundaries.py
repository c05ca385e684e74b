"""Where names begin and end: articles, titles, pairs, capitals, line ends."""

from __future__ import annotations

import re

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import EntityType, Span
from pipeline.recognize.boundaries import Edges, is_whole_word, split_pair, starts_sentence, stop_early
from pipeline.recognize.evidence import Evidence

EDGES = Edges(load_lexicon().rules["names"])


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("l'Office des ponts", False, "Office des ponts"),
        ("l’Office des ponts", False, "Office des ponts"),
        ("de la France", False, "France"),
        ("Mme Quillien-Roux", True, "Quillien-Roux"),
        ("M.\u00a0Bréhat", True, "Bréhat"),
        ("« Dolmio ».", False, "Dolmio"),
        ("Dolmio\nLa suite", False, "Dolmio"),
        ("Banque (Malvicourt)", False, "Banque (Malvicourt)"),
        ("loi « Péages »", False, "loi « Péages »"),
        ("loi Écluses de 2016", False, "loi Écluses"),
        ("loi de 1986", False, "loi de 1986"),
        ("l'", False, None),
    ],
)
def test_a_span_is_trimmed_to_the_name(text: str, person: bool, expected: str | None) -> None:
    document = plain_document(text)
    span = EDGES.trim(document, Span(0, len(text)), person=person)
    assert (document.text[span.start : span.end] if span else None) == expected


@pytest.mark.parametrize(
    ("text", "name", "person", "expected"),
    [
        ("B. L.-V. : Non.", "B. L.-V", True, "B. L.-V."),
        ("Dolmio Inc. a signé.", "Dolmio Inc", False, "Dolmio Inc."),
        ("Il essaie V.E.R. et rien d'autre.", "V.E.R", False, "V.E.R."),
        ("Il a vendu Dolmio Inc. Le reste suit.", "Dolmio Inc", False, "Dolmio Inc"),
        ("Il a vu Brignac. Le reste suit.", "Brignac", True, "Brignac"),
    ],
)
def test_the_point_of_an_abbreviation_is_the_name_s(text: str, name: str, person: bool, expected: str) -> None:
    document, start = plain_document(text), text.index(name)
    span = EDGES.trim(document, Span(start, start + len(name)), person=person)
    assert span is not None
    assert document.text[span.start : span.end] == expected


def test_the_article_of_a_name_of_known_extent_stays() -> None:
    document = plain_document("La Gazette des écluses")
    assert EDGES.trim(document, Span(0, 22), whole=True) == Span(0, 22)


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ({"Dolmio": {"ORG"}, "Hexavoie": {"ORG", "PRODUCT"}}, (Span(0, 6), Span(7, 15))),
        ({"Dolmio": {"ORG"}, "Hexavoie": {"LOC"}}, (Span(0, 15),)),
        ({"Dolmio": {"ORG"}}, (Span(0, 15),)),
    ],
    ids=["two bodies", "a body and a town", "one name"],
)
def test_a_hyphenated_pair_of_names_of_one_type_is_two_spans(
    types: dict[str, set[EntityType]], expected: tuple[Span, ...]
) -> None:
    assert split_pair(plain_document("Dolmio-Hexavoie"), Span(0, 15), types) == expected


def test_a_letter_is_no_half_of_a_pair() -> None:
    assert split_pair(plain_document("Ardoisel-X"), Span(0, 10), {"Ardoisel": {"ORG"}, "X": {"ORG"}}) == (Span(0, 10),)


def test_an_elision_does_not_touch_a_word_but_a_letter_does() -> None:
    document = plain_document("l'Office, Officiel")
    assert is_whole_word(document, Span(2, 8))
    assert not is_whole_word(document, Span(10, 16))


def test_a_sentence_starts_behind_its_quotation_mark() -> None:
    document = plain_document("Rien. « Dolmio ment », dit Dolmio.")
    assert starts_sentence(document, 8)
    assert not starts_sentence(document, 27)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Dolmio plafonne. On craint Dolmio.", "Dolmio plafonne", "Dolmio"),
        ("Dolmio bleu recrute.", "Dolmio bleu", "Dolmio bleu"),
        ("Le Conseil batelier vote. On craint le Conseil.", "Conseil batelier", "Conseil batelier"),
        ("Il faut à l'Union 750 milliards. L'Union hésite.", "Union 750", "Union"),
        ("Dolmio d'Aval recrute. On craint Dolmio.", "Dolmio d'Aval", "Dolmio d'Aval"),
        ("Dolmio bleu recrute. On craint Dolmio bleu.", "Dolmio bleu", "Dolmio bleu"),
    ],
    ids=["a verb behind", "never alone", "a body's head", "a number behind", "a capital behind", "always behind"],
)
def test_the_network_is_stopped_where_the_name_stands_alone_elsewhere(text: str, name: str, expected: str) -> None:
    document = plain_document(text)
    head = name.split(" ")[0]
    chunks = [Span(m.start(), m.end()) for m in re.finditer(head, text)]
    start = text.index(name)
    voice = Evidence(start, start + len(name), "ORG", "model", "model", 1.0)
    (stopped,) = stop_early(document, [voice], chunks, heads=frozenset(("Conseil", "Union")))
    assert text[stopped.start : stopped.end] == expected


KNOWN = ("Autorité des ponts", 4.0)


@pytest.mark.parametrize(
    ("text", "name", "known", "expected"),
    [
        ("Saisir l'Autorité des ponts des pratiques de Dolmio.", "Autorité des ponts des pratiques", KNOWN, "Autorité des ponts"),
        ("À l'Autorité des ponts de Malvicourt.", "Autorité des ponts de Malvicourt", KNOWN, "Autorité des ponts de Malvicourt"),
        ("La Gazette du pont paraît.", "La Gazette du pont", ("La Gazette", 1.7), "La Gazette du pont"),
        ("L'École de Malvicourt Octave Perdriel attend.", "École de Malvicourt Octave Perdriel", KNOWN, "École de Malvicourt"),
    ],
    ids=["beyond a known name", "a branch of it", "beyond a word", "into a person"],
)
def test_a_body_stops_where_a_known_name_or_a_person_says(text: str, name: str, known: tuple[str, float], expected: str) -> None:
    document, start = plain_document(text), text.index(name)
    chunks = [Span(*m.span()) for m in re.finditer("Malvicourt|Octave Perdriel", text)]
    voices = [Evidence(start, start + len(name), "ORG", "rule", "body", 2.6, whole=True)]
    if known[0] in text:
        voices.append(Evidence(start, start + len(known[0]), "ORG", "gazetteer", "known", known[1], whole=True))
    stopped = next(iter(EDGES.stop_at_known(document, voices, chunks, known=4.0)))
    assert text[stopped.start : stopped.end] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Chambre la ministre des Ponts", "Chambre"),
        ("Conseil d'un pouvoir", "Conseil"),
        ("Conseil de la batellerie", "Conseil de la batellerie"),
        ("Sauvons la batellerie", "Sauvons la batellerie"),
        ("APX américaine", "APX"),
        ("Agence américaine des ponts", "Agence américaine des ponts"),
        ("Centre Dolmio, associés", "Centre Dolmio"),
        ("Agence des ponts, des bacs et des écluses", "Agence des ponts, des bacs et des écluses"),
    ],
)
def test_a_body_s_name_ends_before_what_no_name_goes_on_with(name: str, expected: str) -> None:
    voice = EDGES.end_body(
        plain_document(name), Evidence(0, len(name), "ORG", "model", "model", 1.0), frozenset(("Chambre", "Conseil"))
    )
    assert name[: voice.end] == expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [(" aux communes", "loi Écluses"), (" de juin", "loi Écluses de juin"), (" au Sénat", "loi Écluses au Sénat")],
    ids=["to whom it is lent", "a complement", "a capital"],
)
def test_the_network_stops_where_a_rule_does_before_whom_something_goes_to(behind: str, expected: str) -> None:
    text = f"Étendre la loi Écluses{behind} est prévu."
    start, end = text.index("loi"), text.index(" est")
    voices = [
        Evidence(start, end, "LAW", "model", "model", 2.0),
        Evidence(start, start + 11, "LAW", "rule", "law", 3.2, whole=True),
    ]
    stopped = next(iter(EDGES.stop_at_known(plain_document(text), voices, [], known=4.0)))
    assert text[stopped.start : stopped.end] == expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("milite pour un quai.", "Syndicat des éclusiers"),
        ("proteste.", "Syndicat des éclusiers"),
        ("salariés pour un quai.", "Syndicat des éclusiers salariés"),
        ("textile a signé.", "Syndicat des éclusiers textile"),
    ],
    ids=["a verb", "a verb that ends the sentence", "an adjective in the plural", "an adjective before a verb"],
)
def test_the_network_stops_where_a_rule_does_before_what_a_body_does(behind: str, expected: str) -> None:
    text = f"Le Syndicat des éclusiers {behind}"
    voices = [
        Evidence(3, 26 + len(behind.split(" ")[0].rstrip(".")), "ORG", "model", "model", 2.0),
        Evidence(3, 25, "ORG", "rule", "body-by-head", 2.6, whole=True),
    ]
    stopped = next(iter(EDGES.stop_at_known(plain_document(text), voices, [], known=4.0)))
    assert text[stopped.start : stopped.end] == expected


def test_what_another_voice_says_too_is_not_stopped() -> None:
    document = plain_document("Dolmio bleu recrute. Dolmio se tait.")
    voices = [Evidence(0, 11, "ORG", "model", "model", 1.0), Evidence(0, 11, "ORG", "rule", "org-x", 1.0)]
    assert list(stop_early(document, voices, [Span(0, 6), Span(21, 27)], heads=frozenset())) == voices


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Orpin et Trapèze ont signé.", "Orpin et Trapèze", ["Orpin", "Trapèze"]),
        ("Avec Orpin, Trapèze et Mirabeau Tech.", "Trapèze et Mirabeau Tech", ["Trapèze", "Mirabeau Tech"]),
        ("Entre Orpin et Trapèze, rien.", "Orpin et Trapèze", ["Orpin", "Trapèze"]),
        ("Sécurité fluviale et adresses ont fui.", "Sécurité fluviale et adresses", ["Sécurité fluviale"]),
        ("Le cabinet Orpin et Trapèze plaide.", "Orpin et Trapèze", ["Orpin et Trapèze"]),
        ("Le reste va aux deux fonds Orpin et Trapèze.", "Orpin et Trapèze", ["Orpin", "Trapèze"]),
        ("Elle loue chez Orpin. Trapèze, lui, achète.", "Orpin. Trapèze", ["Orpin", "Trapèze"]),
        ("Elle loue chez St. Orpin.", "St. Orpin", ["St. Orpin"]),
    ],
)
def test_names_are_two_in_a_list_before_a_plural_and_across_sentences(text: str, name: str, expected: list[str]) -> None:
    voice = Evidence(text.index(name), text.index(name) + len(name), "ORG", "model", "model", 2.0)
    assert [text[v.start : v.end] for v in EDGES.unjoin(plain_document(text), voice)] == expected
