"""Words that tell of events as it was learned: what means the same tells the same, whatever stands in other sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import DataError
from pipeline.recognize.network import MODEL
from pipeline.recognize.relations.masking import SIGNS
from pipeline.recognize.triggers import (
    FILE,
    TOGETHER,
    UNIT,
    WIDTH,
    load_triggers,
    load_vectors,
    means,
    read_words,
    sides,
    vectors_of,
    windows,
)

VECTORS, READER = load_vectors(), load_triggers(MODEL)


def masked(sentence: str) -> str:
    for kind, sign in SIGNS.items():
        sentence = sentence.replace(f"[{kind}]", sign)
    return sentence


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("La [ORG] a châtié [ORG] de [money].", ("châtié", "fine")),
        ("[ORG] a convoqué [ORG] devant le tribunal de commerce.", ("convoqué", "lawsuit")),
        ("[PER], mutée chez [ORG] en mai, dirige le produit.", ("mutée", "appointment")),
        ("[ORG] a glissé [money] dans le capital de [ORG].", ("glissé", "funding")),
        ("[ORG] et [ORG] ont paraphé un texte commun.", ("paraphé", "partnership")),
        ("Elle a châtié la langue de son temps.", None),
        ("[ORG] a convoqué ses souvenirs.", None),
        ("[ORG].", None),
        ("", None),
    ],
)
def test_a_word_tells_by_what_it_means_and_who_stands_around(sentence: str, found: tuple[str, str] | None) -> None:
    text = masked(sentence)
    assert [(text[one.start : one.end], one.type) for one in READER.find([text])[0]] == ([found] if found else [])


def test_what_is_found_in_a_sentence_hangs_on_it_alone() -> None:
    """To the last digit, whatever stands beside it and whatever the reader met before."""
    texts = [masked(f"[ORG] a {verb} [ORG] devant le tribunal, selon [PER].") for verb in ("convoqué", "traîné", "salué") * 50]
    alone = [load_triggers(MODEL).find([text])[0] for text in texts[:3]]
    assert [bool(found) for found in alone] == [True, True, False]
    assert load_triggers(MODEL).find(["", *texts]) == [[], *alone * 50]


def test_no_order_of_adding_gives_another_result() -> None:
    """Vectors and weights are whole numbers, and no sum over sentences of a thousand words is too large to be exact."""
    weights, vectors = np.load(MODEL / FILE), vectors_of(["racheter", "tribunal"], VECTORS)
    assert weights.dtype == np.int16
    assert (vectors == np.rint(vectors)).all()
    largest = UNIT * WIDTH * np.iinfo(np.int16).max
    assert largest * TOGETHER * 1000 < 2**53


def test_the_clearest_word_comes_first() -> None:
    text = masked("[ORG] a glissé [money] à [ORG], a appris [ORG], et injecté [money] dans le capital de [ORG].")
    leads = [one.lead for one in READER.find([text])[0]]
    assert len(leads) > 1
    assert leads == sorted(leads, reverse=True)


def test_words_are_weighed_anew_where_many_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.recognize.triggers.WORDS_KEPT", 3)
    reader, text = load_triggers(MODEL), masked("[ORG] et [ORG] ont paraphé un texte commun.")
    assert reader.find([text]) == reader.find([text]) == READER.find([text])


def test_words_that_may_tell_are_long_and_no_names() -> None:
    words = read_words([masked("Selon [ORG], Lumio a vite racheté Nubéo."), "Hier ?", masked("Oui [PER] dort")])
    assert [words.texts[n] for n in words.candidates] == ["Selon", "vite", "racheté", "Oui", "dort"]
    assert [words.sentences[n] for n in words.candidates] == [0, 0, 0, 2, 2]
    assert words.bounds == [0, 9, 9, 12]


def test_a_sentence_without_a_name_tells_of_nothing() -> None:
    assert read_words([masked("Une amende de [money] a été infligée [date].")]) == ([], [], [], [], [0, 0])


def test_a_word_without_a_vector_takes_that_in_lower_case_and_a_sign_none() -> None:
    upper, lower, sign = vectors_of(["RACHETÉ", "racheté", SIGNS["ORG"]], VECTORS)
    assert upper.tolist() == lower.tolist()
    assert np.linalg.norm(lower) == pytest.approx(UNIT, rel=0.01)
    assert sign.tolist() == [0] * WIDTH


def test_means_are_of_three_words_before_three_behind_and_all_of_the_sentence() -> None:
    words = read_words([masked("[ORG] un deux trois quatre"), masked("cinq [ORG]")])
    values = np.array([[10.0], [20], [30], [40], [50], [60], [70]])
    before, behind, whole = (means(values, *window)[:, 0].tolist() for window in windows(words))
    assert before == [0, 10, 15, 20, 30, 0, 60]
    assert behind == [30, 40, 45, 50, 0, 70, 0]
    assert whole == [30] * 5 + [65] * 2


def test_sides_tell_what_stands_near_and_far_on_both_sides() -> None:
    words = read_words([masked("[ORG] un deux trois quatre cinq six sept [PER]"), masked("[LAW]")])
    told = sides(words)[:, :36].reshape(-1, 4, 9)
    org, per, law = 0, 1, 4
    assert [told[1, side, org] for side in range(4)] == [1, 0, 0, 0]
    assert [told[7, side, org] for side in range(4)] == [0, 1, 0, 0]
    assert [told[7, side, per] for side in range(4)] == [0, 0, 1, 0]
    assert [told[1, side, per] for side in range(4)] == [0, 0, 0, 1]
    assert not told[:, :, law].any()
    assert not told[9].any()
    assert sides(words)[:, 36:].tolist() == [[1, 1, 1], *[[0, 1, 1]] * 8, [1, 1, 1]]


@pytest.mark.parametrize("weights", [None, np.zeros((3, 11), dtype=np.int16)])
def test_weights_of_other_features_are_refused(
    weights: np.ndarray[tuple[int, int], np.dtype[np.int16]] | None, tmp_path: Path
) -> None:
    if weights is not None:
        np.save(tmp_path / FILE, weights)
    with pytest.raises(DataError, match="missing or of another version"):
        load_triggers(tmp_path)
