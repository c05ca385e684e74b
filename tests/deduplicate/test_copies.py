"""Near-copies: what two texts have in common, and which article is the first."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from pipeline.deduplicate.copies import find_copies, fingerprint, likely, measured, similarity, word_runs
from pipeline.model import Copy


def test_only_those_are_measured_whose_samples_may_be_of_one_text() -> None:
    samples = {
        0: np.arange(40, dtype="<u4").tobytes(),
        1: np.arange(30, 80, dtype="<u4").tobytes(),  # shares 10 of 40
        2: np.arange(20, 60, dtype="<u4").tobytes(),  # 20 of 40 with the first, 30 with the second
        3: np.array([99], dtype="<u4").tobytes(),  # a short text, of whose marks one says nothing
    }
    assert likely({1: [0], 2: [0, 1], 3: [0]}, samples) == {2: [0, 1], 3: [0]}


@pytest.mark.parametrize(
    ("alike", "expected"),
    [
        pytest.param([("b", "a", 0.9)], [("b", "a", 0.9)], id="a copy"),
        pytest.param([("c", "a", 0.8), ("c", "b", 0.9)], [("c", "b", 0.9)], id="of the one most like it"),
        pytest.param([("c", "a", 0.9), ("c", "b", 0.9)], [("c", "b", 0.9)], id="of the greater id, as much like it"),
        pytest.param([("b", "a", 0.9), ("c", "b", 0.8)], [("b", "a", 0.9), ("c", "a", 0.8)], id="of a copy, and so of the first"),
        pytest.param(
            [("b", "c", 0.9), ("a", "b", 0.8)], [("a", "c", 0.8), ("b", "c", 0.9)], id="in the order in which they came out"
        ),
    ],
)
def test_a_copy_is_one_of_the_first(alike: list[tuple[str, str, float]], expected: list[tuple[str, str, float]]) -> None:
    assert find_copies(alike) == tuple(Copy(one, duplicate_of=other, similarity=score) for one, other, score in expected)


def runs(start: int, end: int) -> np.ndarray:
    return np.arange(start, end, dtype=np.uint64)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(runs(0, 34), runs(6, 40), 0.7, id="seven tenths of all runs in common"),
        pytest.param(runs(0, 33), runs(6, 40), 0.0, id="less"),
        pytest.param(runs(0, 50), runs(10, 176), 0.8, id="a text quoted: four fifths of it, three tenths of the longer one"),
        pytest.param(runs(0, 50), runs(11, 176), 0.0, id="less than four fifths"),
        pytest.param(runs(0, 50), runs(10, 177), 0.0, id="less than three tenths of the longer one"),
        pytest.param(runs(0, 49), runs(9, 150), 0.0, id="less than fifty runs"),
        pytest.param(runs(0, 9), runs(0, 9), 1.0, id="the same short text"),
        pytest.param(runs(0, 99), runs(99, 199), 0.0, id="nothing in common"),
    ],
)
def test_how_much_of_two_texts_is_one(left: np.ndarray, right: np.ndarray, expected: float) -> None:
    assert (similarity(left, right), similarity(right, left)) == (expected, expected)


def test_accents_may_be_written_apart() -> None:
    text = "Une société d'écluses déclare être prête à l'été, dit-elle à Sète"
    assert word_runs(unicodedata.normalize("NFD", text)).tolist() == word_runs(text).tolist()
    assert word_runs(text.upper()).tolist() == word_runs(text).tolist()
    assert len(word_runs(text)) == len(text.replace("'", " ").replace("-", " ").split()) - 4


def test_a_run_that_comes_again_counts_once() -> None:
    assert len(word_runs("un deux trois quatre cinq " * 9)) == 5


def test_a_fingerprint_stored_by_an_earlier_version_is_good() -> None:
    mark = fingerprint("Le port de Sète annonce, ce lundi, trois quais de plus pour ses conteneurs")
    assert (mark.bands.hex()[:32], len(mark.bands), mark.sample.hex()) == (
        *("35d5484f21495588f14776f1049fd028", 100, "da41e91e"),
    )


def test_pairs_that_are_not_one_are_left_out() -> None:
    texts = {0: "un deux trois quatre cinq six", 1: "Un, deux, trois, quatre, cinq, six.", 2: "sept huit neuf dix onze douze"}
    assert list(measured({1: [0], 2: [0, 1]}, texts)) == [(1, 0, 1.0)]
