"""Who the words beside a verb speak of: the noun phrase that begins at a place, the subject of a clause that ends there."""

from __future__ import annotations

import re

from pipeline.recognize.relations.antecedents import Antecedents, Resolution
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked

PERSON, BODY, PLACE = SIGNS["PER"], SIGNS["ORG"], SIGNS["LOC"]
_NAME = f"[{NAMES}]"
_DETERMINER = r"(?:l'|le |la |les |une? |des |son |sa |ses |leurs? |ce |cet |cette |ces |notre |nos |mon |ma |du |au )"
_TITLED = re.compile(
    rf"(?:(?:M\.|MM\.|Mme|Mmes|Mlle|Me|Dr|Pr|Monsieur|Madame|Maître) )?(?:l'|la |le )?(?P<name>[{PERSON}{BODY}])"
)
_PHRASE = re.compile(rf"(?P<phrase>{_DETERMINER}[^,.;:!?()\n{SIGNS['quote']}–—]{{2,120}})", re.IGNORECASE)
_PERSON_BEHIND = re.compile(rf" ?,? ?(?:(?:M\.|Mme|Me) )?(?P<name>{PERSON})")
_DEPENDENT = re.compile(
    r"(?:\bd[eu]|\bdes|\bd'|\bpour|\bavec|\bchez|\bcontre|\bà|\bau|\bpar|\bsur|\bdans|\ben)(?: la| le| les)? ?(?:l')?$"
)
_PRONOUN = re.compile(
    r"(?<![\w'-])(?P<word>[Ii]ls?|[Ee]lles?|[Cc]e dernier|[Cc]ette dernière|[Cc]elui-ci|[Cc]elle-ci|lui-même|elle-même|[Ll]'intéressée?|lui|eux)(?![\w-])"
)
_IMPERSONAL = re.compile(
    r"[Ii]l (?:y a|faut|s'agit|est (?:possible|temps|question|urgent|vrai|clair)|reste|suffit|convient|existe)"
)
_CLAUSE = re.compile(
    rf"(?:^|[,;:] |(?<= )(?:et|mais|car|que|alors que|tandis que|quand|lorsque|si|puisque|où|dont) |qu')(?P<subject>{_DETERMINER}[\w'’ -]{{2,60}})",
    re.IGNORECASE,
)


def read_phrase(masked: Masked, at: int, antecedents: Antecedents) -> Resolution | None:
    """Whom the noun phrase at the masked offset speaks of; None where no such phrase begins there.

    « le patron de Lumio, Nora Belkacem » → Nora Belkacem; « un porte-parole de Lumio » → Lumio; « un coursier » → nobody.
    """
    text = masked.text
    if match := _TITLED.match(text, at):
        mention = masked.mention(match.start("name"))
        return Resolution(mention, "named beside the words")
    if match := _PRONOUN.match(text, at):
        return antecedents.pronoun(match["word"], masked.origin(at))
    if match := _PHRASE.match(text, at):
        return _read_description(masked, match, antecedents)
    if text[at : at + 1] == PLACE:
        return Resolution(masked.mention(at), "a place that stands for its authorities")
    return None


def _read_description(masked: Masked, match: re.Match[str], antecedents: Antecedents) -> Resolution:
    phrase, start = match["phrase"], match.start("phrase")
    descriptions = antecedents.descriptions
    persons = [i for i, sign in enumerate(phrase) if sign == PERSON and not _DEPENDENT.search(phrase[:i])]
    if persons:
        return Resolution(masked.mention(start + persons[0]), "named within the description")
    is_person = descriptions.person_noun(phrase[:60]) is not None
    behind = _PERSON_BEHIND.match(masked.text, match.end())
    if behind and (is_person or masked.text[match.end()] == " "):
        return Resolution(masked.mention(behind.start("name")), "named behind the description")
    bodies = [i for i, sign in enumerate(phrase) if sign == BODY]
    if bodies and (descriptions.is_voice(phrase[: bodies[0]]) or not _DEPENDENT.search(phrase[: bodies[0]])):
        return Resolution(masked.mention(start + bodies[0]), f"speaks for it: « {_plain(phrase)} »")
    return antecedents.described(_plain(phrase), masked.origin(start))


def find_subject(masked: Masked, start: int, end: int, antecedents: Antecedents) -> Resolution | None:
    """The subject of the masked clause `start:end`: its first name, pronoun or description that no preposition governs."""
    text = masked.text[start:end]
    options: list[tuple[int, Resolution | None]] = []
    for i, sign in enumerate(text):
        if sign in (PERSON, BODY) and not _DEPENDENT.search(text[max(0, i - 16) : i]):
            options.append((i, Resolution(masked.mention(start + i), "subject of the clause")))
            break
    for match in _PRONOUN.finditer(text):
        if match["word"] not in ("lui", "eux") and not _IMPERSONAL.match(text, match.start()):
            options.append((match.start(), None))
            break
    for match in _CLAUSE.finditer(text):
        at = match.start("subject")
        if antecedents.descriptions.body_kind(match["subject"][:40]) or antecedents.descriptions.person_noun(
            match["subject"][:40]
        ):
            options.append((at, None))
            break
    if not options:
        return None
    first, known = min(options, key=lambda option: option[0])
    return known or read_phrase(masked, start + first, antecedents)


def _plain(phrase: str) -> str:
    """The description without the signs in it, for a reader."""
    return re.sub(rf"{_NAME}", "…", phrase).strip()
