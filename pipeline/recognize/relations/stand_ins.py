"""Words in a name's place beside a trigger: « elle », « l' », « lui », « en », « nous », « le champion du transport »."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pipeline.model import Mention
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.masking import NAMES, Masked
from pipeline.recognize.relations.name_hints import BodyKind
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.syntax import Syntax

_NEAR_HEAD = 30
"""Within so many letters stands the noun of a description."""
_LATELY = 2
"""So many sentences before stands whom a pronoun means."""
_APART = frozenset(("by", "from", "to", "with", "against", "of", "in", "object"))
"""Slots whose names are others than the subject."""


class Argument(NamedTuple):
    """A mention that takes part: `subject`, `object`, or the slot of its preposition; `at` is its masked offset.

    `direct` is False where other words stand between the trigger and the preposition (« l'enquête, ouverte … de X »).
    """

    slot: str
    mention: Mention
    at: int
    direct: bool = True


class Trigger(NamedTuple):
    """Where a trigger stands in a masked text; a `bare` participle has no auxiliary, a `noun` may follow a light verb.

    `limit` is where the next trigger begins: what stands behind it belongs to that one. `human`: its subject is a person;
    `of_people`: its object is.
    """

    start: int
    end: int
    bare: bool = False
    noun: bool = False
    limit: int | None = None
    human: bool = False
    of_people: bool = False


def find_person(masked: Masked, start: int, antecedents: Antecedents) -> list[Argument]:
    """The person whom a pronoun right before the verb stands for (« Lumio a nommé Nora Belkacem. Elle succède … »)."""
    match = antecedents.syntax.person_before.search(masked.text, 0, start)
    found = antecedents.pronoun(match["word"], masked.origin(match.start()), human=True).mention if match else None
    return [Argument("subject", found, match.start())] if match and found else []


def find_topic(masked: Masked, start: int, antecedents: Antecedents) -> list[Argument]:
    """Whom the sentence's first pronoun or description stands for: « Attaqué par Nubéo, l'éditeur … »; a name is no stand-in."""
    found = antecedents.stand_in(masked.origin(start))
    return [Argument("subject", found, start)] if found else []


def keep_apart(
    masked: Masked, subjects: Sequence[Argument], others: Sequence[Argument], antecedents: Antecedents
) -> list[Argument]:
    """The subjects, where each that is no name is none of the `others`: « Le studio passe sous le contrôle de Lumio ».

    It then stands for the next body that it fits, else for nobody.
    """
    taken = frozenset(name_of(one.mention) for one in others if one.direct and one.slot in _APART)
    kept: list[Argument] = []
    for subject in subjects:
        if masked.mention(subject.at) is subject.mention or name_of(subject.mention) not in taken:
            kept.append(subject)
        elif (other := _other_subject(masked, subject.at, taken, antecedents)) is not None:
            kept.append(subject._replace(mention=other))
    return kept


def _other_subject(masked: Masked, at: int, taken: Collection[str], antecedents: Antecedents) -> Mention | None:
    """The body that the pronoun or description at the masked offset fits next, none of the `taken`."""
    match = antecedents.syntax.phrase.match(masked.text, at)
    if match is None:
        return antecedents.bodies.of_kind(masked.origin(at), without=taken, within=_LATELY).mention
    kind = antecedents.descriptions.body_kind(match["phrase"][:_NEAR_HEAD])
    return None if kind is None else _next_of(kind, masked.origin(at), taken, antecedents)


def _next_of(kind: BodyKind, offset: int, taken: Collection[str], antecedents: Antecedents) -> Mention | None:
    return antecedents.bodies.of_kind(offset, kind=None if kind == "any" else kind, without=taken).mention


def find_first_person(masked: Masked, left: int, start: int, antecedents: Antecedents) -> list[Argument]:
    """Whom « nous » and « je » stand for where somebody answers an interview: his body, and himself as well for « je »."""
    told = masked.text[left:start]
    if (match := antecedents.syntax.first_person.search(told)) is None or any(sign in told[match.start() :] for sign in NAMES):
        return []
    at = left + match.start()
    if antecedents.salience.told.is_quoted(masked.origin(at)):
        return []
    speakers = (antecedents.interviewee() if match["one"] else None, antecedents.host())
    return [Argument("subject", speaker, at) for speaker in speakers if speaker is not None]


def find_clitic(masked: Masked, trigger: Trigger, antecedents: Antecedents, subjects: frozenset[str]) -> list[Argument]:
    """Whom « lui » or « l' » before the verb stands for: none of its `subjects`."""
    start, end, syntax = trigger.start, trigger.end, antecedents.syntax
    before = masked.text[max(0, start - 45) : start]
    match = (None if trigger.noun else syntax.clitic.search(before)) or syntax.dative.search(before)
    if match is None and not trigger.noun and syntax.first_person_object.search(before):
        ours = None if antecedents.salience.told.is_quoted(masked.origin(start)) else antecedents.host()
        return [Argument("object", ours, start)] if ours is not None else []
    if match is None:
        return _of_it(masked, before, start, antecedents)
    word = match["word"].strip().lower()
    if syntax.dative_word.fullmatch(word):
        if syntax.who_to_him.search(before) and (other := _other_before(masked, start, subjects)) is not None:
            return [Argument("to", other, start)]
        if (topic := _topic_before(masked, start, syntax)) is not None and name_of(topic) not in subjects:
            return [Argument("to", topic, start)]
        others, bodies = _named_before(masked, start), antecedents.bodies
        firm = bodies.of_kind(masked.start, kind="company", without=others).mention
        found = firm or bodies.of_kind(masked.start, without=others).mention
        near = found or bodies.of_kind(masked.origin(start), without=subjects).mention
        return [Argument("to", near, start)] if near else []
    feminine = bool(syntax.feminine_clitic.fullmatch(word) or syntax.feminine_participle.search(masked.text[start:end]))
    places = (masked.origin(start), masked.start)
    options = (antecedents.pronoun(word, place, feminine=feminine, human=trigger.of_people).mention for place in places)
    him = next((m for m in options if m is not None and name_of(m) not in subjects), None)
    if him is None and syntax.and_him.search(before):
        him = _other_before(masked, start, subjects)
    if him is None and subjects and not (trigger.human or trigger.of_people):
        him = antecedents.bodies.of_kind(masked.start, kind="company", without=subjects).mention
    return [Argument("object", him, start, direct=False)] if him else []


def _topic_before(masked: Masked, end: int, syntax: Syntax) -> Mention | None:
    """The name that one of the clauses before `end` opens with (« Quant à Lumio, la Cnil lui a infligé une amende »)."""
    commas = syntax.comma.finditer(masked.text, 0, end)
    topic = next((m for comma in commas if (m := syntax.as_for.search(masked.text, 0, comma.end()))), None)
    return masked.mention(topic.start("name")) if topic else None


def _of_it(masked: Masked, before: str, start: int, antecedents: Antecedents) -> list[Argument]:
    """What « en » or « y » right before the verb stands for (« Brenner en prend le contrôle », « y a mis 5 millions »)."""
    match = antecedents.syntax.of_it.search(before)
    if match is None:
        return []
    found = antecedents.bodies.of_kind(masked.origin(start), kind="company", without=_named_before(masked, start)).mention
    return [Argument("of" if match["of"] else "in", found, start)] if found else []


def _other_before(masked: Masked, end: int, subjects: frozenset[str]) -> Mention | None:
    """The first body that the sentence names before `end` beside the subjects: « Lumio visé par la Cnil, qui lui réclame »."""
    bodies = (sign.mention for at, sign in masked.signs() if at < end and sign.kind == "ORG" and sign.mention)
    return next((body for body in bodies if name_of(body) not in subjects), None)


def _named_before(masked: Masked, end: int) -> set[str]:
    return {name_of(sign.mention) for at, sign in masked.signs() if sign.mention and at < end}


def described_behind(masked: Masked, end: int, antecedents: Antecedents) -> Argument | None:
    """A description behind the trigger that stands for a name of the article (« inflige au champion du transport »)."""
    stop = antecedents.syntax.stop_behind.search(masked.text, end)
    limit = stop.start() if stop else len(masked.text)
    if him := antecedents.syntax.him_behind.search(masked.text, end, limit):
        found = antecedents.pronoun(him["word"], masked.start)
        if found.mention and name_of(found.mention) not in _named_before(masked, end):
            return Argument(antecedents.syntax.slot_of(him["preposition"]), found.mention, him.start())
    for match in antecedents.syntax.described_object.finditer(masked.text, end, limit):
        phrase, preposition = match["phrase"], (match["preposition"] or "").lower()
        kind = antecedents.descriptions.body_kind(phrase[:_NEAR_HEAD])
        if kind is None or antecedents.syntax.self_named.match(masked.text, match.start("phrase")):
            continue
        offset, others = masked.origin(match.start("phrase")), _named_before(masked, end)
        meant = antecedents.described(phrase, offset).mention
        if meant and name_of(meant) in others:
            meant = _next_of(kind, offset, others, antecedents) if kind == "company" else None
        if meant:
            slot = antecedents.syntax.slot_of(preposition) if preposition else "object"
            return Argument(slot, meant, match.start("phrase"))
    return None
