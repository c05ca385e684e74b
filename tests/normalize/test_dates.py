"""What temporal expressions mean: values, bounds, modifiers, and what nobody can know."""

from __future__ import annotations

import datetime as dt

import pytest
from edtf import parse_edtf

from pipeline.dates import DateFinder
from pipeline.normalize.dates.edtf import find_bounds
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def finder() -> DateFinder:
    return DateFinder(built_in_lexicon())


def value(finder: DateFinder, text: str, published: str | None) -> list[str | None]:
    return [reading.value for reading in finder.find(text, published=published)]


@pytest.mark.parametrize(
    ("text", "by_day", "by_month", "by_year", "unknown"),
    [
        ("La réunion a eu lieu lundi.", "2024-02-26", None, None, None),
        ("La réunion a eu lieu hier.", "2024-02-29", None, None, None),
        ("La réunion a eu lieu le mois dernier.", "2024-02", "2024-02", None, None),
        ("La réunion a eu lieu l'an dernier.", "2023", "2023", "2023", None),
        ("La réunion a eu lieu il y a six mois.", "2023-09", "2023-09", None, None),
        ("La réunion a eu lieu le mardi 12 mars 2024.", "2024-03-12", "2024-03-12", "2024-03-12", "2024-03-12"),
        ("La réunion aura lieu en mai.", "2024-05", "2024-05", None, None),
        ("La réunion a eu lieu mardi 12.", "2024-03-12", "2024-03-12", None, None),
        ("La réunion a eu lieu le 12 mars dernier.", "2023-03-12", None, None, None),
        ("La réunion a eu lieu l'hiver dernier.", "2022-24", None, None, None),
        ("La réunion a eu lieu ce week-end.", "2024-02-24/2024-02-25", None, None, None),
        ("La réunion aura lieu en semaine 14.", "2024-04-01/2024-04-07", "2024-04-01/2024-04-07", "2024-04-01/2024-04-07", None),
    ],
)
def test_a_value_is_never_finer_than_the_publication_date_allows(
    finder: DateFinder, text: str, by_day: str, by_month: str | None, by_year: str | None, unknown: str | None
) -> None:
    values = [value(finder, text, published) for published in ("2024-03-01", "2024-03", "2024", None)]

    assert values == [[by_day], [by_month], [by_year], [unknown]]


def test_a_day_that_opens_a_story_is_past(finder: DateFinder) -> None:
    assert value(finder, "Mercredi, en présentant son « omnibus », pas un mot.", "2024-03-01") == ["2024-02-28"]


def test_an_unknown_value_says_why(finder: DateFinder) -> None:
    readings = [*finder.find("Rien lundi.", published="2024-03"), *finder.find("Rien lundi.", published="2024-03-01")]

    assert [(r.value, r.reason) for r in readings] == [
        (None, "the publication date is not known to the day"),
        (None, "nothing tells whether the last or the next one is meant"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle a démissionné jeudi.", "2024-02-29"),
        ("Elle démissionnera jeudi.", "2024-03-07"),
        ("Elle va démissionner jeudi.", "2024-03-07"),
        ("Attendue jeudi, elle n'est pas venue.", "2024-03-07"),
        ("Publié jeudi, le rapport accable la ville.", "2024-02-29"),
        ("Elle a démissionné vendredi.", "2024-03-01"),
        ("Ce vendredi, elle démissionne.", "2024-03-01"),
        ("Jeudi, elle rouvrait ses portes et livrait ses clients.", "2024-02-29"),
        ("Jeudi, elle rouvrirait ses portes.", "2024-03-07"),
    ],
)
def test_the_tense_of_the_clause_places_a_weekday(finder: DateFinder, text: str, expected: str) -> None:
    assert value(finder, text, "2024-03-01") == [expected]


def test_anaphoric_dates_are_counted_from_the_one_before_and_say_so(finder: DateFinder) -> None:
    readings = finder.find("Le 9 octobre 2023, la panne éclate. Le lendemain, le PDG part. La même année, tout ferme.")

    assert [(r.value, r.reason) for r in readings] == [
        ("2023-10-09", None),
        ("2023-10-10", "counted from 2023-10-09, the date before it"),
        ("2023", "counted from 2023-10-10, the date before it"),
    ]


@pytest.mark.parametrize(
    ("text", "days", "reason"),
    [
        (
            "Le 12 février, il part. Trois jours plus tard, il revient.",
            "2024-02-15",
            "leads to 2024-02-15, counted from 2024-02-12",
        ),
        ("Le 12 février, il part. Deux jours plus tôt, il riait.", "2024-02-10", "leads to 2024-02-10, counted from 2024-02-12"),
        ("En mars 2021, il part. Dix jours plus tard, il revient.", "None", "no date before it to count from"),
        ("Le 12 février, il part. 9 000 000 semaines plus tard, il revient.", "None", "it lies outside the years 1 to 9999"),
    ],
)
def test_a_length_of_time_says_the_day_to_which_it_leads(finder: DateFinder, text: str, days: str, reason: str) -> None:
    _, later = finder.find(text, published="2024-03-01")

    assert (later.kind, str(later.start_date), (later.reason or "").partition(", the date")[0]) == ("duration", days, reason)
    assert later.end_date == later.start_date


@pytest.mark.parametrize("text", ["Dans 9 000 000 jours.", "Il y a 3 000 000 jours.", "Il y a 30 000 ans.", "Dans 200 000 mois."])
def test_what_lies_beyond_the_calendar_has_no_value(finder: DateFinder, text: str) -> None:
    assert value(finder, text, "2024-03-01") == [None]


def test_the_same_month_of_a_year_is_that_of_the_day_in_it(finder: DateFinder) -> None:
    text = "Le 12 mars 2021, elle part. La même année, elle revient. Le même mois, tout ferme."

    assert value(finder, text, "2024-03-01") == ["2021-03-12", "2021", "2021-03"]


@pytest.mark.parametrize(
    ("text", "expected", "start", "end", "modifier"),
    [
        ("Fin 2025, tout change.", "2025~", dt.date(2025, 1, 1), dt.date(2025, 12, 31), "end"),
        ("Depuis 2021, tout change.", "2021/..", dt.date(2021, 1, 1), None, "after"),
        ("D'ici l'été, tout change.", "../2024-22", None, dt.date(2024, 9, 21), "before"),
        ("Au premier trimestre 2024, tout change.", "2024-33", dt.date(2024, 1, 1), dt.date(2024, 3, 31), None),
        ("Dans les années 1990, tout change.", "199X", dt.date(1990, 1, 1), dt.date(1999, 12, 31), None),
        ("Du 13 au 15 février, tout a changé.", "2024-02-13/2024-02-15", dt.date(2024, 2, 13), dt.date(2024, 2, 15), None),
    ],
)
def test_bounds_and_modifier_follow_the_value(
    finder: DateFinder, text: str, expected: str, start: dt.date | None, end: dt.date | None, modifier: str | None
) -> None:
    (reading,) = finder.find(text, published="2024-03-01")

    assert (reading.value, reading.start_date, reading.end_date, reading.modifier) == (expected, start, end, modifier)


@pytest.mark.parametrize("written", ["2024-02", "2024-02-29", "2024", "2024-33", "2024-22", "199X", "18XX", "2024-01/2024-06"])
def test_values_are_edtf_and_bounds_agree_with_the_edtf_package(written: str) -> None:
    first, last = find_bounds(written)
    parsed = parse_edtf(written)

    assert first is not None
    assert last is not None
    if "-2" not in written[4:7]:  # The package lets seasons begin with a month.
        assert (first, last) == (_day(parsed.lower_strict()), _day(parsed.upper_strict()))


def _day(moment: tuple[int, ...]) -> dt.date:
    return dt.date(moment[0], moment[1], moment[2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le service ouvrira à Pâques 2025.", "2025-04-20"),
        ("Le bureau sera fermé le lundi de Pâques 2024.", "2024-04-01"),
        ("La foire se tient à la Pentecôte 2023.", "2023-05-28"),
        ("La révolte commence à Pâques 1788.", "1788-03-23"),
    ],
)
def test_a_feast_that_is_counted_from_easter_has_its_day(finder: DateFinder, text: str, expected: str) -> None:
    assert value(finder, text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pendant trente-six heures.", "PT36H"),
        ("Pendant deux ans et demi.", "P2Y6M"),
        ("Pendant un an et trois mois.", "P1Y3M"),
        ("Pendant une quinzaine de jours.", "P15D"),
        ("Pendant une demi-heure.", "PT30M"),
        ("Pendant des mois.", None),
    ],
)
def test_durations_are_iso_8601(finder: DateFinder, text: str, expected: str | None) -> None:
    assert value(finder, text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alésia tombe en 52 av. J.-C. et Pompéi en 79 après J.-C.", [("-0051", None), ("0079", dt.date(79, 1, 1))]),
        ("La première semaine d'avril sera décisive.", [("2024-04-01/2024-04-07", dt.date(2024, 4, 1))]),
        ("La dernière semaine de 2015 fut calme.", [("2015-12-28/2016-01-03", dt.date(2015, 12, 28))]),
        ("Les offres sont attendues avant le 15.", [("../2024-03-15", None)]),
        ("Le salon se tiendra du lundi 11 au jeudi 14.", [("2024-03-11/2024-03-14", dt.date(2024, 3, 11))]),
        ("Le service sera coupé du 2024-03-04 au 2024-03-06.", [("2024-03-04/2024-03-06", dt.date(2024, 3, 4))]),
        ("Le reste de l'année sera calme.", [("2024-03-01/2024-12-31", dt.date(2024, 3, 1))]),
        ("L'outil servira pour l'année scolaire 2024-2025.", [("2024-09/2025-08", dt.date(2024, 9, 1))]),
        ("Le réseau grandit des années 80 aux années 2000.", [("198X/200X", dt.date(1980, 1, 1))]),
        ("Des lettres du XVIIIe au XXe siècle.", [("17XX/19XX", dt.date(1700, 1, 1))]),
        ("Du premier au troisième trimestre 2023, rien.", [("2023-33/2023-35", dt.date(2023, 1, 1))]),
        ("Au lendemain de la Toussaint, elle a fermé.", [("2023-11-02", dt.date(2023, 11, 2))]),
    ],
)
def test_a_day_week_or_year_is_read_by_its_number(
    finder: DateFinder, text: str, expected: list[tuple[str | None, dt.date | None]]
) -> None:
    assert [(r.value, r.start_date) for r in finder.find(text, published="2024-03-01")] == expected


def test_a_day_without_its_month_is_not_known_where_the_day_of_publication_is_not(finder: DateFinder) -> None:
    readings = finder.find("Les offres sont attendues avant le 15.", published="2024-03")

    assert [(r.value, r.reason) for r in readings] == [(None, "the publication date is not known to the day")]


def test_a_length_of_time_leads_to_a_day_from_the_date_behind_it(finder: DateFinder) -> None:
    readings = finder.find("La panne a eu lieu deux semaines avant le 13 mai 1999.", published="2024-03-01")

    assert [(r.kind, r.value, r.start_date, r.reason) for r in readings] == [
        ("duration", "P2W", dt.date(1999, 4, 29), "leads to 1999-04-29, counted from 1999-05-13, the date behind it"),
        ("date", "1999-05-13", dt.date(1999, 5, 13), None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le port fermera avant l'hiver.", ["../2024-24"]),
        ("Une ligne nouvelle à l'été", ["2024-22"]),
        ("Le conseil a siégé le 3, le 9 et le 24 mai 2023.", ["2023-05-03", "2023-05-09", "2023-05-24"]),
        ("L'enquête, ouverte le 3 mai 2023, a été classée le 17.", ["2023-05-03", "2023-05-17"]),
        ("Dix jours à peine après le 12 mai 2023, il part.", ["P10D", "2023-05-12"]),
        ("Elle passe de 8 % en 2017 à 13 % en 2023.", ["2017", "2023"]),
        ("Il opère dans une quinzaine de pays depuis une quinzaine de jours.", ["P15D"]),
        ("Visite guidée samedi.", ["2024-03-02"]),
        ("Le train démarrait lundi ; le maire inaugurait mardi la halle.", ["2024-02-26", "2024-02-27"]),
        ("Il n'a pas répondu jeudi à la mi-journée.", ["2024-02-29"]),
    ],
)
def test_words_around_a_date_say_which_one_it_is(finder: DateFinder, text: str, expected: list[str]) -> None:
    assert value(finder, text, "2024-03-01") == expected


@pytest.mark.parametrize(
    ("published", "text", "last"),
    [
        ("2024-03-20", "Le 3 mars 2024, il partit. Le lundi suivant, il revint.", "2024-03-04"),
        ("2024-03-20", "Le 3 mars 2024, il partit. Le lundi précédent, il pleuvait.", "2024-02-26"),
        ("2024-03-20", "Le 4 mars 2024, un lundi, il partit. Le lundi suivant, il revint.", "2024-03-11"),
        ("2024-03-20", "Le compte sera publié au premier quadrimestre 2024.", "2024-01/2024-04"),
        ("2024-03-20", "Le compte sera publié au deuxième quadrimestre 2024.", "2024-05/2024-08"),
        ("2024-03-20", "La loi est votée en mars 2023. En janvier précédent, elle était rejetée.", "2023-01"),
        ("2024-03-20", "La loi est votée en mars 2023. En janvier suivant, elle entre en vigueur.", "2024-01"),
        ("2024-03-20", "Il partira la première semaine de mai 2024.", "2024-04-29/2024-05-05"),
        ("2024-03-20", "Il partira la dernière semaine de mai 2024.", "2024-05-27/2024-06-02"),
        ("2024-03-20", "Il est venu le dernier lundi de mai 2023.", "2023-05-29"),
        ("2024-03-20", "Il est venu le premier mardi de mai 2023.", "2023-05-02"),
        ("2024-03-20", "Il est venu le 12 du mois dernier.", "2024-02-12"),
        ("2024-03-20", "Il viendra le 12 du mois prochain.", "2024-04-12"),
        ("2024-03-20", "Il viendra lundi de la semaine prochaine.", "2024-03-25"),
        ("2024-03-20", "Il est venu jeudi de la semaine dernière.", "2024-03-14"),
        ("2024-03-20", "Il viendra vendredi de cette semaine.", "2024-03-22"),
        ("2024-03-20", "Le salon dure du 28 décembre au 3 janvier 2024.", "2023-12-28/2024-01-03"),
        ("2024-03-20", "Le salon dure de lundi à mercredi 13 mars 2024.", "2024-03-11/2024-03-13"),
        ("2024-03-20", "Le salon dure de mars à mai 2023.", "2023-03/2023-05"),
        ("2024-09-15", "Elle ouvrira à la rentrée prochaine.", "2025-09"),
        ("2024-09-15", "Elle a ouvert à la rentrée dernière.", "2024-09"),
        ("2024-03-01", "Il viendra le week-end prochain.", "2024-03-02/2024-03-03"),
        ("2024-03-02", "Il viendra le week-end prochain.", "2024-03-09/2024-03-10"),
        ("2024-03-03", "Il viendra le week-end prochain.", "2024-03-09/2024-03-10"),
        ("2024-03-02", "Il est venu le week-end dernier.", "2024-02-24/2024-02-25"),
        ("2024-03-20", "Il est parti il y a 48 heures.", "2024-03-18"),
        ("2024-03-20", "Il part dans 24 heures.", "2024-03-21"),
        ("2024-03-20", "Il a parlé en mars et en mai 2022.", "2022-05"),
        ("2024-03-20", "Le palais date du XIXe siècle.", "18XX"),
    ],
)
def test_the_last_date_of_a_text(finder: DateFinder, published: str, text: str, last: str) -> None:
    """Counted from the date before it, from the calendar's weeks and thirds, or from the day of publication."""
    assert value(finder, text, published)[-1] == last
