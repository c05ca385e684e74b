"""The training, on next to nothing: what it writes, and that it can be repeated."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TypedDict

import pytest

from pipeline.clean.plain import plain_document
from pipeline.errors import DataError, UsageError
from pipeline.recognize.model import NameModel
from pipeline.recognize.network import MODEL
from pipeline.train import digest_material, train
from pipeline.training.network import Fit


class Sources(TypedDict):
    winer: Path
    popcorn: Path
    own: tuple[Path, ...]


TEXT = "Anne Roy dirige Orbello à Nantes."
NAMES = [
    {"start": 0, "end": 8, "text": "Anne Roy", "type": "PER"},
    {"start": 16, "end": 23, "text": "Orbello", "type": "ORG"},
    {"start": 26, "end": 32, "text": "Nantes", "type": "LOC"},
]
QUICK = Fit(rounds=2, invented=4, batch_words=200)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("sources")
    gold = json.dumps({"doc_id": "a", "text": TEXT, "entities": NAMES}) + "\n"
    for name in ("winer", "own"):
        (folder / f"{name}.jsonl").write_text(gold, encoding="utf-8")
    (folder / "popcorn.json").write_text("{}", encoding="utf-8")
    return {"winer": folder / "winer.jsonl", "popcorn": folder / "popcorn.json", "own": (folder / "own.jsonl",)}


@pytest.fixture(scope="module")
def trained(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    train(**sources, out=out, seed=3, measure=sources["own"], fit=QUICK)
    return out


def test_training_writes_the_network_its_checksums_and_its_card(trained: Path) -> None:
    written = sorted(path.relative_to(trained).as_posix() for path in trained.rglob("*") if path.is_file())
    assert written == ["MODEL_CARD.md", "checksums.json", "ner/cfg", "ner/model", "ner/moves"]


def test_the_card_holds_what_was_measured_and_nothing_unfilled(trained: Path) -> None:
    card = (trained / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "/own.jsonl` |" in card
    assert "seed 3" in card
    assert "{" not in card


def test_the_same_data_and_seed_give_the_same_network(sources: Sources, trained: Path, tmp_path: Path) -> None:
    train(**sources, out=tmp_path, seed=3, fit=QUICK)
    assert (tmp_path / "checksums.json").read_text() == (trained / "checksums.json").read_text()


def test_what_was_trained_finds_names(trained: Path) -> None:
    [mentions] = NameModel(trained).find([plain_document(TEXT)])
    assert ("Anne Roy", "PER") in [(mention.text, mention.type) for mention in mentions]


def test_a_network_changed_after_training_is_refused(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "ner").mkdir()
    (tmp_path / "checksums.json").write_bytes((trained / "checksums.json").read_bytes())
    for path in (trained / "ner").iterdir():
        (tmp_path / "ner" / path.name).write_bytes(path.read_bytes() + b" ")
    with pytest.raises(DataError, match="not the one that was trained"):
        NameModel(tmp_path)


def test_a_corpus_that_is_not_there_is_named(sources: Sources, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl: no such file to train on"):
        train(**{**sources, "winer": tmp_path / "nowhere.jsonl"}, out=tmp_path)


def test_the_shipped_network_was_trained_on_the_material_that_ships() -> None:
    card = (MODEL / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"`{digest_material()}`" in card, "data/training has changed since: veille train"


def test_the_shipped_network_was_trained_on_the_articles_that_ship() -> None:
    card, gold = (MODEL / "MODEL_CARD.md").read_text(encoding="utf-8"), Path(__file__).parents[1] / "corpus" / "gold"
    for name in ("develop.jsonl", "train.jsonl"):
        assert f"`gold/{name}` SHA-256 `{hashlib.sha256((gold / name).read_bytes()).hexdigest()}`" in card
