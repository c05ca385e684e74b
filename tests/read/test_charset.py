"""Bytes become the text that was written, or an error that says what to do."""

from __future__ import annotations

import pytest

from pipeline.errors import ArticleError
from pipeline.read.charset import decode, without_halves

SENTENCE = "Voltigeur a levé 12 millions d’euros à l’été ; « Où ça ? », demande-t-on."
SHORT = "Il a levé des fonds à l'été."


@pytest.mark.parametrize("text", [SENTENCE, SHORT], ids=["long", "short"])
@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"]
)
def test_a_file_reads_as_it_was_written(text: str, charset: str) -> None:
    data = text.encode(charset, errors="ignore")
    assert decode(data) == data.decode(charset)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param('<?xml version="1.0" encoding="ISO-8859-1"?><a>été – ça</a>'.encode("cp1252"), "été – ça", id="XML"),
        pytest.param("<meta charset=windows-1252><p>l’été</p>".encode("cp1252"), "l’été", id="HTML"),
        pytest.param(
            '<meta http-equiv="Content-Type" content="text/html; charset=macintosh"><p>été</p>'.encode("mac_roman"),
            "été",
            id="HTML 4",
        ),
        pytest.param("<meta charset=windows-1252><p>été</p>".encode(), "été", id="a declaration that is wrong"),
    ],
)
def test_a_declaration_is_believed_where_it_can_be(data: bytes, text: str) -> None:
    assert text in decode(data)


def test_a_stretch_pasted_from_elsewhere_does_not_spoil_the_file() -> None:
    data = (SENTENCE * 3).encode() + "été".encode("cp1252")
    assert decode(data) == SENTENCE * 3 + "été"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t", "empty", id="blank"),
        pytest.param(b"%PDF-1.7 \xe2\xe3", "binary", id="PDF"),
        pytest.param(bytes(range(256)) * 8, "binary", id="noise"),
        pytest.param(b"\0" * 64, "binary", id="zeros"),
        pytest.param(bytes(range(128, 256)) * 3, "unknown_encoding", id="no charset"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(data)
    assert caught.value.code == code


def test_half_a_character_keeps_its_place() -> None:
    assert without_halves("a\ud83db") == "a\ufffdb"
