"""Ids that are kept for entities that no article names any more."""

from __future__ import annotations

from pipeline.deduplicate.retired import NONE_RETIRED, Retired, digest, digests_of
from pipeline.model import Entity

VELORA = Entity("org:velora", "ORG", "Vélora", aliases=("Vélora SAS",))
OSTRANE = Entity("org:ostrane", "ORG", "Ostrane")
NAMES = digests_of("ORG", ("Vélora", "Vélora SAS"))
GONE = Retired({digest("org:velora"): NAMES})


def test_who_goes_is_retired() -> None:
    assert NONE_RETIRED.after([VELORA], ["org:ostrane"]) == GONE


def test_who_stays_gone_stays_retired() -> None:
    """Two are kept in one order, whichever went first."""
    both = GONE.after([OSTRANE], [])
    assert both == NONE_RETIRED.after([OSTRANE], []).after([VELORA], []) == NONE_RETIRED.after([OSTRANE, VELORA], [])
    assert list(both.names.items()) == sorted({digest("org:ostrane"): digests_of("ORG", ("Ostrane",)), **GONE.names}.items())


def test_who_comes_back_is_retired_no_more() -> None:
    assert GONE.after([], ["org:velora"]) == NONE_RETIRED


def test_who_was_merged_is_not_retired() -> None:
    alive = ("org:ostrane", "org:velora")
    assert GONE.after([], alive) == NONE_RETIRED


def test_an_id_is_known_to_be_retired() -> None:
    assert [GONE.has(entity_id) for entity_id in ("org:velora", "org:ostrane")] == [True, False]
    assert not NONE_RETIRED.has("org:velora")


def test_a_name_leads_to_the_ids_of_all_that_bore_it() -> None:
    both = Retired({"id 1": frozenset({"name a", "name b"}), "id 2": frozenset({"name b"})})
    assert {name: sorted(ids) for name, ids in both.by_name().items()} == {"name a": ["id 1"], "name b": ["id 1", "id 2"]}


def test_names_are_kept_as_digests_alone() -> None:
    """Case, accents and punctuation do not count, the type does; the digests of earlier versions stay good."""
    assert digests_of("ORG", ("VÉLORA", "Velora!")) == digests_of("ORG", ("Vélora",)) == {digest("ORG velora")}
    assert digests_of("PER", ("Vélora",)) != digests_of("ORG", ("Vélora",))
    assert (digest("org:velora"), digest("\ud800")) == ("59be5888e6066862", "91a681b998555fb4")
