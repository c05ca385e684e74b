"""Plain text as a document, with its sentences now or later."""

from __future__ import annotations

from pipeline.clean.plain import cut_sentences, plain_document, uncut_document
from pipeline.model import Span

TEXT = "Le prix monte. Il était de 12 €.\n\nElle part. Il reste.\n"


def test_every_line_is_a_block_with_its_sentences() -> None:
    document = plain_document(TEXT)

    assert [document.text[s.start : s.end] for s in document.sentences] == [
        "Le prix monte.",
        "Il était de 12 €.",
        "Elle part.",
        "Il reste.",
    ]


def test_an_uncut_document_has_one_sentence_a_line() -> None:
    assert uncut_document(TEXT).sentences == (Span(0, 32), Span(34, 54))


def test_only_the_lines_asked_for_are_cut() -> None:
    assert cut_sentences(uncut_document(TEXT), [27]).sentences == (Span(0, 14), Span(15, 32), Span(34, 54))


def test_a_document_cut_everywhere_is_the_plain_one() -> None:
    assert cut_sentences(uncut_document(TEXT), [0, 34]) == plain_document(TEXT)
