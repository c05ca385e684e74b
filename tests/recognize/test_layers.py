"""The network in numpy finds what spaCy's own finds, as surely, whatever else it reads."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.recognize.layers import Encoder
from pipeline.recognize.network import MODEL, Network, load_network, start_sentences

TEXTS = {
    "names of every type": "L'ex-Twitter et Jean-Luc Martin quittent Nantes. C'est-à-dire qu'Orbello gagne 12 M€ avec ChatGPT.",
    "a bound within a name": "Portrait de Marie\nLambert et Jean Dupont\n\nAnne Roy",
    "a name at the end": "Le tribunal a entendu la Commission nationale de l'informatique et des libertés",
    "blanks within and around": "\n\nJean  Dupont \n , de l'Union   européenne\n\n",
    "one word": "Orbello",
    "capitals throughout": "LE MINISTRE JEAN DUPONT A RENCONTRÉ À LONDRES LES DIRIGEANTS DE SOLVANE FRANCE ET DE L'AUTORITÉ",
}


def starts_of(text: str) -> set[int]:
    return {0, *(offset + 1 for offset, sign in enumerate(text) if sign == "\n")}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_names_are_those_that_spacy_finds(text: str) -> None:
    tokenizer, network = load_network(MODEL)
    doc = network(start_sentences(tokenizer(text), starts_of(text)))
    ours = Network(tokenizer, network)
    ours.learn([text])
    found = [(start, end, label) for start, end, label, _ in ours.find(text, starts_of(text))]
    assert found == [(name.start_char, name.end_char, name.label_) for name in doc.ents]


def test_vectors_are_those_of_spacy() -> None:
    tokenizer, network = load_network(MODEL)
    tok2vec = network.model.layers[0]
    embed, encode = tok2vec.layers[0].layers
    docs = [tokenizer(text) for text in TEXTS.values()]
    joined = np.concatenate([Encoder(encode, tok2vec.layers[-1])(vectors) for vectors in embed.predict(docs)])
    np.testing.assert_allclose(joined, tok2vec.predict(docs), rtol=0, atol=1e-5)


def test_what_a_text_yields_hangs_on_no_other() -> None:
    tokenizer, network = load_network(MODEL)
    alone, together = Network(tokenizer, network), Network(tokenizer, network)
    together.learn(list(TEXTS.values()))
    for text in TEXTS.values():
        alone.learn([text])
        assert alone.find(text, starts_of(text)) == together.find(text, starts_of(text))
