"""Publication dates keep the precision that they are written with."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.publication import implausible, read_published


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2024-03-12T09:15:00+01:00", "2024-03-12"),
        ("12/03/2024 à 09h15", "2024-03-12"),
        ("12.03.24", "2024-03-12"),
        ("Tue, 12 Mar 2024 09:15:00 +0100", "2024-03-12"),
        ("mardi 12 mars 2024", "2024-03-12"),
        ("1er août 2021", "2021-08-01"),
        ("3 févr. 2024", "2024-02-03"),
        ("20240312", "2024-03-12"),
        ("mars 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("March 5, 2024 10:30 AM", "2024-03-05"),
        ("Wednesday March 6th 2024", "2024-03-06"),
        ("il y a 2 ans", None),
        ("trois", None),
        ("31/02/2024", None),
        ("2024-13", None),
        ("hier", None),
        ("", None),
    ],
)
def test_a_written_date_reads_as_edtf(written: str, edtf: str | None) -> None:
    assert read_published(written) == edtf


@pytest.mark.parametrize(
    ("published", "possible"), [("1979", False), ("1980", True), ("2024-03", True), ("2024-04", False), ("2024", True)]
)
def test_nobody_publishes_before_the_web_or_after_today(published: str, possible: bool) -> None:
    assert (implausible(published, today=dt.date(2024, 3, 12)) is None) == possible
