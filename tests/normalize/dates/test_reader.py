"""The dates of a text against each other: lists, ranges, prepositions, quotations, and what was told before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.dates import DateFinder
from pipeline.lexicon import load_lexicon
from pipeline.model import DateReading
from tests.built import built_in_lexicon

SINCE = "counted from {}, the date before it"
QUOTED = "said in a quotation, on a day that the text does not give"
NAMED = "the day of that name that the article gave before"

RULES = """rules:
  - id: date-fair
    finds: date
    phrases: [à la Foire]
    assigns: {value: "2024-06"}
    examples: ["Vu [à la Foire](2024-06)."]
  - id: date-market
    finds: date
    phrases: [au Marché]
    examples: ["Vu [au Marché](null)."]
"""


@pytest.fixture(scope="module")
def finder() -> DateFinder:
    return DateFinder(built_in_lexicon())


def values(readings: tuple[DateReading, ...]) -> list[str | None]:
    return [reading.value for reading in readings]


def told(reading: DateReading) -> tuple[str | None, str | None]:
    return reading.value, reading.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Elle a siégé de mai à juin 2021, en avril et mai 2022, puis lundi.",
            ["2021-05/2021-06", "2022-04", "2022-05", "2024-02-26"],
        ),
        ("Elle a siégé en avril, mai et juin 2021.", ["2021-04", "2021-05", "2021-06"]),
        ("Elle a siégé en novembre et en janvier 2021.", ["2020-11", "2021-01"]),
        ("Elle a siégé le 3 avril ou le 5 mai 2021.", ["2021-04-03", "2021-05-05"]),
        ("Elle a siégé le 9 mai puis le 3 mai 2021.", ["2021-05-09", "2021-05-03"]),
        ("Elle a siégé en avril et le 5 mai 2021.", ["2021-04", "2021-05-05"]),
        ("Elle a siégé en avril, et surtout en mai 2021.", ["2023-04", "2021-05"]),
        ("Elle a siégé en avril dernier et en mai 2021.", ["2023-04", "2021-05"]),
        ("Elle a siégé en avril 2020 et en mai 2021.", ["2020-04", "2021-05"]),
        ("Elle a siégé le 1er avril 78, le 3 mai 1979.", ["1978-04-01", "1979-05-03"]),
        ("Elle a siégé à l'automne et en mai 2021.", ["2023-23", "2021-05"]),
        ("Elle a siégé en mai et à l'automne 2021.", ["2023-05", "2021-23"]),
        ("Elle a siégé mardi 27 et le 5 mars 2021.", ["2024-02-27", "2021-03-05"]),
        ("Elle a siégé en avril et en mai.", ["2023-04", "2023-05"]),
    ],
)
def test_days_and_months_of_a_list_share_the_year_that_the_last_one_says(
    finder: DateFinder, text: str, expected: list[str]
) -> None:
    """A month behind the last one's is of the year before; one with words of its own has its own year."""
    assert values(finder.find(text, published="2024-03-01")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En 2019, elle signe en mars, puis le 4 mai et à l'automne.", ["2019", "2019-03", "2019-05-04", "2019-23"]),
        ("L'exercice 2020 a été marqué par une sortie, en juin.", ["2020", "2020-06"]),
        ("En 2019, elle signe en mars dernier.", ["2019", "2023-03"]),
        ("En 2019, elle signe. En mars, elle part.", ["2019", "2024-03"]),
        ("La ville, fondée en 2019, a signé en mars.", ["2019", "2024-03"]),
    ],
)
def test_a_year_that_opens_a_sentence_is_that_of_its_days_and_months(finder: DateFinder, text: str, expected: list[str]) -> None:
    assert values(finder.find(text, published="2024-03-01")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle part en mai 2021. Le 26 novembre suivant, elle signe.", ["2021-05", "2021-11-26"]),
        ("Elle part en mai 2021. Le 3 mai suivant, elle signe.", ["2021-05", "2022-05-03"]),
        ("Elle part le 4 juin 2020. Le 2 mai précédent, elle jurait.", ["2020-06-04", "2020-05-02"]),
        ("Elle part le 4 juin 2020. Le 9 juin précédent, elle jurait.", ["2020-06-04", "2019-06-09"]),
        ("Le 26 novembre suivant, elle signe.", [None]),
    ],
)
def test_a_day_that_follows_is_the_first_behind_the_date_before(
    finder: DateFinder, text: str, expected: list[str | None]
) -> None:
    assert values(finder.find(text, published="2024-03-01")) == expected


@pytest.mark.parametrize(
    ("written", "value", "start", "end", "modifier"),
    [
        ("depuis mars 2021", "2021-03/..", "2021-03-01", None, "after"),
        ("à partir de mars 2021", "2021-03/..", "2021-03-01", None, "after"),
        ("après 2021", "2021/..", "2021-01-01", None, "after"),
        ("depuis fin 2021", "2021~/..", "2021-01-01", None, "after"),
        ("depuis la semaine dernière", "2024-02-19/..", "2024-02-19", None, "after"),
        ("avant mars 2025", "../2025-03", None, "2025-03-31", "before"),
        ("pas avant mars 2025", "2025-03/..", "2025-03-01", None, "after"),
        ("d'ici mars 2025", "../2025-03", None, "2025-03-31", "before"),
        ("jusqu'en mars 2025", "../2025-03", None, "2025-03-31", "before"),
        ("d'ici fin 2025", "../2025~", None, "2025-12-31", "before"),
        ("avant la semaine prochaine", "../2024-03-10", None, "2024-03-10", "before"),
        ("pour mars 2025", "2025-03", "2025-03-01", "2025-03-31", None),
        ("vers mars 2025", "2025-03~", "2025-03-01", "2025-03-31", None),
        ("vers fin 2025", "2025~", "2025-01-01", "2025-12-31", "end"),
        ("vers la semaine prochaine", "2024-03-04/2024-03-10", "2024-03-04", "2024-03-10", None),
        ("à la mi-mars 2021", "2021-03~", "2021-03-01", "2021-03-31", "mid"),
        ("au début de 2021", "2021~", "2021-01-01", "2021-12-31", "start"),
    ],
)
def test_a_preposition_leaves_one_side_open_or_makes_it_about(
    finder: DateFinder, written: str, value: str, start: str | None, end: str | None, modifier: str | None
) -> None:
    (found,) = finder.find(f"Elle siège {written}.", published="2024-03-01")
    first, last = (dt.date.fromisoformat(day) if day else None for day in (start, end))

    assert found == DateReading(found.mention, "date", value, first, last, found.modifier)
    assert found.modifier == modifier


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Le salon dure de début mars à fin mai 2023.", None, ("2023-03~/2023-05~", None)),
        ("Le salon dure de lundi à mercredi prochain.", "2024-03-01", ("2024-03-04/2024-03-06", None)),
        ("Dans la nuit de mardi à mercredi, tout brûle.", "2024-03-01", ("2024-02-27/2024-02-28", None)),
        ("Dans la nuit du 4 au 5 janvier, tout brûle.", "2024-03-01", ("2024-01-04/2024-01-05", None)),
        ("Le salon dure du 28 février au 3 mars 2021.", None, ("2021-02-28/2021-03-03", None)),
        ("Le salon dure du 28 au 30 février 2021.", None, (None, "the calendar has no such day")),
        ("Le salon dure de mars à mai.", None, (None, "the publication date is not known")),
        ("Le budget 2023-25 est voté.", None, ("2023/2025", None)),
        ("Le budget 2023-2025 est voté.", None, ("2023/2025", None)),
        ("Le budget 2023-11 est voté.", None, ("2023-11", None)),
        ("L'année scolaire 2024-2025 commence.", None, ("2024-09/2025-08", None)),
        ("Les 15 et 16 mai 2023, elle siège.", None, ("2023-05-15/2023-05-16", None)),
        ("La veille du 1er mars 2024, elle siège.", None, ("2024-02-29", None)),
        ("Le surlendemain du 30 décembre 2023, elle siège.", None, ("2024-01-01", None)),
        ("La veille de Noël, elle siège.", None, (None, "the publication date is not known")),
    ],
)
def test_ranges_and_days_beside_a_day(
    finder: DateFinder, text: str, published: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert told(finder.find(text, published=published)[0]) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("« Nous signons aujourd'hui à 14 h », dit-elle.", None),
        ("“Nous signons aujourd'hui à 14 h”, dit-elle.", None),
        ('"Nous signons aujourd\'hui à 14 h", dit-elle.', None),
        ("« Oui », dit-elle aujourd'hui à 14 h.", "2024-03-01"),
        ("“Oui”, dit-elle aujourd'hui à 14 h.", "2024-03-01"),
        ('"Oui", dit-elle aujourd\'hui à 14 h.', "2024-03-01"),
        ("Elle signe aujourd'hui à 14 h « sans regret ».", "2024-03-01"),
        ("« Oui, dit-elle.\nElle signe aujourd'hui à 14 h.", "2024-03-01"),
        (f"« Oui, dit-elle. {'x' * 972} Elle signe aujourd'hui à 14 h.", "2024-03-01"),
        (f"« Oui, dit-elle. {'x' * 971} Elle signe aujourd'hui à 14 h.", None),
    ],
)
def test_today_within_a_quotation_is_a_day_nobody_knows(finder: DateFinder, text: str, value: str | None) -> None:
    """A mark that is never closed counts to the end of its line, a thousand characters at most."""
    (found,) = finder.find(text, published="2024-03-01")

    assert told(found) == (value, None if value else QUOTED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le mardi 17 décembre 2024, elle part. Elle parle mardi.", ("2024-12-17", NAMED)),
        ("Mardi 17 décembre 2024, puis mardi 24 décembre 2024, elle parle. Elle part mardi.", ("2024-12-24", NAMED)),
        ("Mardi 17 décembre 2024, puis jeudi 19 décembre 2024, elle parle. Elle part mardi.", ("2024-12-17", NAMED)),
        ("Le 17 décembre 2024, elle part. Elle parle mardi.", (None, "the publication date is not known")),
    ],
)
def test_a_weekday_without_publication_is_the_last_day_named_so(
    finder: DateFinder, text: str, expected: tuple[str | None, str | None]
) -> None:
    assert told(finder.find(text)[-1]) == expected


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("Elle siège depuis 2021. L'année suivante, elle part.", "2022", "2021"),
        ("Elle paie avant mars 2021. Le mois suivant, elle part.", "2021-04", "2021-03"),
        ("Elle paie avant fin mars 2021. Le mois suivant, elle part.", "2021-04", "2021-03~"),
        ("Elle siège de mars à mai 2021. L'année suivante, elle part.", "2022", "2021-03/2021-05"),
        ("Elle siège du 10 au 12 mars 2021. Le lendemain, elle part.", "2021-03-13", "2021-03-10/2021-03-12"),
        ("Elle part en mars 2021. Deux ans plus tard, elle siège. L'année suivante, elle repart.", "2024", "2023"),
        ("Elle part en mars 2021. Elle paie 3 € par mois. Le mois suivant, elle revient.", "2021-04", "2021-03"),
        ("Elle part le 6 mars 2021. Elle siège deux mois. Le lendemain, elle revient.", "2021-03-07", "2021-03-06"),
        ("Le 6 mars 2021, elle promet de payer avant le 8 avril 2021. Le lendemain, elle part.", "2021-03-07", "2021-03-06"),
        ("Elle part le 6 mars 2021. Trois jours plus tard, elle rit. La veille, elle siège.", "2021-03-08", "2021-03-09"),
        ("Elle part le 6 mars 2021. Elle siège en mai 2021. La veille, elle riait.", "2021-03-05", "2021-03-06"),
    ],
)
def test_what_later_dates_are_counted_from(finder: DateFinder, text: str, value: str, base: str) -> None:
    """The closed end of an open date, what a length of time leads to; a deadline is no day of the story."""
    assert told(finder.find(text)[-1]) == (value, SINCE.format(base))


@pytest.mark.parametrize(
    ("text", "value", "day", "reason"),
    [
        (
            "Elle part deux jours après le 13 mai 1999.",
            "P2D",
            "1999-05-15",
            "leads to 1999-05-15, counted from 1999-05-13, the date behind it",
        ),
        ("Elle part trois jours après mars 2021.", "P3D", None, "no date before it to count from"),
        ("Elle part deux jours après mardi.", "P2D", None, None),
        ("Elle siège deux jours.", "P2D", None, None),
        ("Elle siège pendant des mois.", None, None, "the text gives no number"),
        ("Elle siège. Deux jours plus tard, elle part.", "P2D", None, "no date before it to count from"),
    ],
)
def test_a_length_of_time_and_the_day_to_which_it_leads(
    finder: DateFinder, text: str, value: str | None, day: str | None, reason: str | None
) -> None:
    (found,) = (reading for reading in finder.find(text) if reading.kind == "duration")
    leads_to = dt.date.fromisoformat(day) if day else None

    assert found == DateReading(found.mention, "duration", value, leads_to, leads_to, None, reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une demande qui prenait neuf semaines en prendra trois.", ["P9W", "P3W"]),
        ("Elle attend une demi-heure puis deux ans, contre six ailleurs.", ["PT30M", "P2Y", "P6Y"]),
        ("Elle a neuf clients et en prendra trois.", []),
    ],
)
def test_a_length_of_time_without_unit_has_that_of_the_one_before(finder: DateFinder, text: str, expected: list[str]) -> None:
    assert values(finder.find(text)) == expected


def test_a_rule_may_give_its_value_itself(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "dates.yaml"
    path.parent.mkdir()
    path.write_text(RULES, encoding="utf-8")
    found = DateFinder(load_lexicon((tmp_path,))).find("Vu à la Foire et au Marché.")

    assert [told(reading) for reading in found] == [("2024-06", None), (None, "its rule gives it no value")]
