"""Groups of names: which evidence joins them, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.known import Name

A, B, C, D, E = (("ORG", letter) for letter in "ABCDE")
NAMES = (A, B, C, D, E)


def tied(left: Name, right: Name, score: float = 0.9) -> Evidence:
    return Evidence(left, right, score, "alike")


def partition(groups: Groups, names: Iterable[Name] = NAMES) -> list[list[Name]]:
    """The groups that the names form, each sorted, as their members tell."""
    return sorted({groups.find(name): sorted(groups.members(groups.find(name))) for name in names}.values())


def test_pairs_that_share_a_name_are_one_group() -> None:
    groups = Groups({})
    groups.join([tied(D, E), tied(B, C), tied(C, D)])
    assert partition(groups) == [[A], [B, C, D, E]]
    assert [groups.find(name) for name in NAMES] == [A, B, B, B, B]


def test_later_evidence_joins_groups_that_stand() -> None:
    groups = Groups({A: "one"})
    groups.join([tied(B, C), tied(D, E)])
    groups.join([tied(A, E), tied(B, D)])
    assert partition(groups) == [[A, B, C, D, E]]
    assert [(groups.find(name), groups.things(groups.find(name))) for name in NAMES] == [(A, {"one"})] * 5


@pytest.mark.parametrize("surest", [tied(A, B, 0.9), tied(B, C, 0.9)])
def test_between_two_known_things_the_surest_evidence_decides(surest: Evidence) -> None:
    groups = Groups({A: "one", C: "other"})
    groups.join([tied(A, B, 0.8), tied(B, C, 0.8), surest])
    assert partition(groups, (A, B, C)) == sorted(
        [[surest.left, surest.right], [({A, B, C} - {surest.left, surest.right}).pop()]]
    )
    assert [groups.things(groups.find(name)) for name in (A, C)] == [{"one"}, {"other"}]


def test_of_equal_evidence_the_first_name_decides() -> None:
    for pairs in ([tied(A, B), tied(B, C)], [tied(B, C), tied(A, B)]):
        groups = Groups({A: "one", C: "other"})
        groups.join(pairs)
        assert partition(groups, (A, B, C)) == [[A, B], [C]]


def test_two_names_of_one_known_thing_meet() -> None:
    groups = Groups({A: "one", B: "one", C: "other"})
    groups.join([tied(A, B), tied(B, C)])
    assert (partition(groups, (A, B, C)), groups.things(A)) == ([[A, B], [C]], {"one"})


def test_a_person_may_join_two_known_things() -> None:
    groups = Groups({A: "one", C: "other"})
    groups.join([tied(A, C)], decided=True)
    assert (partition(groups, (A, C)), groups.things(groups.find(C))) == ([[A, C]], {"one", "other"})
    groups.join([tied(C, D)])
    assert (groups.find(D), groups.things(A), groups.things(D)) == (A, {"one", "other"}, frozenset())


def test_what_is_different_stays_apart_through_others_too() -> None:
    groups = Groups({}, different=[(A, D)])
    groups.join([tied(A, B, 0.9), tied(C, D, 0.9), tied(B, C, 0.8)])
    assert partition(groups) == [[A, B], [C, D], [E]]
    pairs = [(A, D), (D, A), (B, C), (C, B), (A, B), (A, E)]
    assert [groups.are_enemies(*pair) for pair in pairs] == [True, True, True, True, False, False]


def test_who_has_no_enemies_is_nobody_s_enemy() -> None:
    assert not Groups({}).are_enemies(A, B)


def test_a_name_may_be_different_from_several() -> None:
    groups = Groups({}, different=[(A, B), (A, C)])
    groups.join([tied(A, B), tied(A, C), tied(B, C)])
    assert partition(groups, (A, B, C)) == [[A], [B, C]]


def test_what_is_against_two_names_keeps_their_groups_apart() -> None:
    groups = Groups({}, against=lambda one, other: {one, other} == {A, D})
    groups.join([tied(A, B, 0.9), tied(C, D, 0.9), tied(B, C, 0.8)])
    assert partition(groups) == [[A, B], [C, D], [E]]


def test_what_is_against_two_names_yields_to_the_gazetteer() -> None:
    """Two forms of one known thing are one, however unlike they are; a form that nobody knows is refused."""
    groups = Groups({A: "one", B: "one", D: "other"}, against=lambda *_: True)
    groups.join([tied(A, B), tied(A, C), tied(C, D)])
    assert partition(groups) == [[A, B], [C], [D], [E]]


def test_a_name_alone_is_its_own_group() -> None:
    groups = Groups({A: "one"})
    assert [(groups.find(name), groups.members(name), groups.things(name)) for name in (A, B)] == [
        (A, [A], {"one"}),
        (B, [B], frozenset()),
    ]
