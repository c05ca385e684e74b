"""Within one article: people named by less than their full name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.deduplicate.index import ArticleIndex, FullName
from pipeline.deduplicate.keys import PersonName, may_be_one, read_person
from pipeline.model import Mention
from pipeline.text import fold_name

_NUMERAL = re.compile(r"[ivx]+")


def surname(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The person last named in full by that surname (« Zenner » after « Kai Zenner »), else the first named so later on.

    A title tells two people of one surname apart: « Mme Zenner ».
    """
    if mention.type != "PER":
        return None
    short = read_person(mention.text, index.guide.words)
    named = index.people.get(short.surname.split()[-1], {}) if short.surname else {}
    longer = [who for text, who in named.items() if len(text) > len(mention.text) and _is_short_of(short, who[0], index)]
    if gender := index.article.civility(mention, index.guide.words):
        given_names = index.guide.words.given_names
        longer = [who for who in longer if given_names.get(who[0].given[0], gender) in (gender, "either")]
    if not longer:
        return None
    full = _last_before(mention.start, [mentions for _, mentions in longer])
    alone = len({person for person, _ in longer}) == 1
    what = "surname" if not short.given else "short form"
    return FullName("PER", index.name(full), 0.95 if alone else 0.7, f"{what} of {full.text} in the same article")


def _last_before(place: int, named: Sequence[Sequence[Mention]]) -> Mention:
    """Of several people's mentions, each in order, the last one before `place`, else the first of all."""
    before = [mentions[at - 1] for mentions in named if (at := bisect_left(mentions, place, key=lambda m: m.start))]
    if before:
        return max(before, key=lambda m: m.start)
    return min((mentions[0] for mentions in named), key=lambda m: m.start)


def _is_short_of(short: PersonName, full: PersonName, index: ArticleIndex) -> bool:
    """True for « Zenner » and « K. Zenner » of « Kai Zenner », and for « Delacroix Moore » of « Hank Delacroix Moore »."""
    if may_be_one(short, full, index.guide.words):
        return True
    words, longer = (*short.given, *short.surname.split()), (*full.given, *full.surname.split())
    return len(longer) > len(words) and longer[-len(words) :] == words and words[0] not in index.guide.words.given_names


def _goes_on(surname: str, initial: str) -> bool:
    """True where the surname begins so, and is one: « Mohammed V » is not « Mohammed VI »."""
    return len(surname) > 1 and surname.startswith(initial) and not _NUMERAL.fullmatch(surname)


def given_name(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The one person of that given name (« Hermine », « Hermine O. » with « Hermine Ollivier »).

    A given name that no list has counts where the full name stands before it.
    """
    if mention.type != "PER":
        return None
    parts = fold_name(mention.text).split()
    initial = parts.pop() if len(parts) > 1 and len(parts[-1]) == 1 else ""
    given = " ".join(parts)
    if not parts or (given in index.people and not initial):
        return None
    people = [m for person, m in index.given.get(given, {}).items() if _goes_on(person.surname, initial)]
    if len(people) != 1 or people[0].text == mention.text:
        return None
    if parts[0] not in index.guide.words.given_names and people[0].start > mention.start:
        return None
    return FullName("PER", index.name(people[0]), 0.8, f"given name of {people[0].text} alone in the same article")
