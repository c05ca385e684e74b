"""The words of a temporal expression as numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.normalize.dates.facts import FactReader, Facts, Unit
from tests.built import built_in_lexicon

ONE = Decimal(1)
SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = (Unit(letter, ONE) for letter in ("TS", "TM", "TH", "D", "W", "M", "Y"))


def read(**parts: str) -> Facts:
    return FactReader(built_in_lexicon().words["dates"]).read(parts)


def test_words_that_say_nothing_give_no_facts() -> None:
    assert read() == Facts()


@pytest.mark.parametrize(
    ("part", "word", "fact", "expected"),
    [
        ("day", "1er", "day", 1),
        ("day", "1 er", "day", 1),
        ("day", "09", "day", 9),
        ("day", "31", "day", 31),
        ("day", "premier", "day", 1),
        ("day", "quinze", "day", 15),
        ("day", "vingt-et-un", "day", 21),
        ("day", "trente et un", "day", 31),
        ("day", "machin", "day", None),
        ("month", "03", "month", 3),
        ("month", "mars", "month", 3),
        ("month", "févr.", "month", 2),
        ("month", "DECEMBRE", "month", 12),
        ("month", "aout", "month", 8),
        ("month", "brumaire", "month", None),
        ("weekday", "Mercredi", "weekday", 2),
        ("weekday", "mar.", "weekday", 1),
        ("weekday", "dim", "weekday", 6),
        ("season", "ÉTÉ", "season", (22, 6, 21)),
        ("season", "hiver", "season", (24, 12, 21)),
        ("season", "mousson", "season", None),
        ("edge", "début", "edge", "start"),
        ("edge", "mi", "edge", "mid"),
        ("edge", "milieu", "edge", "mid"),
        ("word", "avant-hier", "offset", -2),
        ("word", "aujourd'hui", "offset", 0),
        ("word", "après demain", "offset", 2),
        ("word", "surlendemain", "offset", 2),
        ("feast", "noël", "feast", (12, 25, False)),
        ("feast", "Lundi de Pâques", "feast", (0, 1, True)),
        ("feast", "jour férié", "feast", None),
        ("ordinal", "première", "ordinal", 1),
        ("ordinal", "1ère", "ordinal", 1),
        ("ordinal", "2e", "ordinal", 2),
        ("ordinal", "seconde", "ordinal", 2),
        ("ordinal", "dernier", "ordinal", -1),
        ("which", "derniers", "ordinal", -1),
        ("which", "PREMIERS", "ordinal", 1),
        ("which", "2", "ordinal", 2),
        ("decade", "90", "decade", 90),
        ("decade", "1990", "decade", 1990),
        ("decade", "quatre-vingt-dix", "decade", 90),
        ("decade", "deux mille dix", "decade", 2010),
        ("decade2", "soixante-dix", "decade2", 70),
        ("century2", "xx", "century2", 20),
        ("unit2", "mois", "unit2", MONTH),
        ("unit3", "jours", "unit3", DAY),
        ("number2", "trois", "number2", Decimal(3)),
        ("number3", "6", "number3", Decimal(6)),
        ("half", " et demi", "half", True),
        ("about", "environ ", "about", True),
        ("adjective", "quotidiennes", "period", "P1D"),
        ("adjective", "Journalière", "period", "P1D"),
        ("adjective", "hebdomadaires", "period", "P1W"),
        ("adjective", "bimensuel", "period", "P15D"),
        ("adjective", "bimestriel", "period", "P2M"),
        ("adjective", "trimestriellement", "period", "P3M"),
        ("adjective", "biannuel", "period", "P6M"),
        ("adjective", "bisannuel", "period", "P2Y"),
        ("adjective", "biennaux", "period", "P2Y"),
        ("adjective", "curieux", "period", None),
    ],
)
def test_what_a_word_says(part: str, word: str, fact: str, expected: Any) -> None:
    """Capitals and accents make no difference; of what no table has nothing is known."""
    facts: dict[str, Any] = {fact: expected}

    assert read(**{part: word}) == Facts(**facts)


@pytest.mark.parametrize(
    ("parts", "year"),
    [
        ({"year": "2024"}, 2024),
        ({"year": "deux mille vingt-quatre"}, 2024),
        ({"year": "deux mille quinze"}, 2015),
        ({"year": "an mil"}, None),
        ({"year": "50"}, 1950),
        ({"year": "49"}, 2049),
        ({"year": "05"}, 2005),
        ({"year": "794"}, 794),
        ({"year2": "'78"}, 1978),
        ({"year2": "24"}, 2024),
        ({"year": "2023", "year2": "24"}, 2023),
        ({"year": "79", "after_christ": "apr. j.-c."}, 79),
    ],
)
def test_a_year_of_two_digits_is_of_the_last_century_from_fifty_on_or_of_this_one(
    parts: dict[str, str], year: int | None
) -> None:
    """An era behind it (« 79 apr. J.-C. ») makes it the year that stands there; of « hiver 2023-24 » the first counts."""
    assert read(**parts) == Facts(year=year)


def test_a_year_before_the_common_era_stays_as_it_stands() -> None:
    assert read(year="52", before_christ="av. j.-c.") == Facts(year=52, before_christ=True)


@pytest.mark.parametrize(
    ("parts", "near"),
    [
        ({"near": "dernière"}, "last"),
        ({"near": "à venir"}, "next"),
        ({"near": "suivant"}, "after"),
        ({"near": "d'avant"}, "before"),
        ({"near": "en quinze"}, "in two weeks"),
        ({"this": "cet"}, "this"),
        ({"this": "ce même"}, "same"),
        ({"this": "ce", "near": "prochain"}, "next"),
        ({"same": "de la même année"}, "year same"),
        ({"same": "de l'an passé"}, "year last"),
        ({"same": "de la même année", "near": "dernier"}, "last"),
        ({"near": "beau"}, None),
    ],
)
def test_which_one_a_word_means(parts: dict[str, str], near: str | None) -> None:
    """A word behind decides before a demonstrative (« ce lundi prochain »), and both before « de la même année »."""
    assert read(**parts) == Facts(near=near)


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("secondes", SECOND),
        ("mn", MINUTE),
        ("heure", HOUR),
        ("nuits", DAY),
        ("semaines", WEEK),
        ("mois", MONTH),
        ("ans", YEAR),
        ("Années", YEAR),
        ("ANS", YEAR),
        ("MARDIS", WEEK),
        ("étés", YEAR),
        ("jeudi", WEEK),
        ("jeudis", WEEK),
        ("janvier", YEAR),
        ("mars", YEAR),
        ("quinzaine", Unit("D", Decimal(15))),
        ("trimestres", Unit("M", Decimal(3))),
        ("siècle", Unit("Y", Decimal(100))),
        ("milliseconde", Unit("TS", Decimal("0.001"))),
        ("lune", None),
    ],
)
def test_units_of_time(word: str, unit: Unit | None) -> None:
    """A weekday comes back after a week (« tous les jeudis »), a month after a year (« chaque mars »)."""
    assert read(unit=word) == Facts(unit=unit)


@pytest.mark.parametrize(
    ("words", "number", "about"),
    [
        ("36", "36", False),
        ("1 500", "1500", False),
        ("2,5", "2.5", False),
        ("2.5", "2.5", False),
        ("trente-six", "36", False),
        ("Soixante et onze", "71", False),
        ("cent", "100", False),
        ("une dizaine d'", "10", True),
        ("une petite quinzaine de ", "15", True),
        ("quelques", None, False),
    ],
)
def test_numbers(words: str, number: str | None, about: bool) -> None:
    """A dozen and the like are approximate; « quelques » is no number."""
    assert read(number=words) == Facts(number=None if number is None else Decimal(number), about=about)


@pytest.mark.parametrize(
    ("word", "century"),
    [
        ("i", 1),
        ("iv", 4),
        ("v", 5),
        ("ix", 9),
        ("XIX", 19),
        ("xxi", 21),
        ("xl", 40),
        ("xc", 90),
        ("18", 18),
        ("z", None),
    ],
)
def test_roman_numerals(word: str, century: int | None) -> None:
    assert read(century=word) == Facts(century=century)
