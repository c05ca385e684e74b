"""The trained recognizer: offsets, order, and input that nobody expected."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.clean.plain import plain_document
from pipeline.errors import DataError
from pipeline.model import Mention
from pipeline.recognize import model as module
from pipeline.recognize.model import NameModel
from pipeline.recognize.network import MODEL, load_network, start_sentences


@pytest.fixture(scope="module")
def model() -> NameModel:
    return NameModel()


def found(model: NameModel, text: str) -> list[tuple[str, str]]:
    [mentions] = model.find([plain_document(text)])
    return [(mention.text, mention.type) for mention in mentions]


def test_a_name_comes_back_with_its_place_type_and_origin(model: NameModel) -> None:
    [mentions] = model.find([plain_document("Le ministre a reçu Jean Dupont hier.")])
    expected = Mention(19, 30, "Jean Dupont", "PER", rule_id="model", method="model", score=mentions[0].score)
    assert mentions == (expected,)


def test_a_name_beyond_doubt_is_surer_than_a_doubtful_one(model: NameModel) -> None:
    [[sure], [doubtful]] = model.find(
        [plain_document("Selon Jean Dupont, directeur général, rien ne change."), plain_document("Demain Pralin Pralin.")]
    )
    assert sure.score is not None
    assert doubtful.score is not None
    assert 0.0 < doubtful.score < sure.score <= 1.0


@pytest.mark.parametrize("text", ["", " ", "\n\n \t", "\u00a0\u202f"], ids=["empty", "space", "blank lines", "no-break spaces"])
def test_a_text_without_words_has_no_names(model: NameModel, text: str) -> None:
    assert found(model, text) == []


def test_a_batch_without_any_name_has_none(model: NameModel) -> None:
    assert found(model, "il pleut depuis hier et personne ne sort.") == []


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


@pytest.mark.parametrize("sign", ["x", "'", "a-", "é", "(", "https://a.", "\u200b", "💥"])
def test_an_endless_word_is_no_name_and_takes_no_time(model: NameModel, sign: str) -> None:
    text = f"Jean Dupont a écrit {sign * 20_000} et rien d'autre."
    assert found(model, text) == [("Jean Dupont", "PER")]


def test_typographic_apostrophes_change_nothing(model: NameModel) -> None:
    assert found(model, "C’est l’avis de Jean Dupont.") == found(model, "C'est l'avis de Jean Dupont.")


def test_names_and_certainty_do_not_depend_on_the_batch(model: NameModel) -> None:
    documents = [plain_document(f"{name} a quitté Orbello pour la mairie de Nantes.") for name in ("Anne Roy", "Léo Sy", "Ève")]
    assert list(model.find(documents, batch_size=1)) == list(model.find(documents, batch_size=3))


def test_a_sentence_on_every_line_costs_no_more_than_its_length() -> None:
    """spaCy reads the whole doc whenever one token is told to start a sentence."""
    tokenizer, _ = load_network(MODEL)
    doc = tokenizer("a\n" * 15_000)
    starts = {token.idx for token in doc if token.text == "a"}
    before = time.process_time()
    assert [token.idx for token in start_sentences(doc, starts) if token.is_sent_start] == sorted(starts)
    assert time.process_time() - before < 1.0


def test_a_network_that_is_not_the_one_trained_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner" / "model").write_bytes(b"other")
    (tmp_path / "checksums.json").write_text('{"ner/model": "00"}')
    with pytest.raises(DataError, match="not the one that was trained"):
        load_network(tmp_path)


def test_a_folder_without_a_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no network here"):
        load_network(tmp_path)
    (tmp_path / "checksums.json").write_text('{"ner/model": "00"}')
    with pytest.raises(DataError, match="not the one that was trained"):
        load_network(tmp_path)
