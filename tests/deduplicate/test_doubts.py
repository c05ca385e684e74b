"""Pairs in doubt: which ones are shown to a person, in which order, and why."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.doubts import Doubt, Profile, find_doubts
from pipeline.deduplicate.keys import MergingWords
from tests.built import built_in_lexicon


@pytest.fixture
def words() -> MergingWords:
    return MergingWords.read(built_in_lexicon().words)


def profiles(*names: str, type_: str = "ORG", known: bool = False) -> list[Profile]:
    """A profile a name, with more mentions the later it stands."""
    return [Profile(name.lower(), type_, name, number, known) for number, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("pair", "type_", "score", "reason"),
    [
        (("Pantographe", "Pantografe"), "ORG", 0.6, "Pantografe and Pantographe are one slip apart"),
        (("Anne Kerbrat", "A. Kerbrat"), "PER", 0.5, "A. Kerbrat and Anne Kerbrat share a surname"),
        (("Bureau des Tours", "BDT"), "ORG", 0.5, "BDT may be the initials of Bureau des Tours"),
        (("Brumelane", "Brumelane Conseil Ouest"), "ORG", 0.4, "Brumelane may be short for Brumelane Conseil Ouest"),
        (
            ("Brumelane Conseil", "Brumelane Conseil Ouest"),
            "LAW",
            0.4,
            "Brumelane Conseil may be short for Brumelane Conseil Ouest",
        ),
    ],
)
def test_a_pair_is_in_doubt_for_a_reason(
    words: MergingWords, pair: tuple[str, str], type_: str, score: float, reason: str
) -> None:
    (doubt,) = find_doubts(profiles(*pair, type_=type_), words)

    assert ({doubt.left, doubt.right}, doubt.score, doubt.reason) == ({name.lower() for name in pair}, score, reason)
    assert not doubt.merged


@pytest.mark.parametrize(
    ("pair", "type_"),
    [
        (("Anne Kerbrat", "Luc Kerbrat"), "PER"),
        (("Kerbrat Conseil", "Brumelane"), "ORG"),
        (("Brumelane", "Brumelane Conseil"), "PRODUCT"),
        (("Bureau des Tours", "BDX"), "ORG"),
        (("Louis", "Louise"), "PER"),
        (("Solenne Vorl", "Solenna Vorl"), "PER"),
    ],
)
def test_names_that_nothing_joins_are_in_no_doubt(words: MergingWords, pair: tuple[str, str], type_: str) -> None:
    assert find_doubts(profiles(*pair, type_=type_), words) == ()


def test_two_things_of_the_gazetteer_are_in_no_doubt_one_may_be(words: MergingWords) -> None:
    pairs = [("Pantographe", "Pantografe"), ("Bureau des Tours", "BDT"), ("Brumelane", "Brumelane Conseil")]
    for one, other in pairs:
        both = profiles(one, other, known=True)
        first = [*profiles(one, known=True), *profiles(other)]

        assert (find_doubts(both, words), len(find_doubts(first, words))) == ((), 1)


def test_things_of_two_types_are_in_no_doubt(words: MergingWords) -> None:
    assert find_doubts([*profiles("Pantographe"), *profiles("Pantografe", type_="PRODUCT")], words) == ()


def test_the_likeliest_come_first_then_those_that_most_mentions_hang_on(words: MergingWords) -> None:
    some = profiles("Brumelane", "Brumelane Ouest", "Corvane", "Corvane Est", "Pantographe", "Pantografe")

    assert find_doubts(some, words) == (
        Doubt("pantografe", "pantographe", 0.6, "Pantografe and Pantographe are one slip apart"),
        Doubt("corvane est", "corvane", 0.4, "Corvane may be short for Corvane Est"),
        Doubt("brumelane ouest", "brumelane", 0.4, "Brumelane may be short for Brumelane Ouest"),
    )


def test_a_pair_with_two_reasons_is_shown_for_the_better_one(words: MergingWords) -> None:
    (doubt,) = find_doubts(profiles("Anne Kerbratte", "Anne Kerbrate", type_="PER"), words)

    assert (doubt.score, doubt.reason) == (0.6, "Anne Kerbrate and Anne Kerbratte are one slip apart")


@pytest.mark.parametrize(("people", "doubts"), [(50, 49), (51, 0)])
def test_a_surname_that_fifty_people_share_leaves_no_doubt(words: MergingWords, people: int, doubts: int) -> None:
    """« K. Vorland » may be each of forty-nine whose given names begin with K; of fifty nobody is shown."""
    some = profiles("K. Vorland", *(f"K{chr(97 + n // 26)}{chr(97 + n % 26)}lo Vorland" for n in range(people - 1)), type_="PER")
    found = find_doubts(some, words)

    assert sum("share a surname" in doubt.reason for doubt in found) == doubts


@pytest.mark.parametrize(
    ("pair", "type_"),
    [
        (("Nils Vorlande", "Nils Vorlandi"), "PER"),
        (("Max Vorland", "Maximilien Vorland"), "PER"),
        (("Loi des quais", "Loi des quais et des digues du Nord"), "LAW"),
        (("Parti des haleurs européens", "PDHE"), "ORG"),
        (("Parti des haleurs européens", "PHE"), "ORG"),
    ],
)
def test_a_pair_that_would_else_be_missed(words: MergingWords, pair: tuple[str, str], type_: str) -> None:
    assert [{doubt.left, doubt.right} for doubt in find_doubts(profiles(*pair, type_=type_), words)] == [
        {name.lower() for name in pair}
    ]


def test_a_name_is_in_doubt_with_itself_never(words: MergingWords) -> None:
    assert find_doubts([*profiles("Pantographe"), *profiles("Pantographe")], words) == ()
