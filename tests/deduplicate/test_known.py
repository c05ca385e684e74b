"""What the gazetteer knows: whose name a form is, and why."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.known import Known, Name, why_known
from pipeline.lexicon import GazetteerEntry
from pipeline.model import EntityType


def entry(
    canonical: str, *aliases: str, type_: EntityType = "ORG", former: tuple[tuple[str, str | None], ...] = ()
) -> GazetteerEntry:
    return GazetteerEntry(canonical, type_, None, None, None, aliases, frozenset(), former, None, "quais.csv")


LINE = entry("Compagnie des Quais", "CDQ", "Quais")
BOARD = entry("Conseil des quais", "CDQ", "Conseil")
SENATE = entry("Assemblée")
OFFICE = entry("Office", "OFFI")
PORTAL = entry("Vélora", type_="PRODUCT", former=(("Brumeval", "2021-05"), ("Ostrane", None)))
TWICE = entry("Compagnie des Quais", "Les Quais")
CAPITALS = (entry("Afalda", "Parti d'Afalda"), entry("Autre chose", "AFALDA"))
SHORT = (entry("Lyss", "Lyss SA"), entry("Autre quai", "LYSS"))
KNOWN = Known.of([LINE, BOARD, SENATE, OFFICE, PORTAL, TWICE, *CAPITALS, *SHORT], frozenset({"conseil", "assemblee", "office"}))


@pytest.mark.parametrize(
    ("name", "claimants", "sure"),
    [
        pytest.param(("ORG", "Compagnie des Quais"), (LINE,), LINE, id="its own name, of two entries the first"),
        pytest.param(("ORG", "COMPAGNIE-DES-QUAIS"), (LINE,), LINE, id="case and hyphens"),
        pytest.param(("ORG", "Les Quais"), (TWICE,), TWICE, id="an alias"),
        pytest.param(("ORG", "CDQ"), (LINE, BOARD), None, id="an alias of two"),
        pytest.param(("ORG", "Conseil"), (BOARD,), None, id="the first word of bodies, an alias"),
        pytest.param(("ORG", "Assemblée"), (SENATE,), SENATE, id="the first word of bodies, a body's whole name"),
        pytest.param(("ORG", "Afalda"), CAPITALS, CAPITALS[0], id="an alias of two, the whole name of one"),
        pytest.param(("ORG", "Lyss"), SHORT, None, id="the same, a name of four letters"),
        pytest.param(("PRODUCT", "Brumeval"), (PORTAL,), PORTAL, id="a former name"),
        pytest.param(("ORG", "Vélora"), (), None, id="another type"),
        pytest.param(("ORG", "Pantographe"), (), None, id="nobody's"),
    ],
)
def test_whose_name_it_is(name: Name, claimants: tuple[GazetteerEntry, ...], sure: GazetteerEntry | None) -> None:
    assert (KNOWN.claimants(name), KNOWN.entry(name)) == (claimants, sure)


def test_without_first_words_of_bodies_an_alias_is_sure() -> None:
    assert Known.of([BOARD]).entry(("ORG", "Conseil")) == BOARD


@pytest.mark.parametrize(("name", "known"), [("cdq", True), ("VELORA", True), ("Velora Systèmes", False)])
def test_a_name_is_known_whatever_its_type(name: str, known: bool) -> None:
    assert KNOWN.knows(name) == known


@pytest.mark.parametrize(
    ("name", "thing", "why"),
    [
        ("CDQ", LINE, "alias of Compagnie des Quais in gazetteer quais.csv"),
        ("BRUMEVAL", PORTAL, "Vélora was called Brumeval until 2021-05, gazetteer quais.csv"),
        ("Ostrane", PORTAL, "Vélora was called Ostrane, gazetteer quais.csv"),
    ],
)
def test_why_a_name_is_known(name: str, thing: GazetteerEntry, why: str) -> None:
    assert why_known(name, thing) == why
