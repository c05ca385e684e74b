"""The door `pipeline.dates`, and the proof of every date rule."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from pipeline.dates import DateFinder
from tests.built import built_in_lexicon
from tests.rules import check_examples

SENTENCES = Path(__file__).parents[1] / "benchmarks" / "dates" / "sentences.jsonl"
MISREAD = ["veille-150", "veille-203", "veille-259", "veille-323"]


@pytest.fixture(scope="module")
def finder() -> DateFinder:
    return DateFinder(built_in_lexicon())


def test_every_rule_finds_its_examples_and_refuses_its_refusals(finder: DateFinder) -> None:
    def find(text: str, published: str | None) -> list[tuple[int, int, str]]:
        return [(r.mention.start, r.mention.end, r.value or "null") for r in finder.find(text, published=published)]

    check_examples(built_in_lexicon().rules["dates"], find)


def test_the_published_set_is_read_but_for_sentences_known(finder: DateFinder) -> None:
    """Span, kind and value of every date of the project's own benchmark."""
    cases = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    misread = []
    for case in cases:
        gold = {(d["start"], d["end"], d["kind"], d["value"]) for d in case["dates"]}
        found = finder.find(case["text"], published=case["published"])
        misread += [case["id"]] if gold != {(r.mention.start, r.mention.end, r.kind, r.value) for r in found} else []

    assert len(cases) >= 300
    assert misread == MISREAD


@pytest.mark.parametrize(
    "filler", ["1", "lundi ", "-", "l'", "« ", "\u00a0", "e\u0301", "\n", "mot", "le 12 mars, ", "il a dit lundi, "]
)
def test_the_cost_of_a_line_grows_with_its_length_alone(finder: DateFinder, filler: str) -> None:
    """Eight times the text takes eight times as long; quadratic work would take sixty-four."""
    assert seconds(finder, filler * 8_000) < 30 * max(seconds(finder, filler * 1_000), 0.0005)


def seconds(finder: DateFinder, text: str) -> float:
    """The processor time of the faster of two runs."""
    times = []
    for _ in range(2):
        start = time.process_time()
        finder.find(text, published="2024-03-01")
        times.append(time.process_time() - start)
    return min(times)
