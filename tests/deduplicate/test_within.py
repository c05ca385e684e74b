"""Within one article: which full name a short form, an acronym or a slip of the pen stands for, and what says so."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.entities import ArticleNames, resolve_entities
from pipeline.lexicon import Lexicon
from pipeline.model import Mention
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked, names


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


@pytest.mark.parametrize(
    ("text", "last", "reason"),
    [
        pytest.param(
            "[ORG Haute Autorité des phares], l'[ORG Agence des écluses], l'[ORG Agence]",
            "Agence des écluses",
            "first word of Agence des écluses, named before in the same article",
            id="head of one body among others",
        ),
        pytest.param(
            "Le [ORG Collectif des haleurs autonomes de Loire] proteste. Le [ORG Chal] attend.",
            "Collectif des haleurs autonomes de Loire",
            "initials of Collectif des haleurs autonomes de Loire in the same article",
            id="acronym written as a word",
        ),
        pytest.param(
            "L'[ORG Agence des péniches démâtées] ([ORG APD]) dort. L'[ORG APD] attend.",
            "Agence des péniches démâtées",
            "introduced beside Agence des péniches démâtées",
            id="an acronym of another thing in the gazetteer, introduced here",
        ),
        pytest.param(
            "L'armateur [ORG CMA] attend.", "CMA CGM", "CMA is CMA CGM here: « armateur » beside it", id="doubtful acronym: noun"
        ),
        pytest.param(
            "Au [LOC Royaume-Uni], la [ORG CMA] attend.",
            "Competition and Markets Authority",
            "CMA is Competition and Markets Authority here: « royaume uni » beside it",
            id="doubtful acronym: country",
        ),
        pytest.param(
            "L'armateur [ORG CMA CGM] navigue. La [ORG CMA] britannique attend.",
            "Competition and Markets Authority",
            "CMA is Competition and Markets Authority here: « britannique » behind it",
            id="doubtful acronym: the adjective behind it outweighs another name of the article",
        ),
        pytest.param(
            "La [ORG CMA] attend.",
            "CMA",
            "named CMA, which may be CMA CGM or Competition and Markets Authority",
            id="doubtful acronym: nothing says which",
        ),
        pytest.param(
            "[PER Hank Delacour Moore] parle. [PER Delacour Moore] attend.",
            "Hank Delacour Moore",
            "short form of Hank Delacour Moore in the same article",
            id="two surnames",
        ),
        pytest.param(
            "[ORG Quai & Lierre] lève. [ORG Q&L] attend.",
            "Quai & Lierre",
            "initials of Quai & Lierre in the same article",
            id="initials with their « & »",
        ),
        pytest.param("[ORG Alpha Alpha] attend.", "Alpha Alpha", "named Alpha Alpha", id="slip of the pen without context"),
        pytest.param(
            "[ORG Vélora] puise dans [ORG Vélora Capital]. [ORG Vélora] recrute.",
            "Vélora",
            "named Vélora",
            id="a company before its fund",
        ),
        pytest.param(
            "[ORG Vélora] recrute.\nDemain, [ORG Vélora] paie. Puis vient [ORG Vélora Bank]. [ORG Vélora] dort.",
            "Vélora",
            "named Vélora",
            id="a company named long before its bank",
        ),
        pytest.param(
            "[ORG Ostrane] recrute\nLa société [ORG Ostrane Santé] s'étend. [ORG Ostrane] dort.",
            "Ostrane Santé",
            "first words of Ostrane Santé in the same article",
            id="a short form in the headline alone",
        ),
        pytest.param(
            "[ORG Ostre-Kadic] et [ORG Ostre] signent. [ORG Ostre] dort.",
            "Ostre",
            "named Ostre",
            id="two names joined by « et »",
        ),
        pytest.param(
            "[ORG Ostrane], soit [ORG Ostrane AI] en entier, dort. [ORG Ostrane] rit.",
            "Ostrane AI",
            "first words of Ostrane AI in the same article",
            id="a name and the same with « AI » in one sentence",
        ),
        pytest.param(
            "L'[ORG Office des digues et canaux] ([ORG ODC]) et l'[ORG Observatoire de la donnée citoyenne] ([ORG ODC])",
            "Observatoire de la donnée citoyenne",
            "introduced beside Observatoire de la donnée citoyenne",
            id="each of two expansions of an acronym has its own brackets",
        ),
        pytest.param(
            "L'[ORG Office des digues et canaux] ([ORG ODC]), l'[ORG Observatoire des courants] ([ORG ODC]), l'[ORG ODC]",
            "ODC",
            "named ODC",
            id="an acronym of two expansions behind both",
        ),
        pytest.param(
            "La chaîne française [ORG Francetv info] attend.",
            "Francetv info",
            "named Francetv info",
            id="letters added to a known name",
        ),
    ],
)
def test_the_last_name_stands_for(lexicon: Lexicon, text: str, last: str, reason: str) -> None:
    resolution = resolve_entities([marked("a", text)], lexicon)
    assert (names(resolution)[-1][1], resolution.links[-1].reason) == (last, reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[ORG Vélora] (ex-[ORG Brumeval]) recrute.",
            "Vélora was called Brumeval, says article a (2024-03)",
            id="ex, in brackets",
        ),
        pytest.param(
            "[ORG Brumeval], rebaptisée [ORG Vélora], recrute.",
            "Vélora was called Brumeval, says article a (2024-03)",
            id="given a new name",
        ),
    ],
)
def test_an_article_tells_a_renaming(lexicon: Lexicon, text: str, expected: str) -> None:
    resolution = resolve_entities([marked("a", text, published="2024-03"), marked("b", "[ORG Brumeval] recrute.")], lexicon)
    assert len({link.entity_id for link in resolution.links}) == 1
    assert resolution.links[-1].reason == expected


def test_a_renamed_thing_says_until_when_it_bore_its_name(lexicon: Lexicon) -> None:
    (link,) = resolve_entities([marked("a", "un compte [PRODUCT Twitter]")], lexicon).links
    assert (link.entity_id, link.reason) == (
        "product:x",
        "X was called Twitter until 2023-07-24, gazetteer products-software.csv",
    )


def test_a_name_that_the_recognizer_knows_says_whose_alias_it_is(lexicon: Lexicon) -> None:
    said = [
        Mention(0, 3, "PPE", "ORG", "model", "model", canonical="Parti populaire européen"),
        Mention(4, 11, "Twitter", "ORG", "gazetteer", "gazetteer", canonical="X Corp"),
    ]
    assert [link.reason for link in resolve_entities([ArticleNames("a", tuple(said))], lexicon).links] == [
        "alias of Parti populaire européen in gazetteer parties.csv",
        "X Corp was called Twitter until 2023-04, gazetteer companies-tech.csv",
    ]


@pytest.mark.parametrize(
    ("year", "entity"),
    [
        pytest.param("2015", "Secrétariat général pour l'investissement", id="while it bore the name"),
        pytest.param("2024", "CGI", id="years after"),
    ],
)
def test_a_name_is_meant_while_it_is_borne(lexicon: Lexicon, year: str, entity: str) -> None:
    article = marked("a", "Le gouvernement français installe l'instance [ORG CGI].", published=year)
    assert names(resolve_entities([article], lexicon)) == [("CGI", entity)]
