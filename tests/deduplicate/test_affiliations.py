"""Affiliations: who held which function where, and when."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.deduplicate.affiliations import Affiliation, RoleTelling, find_affiliations

PAST = re.compile(r"\b(?:anciennes?|anciens?|ex-)\s*", re.IGNORECASE)
MARCH, MAY, JULY = dt.date(2024, 3, 1), dt.date(2024, 5, 2), dt.date(2024, 7, 9)


def test_a_function_is_gathered_over_the_articles() -> None:
    """Present tellings give the first and last day, a past one the day by which it was over."""
    tellings = [
        RoleTelling("c", JULY, "per:nora", "ancienne directrice générale", "org:lumio"),
        RoleTelling("b", MAY, "per:nora", "Directrice générale", "org:lumio"),
        RoleTelling("a", MARCH, "per:nora", "directrice générale", "org:lumio"),
    ]
    assert find_affiliations(tellings, past=PAST) == (
        Affiliation("per:nora", "directrice générale", "org:lumio", MARCH, MAY, JULY, ("a", "b", "c")),
    )


def test_functions_of_two_bodies_stay_apart() -> None:
    """The same function elsewhere, or another function, is another affiliation; the order of the input does not matter."""
    tellings = [
        RoleTelling("a", MARCH, "per:nora", "PDG", "org:nubeo"),
        RoleTelling("a", MARCH, "per:nora", "PDG", "org:lumio"),
        RoleTelling("a", None, "per:nora", "ministre", None),
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
    (found,) = find_affiliations([RoleTelling("a", MAY, "per:paul", "ancien ministre", None)], past=PAST)
    assert (found.role, found.first_seen, found.last_seen, found.over_by) == ("ministre", None, None, MAY)
