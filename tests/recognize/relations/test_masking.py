"""Masked text: one character a name, and the way back to the document."""

from __future__ import annotations

from pipeline.model import Mention, Span
from pipeline.recognize.relations.masking import SIGNS, Masking, Sign, name_signs

TEXT = "Selon Nora Belkacem, Lumio paie 12 € à Paul."
NORA = Mention(6, 19, "Nora Belkacem", "PER", "test")
LUMIO = Mention(21, 26, "Lumio", "ORG", "test")
MONEY = Mention(32, 36, "12 €", "money", "test")


def test_each_name_is_one_character() -> None:
    """Names and sums become the sign of their type; other text stays."""
    masked = Masking(TEXT, name_signs((NORA, LUMIO, MONEY))).mask(Span(0, len(TEXT)))
    assert masked.text == f"Selon {SIGNS['PER']}, {SIGNS['ORG']} paie {SIGNS['money']} à Paul."


def test_the_way_back() -> None:
    """Offsets of the masked text lead back to those of the document, at the start and behind the end of a sign."""
    masked = Masking(TEXT, name_signs((NORA, LUMIO, MONEY))).mask(Span(0, len(TEXT)))
    at = masked.text.index(SIGNS["ORG"])
    assert (masked.origin(at), masked.ending(at + 1), masked.mention(at)) == (21, 26, LUMIO)
    assert TEXT[masked.origin(masked.text.index("Paul")) :] == "Paul."


def test_the_sign_given_first_stands() -> None:
    """Where signs overlap the first one is put in; one that runs over the end of the stretch is left as text."""
    masking = Masking(TEXT, (Sign(0, 19, "quote"), *name_signs((NORA, LUMIO))))
    assert masking.mask(Span(0, 26)).text == f"{SIGNS['quote']}, {SIGNS['ORG']}"
    assert masking.mask(Span(0, 24)).text == f"{SIGNS['quote']}, Lum"
