"""Numbers in digits and words, read exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.normalize.numbers import NumberReader, read_digits
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def reader() -> NumberReader:
    return NumberReader(built_in_lexicon().words["amounts"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1500", "1500"),
        ("4 665 000", "4665000"),
        ("2.000", "2000"),
        ("10'000", "10000"),
        ("1.234.567,89", "1234567.89"),
        ("1,500,000", "1500000"),
        ("4,665", "4.665"),
        ("0,99", "0.99"),
        ("3.5", "3.5"),
        ("0.125", "0.125"),
        ("-3,2", "-3.2"),
        ("+15", "15"),
        ("9999999999999999,99", "9999999999999999.99"),
    ],
)
def test_digits(text: str, value: str) -> None:
    assert read_digits(text) == Decimal(value)


def test_in_english_one_comma_groups() -> None:
    assert (read_digits("1,500", english=True), read_digits("1,500")) == (Decimal(1500), Decimal("1.5"))


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.2.3", "٣"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert read_digits(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zéro", "0"),
        ("vingt et un", "21"),
        ("Quarante-deux", "42"),
        ("soixante-dix-sept", "77"),
        ("soixante et onze", "71"),
        ("quatre-vingts", "80"),
        ("quatre-vingt-quinze", "95"),
        ("septante-six", "76"),
        ("nonante", "90"),
        ("cent quatre-vingt-douze", "192"),
        ("trois cents", "300"),
        ("mille", "1000"),
        ("deux cent deux mille", "202000"),
        ("mille neuf cent quatre-vingt-dix-huit", "1998"),
        ("deux virgule cinq", "2.5"),
        ("deux virgule zéro cinq", "2.05"),
        ("une vingtaine", "20"),
        ("une bonne trentaine", "30"),
        ("deux douzaines", "24"),
        ("demi-douzaine", "6"),
        ("un demi", "0.5"),
        ("soixante-dix-neuf", "79"),
        ("quatre-vingt-dix-neuf", "99"),
        ("huitante-neuf", "89"),
        ("quinze cents", "1500"),
        ("cent mille cent un", "100101"),
        ("deux virgule zéro", "2"),
        ("deux cents dizaines", "2000"),
        ("1,500", "1.5"),
    ],
)
def test_words(reader: NumberReader, text: str, value: str) -> None:
    assert reader.read(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("trois quatre", "vingt quarante", "dix trois mois", "cent cent", "mille mille", "trois un", "dix dix", "vingt-dix"),
        *("soixante-vingt", "huitante-dix", "quatre-vingt-vingt", "beaucoup", "beaucoup virgule deux", "deux virgule beaucoup"),
        "beaucoup dizaines",
    ],
)
def test_words_in_no_order_make_no_number(reader: NumberReader, text: str) -> None:
    assert reader.read(text) is None


def test_collectives_say_about_how_many(reader: NumberReader) -> None:
    assert (reader.is_collective("une vingtaine"), reader.is_collective("vingt")) == (True, False)
