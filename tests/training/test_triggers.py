"""Training what tells trigger words, on next to nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.model import EVENT_TYPES
from pipeline.recognize.relations.masking import SIGNS
from pipeline.recognize.triggers import FILE, STEP, Found, load_triggers
from pipeline.training.triggers import TriggerFit, fit_weights, train_triggers

ORG = SIGNS["ORG"]


def article(text: str, told: str | None) -> dict[str, Any]:
    """Its names are Orbello and Nubéo, its event an acquisition."""
    names = [
        {"start": start, "end": start + len(name), "type": "ORG"}
        for name in ("Orbello", "Nubéo")
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    start = text.index(told) if told else 0
    events = [{"type": "acquisition", "start": start, "end": start + len(told)}] if told else []
    return {"text": text, "entities": names, "amounts": [], "dates": [], "events": events}


ARTICLE = article("Orbello rachète Nubéo. Orbello salue Nubéo. Orbello emploie Nubéo. Orbello connaît Nubéo.", "rachète")
ARTICLES = [ARTICLE, *(article(f"Orbello {verb} Nubéo.", verb) for verb in ("rachète", "rachètera", "avale"))] * 20


def found(folder: Path, verb: str) -> list[Found]:
    return load_triggers(folder).find([f"{ORG} {verb} {ORG}."])[0]


def test_a_verb_that_was_not_met_tells_what_its_like_tells(tmp_path: Path) -> None:
    assert train_triggers(ARTICLES, silent=[], kept=[], out=tmp_path) == 80
    [like] = found(tmp_path, "acquiert")
    assert (like.start, like.end, like.type) == (2, 10, "acquisition")
    assert found(tmp_path, "félicite") == []


SILENT, TOLD = article("Orbello avale Nubéo.", None), article("Orbello salue Nubéo.", "salue")


@pytest.mark.parametrize(
    ("silent", "kept", "telling"),
    [
        pytest.param([], [], ["rachète", "avale"], id="articles alone"),
        pytest.param([SILENT], [], ["rachète"], id="a refusal"),
        pytest.param([TOLD], [], ["rachète", "avale"], id="an example of another rule"),
        pytest.param([SILENT], [TOLD], ["rachète", "salue"], id="an example of what is learned"),
    ],
)
def test_one_sentence_of_proof_outweighs_all_articles(
    silent: list[dict[str, Any]], kept: list[dict[str, Any]], telling: list[str], tmp_path: Path
) -> None:
    train_triggers(ARTICLES, silent=silent, kept=kept, out=tmp_path)
    assert [verb for verb in ("rachète", "avale", "salue") if found(tmp_path, verb)] == telling


def test_the_same_articles_give_the_same_weights(tmp_path: Path) -> None:
    for name in ("one", "other"):
        train_triggers([ARTICLE], silent=[ARTICLE], kept=[], out=tmp_path / name, fit=TriggerFit(steps=5))
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "other" / FILE).read_bytes()


def test_features_of_any_scale_are_fitted_alike() -> None:
    rows = np.array([[0, 1], [1, 1], [0, 1], [1, 1]], dtype=np.float32)
    labels, free = np.array([0, 1, 0, 1]), np.zeros(4, dtype=bool)
    small, large = (fit_weights(rows * [scale, 1], labels, free, fit=TriggerFit()) * [[scale], [1]] for scale in (1, 100))
    assert small == pytest.approx(large, abs=60)
    assert small[0, 1] > 500
    assert small[0, 0] < -500
    assert small.shape == (2, 1 + len(EVENT_TYPES))


def test_what_is_taken_from_telling_of_nothing_stands_in_the_weights() -> None:
    """As log odds of the last feature, which is 1 in every row."""
    rows = np.array([[0, 1], [1, 1], [0, 1], [1, 1]], dtype=np.float32)
    labels, free = np.array([0, 1, 0, 1]), np.zeros(4, dtype=bool)
    plain, eased = (fit_weights(rows, labels, free, fit=TriggerFit(ease=ease)).astype(int) for ease in (0, 0.5))
    taken = np.zeros_like(plain)
    taken[-1, 0] = 0.5 / STEP
    assert (plain - eased).tolist() == taken.tolist()


def test_a_row_that_is_held_keeps_to_its_label_after_what_is_taken() -> None:
    rows = np.array([[1, 1]] * 6 + [[0, 1]] * 6, dtype=np.float32)
    labels, held = np.array([1] * 3 + [0] * 9), np.arange(12) == 3
    weights = fit_weights(rows, labels, held, fit=TriggerFit(ease=2))
    assert (rows[3] @ weights).argmax() == 0
    assert (rows[3] @ fit_weights(rows, labels, held & False, fit=TriggerFit(ease=2))).argmax() == 1
