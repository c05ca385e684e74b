"""Names of invented things with the variants that newsrooms give them, in articles; which name is whose is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.deduplicate.article import ArticleNames
from pipeline.model import Mention
from pipeline.text import fold_accents

ONSETS = [
    "b",
    "br",
    "c",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "j",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
]
VOWELS = ["a", "e", "i", "o", "u", "é", "è", "ou", "ai", "au", "eu", "oi", "on", "an", "in"]
CODAS = ["", "", "", "l", "r", "s", "t", "x", "nd", "lle", "que", "gne"]
TRADES = [
    "Robotique",
    "Data",
    "Santé",
    "Cloud",
    "Mobilité",
    "Vision",
    "Défense",
    "Quantique",
    "Signal",
    "Réseaux",
    "Conseil",
    "Fibre",
]
HEADS = ["Agence", "Autorité", "Conseil", "Office", "Observatoire", "Institut", "Comité", "Haute Autorité"]
TOPICS = ["passerelles", "péages", "données", "câbles", "ports", "forêts", "drones", "archives", "greffes", "semences", "marées"]
SCOPES = ["national", "numérique", "européen", "portuaire", "régional", "civil", "alpin", "atlantique"]
GIVEN = [
    "Anne",
    "Solène",
    "Hugo",
    "Jean-Loup",
    "Marguerite",
    "Karim",
    "Léopoldine",
    "Baptiste",
    "Inès",
    "Maxence",
    "Aurore",
    "Tanguy",
]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a thing, and which kind of variant it is of the thing's first form."""

    thing: int
    type: str
    text: str
    variant: str


def word(chance: random.Random, syllables: int) -> str:
    """An invented word with a capital (« Grouvellain »)."""
    made = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(syllables)) + chance.choice(CODAS)
    return made.capitalize()


def company(chance: random.Random) -> Iterator[tuple[str, str]]:
    """A company: its name, in capitals, without accents, with its legal form, with « Group », written apart, misspelled."""
    stem = f"{word(chance, 3)} {chance.choice(TRADES)}" if chance.random() < 0.6 else word(chance, 4)
    yield stem, "first"
    yield stem.upper(), "case"
    yield f"{stem} {chance.choice(['SAS', 'SA', 'Inc.', 'GmbH'])}", "legal form"
    yield f"Groupe {stem}", "head or tail"
    yield stem.replace(" ", "-") if " " in stem else f"{stem[:4]} {stem[4:].capitalize()}", "hyphen or space"
    yield slip(stem, chance), "misspelling"


def body(chance: random.Random) -> Iterator[tuple[str, str]]:
    """A public body: its name, with other capitals, and the acronym that brackets introduce."""
    name = f"{chance.choice(HEADS)} {chance.choice(SCOPES)} des {chance.choice(TOPICS)} de {word(chance, 3)}"
    yield name, "first"
    yield name.lower().capitalize(), "case"
    yield "".join(part[0] for part in name.split() if part not in ("des", "de")).upper(), "acronym"


def person(chance: random.Random) -> Iterator[tuple[str, str]]:
    """A person: full name, without accents, with an initial, by the surname alone."""
    given, surname = chance.choice(GIVEN), word(chance, 4)
    yield f"{given} {surname}", "first"
    yield fold_accents(f"{given} {surname}"), "case"
    yield f"{given[0]}. {surname}", "initial"
    yield surname, "surname"


def law(chance: random.Random) -> Iterator[tuple[str, str]]:
    """A law: as an act, as a bill, with its long title."""
    name = word(chance, 4)
    yield f"loi {name}", "first"
    yield f"proposition de loi {name}", "bill"
    yield f"projet de loi {name}", "bill"


def slip(name: str, chance: random.Random) -> str:
    """The name with one letter doubled, dropped or exchanged inside a word."""
    place = chance.randrange(2, max(3, min(len(name), 9) - 2))
    kind = chance.randrange(3)
    middle = name[place] * 2 if kind == 0 else "" if kind == 1 else chance.choice("aeinrst")
    return name[:place] + middle + name[place + 1 :]


MAKERS = (("ORG", company), ("ORG", body), ("PER", person), ("LAW", law))


def make_forms(count: int, seed: int = 1) -> list[Form]:
    """So many distinct forms of invented things, or a few more; no two things share a full name."""
    chance = random.Random(seed)
    forms: list[Form] = []
    taken: set[tuple[str, str]] = set()
    thing = 0
    while len(taken) < count:
        kind, maker = MAKERS[chance.choices(range(4), weights=(5, 1, 4, 1))[0]]
        made = {(kind, text): variant for text, variant in reversed(list(maker(chance)))}
        if not taken.isdisjoint(key for key, variant in made.items() if variant not in ("acronym", "surname", "initial")):
            continue
        taken |= set(made)
        forms += (Form(thing, kind, text, variant) for (_, text), variant in reversed(made.items()))
        thing += 1
    return forms


def make_articles(forms: list[Form], seed: int = 2) -> Iterator[ArticleNames]:
    """The forms in articles: a thing's first form beside four others of its field, each variant in an article of its own.

    Acronyms stand in brackets behind their name once and alone another time, surnames behind the full name; a misspelling stands
    beside the neighbours of the right form.
    """
    chance = random.Random(seed)
    by_thing: dict[int, list[Form]] = {}
    for form in forms:
        by_thing.setdefault(form.thing, []).append(form)
    things = sorted(by_thing)
    for number, thing in enumerate(things):
        first, *variants = by_thing[thing]
        field = [by_thing[things[(number + step) % len(things)]][0] for step in (1, 2, 3, 4)]
        yield article(f"{thing:07}", [first, *field])
        for place, variant in enumerate(variants):
            beside = [first] if variant.variant in ("acronym", "surname") else []
            yield article(
                f"{thing:07}-{place}", [*beside, variant, *chance.sample(field, 2)], bracketed=variant.variant == "acronym"
            )


def article(article_id: str, forms: list[Form], *, bracketed: bool = False) -> ArticleNames:
    """An article that names the forms in that order."""
    text, mentions = "", []
    for place, form in enumerate(forms):
        text += " (" if bracketed and place == 1 else ", puis " if place else ""
        mentions.append(Mention(len(text), len(text) + len(form.text), form.text, form.type, "bench"))
        text += form.text + (")" if bracketed and place == 1 else "")
    return ArticleNames(article_id, tuple(mentions), text)
