"""Stretches that touch a span."""

from __future__ import annotations

import pytest

from pipeline.model import Span
from pipeline.recognize.places import Places

PLACES = Places.of([(10, 14), (0, 12), (20, 25)])


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(11, 13), [(0, 12), (10, 14)]),
        (Span(13, 21), [(10, 14), (20, 25)]),
        (Span(14, 20), []),
        (Span(25, 30), []),
    ],
    ids=["inside two", "across a gap", "the gap", "behind all"],
)
def test_the_stretches_that_share_a_character_with_a_span_are_found(span: Span, expected: list[tuple[int, int]]) -> None:
    assert PLACES.touching(span) == expected


def test_of_no_stretches_none_is_touched() -> None:
    assert Places.of([]).touching(Span(0, 5)) == []
