"""Who the words beside a verb speak of: the noun phrase that begins at a place, the subject of a clause that ends there."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked
from pipeline.recognize.relations.resolution import Resolution

if TYPE_CHECKING:
    from pipeline.recognize.relations.antecedents import Antecedents
    from pipeline.recognize.relations.syntax import Syntax

PERSON, BODY, PLACE, PRODUCT = SIGNS["PER"], SIGNS["ORG"], SIGNS["LOC"], SIGNS["PRODUCT"]
SPEAKERS = PERSON + BODY
_NAME = re.compile(f"[{NAMES}]")
_NEAR_HEAD = 60


def read_phrase(
    masked: Masked, at: int, antecedents: Antecedents, *, limit: int | None = None, definite: bool = False, speaking: bool = False
) -> Resolution | None:
    """Whom the noun phrase at the masked offset speaks of; None where no such phrase begins there.

    « le patron de Lumio, Nora Belkacem » → Nora Belkacem; « un porte-parole de Lumio » → Lumio; « un coursier » → nobody.
    It ends before `limit` at the latest. `definite`: « des juges » is « de les juges ».
    """
    text, syntax = masked.text, antecedents.syntax
    if (match := syntax.titled.match(text, at)) and match["name"] in SPEAKERS + PLACE + PRODUCT:
        return Resolution(masked.mention(match.start("name")), "named beside the words")
    if match := syntax.pronoun.match(text, at):
        if topic := syntax.as_for.search(text, 0, at):
            return Resolution(masked.mention(topic.start("name")), "named right before the pronoun")
        return antecedents.pronoun(match["word"], masked.origin(at), speaking=speaking)
    if match := syntax.phrase.match(text, at, len(text) if limit is None else limit):
        return _read_description(masked, match, antecedents, definite=definite, speaking=speaking)
    return None


def _read_description(
    masked: Masked, match: re.Match[str], antecedents: Antecedents, *, definite: bool, speaking: bool
) -> Resolution:
    """Whom a description speaks of: a person in it, who stands behind it, the body it speaks for, else whom it goes back to."""
    phrase, start = match["phrase"], match.start("phrase")
    verb = antecedents.syntax.auxiliary.search(phrase)
    phrase = phrase[: verb.start()] if verb else phrase
    aside = antecedents.syntax.phrase_end.search(phrase)
    phrase = phrase[: aside.start()] if aside else phrase
    told_to = antecedents.syntax.told_to.search(phrase)
    if told_to and antecedents.descriptions.body_kind(phrase[: told_to.start()]):
        phrase = phrase[: told_to.start()]
    descriptions, dependent = antecedents.descriptions, antecedents.syntax.dependent
    persons = [i for i, sign in enumerate(phrase) if sign == PERSON and not dependent.search(phrase[:i])]
    if persons:
        return Resolution(masked.mention(start + persons[0]), "named within the description")
    owner = phrase.find(PERSON)
    if owner > 0 and descriptions.is_voice(phrase[:owner]):
        return Resolution(masked.mention(start + owner), f"speaks for that person: « {plain(phrase)} »")
    is_person = descriptions.describes_person(phrase[:_NEAR_HEAD])
    behind = antecedents.syntax.name_behind.match(masked.text, match.end())
    if behind and ("," in behind[0] or ")" in behind[0]) and verb is None and not _is_aide(phrase, antecedents):
        return Resolution(masked.mention(behind.start("name")), "named behind the description")
    bodies = [i for i, sign in enumerate(phrase) if sign == BODY]
    if bodies and (descriptions.is_voice(phrase[: bodies[0]]) or not (is_person or dependent.search(phrase[: bodies[0]]))):
        return Resolution(masked.mention(start + bodies[0]), f"speaks for it: « {plain(phrase)} »")
    if is_person is False and (apposed := antecedents.syntax.body_behind.match(masked.text, match.end())):
        return Resolution(masked.mention(apposed.start("name")), "named behind the description")
    if antecedents.syntax.plural.match(phrase) and (member := antecedents.syntax.member_behind.match(masked.text, match.end())):
        return Resolution(masked.mention(member.start("name")), "named behind the description")
    words = antecedents.syntax.definite(plain(phrase)) if definite else plain(phrase)
    of = masked.mention(start + bodies[0]) if bodies else None
    return antecedents.described(words, masked.origin(start), speaking=speaking, of=of)


def _is_aide(phrase: str, antecedents: Antecedents) -> bool:
    """True for somebody unnamed who works for a person: behind « un conseiller de la ministre, » stands the minister's name."""
    return antecedents.syntax.indefinite.match(phrase) is not None and len(antecedents.descriptions.person_nouns(phrase)) > 1


def find_subject(
    masked: Masked, start: int, end: int, antecedents: Antecedents, *, among: str = SPEAKERS, speaking: bool = False
) -> tuple[int, Resolution] | None:
    """The subject of the masked clause `start:end`, with its masked offset: a name, pronoun or description.

    The first one counts that no preposition governs; `among` are the signs of the names that may be subjects, `speaking`
    tells that it says something.
    """
    text, syntax = masked.text[start:end], antecedents.syntax
    names = (at - start for at, _ in masked.signs() if start <= at < end and masked.text[at] in among)
    options = list(islice((at for at in names if not _is_aside(text, at, syntax)), 1))
    for match in syntax.pronoun.finditer(text):
        is_object = syntax.object_pronoun.fullmatch(match["word"]) is not None and not match["word"][0].isupper()
        if not is_object and not syntax.impersonal.match(text, match.start()) and not in_brackets(text, match.start()):
            options.append(match.start())
            break
    for match in syntax.described_subject.finditer(text):
        if antecedents.descriptions.describes(match["subject"][:40]):
            options.append(match.start("subject"))
            break
    if not options:
        return None
    at = start + min(options)
    if masked.text[at] in among:
        return at, Resolution(masked.mention(at), "subject of the clause")
    resolution = read_phrase(masked, at, antecedents, limit=end, speaking=speaking)
    return (at, resolution) if resolution else None


def _is_aside(text: str, at: int, syntax: Syntax) -> bool:
    """True for a name that a preposition or a bracket keeps from being a subject."""
    governed = syntax.dependent.search(text[max(0, at - 24) : at]) and not syntax.trade.search(text[max(0, at - _NEAR_HEAD) : at])
    return in_brackets(text, at) or bool(governed)


def in_brackets(text: str, at: int) -> bool:
    """True for what stands in round brackets."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def plain(phrase: str) -> str:
    """The description without the signs in it, for a reader."""
    return _NAME.sub("…", phrase).strip()
