"""Adding up evidence: thresholds, voices of one method, longest names, known extents."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_words
from pipeline.model import EntityType, Method
from pipeline.recognize.ballot import decide, weigh
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.weights import read_weights

WEIGHTS = read_weights(load_words("names_weights"))


def voice(
    start: int,
    end: int,
    kind: EntityType = "ORG",
    method: Method = "rule",
    weight: float = 2.0,
    *,
    sure: bool = True,
    whole: bool = False,
) -> Evidence:
    return Evidence(start, end, kind, method, f"{method}-{kind}", weight, None, sure, whole)


def places(*voices: Evidence) -> list[tuple[int, int, str]]:
    return [(d.start, d.end, d.type) for d in decide(voices, WEIGHTS)]


def test_voices_of_two_methods_add_up() -> None:
    voices = [voice(0, 5, weight=2.0), voice(0, 5, method="model", weight=1.5)]
    assert weigh(voices, WEIGHTS) == pytest.approx(WEIGHTS.bias + 3.5)


def test_a_second_voice_of_one_method_counts_less() -> None:
    voices = [voice(0, 5, weight=2.0), voice(0, 5, weight=1.0)]
    assert weigh(voices, WEIGHTS) == pytest.approx(WEIGHTS.bias + 2.0 + WEIGHTS.second_voice)


def test_a_voice_that_is_not_sure_carries_no_name_alone_but_helps_another() -> None:
    unsure = voice(0, 5, method="gazetteer", sure=False)
    assert places(unsure) == []
    assert places(unsure, voice(0, 5, weight=0.5)) == [(0, 5, "ORG")]


def test_too_little_evidence_is_no_name() -> None:
    assert places(voice(0, 5, weight=-WEIGHTS.bias)) == []


def test_the_type_with_most_evidence_is_taken() -> None:
    assert places(voice(0, 5, "PER", "model"), voice(0, 5, "ORG", weight=2.6)) == [(0, 5, "ORG")]


def test_two_types_with_equal_evidence_give_the_first_of_the_guidelines() -> None:
    assert places(voice(0, 5, "PRODUCT"), voice(0, 5, "ORG", "model")) == [(0, 5, "ORG")]


def test_a_longer_name_is_taken_before_its_parts() -> None:
    assert places(voice(0, 20), voice(0, 6), voice(12, 20)) == [(0, 20, "ORG")]


def test_the_strongest_part_does_not_stand_in_a_name_of_known_extent() -> None:
    strong = voice(20, 25, "LOC", "gazetteer", 9.0)
    assert places(voice(0, 25, weight=2.6, whole=True), strong) == [(0, 25, "ORG")]


def test_names_that_do_not_touch_stand_side_by_side_in_order() -> None:
    assert places(voice(10, 15, "LOC"), voice(0, 5)) == [(0, 5, "ORG"), (10, 15, "LOC")]
