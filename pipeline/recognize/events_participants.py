"""Who takes part in an event, and on which side: the names of the sentence, then whom the article makes go without saying."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import Event, Mention
from pipeline.recognize.events_rules import EventRule
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.arguments import find_arguments
from pipeline.recognize.relations.masking import SIGNS, Masked
from pipeline.recognize.relations.modality import Form
from pipeline.recognize.relations.name_hints import BodyKind
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.salience import FAR
from pipeline.recognize.relations.stand_ins import Argument, Trigger, described_behind
from pipeline.recognize.relations.syntax import Syntax
from pipeline.text import fold_name

_NEAR = 60
_HALF, _ALL = 50, 100
_FIGURE = re.compile(r"\d+")
Mentions = tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's trigger in a masked sentence, with its form; `following` is where the rule's next trigger in it begins."""

    rule: EventRule
    match: re.Match[str]
    form: Form
    following: int | None
    masked: Masked

    @property
    def before(self) -> str:
        return self.masked.text[: self.match.start()]

    @property
    def behind(self) -> str:
        return self.masked.text[self.match.end() :]


class ParticipantReader:
    """Reads agents and targets; built once from `words/events.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._acted, self._staff = re.compile(words["acted"]), re.compile(words["staff"], re.IGNORECASE)
        self._share_of_staff = re.compile(words["share_of_staff"], re.IGNORECASE)
        self._lawmakers = re.compile(words["lawmakers"], re.IGNORECASE)
        self._reminds = {kind: re.compile(p, re.IGNORECASE) for kind, p in words["reminders_of"].items()}
        self._product_object = re.compile(words["product_object"], re.IGNORECASE)
        self._product_subject = re.compile(words["product_subject"], re.IGNORECASE)
        self._other_gender = {name: re.compile(p, re.IGNORECASE) for name, p in words["gender_of_laws"].items()}
        self._things = {kind: re.compile(words[kind], re.IGNORECASE) for kind in ("law", "product")}

    def read(self, hit: Hit, antecedents: Antecedents, earlier: Sequence[Event]) -> tuple[Mentions, Mentions] | None:
        """Agents and targets of a trigger, None where what its rule needs is not there."""
        agents, targets = self.look(hit, antecedents, earlier)
        return None if self.missing(hit, antecedents, agents, targets) else (agents, targets)

    def look(self, hit: Hit, antecedents: Antecedents, earlier: Sequence[Event]) -> tuple[Mentions, Mentions]:
        """Agents and targets of a trigger, as far as they are there."""
        agents, targets = _named(hit, antecedents)
        if not targets and "targets" in hit.rule.slots.values():
            targets = self._reminded(hit.behind, earlier)
        return self._filled(hit, antecedents, agents, targets)

    def missing(self, hit: Hit, antecedents: Antecedents, agents: Mentions, targets: Mentions) -> tuple[str, ...]:
        """What the trigger's rule needs and is not there."""
        both, text = (*agents, *targets), hit.masked.text

        def is_authority(mention: Mention) -> bool:
            return mention.type == "LOC" or (mention.type == "ORG" and antecedents.portraits.kind(mention) == "authority")

        def is_public(mention: Mention) -> bool:
            return mention.type != "ORG" or antecedents.portraits.kind(mention) not in ("media", "association")

        checks: dict[str, Callable[[], bool]] = {
            "agents": lambda: bool(agents),
            "targets": lambda: bool(targets),
            "any": lambda: bool(both),
            "two": lambda: len(both) >= 2,
            "money": lambda: SIGNS["money"] in text,
            "majority": lambda: self._share(hit) > _HALF,
            "minority": lambda: self._share(hit) <= _HALF,
            "staff": lambda: self._counts_staff(hit),
            "authority": lambda: any(map(is_authority, agents)),
            "official": lambda: all(map(is_public, agents)),
            "launched": lambda: _has("PRODUCT", targets) or (bool(agents) and _has("ORG", targets)),
            "authorities": lambda: all(map(is_authority, agents)),
            "law": lambda: _has("LAW", both),
            "vote": lambda: _has("LAW", both) or (bool(agents) and bool(antecedents.syntax.ballot.search(text))),
            "product": lambda: _has("PRODUCT", targets),
            "person": lambda: _has("PER", targets),
        }
        return tuple(need for need in hit.rule.needs if not checks[need]())

    def _share(self, hit: Hit) -> int:
        """How many per cent stand beside the trigger; all where no figure does (« la totalité », « la majorité »)."""
        near = range(hit.match.start(), hit.match.end() + _NEAR)
        told = (s.mention.text for at, s in hit.masked.signs() if at in near and s.kind == "percent" and s.mention)
        figure = _FIGURE.match(next(told, ""))
        return int(figure[0]) if figure else _ALL

    def _counts_staff(self, hit: Hit) -> bool:
        """True where people or posts are counted beside the trigger (« réduire de 64 postes », « de 6 % de ses troupes »)."""
        near = range(hit.match.start(), hit.match.end() + _NEAR)
        counted = (s.mention for at, s in hit.masked.signs() if at in near and s.kind == "quantity" and s.mention)
        shared = self._share_of_staff.search(hit.masked.text, near.start, near.stop)
        return shared is not None or any(self._staff.search(mention.text) for mention in counted)

    def _reminded(self, behind: str, earlier: Sequence[Event]) -> Mentions:
        """The participants of the earlier event that the words right behind a trigger remind of (« examine le rachat »)."""
        for kind, pattern in self._reminds.items():
            if pattern.match(behind.lstrip()):
                for event in reversed(earlier):
                    if event.type == kind:
                        return (*event.agents, *event.targets)
        return ()

    def _filled(self, hit: Hit, antecedents: Antecedents, agents: Mentions, targets: Mentions) -> tuple[Mentions, Mentions]:
        """Both sides, an empty one filled with whom the article speaks of, where the rule allows it.

        « LUMIO » of a headline is nobody else than « Lumio » in the sentence: nothing is done by a body to itself.
        """
        sides = {"agents": agents, "targets": targets}
        for fill in hit.rule.fills:
            side, _, kind = fill.rstrip("?").partition("=")
            wanted = 1 if kind == "partner" else 0
            given = () if kind == "product" and self._is_thing(hit, sides[side], antecedents) else sides[side]
            if len(given) == wanted and not (fill.endswith("?") and not self._acted.match(hit.behind)):
                others = [name_of(m) for m in (*agents, *targets)]
                found = self._unsaid(hit, kind, antecedents, others)
                if found and fold_name(name_of(found)) not in map(fold_name, others):
                    sides[side] = (*given, found)
        there = {name_of(m) for m in sides["targets"]}
        return tuple(m for m in sides["agents"] if name_of(m) not in there), sides["targets"]

    def _is_thing(self, hit: Hit, mentions: Mentions, antecedents: Antecedents) -> bool:
        """True where a pronoun before the trigger may be a product, and was read as a body: « Il a été mis en ligne »."""
        return all(m.type == "ORG" for m in mentions) and self._goes_back(hit, antecedents)

    def _unsaid(self, hit: Hit, kind: str, antecedents: Antecedents, others: list[str]) -> Mention | None:
        """The law or product that a noun nearby stands for, the authority or company that the article speaks of."""
        offset = hit.masked.origin(hit.match.start())
        if kind in self._things:
            before = "" if kind == "product" and self._acts(hit, antecedents.syntax) else hit.before[-_NEAR:]
            near = before + hit.match[0] + hit.behind[:_NEAR]
            if self._things[kind].search(near):
                thing = antecedents.things.meant(offset, kind.upper())
                return None if thing and kind == "law" and self._is_another(thing, near) else thing
            last = antecedents.things.last(offset) if kind == "product" and self._goes_back(hit, antecedents) else None
            return last if last and last.type == "PRODUCT" else None
        body: BodyKind = "authority" if kind == "authority" else "company"
        bodies = antecedents.bodies
        others = [*others, *bodies.names_like(self._lawmakers)]
        return bodies.of_kind(offset, kind=body, without=others, within=FAR).mention or bodies.topic(kind=body, without=others)

    def _acts(self, hit: Hit, syntax: Syntax) -> bool:
        """True for a verb whose subject stands before it and launches something, be it called « la plateforme »."""
        if hit.form == "noun" or hit.rule.slots.get("subject") != "agents" or self._product_object.search(hit.before):
            return False
        return (hit.rule.voice or _voice(hit.form, hit.before, syntax)) == "active"

    def _goes_back(self, hit: Hit, antecedents: Antecedents) -> bool:
        """True where a pronoun stands for a product: « Lumio l'a sorti »; « il est sorti », where no person was named before."""
        if self._product_object.search(hit.before):
            return True
        comes = self._product_subject.search(hit.before)
        by_itself = comes and (comes["passive"] or hit.rule.slots.get("subject") == "targets")
        return bool(by_itself) and not antecedents.preceding.names_person(hit.masked.origin(hit.match.start()))

    def _is_another(self, law: Mention, near: str) -> bool:
        """True where a pronoun of the other gender stands near: « il a été signé » is no « loi », but « ce texte » is."""
        pronoun = self._other_gender["pronoun"].search(near)
        feminine = self._other_gender["feminine"].match(law.text) is not None
        if pronoun is None or (pronoun["she"] is None and self._other_gender["noun"].search(near)):
            return False
        return (pronoun["she"] is not None) != feminine


def _named(hit: Hit, antecedents: Antecedents) -> tuple[Mentions, Mentions]:
    """Agents and targets that the sentence names, or describes behind the trigger."""
    start, end = hit.match.span()
    active = antecedents.syntax.active
    goes_on = _goes_on(hit, antecedents.syntax)
    active_words = (hit.before, hit.match[0].partition(" ")[0] + " ")
    bare = hit.form == "participle" and not (goes_on or any(map(active.search, active_words)))
    voice = hit.rule.voice or ("active" if goes_on else _voice(hit.form, hit.before, antecedents.syntax))
    human = "person" in hit.rule.needs and hit.rule.slots.get("object" if voice == "passive" else "subject") == "targets"
    of_people = hit.rule.people and voice == "active"
    trigger = Trigger(start, end, bare=bare, noun=hit.form == "noun", limit=hit.following, human=human, of_people=of_people)
    found = [*find_arguments(hit.masked, trigger, antecedents)]
    if (described := described_behind(hit.masked, end, antecedents)) is not None:
        found.append(described)
    sides: dict[str, dict[str, Mention]] = {"agents": {}, "targets": {}}
    acts = any(a.slot == "subject" and hit.rule.slots.get("subject") == "agents" for a in found)
    for argument in found:
        name, side = name_of(argument.mention), _side(hit.rule, argument, voice)
        if sides["agents"] and argument.slot == "frame":
            continue
        if acts and sides["agents"] and argument.slot == "by" and voice == "active" and hit.form != "noun":
            continue
        if side is not None and side.endswith("?"):
            side = None if sides[side[:-1]] else side[:-1]
        if side in ("actor", "either"):
            undergoes = antecedents.syntax.undergoes.search(hit.before) is not None
            side = "targets" if undergoes else _side_of_subject(hit, argument, found, antecedents)
        if side in sides and _may_take_part(hit, argument, side) and not any(name in taken for taken in sides.values()):
            sides[side][name] = argument.mention
    return tuple(sides["agents"].values()), tuple(sides["targets"].values())


def _goes_on(hit: Hit, syntax: Syntax) -> bool:
    """True for a participle with the auxiliary of the one before it: « Lumio a racheté Nubéo et absorbé Orvane »."""
    if hit.form != "participle" or syntax.by_agent.match(hit.behind):
        return False
    agrees = syntax.feminine_participle.search(hit.match[0]) or syntax.plural_participle.search(hit.match[0])
    return not agrees and syntax.active_goes_on.search(hit.before) is not None


def _voice(form: Form, before: str, syntax: Syntax) -> str:
    """Active or passive, by the auxiliary before a participle (« a racheté », « a été racheté », « racheté »)."""
    if form == "infinitive":
        return "passive" if syntax.to_be.search(before) else "active"
    if form != "participle":
        return "active"
    if syntax.passive.search(before):
        return "passive"
    return "active" if syntax.active.search(before) else "passive"


def _may_take_part(hit: Hit, argument: Argument, side: str) -> bool:
    rule, kind, slot = hit.rule, argument.mention.type, argument.slot
    named = hit.masked.mention(argument.at) is argument.mention
    governed = named and (slot == "subject" or (slot == "object" and argument.direct))
    fits = kind in rule.acts if side == "agents" else kind in rule.suffers or governed
    return fits and (kind in rule.types or (slot in ("by", "subject") and kind in rule.actors))


def _side(rule: EventRule, argument: Argument, voice: str) -> str | None:
    """The side that the rule gives the argument's slot; subject and object change places in the passive."""
    slot = "from" if argument.slot == "led" and "led" not in rule.slots else argument.slot
    if rule.people and argument.mention.type == "PER" and slot not in ("subject", "by", "instead"):
        return "targets"
    if slot == "of" and not argument.direct and argument.mention.type != "LAW":
        return None
    if voice == "passive" and slot == "subject" and "passive" in rule.slots:
        return rule.slots["passive"]
    if voice == "passive" and "object" in rule.slots:
        slot = {"subject": "object", "object": "nobody"}.get(slot, slot)
    return rule.slots.get(slot)


def _side_of_subject(hit: Hit, subject: Argument, found: list[Argument], antecedents: Antecedents) -> str | None:
    """The side of a noun's subject: the one that nobody else is on; `either` suffers where all is open, `actor` acts.

    « La Cnil ouvre une enquête contre Lumio »: agent. « Lumio fait l'objet d'une enquête de la Cnil », « Lumio : enquête
    ouverte »: target. « La Cnil a reçu une plainte »: neither.
    """
    rule, syntax = hit.rule, antecedents.syntax
    is_authority = subject.mention.type == "ORG" and antecedents.portraits.kind(subject.mention) == "authority"
    beside = (a for a in found if a.slot != "subject" and not (is_authority and a.slot == "led"))
    others = {_side(rule, argument, "active") for argument in beside}
    if is_authority and subject.slot == "subject" and syntax.receives.search(hit.before):
        return None
    if "agents" in others:
        return None if "targets" in others or is_authority else "targets"
    if "targets" in others or is_authority:
        return "agents"
    heads = syntax.heading.match(hit.before) is not None
    return "targets" if _side(rule, subject, "active") == "either" or heads else "agents"


def _has(kind: str, mentions: Mentions) -> bool:
    return any(m.type == kind for m in mentions)
