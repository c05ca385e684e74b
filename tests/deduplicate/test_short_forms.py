"""Bodies, companies, laws and products named by less than their full name, or not quite by it, within one article."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.entities import Guide, read_local_names
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.load(built_in_lexicon())


def last(guide: Guide, text: str) -> tuple[str, float, str, bool]:
    """What the last name of the article stands for, how surely, why, and whether other articles may take it so."""
    names = read_local_names(marked("a", text), guide)
    name = names.names[names.numbers[-1]]
    return name.full, name.score, name.reason, name.carries


def written(text: str) -> str:
    """The last name of the article as it is written there."""
    return marked("a", text).mentions[-1].text


@pytest.mark.parametrize(
    ("text", "full", "score", "reason"),
    [
        pytest.param(
            "L'[ORG Agence des écluses], puis l'[ORG Agence des phares]. L'[ORG Agence] attend.",
            "Agence des phares",
            0.9,
            "first word of Agence des phares, named before in the same article",
            id="the body last named",
        ),
        pytest.param(
            "L'[ORG Agence des écluses] attend. L'[ORG AGENCE] dort. L'[ORG Agence] rit.",
            "Agence des écluses",
            0.9,
            "first word of Agence des écluses, named before in the same article",
            id="the body named before another mention of its first word",
        ),
        pytest.param(
            "La [ORG Haute Autorité des phares] attend. La [ORG Haute Autorité] dort.",
            "Haute Autorité des phares",
            0.9,
            "first word of Haute Autorité des phares, named before in the same article",
            id="its first two words",
        ),
        pytest.param("L'[ORG Agence] attend.", "Agence", 0.5, "named Agence, and nothing says which", id="nothing says which"),
        pytest.param(
            "L'[PRODUCT Agence des écluses] plaît. L'[ORG Agence] attend.",
            "Agence",
            0.5,
            "named Agence, and nothing says which",
            id="a product is no body",
        ),
        pytest.param(
            "Le [ORG Conseil européen] attend. Le [ORG Conseil] dort.",
            "Conseil de l'Union européenne",
            0.8,
            "Conseil in an article on bodies of the same country",
            id="a body that never goes by its first word, and another of its country",
        ),
        pytest.param(
            "Les [LOC Pays-Bas] protestent. Le [ORG Parlement] dort.",
            "Parlement",
            0.5,
            "named Parlement, and nothing says which",
            id="another country",
        ),
    ],
)
def test_the_first_word_of_a_body(guide: Guide, text: str, full: str, score: float, reason: str) -> None:
    assert last(guide, text) == (full, score, reason, False)


def test_the_first_word_of_the_one_body_named_later(guide: Guide) -> None:
    names = read_local_names(marked("a", "L'[ORG Agence] attend. L'[ORG Agence des phares] dort."), guide).names
    assert (names[0].full, names[0].score, names[0].reason) == (
        "Agence des phares",
        0.8,
        "first word of Agence des phares, the only such body in the article",
    )


def test_the_first_word_of_two_bodies_named_later_is_neither(guide: Guide) -> None:
    text = "L'[ORG Agence] attend. L'[ORG Agence des phares] et l'[ORG Agence des écluses] dorment."
    names = read_local_names(marked("a", text), guide).names
    assert (names[0].full, names[0].score) == ("Agence", 0.5)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        pytest.param("À [LOC Strasbourg], en [LOC France], le [ORG Parlement] dort.", "Parlement", id="a place in France alone"),
        pytest.param(
            "Les eurodéputés de l'[ORG Union européenne] rient. Le [ORG Parlement] dort.", "Parlement européen", id="the Union"
        ),
        pytest.param(
            "L'[ORG Union européenne], le [ORG Sénat] et l'[ORG Assemblée nationale] rient. Le [ORG Parlement] dort.",
            "Parlement",
            id="more bodies of France than of the Union",
        ),
        pytest.param(
            "Le [ORG Sénat] et la [ORG Commission européenne] rient. L'[ORG Assemblée] dort.",
            "Assemblée nationale",
            id="as many bodies of France as of the Union",
        ),
        pytest.param(
            "Le [ORG Parlement européen] et la [ORG Commission européenne] rient en [LOC France]. L'[ORG Assemblée] dort.",
            "Assemblée",
            id="more bodies of the Union than of France",
        ),
    ],
)
def test_the_first_word_of_a_body_whose_country_the_article_names(guide: Guide, text: str, full: str) -> None:
    assert last(guide, text)[0] == full


@pytest.mark.parametrize(
    ("text", "full", "score", "reason"),
    [
        pytest.param(
            "Le [ORG Bundesamt für Notfallfunk] ([ORG BNF]) attend.",
            "Bundesamt für Notfallfunk",
            0.95,
            "introduced beside Bundesamt für Notfallfunk",
            id="in brackets",
        ),
        pytest.param(
            "Le [ORG BNF] ([ORG Bundesamt für Notfallfunk]) attend. Le [ORG BNF] dort.",
            "Bundesamt für Notfallfunk",
            0.95,
            "introduced beside Bundesamt für Notfallfunk",
            id="the full name in brackets, and the acronym again",
        ),
        pytest.param(
            "L'[ORG Office des digues], ou [ORG ODD], attend.",
            "Office des digues",
            0.95,
            "introduced beside Office des digues",
            id="an apposition",
        ),
        pytest.param(
            "Le [ORG Bundesamt für Notfalltechnik], ou [ORG BNT], attend.",
            "BNT",
            0.8,
            "named BNT",
            id="an apposition, loosely spelled",
        ),
        pytest.param(
            "L'[ORG Office des digues] aime l'[ORG ODD].",
            "Office des digues",
            0.9,
            "initials of Office des digues in the same article",
            id="initials",
        ),
        pytest.param(
            "L'[ORG Office des digues] aime [PRODUCT ODD].", "ODD", 0.8, "named ODD", id="initials of a thing of another type"
        ),
        pytest.param(
            "L'[ORG Office des digues] ([PRODUCT ODD]) attend.", "ODD", 0.8, "named ODD", id="brackets around another type"
        ),
        pytest.param(
            "L'[ORG Office des digues] et l'[ORG Ordre du devoir] attendent. L'[ORG ODD] dort.",
            "ODD",
            0.8,
            "named ODD",
            id="initials of two",
        ),
        pytest.param(
            "Le [ORG Comité havrais] attend. Le [ORG Coh] dort.",
            "Coh",
            0.8,
            "named Coh",
            id="a word that two initials do not spell",
        ),
        pytest.param(
            "Le [ORG Comité havrais autonome] attend. Le [ORG Cha] dort.",
            "Comité havrais autonome",
            0.9,
            "initials of Comité havrais autonome in the same article",
            id="a word that three initials spell",
        ),
        pytest.param("Le [ORG Quai] ([ORG QU]) attend.", "QU", 0.8, "named QU", id="a name of one word has no acronym"),
    ],
)
def test_an_acronym(guide: Guide, text: str, full: str, score: float, reason: str) -> None:
    assert last(guide, text) == (full, score, reason, full != written(text))


def test_initials_of_a_person_mean_nobody_in_other_articles(guide: Guide) -> None:
    assert last(guide, "[PER Hermine Olivet-Sax] parle. [PER H. O.-S.] attend.") == (
        "Hermine Olivet-Sax",
        0.9,
        "initials of Hermine Olivet-Sax in the same article",
        False,
    )


@pytest.mark.parametrize(
    ("text", "full"),
    [
        pytest.param("[ORG Lunaris Quantique] lève. [ORG Lunaris] paie.", "Lunaris Quantique", id="a company"),
        pytest.param(
            "La [LAW loi Marnier sur les quais] passe. La [LAW loi Marnier] plaît.", "loi Marnier sur les quais", id="a law"
        ),
    ],
)
def test_the_first_words(guide: Guide, text: str, full: str) -> None:
    assert last(guide, text) == (full, 0.9, f"first words of {full} in the same article", True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[PRODUCT Kestrel Marine] sort. [PRODUCT Kestrel] plaît.", id="a product"),
        pytest.param("[LOC Ostre Marine] dort. [LOC Ostre] rit.", id="a place"),
        pytest.param("La [LAW loi Marnier] passe. La [LAW loi] plaît.", id="one word of a law"),
        pytest.param("[ORG Lunaris Quantique] et [ORG Lunaris Fibre] lèvent. [ORG Lunaris] paie.", id="two longer names"),
        pytest.param("[ORG Google Robotique] dort. [ORG Google] rit.", id="a known company"),
        pytest.param("Demain [ORG Lunaris] paie. Puis [ORG Lunaris Fibre] paie. [ORG Lunaris] rit.", id="used before"),
        pytest.param("[ORG Lunaris Fibre] et [ORG Lunaris]", id="joined by « et »"),
    ],
)
def test_the_first_words_that_stand_for_themselves(guide: Guide, text: str) -> None:
    assert last(guide, text) == (written(text), 0.8, f"named {written(text)}", False)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        pytest.param("[ORG Lunaris] paie. Puis [ORG Lunaris Fibre] paie.", "Lunaris", id="what adds a business"),
        pytest.param("[ORG Lunaris] paie. Puis [ORG Lunaris AI] paie.", "Lunaris AI", id="what adds « AI »"),
        pytest.param("[ORG Lunaris] paie. Puis [ORG Lunaris SAS] paie.", "Lunaris SAS", id="what adds a legal form"),
        pytest.param(
            "[LAW loi Marnier] passe. La [LAW loi Marnier sur les quais] plaît.", "loi Marnier sur les quais", id="a law"
        ),
    ],
)
def test_a_longer_name_that_comes_later(guide: Guide, text: str, full: str) -> None:
    assert read_local_names(marked("a", text), guide).names[0].full == full


PANTOGRAPHE = "[ORG Pantographe] lève. [ORG Pantographe] signe."


@pytest.mark.parametrize(
    ("text", "full"),
    [
        pytest.param(f"{PANTOGRAPHE} [ORG Pantografe] attend.", "Pantographe", id="named twice"),
        pytest.param("[ORG Pantographe] lève. [ORG Pantografe] attend.", "Pantografe", id="named once"),
        pytest.param(f"{PANTOGRAPHE} [ORG Pantografe] dort. [ORG Pantografe] rit.", "Pantografe", id="written so twice"),
        pytest.param(f"{PANTOGRAPHE} Et [ORG Pantographe] hait [ORG Pantografe].", "Pantografe", id="beside the right name"),
        pytest.param(f"{PANTOGRAPHE} [PRODUCT Pantografe] sort.", "Pantografe", id="another type"),
        pytest.param(
            f"{PANTOGRAPHE} [ORG Pantografie] lit. [ORG Pantografie] rit. [ORG Pantografe] dort.", "Pantografe", id="of two"
        ),
        pytest.param("[LOC Pantographe] dort. [LOC Pantographe] rit. [LOC Pantografe] brille.", "Pantografe", id="a place"),
        pytest.param(
            "[PER Nils Vorlande] rit. [PER Nils Vorlande] lit. [PER Nils Vorlandi] dort.", "Nils Vorlande", id="a person"
        ),
        pytest.param(
            "[PER Solenne Vorl] rit. [PER Solenne Vorl] dort. [PER Solenna Vorl] lit.", "Solenna Vorl", id="a given name"
        ),
        pytest.param("[ORG Microsofa] rit. [ORG Microsofa] dort. [ORG Microsoft] lit.", "Microsoft", id="a known name"),
    ],
)
def test_a_slip_of_the_pen(guide: Guide, text: str, full: str) -> None:
    told = (0.75, f"misspelling of {full}, named more often in the same article")
    assert last(guide, text) == (full, *(told if full != written(text) else (0.8, f"named {full}")), False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("L'Allemand [ORG Alpha Alpha] attend.", "allemand", id="an adjective"),
        pytest.param("En [LOC Allemagne], [ORG Alpha Alpha] attend.", "Allemagne", id="a country"),
        pytest.param("L'Allemand [PRODUCT Alpha Alpha] attend.", None, id="a product"),
        pytest.param("L'Allemand [ORG Alpha Alpha Nord] attend.", None, id="three words"),
        pytest.param("L'Allemand [ORG Alpha Bravo] attend.", None, id="another word"),
    ],
)
def test_a_slip_in_a_known_name(guide: Guide, text: str, told: str | None) -> None:
    slip = ("Aleph Alpha", 0.75, f"misspelling of Aleph Alpha: {told} in the same article")
    assert last(guide, text) == (*(slip if told else (written(text), 0.8, f"named {written(text)}")), False)


def test_of_another_type_than_a_body_its_first_word_is_a_name(guide: Guide) -> None:
    assert last(guide, "Un logiciel, [PRODUCT Office]") == ("Office", 0.8, "named Office", False)
