"""The sieve lets through every expression that matches, and keeps out most of those that do not."""

from __future__ import annotations

import pickle
import re

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.recognize.events_rules import read_event_rules
from pipeline.recognize.sieve import Sieve

MATCHING = {
    "lookbehind": (r"(?<!\w)rachat", "le rachat"),
    "lookahead with a class": (r"levée(?= de [\U000f0005])", "une levée de \U000f0005"),
    "negated class": (r"sign[^.;é]{0,6}accord", "signent l'accord"),
    "negated class of classes": (r"a[^\w\s]b", "a-b"),
    "letters beyond ASCII": (r"l\w+ve \w+", "lève Ωmega"),
    "spaces beyond ASCII": (r"12\sM€", "12\u202fM€"),
    "digits beyond ASCII": (r"\d\d", "١٢"),
    "class with classes": (r"[\w'-]+ment", "rarem-ent récemment"),
    "count": (r"a{2,3}b", "xaaab"),
    "lazy count": (r"a.{0,3}?b", "a--b"),
    "bounds": (r"^\ble\b$", "le"),
    "end before a line break": (r"le$", "le\n"),
    "any sign": (r"a.b", "a😀b"),
    "escaped brace": (r"a\{b", "a{b"),
    "beginning of a word behind an apostrophe": (r"(?<!\w)amende", "l'amende"),
    "beginning of a word that is the first": (r"(?<![\w-])élu", "élu hier"),
    "beginning of a word, with a letter of ASCII or another": (r"(?<!\w)(?:maire|élu)", "l'élu"),
    "beginning of a word behind a sign beyond ASCII": (r"(?<!\w)(?:maire|ministre)", "« maire"),
    "beginning of a word or of a sign": (r"(?<!\w)(?:maire|\{)", "l'{"),
    "end of a word before an accent's sign": (r"le(?!\w)", "le…"),
    "end of a word that is the last": (r"le(?![\w'-])", "le"),
    "two words of which one is bounded": (r"(?<!\w)rachat|vente(?!\w)", "revente"),
    "what must follow": (r"levée (?:de fonds|(?=\d+ M€))", "levée 12 M€"),
    "what must follow, at the end of a word": (r"le(?= chat)(?!\w)", "le chat"),
    "named group": (r"(?P<noun>plainte)s?", "deux plaintes"),
    "what RE2 cannot read": (r"(\w)\1", "allée"),
    "a half of a pair of surrogates": (r"une.amende", "une\ud800amende"),
}


@pytest.mark.parametrize(("pattern", "text"), MATCHING.values(), ids=MATCHING.keys())
def test_what_matches_passes(pattern: str, text: str) -> None:
    assert re.search(pattern, text)
    assert Sieve([re.compile("never"), re.compile(pattern)]).passing(text) == [1]


def test_what_does_not_match_stays_out() -> None:
    patterns = map(re.compile, ["amende", r"rach[eè]t\w+", "plainte"])
    assert Sieve(patterns).passing("elle rachète une entreprise") == [1]
    bounded = ["(?<!\\w)achat", "achat(?!\\w)", "(?<!\\w)acheteur", "ach(?=eteur)"]
    assert Sieve(map(re.compile, bounded)).passing("rachats et racheteurs") == [3]


def test_the_numbers_are_those_of_the_expressions() -> None:
    sieve = Sieve(map(re.compile, ["(?<!\\w)amende", "un.* rachat", "(?<!\\w)plainte", "une [^,]*vente"]))
    texts = ["une vente, un rachat, une amende", "la plainte", "rien"]
    assert [sieve.passing(text) for text in texts] == [[0, 1, 3], [2], []]
    assert [pickle.loads(pickle.dumps(sieve)).passing(text) for text in texts] == [[0, 1, 3], [2], []]


@pytest.mark.parametrize("at_start", [False, True])
def test_of_no_expressions_none_passes(at_start: bool) -> None:
    assert Sieve([], at_start).passing("une amende") == []


@pytest.mark.parametrize("at_start", [False, True])
def test_expressions_without_a_word_of_their_own_are_tried_as_well(at_start: bool) -> None:
    assert Sieve(map(re.compile, [r"\d+ ?%", "[.;]", r"\w*"]), at_start).passing("12 %") == [0, 2]


def test_every_event_rule_that_matches_its_own_examples_passes() -> None:
    file = load_lexicon().rules["events"]
    rules = [rule for rule in read_event_rules(file) if not rule.learned]
    sieve = Sieve(rule.pattern for rule in rules)
    examples = [text.lower() for rule in file.rules for text in rule.examples]
    for text in examples:
        assert {number for number, rule in enumerate(rules) if rule.pattern.compiled.search(text)} <= set(sieve.passing(text))
    assert sum(len(sieve.passing(text)) for text in examples) < len(examples) * len(rules) / 50


def test_what_begins_further_on_does_not_pass_at_the_start() -> None:
    patterns = [re.compile("amende"), re.compile("une amende"), re.compile(r"(?<!\w)une(?!\w)")]
    assert Sieve(patterns, at_start=True).passing("une amende") == [1, 2]


@pytest.mark.parametrize(("at_start", "numbers"), [(False, [0]), (True, [])])
def test_a_sieve_travels_to_a_worker(at_start: bool, numbers: list[int]) -> None:
    sieve = Sieve([re.compile("amende", re.IGNORECASE), re.compile(r"rach[eè]t")], at_start)
    assert pickle.loads(pickle.dumps(sieve)).passing("une AMENDE") == numbers
