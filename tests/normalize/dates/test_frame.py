"""What an expression is read against: publication as far as it is known, and the tense with its preposition."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.normalize.dates.frame import COARSE_PUBLICATION, UNKNOWN_PUBLICATION, Evidence, Tense, Value, read_anchor
from tests.normalize.dates.frames import against


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-33", "2024-01-01", "2024-03-31"),
    ],
)
def test_publication_lies_between_two_days(published: str, first: str, last: str) -> None:
    anchor = read_anchor(published)

    assert anchor is not None
    assert (anchor.first, anchor.last) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("published", [None, "", "2024/..", "../2024", "hier"])
def test_of_a_publication_that_nothing_bounds_nothing_is_known(published: str | None) -> None:
    assert read_anchor(published) is None
    assert against(published).unknown() == Value(None, UNKNOWN_PUBLICATION)


@pytest.mark.parametrize(
    ("published", "day", "month", "year"),
    [
        ("2024-02-29", "2024-02-29", (2024, 2), 2024),
        ("2024-02", None, (2024, 2), 2024),
        ("2024-02-28/2024-03-02", None, None, 2024),
        ("2023-03/2024-03", None, None, None),
    ],
)
def test_day_month_and_year_of_publication_are_known_where_both_ends_agree(
    published: str, day: str | None, month: tuple[int, int] | None, year: int | None
) -> None:
    anchor = read_anchor(published)

    assert anchor is not None
    assert (anchor.day, anchor.month, anchor.year) == (dt.date.fromisoformat(day) if day else None, month, year)
    assert against(published).unknown() == Value(None, COARSE_PUBLICATION)


@pytest.mark.parametrize(
    ("lead", "tense", "sure", "expected"),
    [
        (None, "past", True, ("past", True)),
        (None, "future", False, ("future", False)),
        (None, None, False, (None, False)),
        ("after", "past", True, ("past", True)),
        ("around", None, False, (None, False)),
        ("since", "future", True, ("past", True)),
        ("by", "past", True, ("future", True)),
        ("before", "past", True, (None, False)),
        ("until", "past", True, (None, False)),
        ("from", "past", False, (None, False)),
        ("before", None, False, ("future", True)),
        ("until", None, False, ("future", True)),
        ("from", None, False, ("future", True)),
        ("before", "future", False, ("future", False)),
        ("for", None, False, ("future", False)),
        ("for", "past", False, ("future", False)),
        ("for", "past", True, ("past", True)),
        ("for", "future", True, ("future", True)),
        ("as_of", None, False, ("future", False)),
        ("as_of", "past", False, ("past", False)),
    ],
)
def test_a_preposition_has_a_say_in_the_tense(
    lead: str | None, tense: Tense | None, sure: bool, expected: tuple[Tense | None, bool]
) -> None:
    """« depuis » looks back and « d'ici » ahead; behind « avant » no past verb counts, behind « pour » only a near one."""
    frame = against(tense=tense, sure=sure, lead=lead)

    assert frame.evidence == Evidence(expected[0], sure=expected[1])
    assert frame.tense == expected[0]
