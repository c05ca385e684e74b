"""The notation in which marked texts are written."""

from __future__ import annotations

import pytest

from pipeline.training.marked import Marked, Name, drop_overlaps, read_marks

CASES = {
    "two names": (
        "[Orbello](ORG) quitte [Nantes](LOC).",
        Marked("Orbello quitte Nantes.", (Name(0, 7, "ORG"), Name(15, 21, "LOC"))),
    ),
    "no name": ("Rien à signaler.", Marked("Rien à signaler.", ())),
    "brackets that mark nothing": ("Il a dit [sic] oui.", Marked("Il a dit [sic] oui.", ())),
    "a hyphenated pair": ("[Orbello](ORG)-[Solvane](ORG)", Marked("Orbello-Solvane", (Name(0, 7, "ORG"), Name(8, 15, "ORG")))),
}


@pytest.mark.parametrize(("source", "marked"), CASES.values(), ids=CASES.keys())
def test_marks_are_read_as_names_at_their_offsets(source: str, marked: Marked) -> None:
    assert read_marks(source) == marked


def test_of_two_names_that_overlap_the_longer_stays() -> None:
    names = [Name(0, 4, "PER"), Name(0, 9, "ORG"), Name(12, 15, "LOC")]
    assert drop_overlaps(names) == (Name(0, 9, "ORG"), Name(12, 15, "LOC"))
