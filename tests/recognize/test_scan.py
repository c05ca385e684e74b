"""The scanner: where the rules of a theme match, and which of them wins."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import re2

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_rules
from pipeline.recognize.scan import Scanner, compile_rules, shadow_of
from tests.built import built_in_lexicon

RULES = """
about: Small rules for the tests.
atoms:
  month: mars|avril
rules:
  - id: day
    finds: date
    pattern: (?P<day>\\d+) (?P<month>{month})
    ignore_case: true
  - id: number
    finds: number
    pattern: \\d+
    assigns: {kind: plain}
    unless: {after: \\x20?%}
  - id: name
    finds: nothing
    pattern: 20 Minutes
    priority: 90
  - id: saison
    finds: season
    pattern: été
    before: cet\\x20
  - id: counted
    finds: count
    pattern: (?:six(?= [a-zœ]+s))
  - id: compared
    finds: alone
    pattern: sept
    after: ",|\\\\Z"
"""


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    path: Path = tmp_path_factory.mktemp("rules") / "small.yaml"
    path.write_text(RULES, encoding="utf-8")
    return compile_rules(load_rules(path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("le 3 mars", [("3 mars", "day", {"day": "3"})], id="the longer span wins"),
        pytest.param("LE 3 MARS", [("3 MARS", "day", {"day": "3"})], id="case is ignored where the rule says so"),
        pytest.param("20 Minutes et 20 minutes", [("20", "number", {"kind": "plain"})], id="what finds nothing keeps its place"),
        pytest.param("12 % de 15", [("15", "number", {"kind": "plain"})], id="a context on the right refuses"),
        pytest.param("a été, cet été", [("été", "saison", {})], id="a context on the left is asked for"),
        pytest.param("six œufs, six", [("six", "counted", {})], id="a lookahead is asked for and stays outside"),
        pytest.param("sept, sept ans, sept", [("sept", "compared", {})] * 2, id="a context on the right is asked for"),
        pytest.param("3 marsouins", [("3", "number", {"kind": "plain"})], id="no span ends inside a word"),
        pytest.param("Łódź3 mars", [], id="no span starts inside a word"),
        pytest.param("", [], id="an empty text has no hits"),
    ],
)
def test_the_best_rule_wins_at_the_first_place(
    scanner: Scanner, text: str, expected: list[tuple[str, str, dict[str, str]]]
) -> None:
    hits = [
        (text[hit.start : hit.end], hit.rule.id, {k: v for k, v in hit.parts.items() if k != "month"})
        for hit in scanner.scan(plain_document(text))
    ]

    assert hits == expected


def test_a_shadow_has_one_byte_a_character() -> None:
    assert shadow_of("Été œuvré – 3 €") == b"ete ouvre ? 3 ?"


def test_a_place_where_nothing_that_must_follow_follows_is_no_candidate(scanner: Scanner) -> None:
    (rule,) = (rule for rule in scanner.rules if rule.rule.id == "counted")

    assert [re2.search(rule.shadow, text) is not None for text in (b"six six six", b"six oeufs")] == [False, True]


@pytest.mark.parametrize("theme", ["amounts", "dates"])
def test_a_theme_s_automaton_keeps_within_its_memory(theme: str) -> None:
    """RE2 says nothing when an automaton outgrows its memory: it goes on without it, fifty times more slowly, seen here alone."""
    file = built_in_lexicon().rules[theme]
    examples = [e if isinstance(e, str) else e.text for rule in file.rules for e in rule.examples]
    shadow = b" " + shadow_of(" ".join(examples))
    scanner = compile_rules(file)

    assert seconds_a_place(scanner.automaton, shadow) < 8 * seconds_a_place(re2.compile(rb"[^a-z0-9]\d"), shadow)


def seconds_a_place(automaton: re2._Regexp[bytes], shadow: bytes) -> float:
    """The processor time from one place to the next where the automaton matches, in the fastest of three runs."""
    times = []
    for _ in range(3):
        start, position, places = time.process_time(), 0, 0
        while place := automaton.search(shadow, position):
            position, places = place.start() + 1, places + 1
        times.append((time.process_time() - start) / places)
    return min(times)
