"""The trained recognizer: offsets, order, and input that nobody expected."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.model import Mention
from pipeline.recognize import model as module
from pipeline.recognize.model import NameModel


@pytest.fixture(scope="module")
def model() -> NameModel:
    return NameModel()


def found(model: NameModel, text: str) -> list[tuple[str, str]]:
    [mentions] = model.find([plain_document(text)])
    return [(mention.text, mention.type) for mention in mentions]


def test_a_name_comes_back_with_its_place_type_and_origin(model: NameModel) -> None:
    [mentions] = model.find([plain_document("Le ministre a reçu Jean Dupont hier.")])
    assert mentions == (Mention(19, 30, "Jean Dupont", "PER", rule_id="model", method="model"),)


@pytest.mark.parametrize("text", ["", " ", "\n\n \t", "\u00a0\u202f"], ids=["empty", "space", "blank lines", "no-break spaces"])
def test_a_text_without_words_has_no_names(model: NameModel, text: str) -> None:
    assert found(model, text) == []


def test_answers_come_in_the_order_of_the_documents(model: NameModel) -> None:
    texts = ["Jean Dupont est parti.", "", "Marie Lambert est restée.", "rien ici"]
    answers = list(model.find([plain_document(text) for text in texts], batch_size=2))
    assert [[mention.text for mention in mentions] for mentions in answers] == [["Jean Dupont"], [], ["Marie Lambert"], []]


def test_no_name_runs_over_the_bound_of_a_block(model: NameModel) -> None:
    [mentions] = model.find([plain_document("Portrait de Marie\nLambert et Jean Dupont")])
    assert not [mention for mention in mentions if "\n" in mention.text]


def test_a_long_text_is_read_to_its_end(model: NameModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART_CHARS", 200)
    text = "Jean Dupont est venu à la réunion de la rentrée.\n" * 30
    assert found(model, text).count(("Jean Dupont", "PER")) == 30


def test_a_long_text_without_any_bound_does_not_stop_the_run(model: NameModel) -> None:
    assert found(model, "x" * 50_000) is not None


def test_typographic_apostrophes_change_nothing(model: NameModel) -> None:
    assert found(model, "C’est l’avis de Jean Dupont.") == found(model, "C'est l'avis de Jean Dupont.")


def test_the_vocabulary_does_not_grow_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ZONE_STRINGS", 500)
    model = NameModel()
    sizes = []
    for round_ in range(6):
        list(model.find([plain_document(" ".join(f"mot{round_}x{n}" for n in range(400)))]))
        sizes.append(len(model._nlp.vocab.strings) - model._known)
    assert max(sizes) < 4_000
