"""Values check themselves, and the way back to the source is exact."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.model import Span, published_bounds
from pipeline.source_map import Piece, SourceMap

# source « xx Ã©tÃ© fini », cleaned « été fini »: three characters taken out in front, two letters repaired
REPAIRED = SourceMap((Piece(0, 1, 3, 2), Piece(1, 1, 5, 1), Piece(2, 1, 6, 2), Piece(3, 5, 8, 5)))


@pytest.mark.parametrize(
    ("cleaned", "source"),
    [
        pytest.param((0, 1), (3, 5), id="a repaired letter is the two it was made of"),
        pytest.param((0, 3), (3, 8), id="a word with repairs"),
        pytest.param((4, 8), (9, 13), id="an untouched word runs in step"),
        pytest.param((2, 5), (6, 10), id="across a repair and an untouched stretch"),
    ],
)
def test_source_span(cleaned: tuple[int, int], source: tuple[int, int]) -> None:
    assert REPAIRED.source_span(*cleaned) == source


def test_a_map_with_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="gap or overlap at 2, expected 1"):
        SourceMap((Piece(0, 1, 0, 1), Piece(2, 1, 2, 1)))


def test_no_characters_have_no_source() -> None:
    with pytest.raises(ValueError, match="no characters in 3:3"):
        REPAIRED.source_span(3, 3)


def test_a_span_runs_forwards() -> None:
    with pytest.raises(ValueError, match="does not run forwards"):
        Span(4, 3)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        pytest.param("2024-03-05", dt.date(2024, 3, 5), dt.date(2024, 3, 5), id="day"),
        pytest.param("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29), id="month of a leap year"),
        pytest.param("2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31), id="year"),
        pytest.param(None, None, None, id="unknown"),
    ],
)
def test_published_bounds(edtf: str | None, first: dt.date | None, last: dt.date | None) -> None:
    assert published_bounds(edtf) == (first, last)
