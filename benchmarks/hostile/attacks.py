"""Texts that are made to cost: each is one character, word or mark, over and over, below an ordinary paragraph."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

PARAGRAPH = (
    "Le conseil municipal de Saint-Évran a voté mardi la fin de l'expérience, par dix-neuf voix contre quatorze, au terme d'un "
    "débat de trois heures. « Nous avons compté deux fois », a déclaré le maire, Yvon Abgrall. La société Mesclun avait levé 22 "
    "millions d'euros en juin 2023, et la Cnil a ouvert une enquête.\n\n"
)
SYLLABLES = ("bar", "ron", "tel", "mi", "gan", "lou", "ver", "quin", "sé", "dra", "pol", "cha", "zu", "fé", "mor", "ka")

REPEATED: Mapping[str, str] = MappingProxyType(
    {
        "digits": "1234567890",
        "elisions": "l'",
        "opening quotes": "«",
        "nested quotes": "« a ",
        "closing quotes": "» ",
        "one letter": "a",
        "letters apart": "a b ",
        "letters in a list": "a, ",
        "letters in brackets": "(a) ",
        "one word": "mot ",
        "capitals": "A",
        "capital words": "Mot ",
        "no-break spaces": "\u00a0",
        "spaces": " ",
        "combining marks": "\u0301",
        "accents apart": "e\u0301",
        "newlines": "\n",
        "lines of a letter": "a\n",
        "tabs": "\t",
        "invisible characters": "\u200b",
        "emoji": "😀",
        "full stops": ".",
        "initials": "A. ",
        "abbreviations": "M. ",
        "short sentences": "Il dit. ",
        "hyphens": "-",
        "hyphenated": "a-",
        "dashes": "– ",
        "brackets": "(",
        "square brackets": "[",
        "links": "[a](",
        "stars": "*a ",
        "underscores": "_a ",
        "angle brackets": "<",
        "tags": "<p ",
        "comments": "<!-- ",
        "entities": "&amp;",
        "ampersands": "&",
        "at signs": "a@",
        "addresses": "a@b.",
        "mojibake": "Ã©",
        "double mojibake": "ÃƒÂ©",
        "numbers": "12 ",
        "grouped numbers": "123 456 ",
        "number words": "cent vingt-deux mille ",
        "amounts": "12 millions d'euros et ",
        "ranges": "entre 10 et ",
        "percents": "12 % ",
        "dates": "12 mars 2024 ",
        "months": "mars ",
        "weekdays": "lundi ",
        "date ranges": "du 12 au ",
        "spoken": "« Oui », dit-il. ",
        "names": "Yvon Abgrall ",
        "names and verbs": "Mesclun rachète Courlis. ",
        "roles": "le président de la société Mesclun, Yvon Abgrall, ",
        "elided names": "d'Abgrall ",
        "slashes": "a/",
        "pipes": "a | ",
        "colons": "a : ",
        "questions": "– Pourquoi ?\n",
        "headings": "Un vote attendu Le Sénat vote\n",
        "glued": "la loiLe Sénat ",
        "furniture": "Partager sur Facebook\n",
        "credits": "(crédit : ",
    }
)


def french_prose(size: int) -> str:
    """About `size` characters of sentences, no two alike."""
    chance = random.Random(7)
    parts: list[str] = []
    while size > 0:
        parts.append(_sentence(chance) + ("\n\n" if chance.random() < 0.2 else " "))
        size -= len(parts[-1])
    return "".join(parts)


def different_names(count: int) -> str:
    """As many people, no two alike, in one article."""
    chance = random.Random(11)
    people = (f"{_word(chance).title()} {_word(chance).title()}{_word(chance)}" for _ in range(count))
    return PARAGRAPH + ", ".join(people) + " sont venus."


def build_attacks(size: int) -> Iterator[tuple[str, Callable[[], str]]]:
    """Name and maker of each text of about `size` characters."""
    for name, unit in REPEATED.items():
        yield name, lambda unit=unit: PARAGRAPH + unit * (size // len(unit))  # type: ignore[misc]
    yield "different names", lambda: different_names(size // 25)


def _sentence(chance: random.Random) -> str:
    who, where, what = (_word(chance).title() for _ in range(3))
    few, year, day, share = chance.randint(2, 90), 2005 + chance.randint(0, 19), chance.randint(1, 28), chance.randint(2, 40)
    return chance.choice(
        [
            f"La société {who} a levé {few} millions d'euros auprès de {what} Capital en {year}.",
            f"« Nous {_word(chance)}ons les {_word(chance)}s de {where} », a déclaré {who} {what}, sa directrice générale.",
            f"Le {day} mars, la mairie de {where} a confié ses {_word(chance)}s à un prestataire, {who}.",
            f"Les {_word(chance)}s de la région craignent une hausse de {share} %, et personne ne veut payer.",
            f"Il y a {few} ans, {who} {what} dirigeait le laboratoire de {where}, qui ferme cette semaine.",
        ]
    )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 3)))
