"""Who takes part in what a trigger tells: the names of its sentence, each with the preposition that governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import ENTITY_TYPES, Mention
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.enumerations import all_of, coordinated
from pipeline.recognize.relations.governed import find_governed, fronted, inverted, is_fronted
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked
from pipeline.recognize.relations.openings import find_by_opening, find_company, find_frame, named
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.stand_ins import (
    Argument,
    Trigger,
    find_clitic,
    find_first_person,
    find_person,
    find_topic,
    keep_apart,
)
from pipeline.recognize.relations.subjects import find_subject, in_brackets
from pipeline.recognize.relations.syntax import Syntax

_THINGS = "".join(SIGNS[kind] for kind in ("PER", "ORG", "PRODUCT", "LAW", "LOC"))
_LEFT_SLOTS = frozenset(("to", "against", "with", "led"))


def find_arguments(masked: Masked, trigger: Trigger, antecedents: Antecedents) -> tuple[Argument, ...]:
    """The names around a trigger: its subject before it, what a light verb and it govern.

    The head of a bare participle is the name right before it (« Avec Libra, dévoilé en juin, … »).
    """
    start = trigger.start
    inside = _governed_relative(masked.text, trigger, antecedents.syntax)
    before: Sequence[Argument] = _acting(masked, trigger, antecedents, inside)
    taken = {argument.at for argument in before}
    between = [a for a in _between(masked, start, antecedents) if a.at not in taken] if trigger.noun else []
    clitic = find_clitic(masked, trigger, antecedents, frozenset(name_of(argument.mention) for argument in before))
    behind = find_governed(masked, trigger, antecedents)
    if not trigger.noun and antecedents.syntax.inverts.search(masked.text, 0, start) and (turned := inverted(behind)) != behind:
        before, behind = tuple(a for a in before if a.slot != "subject"), turned
    elif before and not trigger.noun and all(argument.slot == "object" for argument in before):
        behind = inverted(behind)
    elif not before and is_fronted(masked.text[:start], trigger, antecedents.syntax):
        behind = fronted(behind, masked.text, antecedents.syntax)
        before = [] if any(one.slot == "subject" for one in behind) else find_topic(masked, start, antecedents)
    before = keep_apart(masked, before, behind, antecedents)
    beside = () if trigger.noun else find_company(masked, start, antecedents)
    return (
        *_governed_head(masked, inside, antecedents.syntax),
        *before,
        *between,
        *beside,
        *clitic,
        *behind,
        *find_frame(masked, antecedents),
    )


def _acting(masked: Masked, trigger: Trigger, antecedents: Antecedents, inside: re.Match[str] | None) -> list[Argument]:
    """Who stands before the trigger: the person of whom it is told, the head of a bare participle, else the subject."""
    syntax, start = antecedents.syntax, trigger.start
    if trigger.human and (person := find_person(masked, start, antecedents)):
        return person
    if trigger.bare and (head := _head(masked.text[:start], trigger, syntax)):
        plural = syntax.plural_participle.search(masked.text[start : trigger.end])
        return all_of(masked, head.start("name"), antecedents, plural=plural)
    return _before(masked, trigger, antecedents, inside)


def _head(before: str, trigger: Trigger, syntax: Syntax) -> re.Match[str] | None:
    """The name that a bare participle belongs to; a person whom an apposition with another name parts from « nommée »."""
    person = syntax.apposed_person.search(before) if trigger.human else None
    return person or syntax.head.search(before)


def _between(masked: Masked, start: int, antecedents: Antecedents) -> list[Argument]:
    """The names that a verb before the trigger governs (« a infligé à Lumio une amende »)."""
    text, syntax = masked.text, antecedents.syntax
    left = max((m.end() for m in syntax.stop_before.finditer(text, 0, start)), default=0)
    found = []
    for at, sign in masked.signs():
        if left < at < start and sign.mention and sign.kind in ENTITY_TYPES:
            match = syntax.governed.search(text[max(left, at - 60) : at])
            if match and (slot := syntax.slot_of(match["preposition"])) in _LEFT_SLOTS:
                found.append(Argument(slot, sign.mention, at))
    return found


def _governed_head(masked: Masked, match: re.Match[str] | None, syntax: Syntax) -> list[Argument]:
    """The name that a relative clause with a preposition goes back to (« Lumio, avec lequel Nubéo s'est allié »)."""
    return named(masked, match, "to" if match["to"] else syntax.slot_of(match["preposition"])) if match else []


def _governed_relative(text: str, trigger: Trigger, syntax: Syntax) -> re.Match[str] | None:
    """The last relative clause with a preposition before a verb, where the verb stands in it."""
    matches = () if trigger.noun else tuple(syntax.relative_governed.finditer(text, 0, trigger.start))
    return matches[-1] if matches and "," not in text[matches[-1].end() : trigger.start] else None


def _before(masked: Masked, trigger: Trigger, antecedents: Antecedents, inside: re.Match[str] | None) -> list[Argument]:
    """The subject: inside a relative clause the name before « qui », else the clause's first name that nothing governs.

    `inside` is the relative clause with a preposition that the trigger stands in.
    """
    text, syntax, start = masked.text, antecedents.syntax, trigger.start
    left = max((m.end() for m in syntax.stop_before.finditer(text, 0, start)), default=0)
    left = max(left, inside.end()) if inside else left
    relative = _last_relative(masked, left, start, antecedents)
    in_manner = trigger.noun and syntax.manner.search(text, 0, start)
    if relative is None and not in_manner and (beside := _beside(masked, left, start, antecedents)) is not None:
        return coordinated(masked, beside, antecedents)
    pair = syntax.pair.search(text, left, start)
    if pair and (both := antecedents.pair(masked.origin(pair.start()))):
        return [Argument("subject", m, pair.start()) for m in both]
    if relative is not None and syntax.relative_subject.fullmatch(relative[1]):
        at, _, opens = relative
        return _holder(masked, at, antecedents) + all_of(masked, at, antecedents, plural=syntax.plural_verb.match(text, opens))
    head = _head_of_relative(masked, relative, trigger, syntax) if relative else []
    if ours := find_first_person(masked, left, start, antecedents):
        return [*head, *ours]
    places = dict.fromkeys((left, 0)) if relative is None else (relative[2],) if head else (relative[2], left, 0)
    for place in places:
        if found := _subject(masked, place, start, antecedents):
            return [*head, *keep_apart(masked, found, head, antecedents)]
    return head or find_by_opening(masked, left, start, antecedents)


def _head_of_relative(masked: Masked, relative: tuple[int, str, int], trigger: Trigger, syntax: Syntax) -> list[Argument]:
    """The head of a relative clause that is not its subject: its object, or whose the object is (« Lumio, dont Nubéo a … »)."""
    at, word, opens = relative
    head = masked.mention(at)
    if head is None:
        return []
    if not syntax.relative_genitive.fullmatch(word):
        return [Argument("object", head, at)]
    return [Argument("of", head, at)] if _has_object(masked.text, opens, trigger) else []


def _subject(masked: Masked, left: int, start: int, antecedents: Antecedents) -> list[Argument]:
    """The subject of the clause `left:start`, with those coordinated with it, or with the body for which it acts."""
    subject = find_subject(masked, left, start, antecedents, among=_THINGS)
    if subject is None or subject[1].mention is None:
        return []
    at, mention = subject[0], subject[1].mention
    place = next((i for i, sign in masked.signs() if i >= at and sign.mention is mention), at)
    if masked.text[place] in NAMES:
        return coordinated(masked, place, antecedents)
    return [Argument("subject", mention, at), *_body_of(masked, at, start, mention, antecedents)]


def _has_object(text: str, left: int, trigger: Trigger) -> bool:
    """True for a verb with its object behind « dont » and a name (« Lumio, dont Nubéo a pris le contrôle »)."""
    named = any(sign in NAMES for sign in text[left : trigger.start])
    return named and not trigger.noun and " " in text[trigger.start : trigger.end]


def _holder(masked: Masked, at: int, antecedents: Antecedents) -> list[Argument]:
    """Who holds an office at the body at the masked offset, which a relative clause follows: « le fondateur de Lumio, qui »."""
    match = antecedents.syntax.office_before.search(masked.text, 0, at) if masked.text[at] == SIGNS["ORG"] else None
    if match is None or not antecedents.descriptions.describes_person(match["phrase"]):
        return []
    found = antecedents.described(match["phrase"], masked.origin(match.start("phrase")), of=masked.mention(at)).mention
    return [Argument("subject", found, match.start("phrase"))] if found and found.type == "PER" else []


def _body_of(masked: Masked, at: int, end: int, mention: Mention, antecedents: Antecedents) -> list[Argument]:
    """The body for which a person who is described acts (« le patron de Lumio a signé »)."""
    phrase = antecedents.syntax.phrase.match(masked.text, at, end) if mention.type == "PER" else None
    bodies = [(i, sign.mention) for i, sign in masked.signs() if phrase and at <= i < phrase.end() and sign.kind == "ORG"]
    return [Argument("subject", body, place) for place, body in bodies[:1] if body]


def _beside(masked: Masked, left: int, start: int, antecedents: Antecedents) -> int | None:
    """The name right before the verb, where nothing governs it and it does not end an enumeration."""
    syntax, text = antecedents.syntax, masked.text
    match = syntax.adjacent.search(text, left, start)
    if match is None or text[: match.start()].endswith("(") or syntax.governs(text[left : match.start()]):
        return None
    before = [at for at, sign in masked.signs() if sign.mention and left <= at < match.start()]
    between = text[before[-1] + 1 : match.start()] if before else ""
    joined = syntax.listed.match(between) and not syntax.bare_comma.match(between)
    listed = before and (joined or syntax.listed_apposed.match(between))
    return None if listed else match.start("name")


def _last_relative(masked: Masked, left: int, start: int, antecedents: Antecedents) -> tuple[int, str, int] | None:
    """The last relative clause that opens in `left:start`: the offset of its head, its word, where it begins.

    The head is the name right before it, or the person whom an apposition between describes.
    """
    syntax, text = antecedents.syntax, masked.text
    names = [at for at, sign in masked.signs() if sign.mention and sign.kind in ENTITY_TYPES]
    for match in reversed(list(syntax.relative.finditer(text, left, start))):
        before = [at for at in names if left <= at < match.start() and not in_brackets(text, at)]
        if not before or not syntax.relative_gap.fullmatch(text, before[-1] + 1, match.start()):
            continue
        if syntax.relative_inverted.match(text, match.start(), start):
            continue
        opens = text[before[-1] + 1 : match.end()].startswith(",")
        is_aside = opens and syntax.aside_closed.search(text, match.end(), start) is not None
        if is_aside and not syntax.relative_subject.fullmatch(match["word"]):
            continue
        head = before[-1]
        if len(before) > 1 and text[before[-2]] == SIGNS["PER"]:
            apposition = text[before[-2] + 1 : head]
            noun = antecedents.descriptions.person_noun(apposition)
            if apposition.startswith(", ") and noun and apposition.find(noun[0]) < 16:
                head = before[-2]
        return head, match["word"].lower(), match.end()
    return None
