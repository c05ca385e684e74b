"""Ids for life: which group goes on an earlier entity, and what a new one is called."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.deduplicate.ids import Minted, Previous, Unnamed, mint, slug
from pipeline.deduplicate.retired import Retired, digest, digests_of
from pipeline.model import Entity, EntityType


def group(name: str, *members: str, forms: tuple[str, ...] = (), type_: EntityType = "ORG") -> Unnamed:
    return Unnamed(type_, name, (name, *members), (name, *members, *forms))


def earlier(entity_id: str, name: str, *aliases: str, since: int | None = None, former: tuple[str, ...] = ()) -> Previous:
    entity = Entity(entity_id, "ORG", name, aliases=aliases, former_ids=former)
    return Previous(entity, dt.date(since, 1, 1) if since else None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hugging Face", "hugging-face"),
        ("L’Été & Cie.", "l-ete-cie"),
        ("…", "x"),
        ("東京", "x"),
        ("Vélora 2", "velora-2"),
        ("-Vélora-", "velora"),
    ],
)
def test_a_slug_is_in_small_ascii_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_new_groups_get_the_ids_that_their_names_spell() -> None:
    """Of two that spell one id the first by type and name has it; the answer keeps the order of the groups."""
    groups = [group("Vélora!"), group("Vélora", type_="PER"), group("Vélora", "Ostrane"), group("Brumeval"), group("VELORA")]
    assert mint(groups, []) == (
        Minted("org:velora-3"),
        Minted("per:velora"),
        Minted("org:velora-2"),
        Minted("org:brumeval"),
        Minted("org:velora"),
    )


def test_a_new_group_s_id_does_not_depend_on_the_order() -> None:
    groups = [group("Vélora", "Ostrane"), group("Vélora", "Brumeval")]
    assert mint(groups, []) == tuple(reversed(mint(groups[::-1], []))) == (Minted("org:velora-2"), Minted("org:velora"))


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(group("Vélora"), id="the name"),
        pytest.param(group("VELORA"), id="the name in capitals"),
        pytest.param(group("Ostrane", "Vélora"), id="the name as a member"),
        pytest.param(group("Ostrane", forms=("Vélora",)), id="the name as a form"),
        pytest.param(group("Ostrane", "Vélora SAS"), id="an alias as a member"),
        pytest.param(group("Ostrane", forms=("Vélora SAS",)), id="an alias as a form"),
    ],
)
def test_a_group_goes_on_the_entity_that_shares_a_name(now: Unnamed) -> None:
    other = group("Kestrane")
    assert mint([now, other], [earlier("org:old", "Vélora", "Vélora SAS")]) == (Minted("org:old"), Minted("org:kestrane"))


@pytest.mark.parametrize(
    ("heir", "other"),
    [
        pytest.param(group("Vélora"), group("Ostrane", "Vélora"), id="its name before a member"),
        pytest.param(group("Ostrane", "Vélora"), group("Kestrane", forms=("Vélora",)), id="a member before a form"),
        pytest.param(group("Ostrane", forms=("Vélora",)), group("Kestrane", "Vélora SAS"), id="the name before an alias"),
        pytest.param(
            group("Ostrane", "Vélora SAS"), group("Kestrane", forms=("Vélora SAS",)), id="an alias as a member before a form"
        ),
    ],
)
def test_an_entity_has_one_heir_the_one_that_fits_best(heir: Unnamed, other: Unnamed) -> None:
    before = [earlier("org:old", "Vélora", "Vélora SAS")]
    for groups in ([heir, other], [other, heir]):
        minted = dict(zip((g.name for g in groups), mint(groups, before), strict=True))
        assert minted == {heir.name: Minted("org:old"), other.name: Minted(f"org:{other.name.lower()}")}


def test_what_two_groups_share_leads_to_neither() -> None:
    groups = [group("Ostrane", "Vélora"), group("Kestrane", "Vélora")]
    assert mint(groups, [earlier("org:old", "Vélora")]) == (Minted("org:ostrane"), Minted("org:kestrane"))


def test_an_entity_of_another_type_has_no_heir() -> None:
    assert mint([group("Vélora", type_="PER")], [earlier("org:velora", "Vélora")]) == (Minted("per:velora"),)


def test_of_several_entities_the_oldest_id_stays() -> None:
    """Without a day an entity counts as young; of one day the first id by letters stays."""
    young = earlier("org:a", "Vélora Nord", former=("org:aa",))
    middle = earlier("org:c", "Vélora Sud", since=2021)
    old = earlier("org:d", "Vélora Est", since=2020, former=("org:dd",))
    twin = earlier("org:e", "Vélora Ouest", since=2020)
    (minted,) = mint([group("Vélora", *(p.entity.name for p in (young, middle, old, twin)))], [young, middle, twin, old])
    assert minted == Minted("org:d", ("org:a", "org:aa", "org:c", "org:dd", "org:e"))


def test_an_id_once_given_goes_to_nobody_else() -> None:
    before = [earlier("org:velora", "Ostrane", former=("org:velora-2",))]
    assert mint([group("Vélora"), group("Ostrane")], before) == (
        Minted("org:velora-3"),
        Minted("org:velora", ("org:velora-2",)),
    )


def retired(**names: str) -> Retired:
    """What was named no more: by an id of a company, with its hyphen as a low line, the name that it went by."""
    return Retired(
        {digest(f"org:{entity_id.replace('_', '-')}"): digests_of("ORG", (name,)) for entity_id, name in names.items()}
    )


@pytest.mark.parametrize(
    ("now", "gone", "expected"),
    [
        pytest.param(group("Vélora"), retired(velora_2="Vélora"), "org:velora-2", id="the same name"),
        pytest.param(group("Vélora SAS", forms=("Vélora",)), retired(velora="VELORA"), "org:velora", id="one of its forms"),
        pytest.param(group("Vélora"), retired(velora="Ostrane"), "org:velora-2", id="another name"),
        pytest.param(group("Vélora"), retired(velora="Ostrane", velora_2="Kestrane"), "org:velora-3", id="two other names"),
        pytest.param(group("Vélora"), retired(velora_100="Vélora"), "org:velora-100", id="the hundredth of its name"),
        pytest.param(group("Vélora"), retired(velora_101="Vélora"), "org:velora", id="more than a hundred of its name"),
        pytest.param(group("Vélora", type_="PER"), retired(velora="Vélora"), "per:velora", id="another type"),
        pytest.param(
            group("Ostrane", forms=("Vélora",)), retired(brumeval="Vélora"), "org:ostrane", id="an id that no name spells"
        ),
    ],
)
def test_who_comes_back_gets_its_id_back(now: Unnamed, gone: Retired, expected: str) -> None:
    assert mint([now], [], gone) == (Minted(expected),)


def test_an_id_that_is_taken_does_not_come_back() -> None:
    """« Vélora » goes on as the id of « Ostrane », which came back too."""
    before = [earlier("org:velora", "Ostrane")]
    assert mint([group("Vélora"), group("Ostrane")], before, retired(velora="Vélora")) == (
        Minted("org:velora-2"),
        Minted("org:velora"),
    )
