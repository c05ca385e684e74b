"""Voices for names that count for less, or not at all: what else the article says of their letters."""

from __future__ import annotations

import re

import pytest

from pipeline.clean.plain import plain_document
from pipeline.model import Span
from pipeline.recognize.ballot import Decision
from pipeline.recognize.doubts import weaken_lone, weaken_parts, without_given_names, without_guesses, without_people
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.places import Places


def test_a_known_name_inside_a_longer_run_is_no_longer_sure() -> None:
    document = plain_document("Selon Gironde Mobile et la Gironde, tout va.")
    inside = Evidence(6, 13, "LOC", "gazetteer", "g", 3.5, whole=True)
    alone = Evidence(27, 34, "LOC", "gazetteer", "g", 3.5, whole=True)
    weakened, kept = weaken_parts(document, [inside, alone], [Span(6, 20), Span(27, 34)], weight=0.8)
    assert (weakened.sure, weakened.whole) == (False, False)
    assert kept == alone


def test_a_run_that_known_names_fill_is_left_alone() -> None:
    document = plain_document("Le duo Dolmio-Hexavoie.")
    voices = [Evidence(7, 13, "ORG", "gazetteer", "g", 3.5), Evidence(14, 22, "ORG", "gazetteer", "g", 3.5)]
    assert list(weaken_parts(document, voices, [Span(7, 22)], weight=0.8)) == voices


@pytest.mark.parametrize(
    ("text", "weight"),
    [("Fabriqué par Delmas.", 1.5), ("Fabriqué par Delmas, dit Ève Delmas.", 2.0)],
    ids=["of one word", "given in full elsewhere"],
)
def test_a_person_of_one_word_alone_counts_less(text: str, weight: float) -> None:
    places = [match.span() for match in re.finditer("Ève Delmas|Delmas", text)]
    voices = [Evidence(*place, "PER", "model", "model", 2.0) for place in places]
    assert next(weaken_lone(plain_document(text), voices, weight=0.5)).weight == weight


def test_a_name_that_is_written_small_is_no_person() -> None:
    person, body = Evidence(0, 6, "PER", "rule", "per", 2.0), Evidence(0, 6, "ORG", "rule", "org", 2.0)
    assert list(without_people([person, body], [Span(0, 6)])) == [body]
    assert list(without_people([person, body], [Span(0, 7)])) == [person, body]


def test_what_names_nothing_is_left_to_those_who_know() -> None:
    guessed = [Evidence(0, 6, "ORG", "model", "model", 2.0), Evidence(0, 6, "ORG", "gazetteer", "g", 1.7)]
    known = [Evidence(0, 6, "ORG", "gazetteer", "g", 4.0), Evidence(0, 6, "ORG", "rule", "org", 1.0)]
    elsewhere = Evidence(9, 15, "ORG", "model", "model", 2.0)
    assert list(without_guesses([*guessed, *known, elsewhere], Places.of([(3, 8)]), known=4.0)) == [*known, elsewhere]


ROBOT = "Le robot Gaspard. Gaspard marche. Gaspard Perdriel parle."
SPEAKS = Evidence(18, 25, "PER", "rule", "per-speaks", 2.0)


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([], ["Gaspard Perdriel by per-given-name"]),
        ([SPEAKS], ["Gaspard by model", "Gaspard by per-speaks", "Gaspard Perdriel by per-given-name"]),
    ],
    ids=["a thing's name", "words around tell a person"],
)
def test_a_given_name_that_is_a_thing_s_names_no_person(told: list[Evidence], left: list[str]) -> None:
    robot = Evidence(9, 16, "PRODUCT", "rule", "product-kind-before", 2.6)
    voices = [
        Evidence(18, 25, "PER", "rule", "per-given-name-alone", 1.0),
        Evidence(18, 25, "PER", "model", "model", 2.0),
        *told,
        Evidence(34, 50, "PER", "rule", "per-given-name", 2.0),
    ]
    decided = Decision(9, 16, "PRODUCT", (robot,), 2.6)
    found = without_given_names(voices, [decided], ROBOT)
    assert [f"{ROBOT[voice.start : voice.end]} by {voice.rule_id}" for voice in found] == left
