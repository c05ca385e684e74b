"""Scores: a probability that grows with the evidence, and the measure of how far it is off."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.recognize.ballot import Decision
from pipeline.recognize.calibration import Calibration, company, expected_calibration_error, fit, logistic
from pipeline.recognize.evidence import Evidence

CALIBRATION = Calibration(load_lexicon().words["names_calibration"])


def decision(total: float, *methods: str) -> Decision:
    voices = tuple(Evidence(0, 4, "ORG", method, "r", 1.0) for method in methods)  # type: ignore[arg-type]
    return Decision(0, 4, "ORG", voices, total)


def test_more_evidence_never_scores_lower() -> None:
    scores = [CALIBRATION.score(decision(total, "model", "rule")) for total in (0.1, 1.0, 2.0, 4.0, 8.0)]
    assert scores == sorted(scores)
    assert 0.5 < scores[0] < scores[-1] < 1.0


@pytest.mark.parametrize(
    ("methods", "expected"),
    [(("model",), "model_alone"), (("model", "rule"), "model_and_others"), (("gazetteer",), "without_model")],
)
def test_a_decision_keeps_its_company(methods: tuple[str, ...], expected: str) -> None:
    assert company(decision(1.0, *methods)) == expected


def test_a_score_that_is_always_right_about_itself_has_no_error() -> None:
    assert expected_calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0.0


def test_certainty_in_what_is_wrong_is_all_error() -> None:
    assert expected_calibration_error([(1.0, False), (1.0, False)]) == 1.0


def test_nothing_scored_has_no_error() -> None:
    assert expected_calibration_error([]) == 0.0


def test_a_fitted_curve_tells_the_shares_it_was_fitted_on() -> None:
    pairs = [(0.0, n % 2 == 0) for n in range(200)] + [(4.0, n % 20 != 0) for n in range(200)]
    slope, intercept = fit(pairs)
    assert logistic(intercept) == pytest.approx(0.5, abs=0.03)
    assert logistic(4 * slope + intercept) == pytest.approx(0.95, abs=0.03)
