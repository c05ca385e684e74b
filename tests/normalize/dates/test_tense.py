"""The tense of the clause around a date."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.normalize.dates.frame import Evidence
from pipeline.normalize.dates.tense import COMMA, STRONG, SUBORDINATE, TenseReader, Verb
from tests.built import built_in_lexicon

PAST, FUTURE = Evidence("past", sure=True), Evidence("future", sure=True)
PERHAPS_PAST, PERHAPS_FUTURE, UNTOLD = Evidence("past", sure=False), Evidence("future", sure=False), Evidence(None, sure=False)


def reader() -> TenseReader:
    return TenseReader(built_in_lexicon().words["dates-tense"])


def told(marked: str) -> Evidence:
    """What tells the tense of the date that stands in brackets."""
    before, _, behind = marked.partition("[")
    date, _, behind = behind.partition("]")

    return reader().open(plain_document(before + date + behind)).find(len(before), len(before + date))


@pytest.mark.parametrize(
    ("sentence", "verbs"),
    [
        ("Elle n'a toujours pas démissionné.", [("n'a toujours pas démissionné", "past")]),
        ("Elle fut nommée, elle était saluée.", [("fut nommée", "past"), ("était saluée", "past")]),
        ("Ils signèrent, il vint, elle rouvrait.", [("signèrent", "past"), ("vint", "past"), ("rouvrait", "past")]),
        ("Elle annonce un plan, vient de signer.", [("annonce", "past"), ("vient de", "past")]),
        ("Elle partira, nous resterons.", [("partira", "future"), ("nous resterons", "future")]),
        ("Elle va signer, doit être entendue.", [("va signer", "future"), ("doit être entendue", "future")]),
        ("Il rouvrirait si la salle ouvre.", [("rouvrirait", "future"), ("ouvre", "future")]),
        ("Le vote, prévu, est reporté à mardi.", [("prévu", "planned"), ("est reporté à", "planned")]),
        ("Publié trop tard, le rapport accable.", [("Publié", "weak_past")]),
        ("La levée, la matinée et une arrivée.", []),
        ("Une étude parue", [("parue", "weak_past")]),
        ("L'opéra et la caméra.", []),
        ("« Nous partirons » : Nous resterons.", [("Nous partirons", "future"), ("Nous resterons", "future")]),
        ("Porto Novo. Il S'ouvre.", []),
    ],
)
def test_verb_forms_and_what_they_tell(sentence: str, verbs: list[tuple[str, str]]) -> None:
    """An article before a participle makes it a noun; a capital in the middle of a clause makes a verb a name."""
    found = list(reader().find_verbs(sentence, 0))

    assert [(sentence[verb.start : verb.end], verb.kind) for verb in found] == verbs


def test_verbs_stand_where_they_stand_in_the_document() -> None:
    assert list(reader().find_verbs("Elle a parlé.", 100)) == [Verb(105, 112, "past")]


@pytest.mark.parametrize(
    ("between", "cost"),
    [
        ("", 0),
        (" ", 0),
        (" aux élus ", 8),
        (" aux élus (et au préfet) ", 8),
        (" aux (ou presque) élus ", 9),
        (" aux élus, ", 9 + COMMA),
        (" aux élus et ", 11 + SUBORDINATE),
        (" aux élus, qui ", 13 + SUBORDINATE),
        (" aux élus ; ", 10 + STRONG),
        (" aux élus : « oui », ", 19 + 3 * STRONG + COMMA),
    ],
)
def test_what_stands_between_verb_and_date_costs_its_length_and_its_bounds(between: str, cost: int) -> None:
    assert reader().cost(between) == cost


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Elle a démissionné [jeudi].", PAST),
        ("Elle démissionnera [jeudi].", FUTURE),
        ("Le vote est prévu [jeudi].", FUTURE),
        ("Publié [jeudi], le rapport accable.", PERHAPS_PAST),
        ("[Jeudi], publié trop tard, le rapport accable.", PERHAPS_PAST),
        ("Le rapport, publié par le Parlement européen [jeudi], servira.", PERHAPS_PAST),
        ("Le rapport, publié par le Parlement européen et utile [jeudi], servira.", FUTURE),
        ("Le rapport publié par le Parlement européen [jeudi] servira.", FUTURE),
        ("[Jeudi], elle rouvrira.", FUTURE),
        ("Elle a dit qu'elle partira [lundi].", FUTURE),
        ("Elle a promis [lundi] qu'elle partira.", PAST),
        ("Elle a promis, pour [lundi], une loi, et partira.", PAST),
        ("Elle a parlé, et partira [lundi].", FUTURE),
        ("Elle rentrera épuisée [lundi].", FUTURE),
        ("Le plan de l'[année passée] sera revu.", FUTURE),
        ("[En mai passé] elle partira.", FUTURE),
        ("Rien de neuf. Elle a dit oui [jeudi].", PAST),
        ("Elle a dit oui. Rien de neuf [jeudi].", UNTOLD),
        ("Rien de neuf [jeudi]. Elle a dit oui.", UNTOLD),
        ("Elle partira (ayant vu le ministre, son adjoint et leurs conseillers) [lundi].", FUTURE),
        ("Elle a vu le ministre (il dira pourquoi) [lundi].", PAST),
        ("Rien [lundi] (ou presque : du vent, du bruit) n'a été fait.", PAST),
        ("Elle a promu [jeudi] trois juges.", PAST),
        ("Les deux sont unis depuis [jeudi].", PAST),
        ("Elle appelle à débrayer [jeudi].", FUTURE),
        ("Elle a appelé les équipes à débrayer [jeudi].", FUTURE),
        ("Elle a appelé [jeudi] les équipes à débrayer.", PAST),
        ("[Jeudi], elle a appelé les équipes à débrayer.", PAST),
        ("[Jeudi], elle appelle les équipes à débrayer.", FUTURE),
        ("Les départs auraient lieu [jeudi].", FUTURE),
        ("Le modèle ne sera plus vendu [jeudi].", FUTURE),
        ("Elle a refusé de commenter [jeudi].", PAST),
        ("Elle a plaidé avant de partir [jeudi].", PAST),
        ("L'ouverture, [lundi], d'une enquête change la donne.", PERHAPS_PAST),
        ("L'ouverture, [lundi], du salon prouve qu'elle sait aller vite.", PERHAPS_PAST),
        ("L'ouverture, [lundi], du salon devrait plaire.", FUTURE),
        ("À partir de [lundi], tout change.", UNTOLD),
    ],
)
def test_the_verb_that_costs_least_tells_the_tense(marked: str, expected: Evidence) -> None:
    """A verb of the same sentence, not of the date's own words."""
    assert told(marked) == expected


def test_a_verb_in_the_present_tells_of_a_weekday_alone() -> None:
    text = "La commission examine lundi le texte, le vote est clos."
    start = text.index("lundi")
    clauses = reader().open(plain_document(text))

    assert clauses.find(start, start + 5, weekday=True) == PERHAPS_FUTURE
    assert clauses.find(start, start + 5) == PERHAPS_PAST


@pytest.mark.parametrize(
    ("question", "expected"), [("La scène se passe lundi.", UNTOLD), ("Que se passe-t-il lundi ?", PERHAPS_FUTURE)]
)
def test_a_scene_that_takes_place_is_told_a_question_is_asked(question: str, expected: Evidence) -> None:
    start = question.index("lundi")

    assert reader().open(plain_document(question)).find(start, start + 5, weekday=True) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Elle a promis des primes [lundi] elle paiera.", PAST),
        ("Elle a promis d'autres primes [lundi] elle paiera.", PAST),
        ("Elle a promis de belles primes [lundi] elle paiera.", FUTURE),
        ("Elle a promis toutes les primes [lundi] elle paiera.", FUTURE),
    ],
)
def test_a_verb_behind_the_date_counts_where_it_is_twelve_characters_nearer(marked: str, expected: Evidence) -> None:
    assert told(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"Elle partira {'x' * 40} [lundi].", FUTURE),
        (f"Elle partira {'x' * 41} [lundi].", PERHAPS_FUTURE),
        (f"[Lundi] {'x' * 23} elle partira.", FUTURE),
        (f"[Lundi] {'x' * 24} elle partira.", PERHAPS_FUTURE),
        (f"Elle partira {'x' * 150} [lundi].", PERHAPS_FUTURE),
        (f"Elle partira {'x' * 151} [lundi].", UNTOLD),
        (f"Un tarif publié {'x' * 142} [lundi].", PERHAPS_PAST),
        (f"Un tarif publié {'x' * 143} [lundi].", UNTOLD),
        (f"[Lundi] {'x' * 72} tarif publié.", PERHAPS_PAST),
        (f"[Lundi] {'x' * 73} tarif publié.", UNTOLD),
        (f"Elle partira ({'x' * 296}) [lundi].", FUTURE),
        (f"Elle partira ({'x' * 297}) [lundi].", UNTOLD),
        (f"[Lundi] ({'x' * 291}) elle partira.", FUTURE),
        (f"[Lundi] ({'x' * 292}) elle partira.", UNTOLD),
    ],
)
def test_how_far_a_verb_tells(marked: str, expected: Evidence) -> None:
    """Surely within 40 characters, at all within 150; an aside in parentheses may add to them up to 300."""
    assert told(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Rien [jeudi].", UNTOLD),
        ("Agenda : conseil [jeudi].", PERHAPS_FUTURE),
        ("Au conseil de [jeudi].\nAgenda", PERHAPS_PAST),
        (f"Agenda {'x' * 292} [jeudi].", PERHAPS_FUTURE),
        (f"Agenda {'x' * 293} [jeudi].", UNTOLD),
        ("Le cours de [jeudi].", PERHAPS_PAST),
        ("Le cours d'[août].", PERHAPS_PAST),
        ("Le cours à [midi].", UNTOLD),
        ("Agenda du cours de [jeudi].", PERHAPS_FUTURE),
        ("[Jeudi], en présentant son plan, pas un mot.", PERHAPS_PAST),
        ("Rien. [Jeudi], pas un mot.", PERHAPS_PAST),
        ("[Jeudi] pas un mot.", UNTOLD),
        ("Puis [jeudi], pas un mot.", UNTOLD),
    ],
)
def test_a_date_without_a_verb(marked: str, expected: Evidence) -> None:
    """An agenda lies ahead; what opens a story or belongs to a noun (« le cours de jeudi ») is past."""
    assert told(marked) == expected


def test_each_date_of_a_text_has_the_tense_of_its_own_sentence() -> None:
    text = "Elle a parlé lundi. Elle partira mardi. Elle a chanté jeudi."
    clauses = reader().open(plain_document(text))
    places = [text.index(day) for day in ("lundi", "mardi", "jeudi", "lundi")]

    assert [clauses.find(place, place + 5) for place in places] == [PAST, FUTURE, PAST, PAST]
