"""What an entity is called, what it is also called, and what is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.deduplicate.decisions import load_decisions
from pipeline.deduplicate.entities import ArticleNames, resolve_entities
from pipeline.deduplicate.ids import Previous
from pipeline.lexicon import Lexicon
from pipeline.model import Entity, Mention
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


def entities(lexicon: Lexicon, *texts: str) -> list[tuple[str, tuple[str, ...]]]:
    """The name and aliases of each entity of some articles, by id."""
    articles = [marked(str(number), text, published="2024-03") for number, text in enumerate(texts)]
    return [(entity.name, entity.aliases) for entity in resolve_entities(articles, lexicon).entities]


@pytest.mark.parametrize(
    ("texts", "name", "aliases"),
    [
        pytest.param(
            ["[ORG Brumeval] paie.", "[ORG Brumeval SAS] paie. [ORG Brumeval SAS] rit."], "Brumeval SAS", ("Brumeval",), id="most"
        ),
        pytest.param(
            ["[ORG Brumeval] paie.", "[ORG Brumeval SAS] rit."], "Brumeval SAS", ("Brumeval",), id="of equals the longest"
        ),
        pytest.param(
            ["[ORG Ostre Kadic] paie.", "[ORG Ostre-Kadic] rit."], "Ostre-Kadic", ("Ostre Kadic",), id="of equals the last"
        ),
        pytest.param(
            ["[ORG BRUMEVALDE] paie.", "[ORG BRUMEVALDE] rit.", "[ORG Brumevalde] dort."],
            "Brumevalde",
            ("BRUMEVALDE",),
            id="capitals after others",
        ),
        pytest.param(
            ["L'[ORG Observatoire des digues] et l'[ORG ODD]. L'[ORG ODD] dort.", "L'[ORG ODD] rit."],
            "Observatoire des digues",
            ("ODD",),
            id="an acronym after its full name",
        ),
        pytest.param(
            ["[ORG Vélora] (ex-[ORG Brumeval]) recrute.", "[ORG Brumeval] paie.", "[ORG Brumeval] rit."],
            "Vélora",
            ("Brumeval",),
            id="a name that was given up comes last",
        ),
        pytest.param(
            ["Le [ORG PPE] vote. Le [ORG PPE] rit."], "Parti populaire européen", ("PPE",), id="as the gazetteer has it"
        ),
        pytest.param(
            ["[PER Anne Kerval] parle. [PER Kerval] rit. [PER Kerval] dort."], "Anne Kerval", ("Kerval",), id="not its short form"
        ),
        pytest.param(["[ORG Pantographe], [ORG Pantographe], [ORG Pantographe]"], "Pantographe", (), id="one name alone"),
    ],
)
def test_an_entity_goes_by(lexicon: Lexicon, texts: list[str], name: str, aliases: tuple[str, ...]) -> None:
    assert entities(lexicon, *texts) == [(name, aliases)]


def test_entities_come_by_id(lexicon: Lexicon) -> None:
    """Two things of one name are two, by type."""
    assert resolve_entities([marked("a", "[PER Vélora], [ORG Ostrane], [ORG Vélora], [ORG Brumeval]")], lexicon).entities == (
        Entity("org:brumeval", "ORG", "Brumeval"),
        Entity("org:ostrane", "ORG", "Ostrane"),
        Entity("org:velora", "ORG", "Vélora"),
        Entity("per:velora", "PER", "Vélora"),
    )


def test_an_entity_has_what_the_gazetteer_knows(lexicon: Lexicon) -> None:
    assert resolve_entities([marked("a", "[ORG Google LLC]")], lexicon).entities == (
        Entity("org:google", "ORG", "Google", aliases=("Google LLC",), wikidata="Q95", country="US", kind="company"),
    )


def said(kind: str | None, place: int, text: str = "Ostrane") -> Mention:
    """A mention of a company that a rule gives that kind."""
    return Mention(place, place + len(text), text, "ORG", "test", parts={"kind": kind} if kind else {})


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        pytest.param(["media", "startup", "startup"], "startup", id="the commonest"),
        pytest.param(["startup", "media"], "media", id="of equals the first by letters"),
        pytest.param([None, "startup", None], "startup", id="the only one"),
        pytest.param([None], None, id="none"),
    ],
)
def test_an_entity_is_of_the_kind_that_rules_give_it(lexicon: Lexicon, kinds: list[str | None], kind: str | None) -> None:
    mentions = [said(each, 10 * place) for place, each in enumerate(kinds)]
    articles = [ArticleNames("a", tuple(mentions[:1])), ArticleNames("b", tuple(mentions[1:]))]
    (entity,) = resolve_entities(articles, lexicon).entities
    assert entity == Entity("org:ostrane", "ORG", "Ostrane", kind=kind)


def test_a_rule_says_the_kind_of_what_the_gazetteer_knows(lexicon: Lexicon) -> None:
    (entity,) = resolve_entities([ArticleNames("a", (said("startup", 0, "PPE"),))], lexicon).entities
    assert (entity.name, entity.kind) == ("Parti populaire européen", "startup")


def test_a_thing_of_the_gazetteer_joined_by_decision_is_called_by_the_commoner_name(lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("left,right,judgement\norg:google,org:alphabet,same\n", encoding="utf-8")
    decisions = load_decisions(path)
    for text, name in (
        ("[ORG Google], [ORG Alphabet] et [ORG Alphabet]", "Alphabet"),
        ("[ORG Google], [ORG Google] et [ORG Alphabet]", "Google"),
        ("[ORG Google] et [ORG Alphabet]", "Alphabet"),
    ):
        (entity,) = resolve_entities([marked("a", text)], lexicon, decisions=decisions).entities
        assert (entity.entity_id, entity.name) == (f"org:{name.lower()}", name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[ORG Google] et [ORG Google Ireland]", ["Google", "Google Ireland"], id="as often as the thing"),
        pytest.param("[ORG Google], [ORG Google Ireland], [ORG Google Ireland]", ["Google", "Google Ireland"], id="more often"),
        pytest.param("[ORG Google Ireland]", ["Google Ireland"], id="alone"),
    ],
)
def test_a_form_parted_from_its_thing_by_decision_goes_by_itself(
    lexicon: Lexicon, tmp_path: Path, text: str, expected: list[str]
) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("left,right,judgement\norg:google,ORG:Google Ireland,different\n", encoding="utf-8")
    entities = resolve_entities([marked("a", text)], lexicon, decisions=load_decisions(path)).entities
    assert [(entity.entity_id, entity.name) for entity in entities] == [
        (f"org:{name.lower().replace(' ', '-')}", name) for name in expected
    ]


def test_the_ids_of_an_earlier_run_stay_with_other_names(lexicon: Lexicon) -> None:
    older = [Previous(Entity("org:brumeval-2", "ORG", "Brumeval", former_ids=("org:brume",)))]
    articles = [marked("a", "[ORG Brumeval SAS] paie. [ORG Brumeval] rit.")]
    assert resolve_entities(articles, lexicon, previous=older).entities == (
        Entity("org:brumeval-2", "ORG", "Brumeval SAS", aliases=("Brumeval",), former_ids=("org:brume",)),
    )
