"""How a text is cut into pieces: every word once, removed words in their place, the innermost mark first."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.report.marks import Mark, Piece, around, cut, number, show_amount
from pipeline.report.shapes import timeline


def mark(start: int, end: int, kind: str = "org") -> Mark:
    return Mark(start, end, kind, kind, "", "", "", None, f"{kind}-{start}")


def test_marks_inside_marks_and_across_each_other() -> None:
    quote, name, date = mark(0, 8, "quote"), mark(2, 4), mark(6, 10, "date")
    assert list(cut("abcdefghijk", [quote, name, date], [])) == [
        Piece("ab", (quote,), ("quote-0",)),
        Piece("cd", (name, quote), ("org-2",)),
        Piece("ef", (quote,)),
        Piece("gh", (date, quote), ("date-6",)),
        Piece("ij", (date,)),
        Piece("k", ()),
    ]


def test_removed_words_stand_where_they_stood() -> None:
    removed = [
        {"start": 3, "source_start": 9, "text": "Lire aussi", "rule": "read-also"},
        {"start": 0, "source_start": 0, "text": "Par Anne\n", "rule": "byline"},
        {"start": 5, "source_start": 30, "text": "(AFP)", "rule": "desk"},
    ]
    shown = [(piece.text, piece.removed, piece.alone) for piece in cut("abcde", [], removed)]
    assert shown == [
        ("Par Anne", "byline", True),
        ("abc", None, False),
        ("Lire aussi", "read-also", False),
        ("de", None, False),
        ("(AFP)", "desk", True),
    ]


def test_the_pieces_make_the_text_again() -> None:
    text = "Lumio lève 15 millions d'euros"
    marks = [mark(0, 5), mark(6, 10, "funding"), mark(11, 30, "money"), mark(0, 30, "quote")]
    assert "".join(piece.text for piece in cut(text, sorted(marks, key=lambda m: (m.start, -m.end)), [])) == text
    assert list(cut("", [], [])) == []


def test_the_words_around_a_place_stop_at_lines_and_between_words() -> None:
    assert around("titre\nLumio lève 15 millions\nfin", 12, 16) == ("Lumio ", "lève", " 15 millions")
    assert around("un deux trois quatre cinq", 8, 13, reach=6) == ("… deux ", "trois", " …")


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("15000000.000000", "15000000.000000", "15\u202f000\u202f000"),
        ("12.300000", "12.300000", "12.3"),
        ("100.000000", "100.000000", "100"),
        ("20", "25", "20 to 25"),
        ("-5", "-5", "-5"),
    ],
)
def test_numbers(low: str, high: str, shown: str) -> None:
    assert number(Decimal(low), Decimal(high)) == shown


def test_an_amount_says_its_qualifier_and_unit() -> None:
    row = {"qualifier": "about", "min": Decimal(2000), "max": Decimal(2000), "unit": "PCT"}
    assert show_amount(row) == "about 2\u202f000 %"
    assert show_amount(row | {"qualifier": None, "unit": None}) == "2\u202f000 unit unknown"


def test_a_timeline_has_a_bar_a_month_and_skips_unknown_days() -> None:
    shape = timeline([dt.date(2023, 12, 5), None, dt.date(2024, 2, 1), dt.date(2024, 2, 29)])
    assert shape is not None
    assert [(bar.label, bar.count) for bar in shape.bars] == [("2023-12", 1), ("2024-02", 2)]
    assert (shape.unit, shape.highest) == ("month", 2)
    assert timeline([None]) is None


def test_a_long_timeline_is_by_year() -> None:
    shape = timeline([dt.date(1999, 1, 1), dt.date(2024, 2, 1)])
    assert shape is not None
    assert [bar.label for bar in shape.bars] == ["1999", "2024"]
