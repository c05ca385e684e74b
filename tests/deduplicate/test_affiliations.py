"""Affiliations: who held which function where, and when."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.deduplicate.affiliations import Affiliation, RoleTelling, find_affiliations
from tests.built import built_in_lexicon

PAST = re.compile(built_in_lexicon().words["roles"]["past"], re.IGNORECASE)
MARCH, MAY, JULY = dt.date(2024, 3, 1), dt.date(2024, 5, 2), dt.date(2024, 7, 9)


def told(article: str, day: dt.date | None, person: str, role: str, org: str | None) -> RoleTelling:
    return RoleTelling(person, role, org, [article], 1, day, day)


def test_a_function_is_gathered_over_the_articles() -> None:
    """Present tellings give the first and last day, a past one the day by which it was over."""
    tellings = [
        told("c", JULY, "per:nora", "ancienne directrice générale", "org:lumio"),
        told("b", MAY, "per:nora", "Directrice générale", "org:lumio"),
        told("a", MARCH, "per:nora", "directrice générale", "org:lumio"),
    ]
    assert find_affiliations(tellings, past=PAST) == (
        Affiliation("per:nora", "directrice générale", "org:lumio", MARCH, MAY, JULY, ("a", "b", "c")),
    )


def test_functions_of_two_bodies_stay_apart() -> None:
    """The same function elsewhere, or another function, is another affiliation; the order of the input does not matter."""
    tellings = [
        told("a", MARCH, "per:nora", "PDG", "org:nubeo"),
        told("a", MARCH, "per:nora", "PDG", "org:lumio"),
        told("a", None, "per:nora", "ministre", None),
    ]
    found = find_affiliations(tellings, past=PAST)
    assert [(a.role, a.org, a.first_seen) for a in found] == [
        ("ministre", None, None),
        ("PDG", "org:lumio", MARCH),
        ("PDG", "org:nubeo", MARCH),
    ]
    assert find_affiliations(reversed(tellings), past=PAST) == found


def test_a_function_only_ever_past_was_never_seen() -> None:
    """« ancien ministre » alone says when it was over, not when it was held."""
    (found,) = find_affiliations([told("a", MAY, "per:paul", "ancien ministre", None)], past=PAST)
    assert (found.role, found.first_seen, found.last_seen, found.over_by) == ("ministre", None, None, MAY)


def test_words_that_begin_like_a_past_one_tell_of_the_present() -> None:
    """« exécutive » is not « ex », a « pare-feu » is nobody's end; « ex PDG » and « ex-PDG » are over."""
    days = {
        "vice-présidente exécutive": None,
        "expert": None,
        "responsable pare-feu": None,
        "ex-PDG": MAY,
        "ex PDG": MAY,
        "feu le directeur": MAY,
    }
    found = [find_affiliations([told("a", MAY, "per:nora", role, None)], past=PAST) for role in days]
    assert [(a.role, a.over_by) for (a,) in found] == [
        ("vice-présidente exécutive", None),
        ("expert", None),
        ("responsable pare-feu", None),
        ("PDG", MAY),
        ("PDG", MAY),
        ("le directeur", MAY),
    ]


def test_a_function_is_written_as_most_articles_write_it() -> None:
    """Of equals the first by letters; what is but « ancien » is no function."""
    for roles, expected in (
        (("PDG", "Pdg", "Pdg"), ["Pdg"]),
        (("Pdg", "PDG"), ["PDG"]),
        (("ancien PDG", "PDG", "pdg", "ancien pdg", "pdg"), ["pdg"]),
        (("ancien", "ex-"), []),
    ):
        tellings = [told(str(n), MARCH, "per:nora", role, "org:lumio") for n, role in enumerate(roles)]
        assert [found.role for found in find_affiliations(tellings, past=PAST)] == expected


def test_days_that_are_not_known_do_not_count() -> None:
    """An article that tells a function twice stands once; the first past telling says by when it was over."""
    tellings = [
        told("b", None, "per:nora", "PDG", "org:lumio"),
        told("a", MAY, "per:nora", "PDG", "org:lumio"),
        told("a", MAY, "per:nora", "PDG", "org:lumio"),
        told("c", None, "per:nora", "ancienne PDG", "org:lumio"),
        told("d", JULY, "per:nora", "ancienne PDG", "org:lumio"),
        told("e", dt.date(2024, 8, 1), "per:nora", "ancienne PDG", "org:lumio"),
    ]
    assert find_affiliations(tellings, past=PAST) == (
        Affiliation("per:nora", "PDG", "org:lumio", MAY, MAY, JULY, ("a", "b", "c", "d", "e")),
    )
