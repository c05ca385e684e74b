"""The door `pipeline.amounts`, and the proof of every amount rule."""

from __future__ import annotations

import random
import re
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.amounts import AmountFinder, find
from pipeline.model import Amount
from tests.built import built_in_lexicon
from tests.rules import check_examples

WORDS = (
    *("un", "une", "deux", "trois", "vingt", "cent", "mille", "million", "millions", "milliard", "virgule", "zéro", "vingtaine"),
    *("3", "12", "500", "2016", "4,5", "1.000", "10-15", "3/4", "demi", "demi-milliard", "tiers", "quart", "moitié", "millier"),
    *("de", "d'", "et", "à", "ou", "-", "–", "entre", ",", ".", "(", ")", "sur", "contre", "dont", "passe", "plus", "près", "le"),
    *("%", "€", "$", "M€", "Md€", "euros", "dollars", "francs", "livres", "centimes", "cents", "points", "USD", "la", "par"),
    *("salariés", "jeunes", "H100", "GPU", "km", "MW", "voix", "pour", "an", "environ"),
)

SENTENCES = Path(__file__).parents[1] / "benchmarks" / "amounts" / "sentences.txt"
MARK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
MISREAD = (
    "Le prix des cartes a grimpé de",  # a change, or a range of changes
    "Il a fallu débourser [deux mille et quelques",
    "La France et l'Allemagne comptent",
    "Chaque voiture perd",
    "L'effectif a fondu",
)


@pytest.fixture(scope="module")
def finder() -> AmountFinder:
    return AmountFinder(built_in_lexicon())


def written(amount: Amount) -> str:
    """The amount in the notation of the rule files: `about 10000000..15000000 EUR`, `?` for an unknown currency."""
    bounds = f"{amount.min:f}" if amount.min == amount.max else f"{amount.min:f}..{amount.max:f}"
    return " ".join(part for part in (amount.qualifier, bounds, amount.unit or "?") if part)


def test_every_rule_finds_its_examples_and_refuses_its_refusals(finder: AmountFinder) -> None:
    def found(text: str, published: str | None) -> list[tuple[int, int, str]]:
        return [(a.mention.start, a.mention.end, written(a)) for a in finder.find(text, published=published)]

    check_examples(built_in_lexicon().rules["amounts"], found)


def test_the_published_sentences_are_read_but_for_those_known(finder: AmountFinder) -> None:
    """Span, kind, bounds, unit and qualifier of every amount of the project's own benchmark."""
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    misread = [line for line in lines if marked(finder, MARK.sub(r"\1", line)) != line]

    assert len(lines) >= 250
    assert misread == [line for line in lines if line.startswith(MISREAD)]


def marked(finder: AmountFinder, text: str) -> str:
    """The text with each amount as `[span](value)`."""
    for amount in reversed(finder.find(text)):
        start, end = amount.mention.start, amount.mention.end
        text = f"{text[:start]}[{text[start:end]}]({written(amount)}){text[end:]}"
    return text


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Lever 15\u202fM€, puis 1\u00a0500\u2009000 dollars."
    assert [text[a.mention.start : a.mention.end] for a in find(text)] == ["15\u202fM€", "1\u00a0500\u2009000 dollars"]


def test_sums_are_in_euros_at_the_rate_of_the_publication_day() -> None:
    (amount,) = find("Un chèque de 10 millions de dollars.", published="2024-03-01")
    assert (amount.eur_min, amount.eur_max) == (Decimal("9248127.254231"), Decimal("9248127.254231"))


def test_without_a_day_a_foreign_sum_has_no_value_in_euros() -> None:
    dollars, euros = find("Un chèque de 10 dollars et un autre de 8 euros.", published="2024-03")
    assert (dollars.eur_min, euros.eur_min) == (None, Decimal(8))


def test_any_salad_of_words_yields_spans_of_the_text_in_order(finder: AmountFinder) -> None:
    chance = random.Random(7)
    for _ in range(400):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 25))).replace("' ", "'")
        amounts = finder.find(text, published="2024-03-01")
        assert [text[a.mention.start : a.mention.end] for a in amounts] == [a.mention.text for a in amounts]
        assert all(a.mention.end <= b.mention.start for a, b in pairwise(amounts))


@pytest.mark.parametrize("filler", ["1", " ", "mot", "1 ", "trois ", "un ", "1,", "entre 3 et "], ids=repr)
def test_a_line_of_one_thing_takes_no_longer_than_its_length(finder: AmountFinder, filler: str) -> None:
    """A hundred thousand characters without end of line: a quadratic scan would not come back."""
    finder.find(filler * (100_000 // len(filler)))


@pytest.mark.parametrize(
    "filler", ["1", "12 ", "1 000 ", "1,", "-", "l'", "« ", "\u00a0", "e\u0301", "\n", "mot", "12 euros, ", "dont 3, "]
)
def test_the_cost_of_a_line_grows_with_its_length_alone(finder: AmountFinder, filler: str) -> None:
    """Eight times the text takes eight times as long; quadratic work would take sixty-four."""
    assert seconds(finder, filler * 8_000) < 30 * max(seconds(finder, filler * 1_000), 0.0005)


def seconds(finder: AmountFinder, text: str) -> float:
    """The processor time of the faster of two runs."""
    times = []
    for _ in range(2):
        start = time.process_time()
        finder.find(text)
        times.append(time.process_time() - start)
    return min(times)
