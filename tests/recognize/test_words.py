"""The words of a text: the same as spaCy cuts and embeds, looked up, and forgotten before they are too many."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.recognize import words as module
from pipeline.recognize.network import MODEL, load_network
from pipeline.recognize.words import WordTable

TEXTS = {
    "elided and joined words": "L'ex-Twitter et Jean-Luc Martin d'Île-de-France quittent Nantes. C'est-à-dire 12 M€.",
    "blanks of all kinds": " \n Anne  Roy\t, PDG \n\n de   Solvane ,\u00a0rit \u2028 .\n ",
    "signs that are one only side by side": "Deux listes : ( une, deux ) et 8 )",
    "signs": "« Oui :) », dit-il… (M. Roy) → https://solvane.example/a?b=1, 3,5 % ; n° 4",
    "no blank at all": "Orbello",
}


@pytest.fixture(scope="module")
def table() -> WordTable:
    tokenizer, network = load_network(MODEL)
    return WordTable(tokenizer, network.model.layers[0].layers[0].layers[0])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_words_are_those_that_spacy_cuts_and_embeds(table: WordTable, text: str) -> None:
    tokenizer, network = load_network(MODEL)
    doc = tokenizer(text)
    table.learn([text])
    words = table.read(text)
    assert words.starts.tolist() == [token.idx for token in doc]
    assert words.ends.tolist() == [token.idx + len(token) for token in doc]
    assert words.blank.tolist() == [token.is_space for token in doc]
    np.testing.assert_array_equal(words.vectors, network.model.layers[0].layers[0].layers[0].predict([doc])[0])


def test_a_text_without_words_has_none(table: WordTable) -> None:
    table.learn([""])
    assert table.read("").starts.tolist() == []


def test_words_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRETCHES_KEPT", 500)
    tokenizer, network = load_network(MODEL)
    known = len(tokenizer.vocab.strings)
    table = WordTable(tokenizer, network.model.layers[0].layers[0].layers[0])
    sizes = []
    for round_ in range(6):
        text = " ".join(f"mot{round_}x{number}" for number in range(400))
        table.learn([text])
        assert len(table.read(text).starts) == 400
        sizes.append(len(tokenizer.vocab.strings) - known)
    assert max(sizes) < 4_000


def test_words_that_texts_go_on_to_have_are_cut_and_embedded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRETCHES_KEPT", 500)
    tokenizer, network = load_network(MODEL)
    usual = "L'Élysée se tait."
    cut = list[str]()

    class Listening:
        vocab = tokenizer.vocab

        def __call__(self, lines: str) -> object:
            cut.extend(lines.split("\n"))
            return tokenizer(lines)

    table = WordTable(Listening(), network.model.layers[0].layers[0].layers[0])  # type: ignore[arg-type]
    read = []
    for round_ in range(6):
        table.learn([f"{usual} {' '.join(f'mot{round_}x{number}' for number in range(400))}", usual])
        read.append(table.read(usual))
    assert [cut.count(stretch) for stretch in usual.split()] == [1, 1, 1]
    for words in read:
        np.testing.assert_array_equal(words.vectors, read[0].vectors)
        assert words.starts.tolist() == [0, 2, 9, 12, 16]
