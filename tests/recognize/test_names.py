"""All evidence together: invented names with clear context, canonical names, homonyms, and parts left out."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Document, Mention
from pipeline.recognize.names import NameRecognizer, network_weight
from pipeline.recognize.weights import read_weights

LEXICON = load_lexicon()
WITHOUT_MODEL = NameRecognizer(LEXICON, parts=("gazetteer", "rules", "consistency"))


def found(text: str, names: NameRecognizer = WITHOUT_MODEL) -> list[tuple[str, str]]:
    return [(m.text, m.type) for m in names.resolve(plain_document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La néobanque rennaise Pélagine lève 18 millions d'euros.", [("Pélagine", "ORG")]),
        ("Selon Maëla Quillien, directrice de Pélagine, rien ne presse.", [("Maëla Quillien", "PER"), ("Pélagine", "ORG")]),
        ("L'application de covoiturage Fanfarel ferme.", [("Fanfarel", "PRODUCT")]),
        (
            "La loi Brandivel a été votée à Malvicourt (Isère).",
            [("loi Brandivel", "LAW"), ("Malvicourt", "LOC"), ("Isère", "LOC")],
        ),
        ("L’Institut boréal des glaciers (IBG) enquête.", [("Institut boréal des glaciers", "ORG"), ("IBG", "ORG")]),
        ("La cour d'appel de Malvicourt a jugé.", [("cour d'appel de Malvicourt", "ORG")]),
        ("Mme de Kersaint et M. van der Broek se taisent.", [("de Kersaint", "PER"), ("van der Broek", "PER")]),
        ("Sa tablette, Mot à Mot, est gratuite.", [("Mot à Mot", "PRODUCT")]),
        ("Chez Malvaux & Fils, on se tait.", [("Malvaux & Fils", "ORG")]),
        ("Baptisé Fanfarel, le robot plaît.", [("Fanfarel", "PRODUCT")]),
        ("Son système de comptage Fanfarel, installé en mai, plaît.", [("Fanfarel", "PRODUCT")]),
    ],
    ids=[
        "start-up",
        "role",
        "product",
        "law and place",
        "acronym",
        "court",
        "particles",
        "between commas",
        "family firm",
        "baptised",
        "possessed",
    ],
)
def test_an_invented_name_is_found_by_its_context(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "La start-up a licencié. Le gouvernement se tait, l'Etat aussi.",
        "Lundi, l'IA a fait parler d'elle au XXIe siècle.",
        "Elle a acheté une orange à la poste du village.",
        "Les Français en ont assez, dit le ministre.",
        "L'autorité de la loi est en jeu.",
    ],
    ids=["generic nouns", "capitals that name nothing", "common words", "demonyms", "lower case"],
)
def test_what_names_nothing_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_no_name_crosses_a_line() -> None:
    assert ("Anouk Delbarre", "PER") in found("Un portrait d'Anouk Delbarre\nPélagine lève 3 millions d'euros")


def test_a_no_break_space_stands_inside_a_name() -> None:
    assert found("La loi\u00a0Brandivel et la Commission\u202feuropéenne.") == [
        ("loi\u00a0Brandivel", "LAW"),
        ("Commission\u202feuropéenne", "ORG"),
    ]


def test_an_alias_carries_the_canonical_name_of_the_gazetteer() -> None:
    (mention,) = WITHOUT_MODEL.resolve(plain_document("La Cnil enquête."))
    assert (mention.text, mention.canonical, mention.method) == (
        "Cnil",
        "Commission nationale de l'informatique et des libertés",
        "gazetteer",
    )


def test_a_title_tells_two_people_of_one_surname_apart() -> None:
    text = "Yvonne Kervadec préside. Lucien Kervadec, maire de la ville, la suit. Mme Kervadec se tait. M. Kervadec parle."
    surnames = [m for m in WITHOUT_MODEL.resolve(plain_document(text)) if m.text == "Kervadec"]
    assert [m.canonical for m in surnames] == ["Yvonne Kervadec", "Lucien Kervadec"]


def test_a_surname_that_a_town_bears_is_the_person_s_at_the_head_of_a_sentence() -> None:
    text = "Odile Brest préside l'agence. Brest, ancienne magistrate, paie à Brest. Le port de Brest attend. Brest refuse."
    towns = [Mention(m.start(), m.end(), "Brest", "LOC", "model", "model", 0.999) for m in re.finditer("(?<!Odile )Brest", text)]
    names = [(m.start, m.type) for m in WITHOUT_MODEL.resolve(plain_document(text), towns) if m.text.endswith("Brest")]
    assert names == [(0, "PER"), (30, "PER"), (65, "LOC"), (83, "LOC"), (97, "PER")]


def test_a_surname_before_its_full_name_belongs_to_it_in_the_headline_only() -> None:
    text = "Kervadec quitte la mairie\nM. Kervadec, un veuf, est un autre. Lucien Kervadec, maire, part."
    surnames = [m for m in WITHOUT_MODEL.resolve(plain_document(text)) if m.text == "Kervadec"]
    assert [m.canonical for m in surnames] == ["Lucien Kervadec", None]


class Always:
    """A model that takes one word of every document for a person."""

    def __init__(self, name: str) -> None:
        self.name = name

    def find(self, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[tuple[Mention, ...]]:
        for document in documents:
            start = document.text.index(self.name)
            yield (Mention(start, start + len(self.name), self.name, "PER", "model", "model"),)


def test_a_clear_context_outweighs_the_model() -> None:
    names = NameRecognizer(LEXICON, Always("Pélagine"))
    text = "La start-up Pélagine, éditeur de logiciels, lève 18 millions d'euros."
    assert [[m.type for m in mentions] for mentions in names.find([plain_document(text)])] == [["ORG"]]


def test_the_model_alone_is_believed_and_its_article_trimmed() -> None:
    names = NameRecognizer(LEXICON, Always("l'Hermine"))
    ((mention,),) = names.find([plain_document("On a vu l'Hermine hier.")])
    assert (mention.text, mention.type, mention.method, mention.rule_id) == ("Hermine", "PER", "model", "model")


def test_documents_come_back_in_order() -> None:
    names = NameRecognizer(LEXICON, Always("Tribor"))
    documents = [plain_document(f"{word} Tribor ici.") for word in ("Avec", "Sans", "Pour")]
    assert [len(mentions) for mentions in names.find(documents, batch_size=2)] == [1, 1, 1]


def test_a_part_that_is_left_out_gives_nothing() -> None:
    text = "La start-up Pélagine est suivie par la Cnil."
    assert found(text, NameRecognizer(LEXICON, parts=("gazetteer",))) == [("Cnil", "ORG")]
    assert found(text, NameRecognizer(LEXICON, parts=("rules",))) == [("Pélagine", "ORG")]
    assert found(text, NameRecognizer(LEXICON, parts=())) == []


def test_the_same_text_gives_the_same_names_after_a_journey_to_a_worker() -> None:
    document = plain_document("La start-up Pélagine est suivie par la Cnil, à Brest.")
    assert pickle.loads(pickle.dumps(WITHOUT_MODEL)).resolve(document) == WITHOUT_MODEL.resolve(document)


def test_every_name_has_a_score_and_an_origin() -> None:
    mentions = WITHOUT_MODEL.resolve(plain_document("La start-up Pélagine est suivie par la Cnil, à Brest. Pélagine se tait."))
    assert all(m.score is not None and 0 < m.score < 1 and m.rule_id for m in mentions)
    assert [m.method for m in mentions] == ["rule", "gazetteer", "gazetteer", "consistency"]


@pytest.mark.parametrize(("certainty", "weight"), [(0.9526, 2.0), (0.5, 1.4), (0.05, 1.0), (1.0, 2.4), (None, 2.0)], ids=str)
def test_the_network_counts_for_more_where_it_is_surer(certainty: float | None, weight: float) -> None:
    weights = replace(
        read_weights(LEXICON.words["names_weights"]),
        network={"ORG": 2.0},
        network_usual=3.0,
        network_certainty=0.2,
        network_bounds=(1.0, 2.4),
    )
    mention = Mention(0, 7, "Orbello", "ORG", "model", "model", certainty)
    assert network_weight(mention, weights) == pytest.approx(weight, abs=0.01)


def seen_by_network(text: str, name: str, kind: str, certainty: float) -> list[tuple[str, str]]:
    """What comes of the network taking the name, at each place, for that kind with that certainty."""
    document = plain_document(text)
    mentions = [Mention(*m.span(), name, kind, "model", "model", certainty) for m in re.finditer(name, document.folded)]
    return [(m.text, m.type) for m in WITHOUT_MODEL.resolve(document, mentions)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("On y croise Tribor. Plus loin, on flatte Tribor.", "ORG", [("Tribor", "ORG"), ("Tribor", "ORG")]),
        ("On y croise Tribor. Plus loin, on flatte.", "ORG", []),
        ("On y croise Tribor. Plus loin, on flatte Tribor.", "PER", []),
    ],
    ids=["twice", "once", "a person"],
)
def test_a_name_that_the_network_doubts_twice_is_believed(text: str, kind: str, expected: list[tuple[str, str]]) -> None:
    assert seen_by_network(text, "Tribor", kind, 0.3) == expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Tribor Verdal", "ORG", ["Tribor Verdal"]),
        ("Tribor Verdal", "PRODUCT", ["Tribor Verdal"]),
        ("Tribor & Verdal", "ORG", ["Tribor & Verdal"]),
        ("Tribor verdal", "ORG", []),
        ("TRIBOR VERDAL", "ORG", []),
        ("Tribor Verdal", "LOC", []),
    ],
    ids=["a firm", "a thing", "two founders", "one capital", "a heading", "a place"],
)
def test_a_name_of_several_capitals_that_the_network_doubts_is_believed(name: str, kind: str, expected: list[str]) -> None:
    assert [text for text, _ in seen_by_network(f"On y croise {name} hier.", name, kind, 0.5)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bergerie plie bagage. Le soir, on oublie.", []),
        ("Bergerie plie bagage. Le soir, on oublie Bergerie.", [("Bergerie", "ORG"), ("Bergerie", "ORG")]),
        ("Bergerie plie bagage. Bergerie oublie.", []),
    ],
    ids=["once", "again within a sentence", "again at the start of one"],
)
def test_a_capital_within_a_sentence_is_not_owed_to_the_start_of_another(text: str, expected: list[tuple[str, str]]) -> None:
    document = plain_document(text)
    mentions = [Mention(0, 8, "Bergerie", "ORG", "model", "model", 0.8)]
    assert [(m.text, m.type) for m in WITHOUT_MODEL.resolve(document, mentions)] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Bergerie", []), ("BergeRie", ["BergeRie"]), ("BGRI", ["BGRI"]), ("BERGERIE", [])],
    ids=["the sentence's", "its own inside", "initials", "a heading"],
)
def test_a_capital_may_be_owed_to_the_sentence(name: str, expected: list[str]) -> None:
    document = plain_document(f"{name} plie bagage.")
    mentions = [Mention(0, len(name), name, "ORG", "model", "model", 0.8)]
    assert [m.text for m in WITHOUT_MODEL.resolve(document, mentions)] == expected


def test_an_elided_article_of_a_name_s_own_stays_at_the_start_of_a_sentence() -> None:
    text = "L'Échoppe, une coopérative, emploie 70 salariés. Elle loue à L'Échoppe."
    assert [m.text for m in WITHOUT_MODEL.resolve(plain_document(text))] == ["L'Échoppe", "L'Échoppe"]


def test_a_given_name_that_is_a_firm_is_no_person_to_the_network() -> None:
    text = "Elle a rejoint Gaspard en mai. On dit que Gaspard va bien."
    document = plain_document(text)
    start = text.rindex("Gaspard")
    (first, second) = WITHOUT_MODEL.resolve(document, [Mention(start, start + 7, "Gaspard", "PER", "model", "model", 0.99)])
    assert (first.type, second.type) == ("ORG", "ORG")


def test_a_given_name_that_is_a_firm_leads_the_name_of_its_product() -> None:
    own = "La start-up Solène recrute. Elle vend le logiciel Solène Paie. Solène Paie plaît."
    assert found(own) == [("Solène", "ORG"), ("Solène Paie", "PRODUCT"), ("Solène Paie", "PRODUCT")]
    founder = "La start-up Solène recrute. Solène Quillien la dirige."
    assert found(founder) == [("Solène", "ORG"), ("Solène Quillien", "PER")]


def test_a_given_name_alone_is_nobody_unless_something_else_speaks_for_one() -> None:
    assert found("Juste au-dessous, on range le reste. Victoire des opposants.", WITHOUT_MODEL) == []
    assert found("Juste, 34 ans, range le reste.", WITHOUT_MODEL) == [("Juste", "PER")]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Rien ne va. Le Monde se tait.", "Le Monde", ["Le Monde"]),
        ("Rien ne va. Le Mirandol se tait.", "Le Mirandol", ["Mirandol"]),
        ("Elle le tient de La Tournerie depuis mai.", "Tournerie", ["La Tournerie"]),
        ("Elle le tient de la Tournerie depuis mai.", "Tournerie", ["Tournerie"]),
    ],
    ids=["known with it", "not known", "within a sentence", "small"],
)
def test_an_article_of_a_name_s_own_belongs_to_it(text: str, name: str, expected: list[str]) -> None:
    assert [found for found, _ in seen_by_network(text, name, "ORG", 0.99)] == expected


def test_a_whisper_of_another_voice_does_not_silence_the_network() -> None:
    assert seen_by_network("On migre vers Tribor Verdal hier.", "Tribor Verdal", "PRODUCT", 0.6) == [("Tribor Verdal", "PRODUCT")]


def test_what_an_article_says_outright_of_a_name_outweighs_what_the_network_takes_it_for() -> None:
    text = "Le tri revient à Corvelle Pro, un prestataire de Metz. On dit que Corvelle Pro ment."
    expected = [("Corvelle Pro", "ORG"), ("Metz", "LOC"), ("Corvelle Pro", "ORG")]
    assert seen_by_network(text, "Corvelle Pro", "PRODUCT", 0.97) == expected


def test_what_always_stands_behind_a_name_belongs_to_it() -> None:
    text = "Tuile ou Volige recrute. Chez Tuile ou Volige, on se tait."
    assert found(text) == [("Tuile ou Volige", "ORG"), ("Tuile ou Volige", "ORG")]


def test_a_firm_of_which_an_article_says_that_it_is_written_small_is_found_wherever_it_stands() -> None:
    text = "Rien ne va pour tuilet, tout en minuscules. On a vu tuilet hier."
    assert found(text) == [("tuilet", "ORG"), ("tuilet", "ORG")]


def test_a_known_firm_that_bears_a_person_s_name_is_no_person() -> None:
    assert seen_by_network("On a vu John Deere hier.", "John Deere", "PER", 0.97) == [("John Deere", "ORG")]
    assert seen_by_network("On a vu John Quillien hier.", "John Quillien", "PER", 0.97) == [("John Quillien", "PER")]
