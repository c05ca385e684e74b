"""What happened: triggers of `events.yaml` with the names, sum and date of their sentence, one row a stated fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.model import Amount, DateReading, Document, Event, EventType, Mention, Modality
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.arguments import Argument, Trigger, described_behind, find_arguments
from pipeline.recognize.relations.descriptions import BodyKind, Descriptions
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked, Masking, name_signs
from pipeline.recognize.relations.modality import Form, ModalityReader
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.syntax import Syntax

_NUMBER = re.compile(r"\d$")
_MENTIONED = re.compile(f"[{NAMES}{''.join(SIGNS[kind] for kind in ('money', 'percent', 'quantity', 'date'))}]")


_STOP = re.compile(r"[,.;:]")
_SETTINGS = ("types", "actors", "needs", "voice", "fills", "announced", "demands")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    type: EventType
    pattern: re.Pattern[str]
    slots: Mapping[str, str]
    types: tuple[str, ...]
    actors: tuple[str, ...]
    needs: str
    voice: str | None
    fills: tuple[str, ...]
    announced: bool
    object: bool
    people: bool
    unless_before: re.Pattern[str] | None


class EventRecognizer:
    """The events of an article; built once from the lexicon.

    « Lumio lève 12 millions d'euros auprès de Brise Capital. » → funding, agents Brise Capital, targets Lumio, 12000000 EUR.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        file = lexicon.rules["events"]
        words = lexicon.words["events"]
        self._descriptions = Descriptions(lexicon)
        self._modality = ModalityReader(words)
        self._reminder = re.compile(words["reminder"])
        self._acted = re.compile(words["acted"])
        self._question = re.compile(words["question"])
        self._clause = re.compile(words["clause"])
        self._reminds = {kind: re.compile(p, re.IGNORECASE) for kind, p in words["reminders_of"].items()}
        self._priorities = {rule.id: rule.priority for rule in file.rules}
        self._things = {kind: re.compile(words[kind], re.IGNORECASE) for kind in ("law", "product")}
        self._rules = tuple(_read_rule(rule, file) for rule in sorted(file.rules, key=lambda r: -r.priority))

    def find(
        self, document: Document, mentions: tuple[Mention, ...], amounts: tuple[Amount, ...], dates: tuple[DateReading, ...]
    ) -> tuple[Event, ...]:
        """The article's events in order, those denied, possible or planned with their modality."""
        antecedents = Antecedents(document, mentions, self._descriptions)
        readings = (*(a.mention for a in amounts), *(d.mention for d in dates))
        masking = Masking(document.folded, (*name_signs(mentions), *name_signs(readings)))
        sums = {a.mention.start: a for a in amounts}
        days = {d.mention.start: d for d in dates if d.kind == "date"}
        events: list[Event] = []
        for span in document.sentences:
            masked = masking.mask(span)
            found = [self._completed(e, masked, sums, days) for e in self._find_in(masked, antecedents, document, events)]
            events += self._one_a_fact(found)
        return tuple(sorted(events, key=lambda e: (e.start, e.end, e.type)))

    def _find_in(self, masked: Masked, antecedents: Antecedents, document: Document, earlier: list[Event]) -> Iterator[Event]:
        text = masked.lower()
        for rule in self._rules:
            matches = list(rule.pattern.finditer(text))
            for number, match in enumerate(matches):
                start, end = match.span()
                following = matches[number + 1].start() if number + 1 < len(matches) else None
                if rule.unless_before and rule.unless_before.search(text[:start]):
                    continue
                if _form(match) == "noun" and self._is_reminder(masked, start, end):
                    continue
                agents, targets = self._participants(rule, match, following, masked, antecedents, earlier)
                active = _form(match) in ("finite", "infinitive", "future", "conditional") or bool(
                    antecedents.syntax.active.search(masked.text[:start])
                )
                if active and rule.object and not targets:
                    continue
                if _has_needed(rule.needs, agents, targets, masked.text, antecedents):
                    first, last = masked.origin(start), masked.ending(end)
                    modality = self._modality_of(masked.text, match)
                    if modality == "planned" and rule.announced:
                        modality = "asserted"
                    yield Event(first, last, document.text[first:last], rule.type, agents, targets, rule.id, modality=modality)

    def _participants(
        self,
        rule: _Rule,
        match: re.Match[str],
        following: int | None,
        masked: Masked,
        antecedents: Antecedents,
        earlier: list[Event],
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Agents and targets that the sentence names or, by a description or a reminder, points at."""
        start, end = match.span()
        form = _form(match)
        voice = rule.voice or _voice(form, masked.text[:start], antecedents.syntax)
        bare = form == "participle" and not antecedents.syntax.active.search(masked.text[:start])
        trigger = Trigger(start, end, bare=bare, noun=form == "noun", limit=following)
        found = list(find_arguments(masked, trigger, antecedents))
        if (described := described_behind(masked, end, antecedents)) is not None:
            found.append(described)
        agents, targets = _sides(rule, found, voice)
        if not targets and "targets" in rule.slots.values():
            targets = self._reminded(masked.text[end : end + 60], earlier)
        return self._filled(rule, match, masked, antecedents, agents, targets)

    def _reminded(self, behind: str, earlier: list[Event]) -> tuple[Mention, ...]:
        """The participants of the earlier event that the words right behind a trigger remind of (« examine le rachat »)."""
        for kind, pattern in self._reminds.items():
            if pattern.match(behind.lstrip()):
                for event in reversed(earlier):
                    if event.type == kind:
                        return (*event.agents, *event.targets)
        return ()

    def _filled(
        self,
        rule: _Rule,
        match: re.Match[str],
        masked: Masked,
        antecedents: Antecedents,
        agents: tuple[Mention, ...],
        targets: tuple[Mention, ...],
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Both sides, an empty one filled with whom the article speaks of, where the rule allows it."""
        sides = {"agents": agents, "targets": targets}
        offset = masked.origin(match.start())
        for fill in rule.fills:
            side, _, kind = fill.rstrip("?").partition("=")
            if (sides[side] and kind != "partner") or (fill.endswith("?") and not self._acted.match(masked.text[match.end() :])):
                continue
            if kind in self._things:
                near = masked.text[max(0, match.start() - 60) : match.end() + 60]
                found = antecedents.thing(offset, kind.upper()) if self._things[kind].search(near) else None
            else:
                others = [name_of(m) for m in (*agents, *targets)]
                body: BodyKind = "authority" if kind == "authority" else "company"
                found = antecedents.body(offset, kind=body, without=others).mention
                found = found or antecedents.topic(kind=body, without=others)
            if kind == "partner" and len(sides[side]) != 1:
                continue
            sides[side] = (*sides[side], found) if found else sides[side]
        return sides["agents"], sides["targets"]

    def _modality_of(self, text: str, match: re.Match[str]) -> Modality:
        start, end = match.span()
        clause = text[max((m.end() for m in self._clause.finditer(text, 0, start)), default=0) : start]
        modality = self._modality.read(clause, text[end : end + 90], _form(match))
        return "possible" if modality == "asserted" and self._question.search(text) else modality

    def _is_reminder(self, masked: Masked, start: int, end: int) -> bool:
        """True for « le partenariat », « l'enquête » that say no more: what was told before is told once."""
        text = masked.text
        if not self._reminder.search(text[max(0, start - 25) : start]):
            return False
        stop = _STOP.search(text, end)
        said = text[start : stop.start() if stop else len(text)]
        return not _MENTIONED.search(said) and not self._acted.match(text[end:])

    def _one_a_fact(self, events: list[Event]) -> list[Event]:
        """One event a fact: of two of a type that share a participant and no differing sum, the one with more to say."""
        kept: list[Event] = []
        for event in sorted(events, key=self._rank):
            if not any(_same_fact(event, other) for other in kept):
                kept.append(event)
        return kept

    def _rank(self, event: Event) -> tuple[bool, int, int, int]:
        return event.modality != "asserted", -len(_names(event)), -self._priorities[event.rule_id], event.start

    def _completed(self, event: Event, masked: Masked, sums: Mapping[int, Amount], days: Mapping[int, DateReading]) -> Event:
        """The event with the sum and the day of its sentence that stand nearest to the trigger."""
        kinds = ("money", "quantity", "percent") if event.type == "layoff" else ("money",)
        amount = _nearest(masked, event, kinds) if event.type in ("funding", "acquisition", "fine", "layoff") else None
        date = _nearest(masked, event, ("date",))
        return replace(
            event, amount=sums.get(amount) if amount is not None else None, date=days.get(date) if date is not None else None
        )


def _read_rule(rule: Rule, file: RuleFile) -> _Rule:
    assigns = rule.assigns
    return _Rule(
        rule.id,
        cast("EventType", rule.finds),
        re.compile(file.pattern(rule)),
        {slot: side for slot, side in assigns.items() if slot not in _SETTINGS},
        tuple(assigns["types"].split()),
        tuple(assigns.get("actors", "").split()),
        assigns["needs"],
        assigns.get("voice"),
        tuple(assigns.get("fills", "").split()),
        "announced" in assigns,
        "object" in assigns.get("demands", ""),
        "people" in assigns.get("demands", ""),
        re.compile(f"(?:{file.expand(rule.unless_before)})$") if rule.unless_before else None,
    )


def _form(match: re.Match[str]) -> Form:
    """The grammatical form that the rule's groups tell, without their number."""
    name = next((name for name, value in match.groupdict().items() if value is not None), "finite")
    return cast("Form", _NUMBER.sub("", name))


def _voice(form: Form, before: str, syntax: Syntax) -> str:
    """Active or passive, by the auxiliary before a participle (« a racheté », « a été racheté », « racheté »)."""
    if form == "infinitive":
        return "passive" if before.endswith("être ") else "active"
    if form != "participle":
        return "active"
    if syntax.passive.search(before):
        return "passive"
    return "active" if syntax.active.search(before) else "passive"


def _sides(rule: _Rule, found: list[Argument], voice: str) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Agents and targets by the rule's slots, subject and object changed in the passive; each entity once."""
    sides: dict[str, list[Mention]] = {"agents": [], "targets": []}
    seen: set[str] = set()
    for argument in found:
        side = _side(rule, argument, found, voice)
        name = name_of(argument.mention)
        types = (*rule.types, *rule.actors) if argument.slot in ("by", "subject") else rule.types
        if side in sides and argument.mention.type in types and name not in seen:
            seen.add(name)
            sides[side].append(argument.mention)
    return tuple(sides["agents"]), tuple(sides["targets"])


def _side(rule: _Rule, argument: Argument, found: list[Argument], voice: str) -> str | None:
    if argument.slot == "of" and not argument.direct and argument.mention.type != "LAW":
        return None
    slot = argument.slot
    if rule.people and slot not in ("subject", "by"):
        return "targets" if argument.mention.type == "PER" else rule.slots.get(slot)
    if voice == "passive":
        if slot == "subject" and "passive" in rule.slots:
            return rule.slots["passive"]
        if "object" in rule.slots:
            slot = {"subject": "object", "object": "subject"}.get(slot, slot)
    side = rule.slots.get(slot)
    if side == "either":
        return "agents" if any(rule.slots.get(a.slot) == "targets" and a.slot != "of" for a in found) else "targets"
    return side


def _has_needed(
    needs: str, agents: tuple[Mention, ...], targets: tuple[Mention, ...], text: str, antecedents: Antecedents
) -> bool:
    both = (*agents, *targets)
    checks = {
        "agents": bool(agents),
        "targets": bool(targets),
        "any": bool(both),
        "two": len(both) >= 2,
        "money": SIGNS["money"] in text,
        "authority": any(m.type == "LOC" or (m.type == "ORG" and antecedents.kind(m) == "authority") for m in agents),
        "launched": any(m.type == "PRODUCT" for m in targets) or (bool(agents) and any(m.type == "ORG" for m in targets)),
        "vote": any(m.type == "LAW" for m in both) or (bool(agents) and f"par {SIGNS['quantity']} contre" in text),
        "law": any(m.type == "LAW" for m in both),
        "product": any(m.type == "PRODUCT" for m in targets),
        "person": any(m.type == "PER" for m in targets),
    }
    return all(checks[need] for need in needs.split())


def _nearest(masked: Masked, event: Event, kinds: tuple[str, ...]) -> int | None:
    """The document offset of the nearest sign of these kinds, behind the trigger before those in front of it."""
    options = [
        (abs(sign.start - event.start) + (40 if sign.start < event.start else 0), sign.start)
        for _, sign in masked.signs()
        if sign.kind in kinds
    ]
    return min(options)[1] if options else None


def _same_fact(event: Event, other: Event) -> bool:
    if event.type != other.type:
        return False
    overlap = event.start < other.end and other.start < event.end
    differs = (event.amount and other.amount and event.amount != other.amount) or (
        event.date and other.date and event.date != other.date
    )
    return overlap or (not differs and _names(event) <= _names(other))


def _names(event: Event) -> frozenset[str]:
    return frozenset(name_of(m) for m in (*event.agents, *event.targets))
