"""What happened: triggers of `events.yaml` with the names, sum and date of their sentence, one row a stated fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.lexicon import Lexicon
from pipeline.model import Amount, DateReading, Document, Event, EventType, Mention, Span
from pipeline.recognize.relations.antecedents import Antecedents, name_of
from pipeline.recognize.relations.arguments import Argument, described_behind, find_arguments
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked, Masking, Sign, name_signs
from pipeline.recognize.relations.modality import ModalityReader

_FORM = re.compile(r"\d$")
_ACTIVE = re.compile(
    r"(?<!\w)(?:a|ont|avait|avaient|aura|auront|ayant|avoir|aurait|auraient|ai|avons|eut|s'est|se sont|s'était)(?: (?!été)[\w'-]+){0,3} $"
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:est|sont|était|étaient|fut|furent|sera|seront|serait|été|être|étant|se voit|se voient|s'est vue?)(?: (?!par )[\w'-]+){0,3} $"
)
_CLAUSE = re.compile(r"[;:]|, (?:mais|alors|tandis)|alors que|tandis que")
_MENTIONED = re.compile(rf"[{NAMES}{SIGNS['money']}{SIGNS['date']}]")
_ACTED = re.compile(
    r"^ ?(?:,|qui)? ?(?:ouverte?s?|infligée?s?|prononcée?s?|lancée?s?|signée?s?|annoncée?s?|conclue?s?|nouée?s?|scellée?s?|déposée?s?)"
)
_QUESTION = re.compile(r"\?[\"» ”]*$")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    type: EventType
    pattern: re.Pattern[str]
    slots: Mapping[str, str]
    types: tuple[str, ...]
    needs: str
    voice: str | None
    priority: int


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
        self._rules = tuple(
            _Rule(
                rule.id,
                rule.finds,  # type: ignore[arg-type]
                re.compile(file.pattern(rule), re.IGNORECASE),
                {k: v for k, v in rule.assigns.items() if k not in ("types", "needs", "voice")},
                tuple(rule.assigns["types"].split()),
                rule.assigns["needs"],
                rule.assigns.get("voice"),
                rule.priority,
            )
            for rule in sorted(file.rules, key=lambda r: -r.priority)
        )

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
            found = [self._completed(e, masked, sums, days) for e in self._find_in(masked, antecedents, document)]
            events += _one_a_fact(found)
        return tuple(sorted(events, key=lambda e: (e.start, e.end, e.type)))

    def _find_in(self, masked: Masked, antecedents: Antecedents, document: Document) -> Iterator[Event]:
        for rule in self._rules:
            for match in rule.pattern.finditer(masked.text):
                event = self._event(rule, match, masked, antecedents, document)
                if event is not None:
                    yield event

    def _event(
        self, rule: _Rule, match: re.Match[str], masked: Masked, antecedents: Antecedents, document: Document
    ) -> Event | None:
        """The event that a trigger tells, None where what the rule needs is not there."""
        text, form = masked.text, _form(match)
        start, end = match.span()
        if form == "noun" and self._is_reminder(masked, start, end):
            return None
        found = list(find_arguments(masked, start, end, antecedents))
        described = described_behind(masked, end, antecedents)
        if described is not None:
            found.append(described)
        voice = rule.voice or _voice(form, text[:start])
        agents, targets = _roles(rule, found, voice)
        if not _has_needed(rule.needs, agents, targets, text):
            return None
        clause = text[max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0) : start]
        modality = self._modality.read(clause, text[end : end + 30], form)
        if modality == "asserted" and _QUESTION.search(text):
            modality = "possible"
        first, last = masked.origin(start), masked.ending(end)
        return Event(first, last, document.text[first:last], rule.type, agents, targets, rule.id, modality=modality)

    def _is_reminder(self, masked: Masked, start: int, end: int) -> bool:
        """True for « le partenariat », « l'enquête » that say no more: what was told before is told once."""
        text = masked.text
        if not self._reminder.search(text[max(0, start - 25) : start]):
            return False
        behind = text[end : end + 60]
        stop = re.search(r"[,.;:]", behind)
        return not _MENTIONED.search(behind[: stop.start()] if stop else behind) and not _ACTED.match(behind)

    def _completed(self, event: Event, masked: Masked, sums: Mapping[int, Amount], days: Mapping[int, DateReading]) -> Event:
        """The event with the sum and the day of its sentence that stand nearest to the trigger."""
        kinds = ("money", "quantity", "percent") if event.type == "layoff" else ("money",)
        amount = _nearest(masked, event, kinds) if event.type in ("funding", "acquisition", "fine", "layoff") else None
        date = _nearest(masked, event, ("date",))
        return replace(
            event, amount=sums.get(amount) if amount is not None else None, date=days.get(date) if date is not None else None
        )


def _form(match: re.Match[str]) -> str:
    """The grammatical form that the rule's groups tell, without their number."""
    name = next((name for name, value in match.groupdict().items() if value is not None), "finite")
    return _FORM.sub("", name)


def _voice(form: str, before: str) -> str:
    if form == "noun":
        return "active"
    if form != "participle":
        return "passive" if re.search(r"(?:être|se (?:voit|faire|fait)) $", before) else "active"
    if _PASSIVE.search(before):
        return "passive"
    return "active" if _ACTIVE.search(before) else "passive"


def _roles(rule: _Rule, found: list[Argument], voice: str) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Agents and targets by the rule's slots, subject and object changed in the passive; each entity once."""
    swapped = {"subject": "object", "object": "subject"} if voice == "passive" and "object" in rule.slots else {}
    sides: dict[str, list[Mention]] = {"agents": [], "targets": []}
    seen: set[str] = set()
    for argument in found:
        side = rule.slots.get(swapped.get(argument.slot, argument.slot))
        if side == "either":
            side = "agents" if any(a.slot in ("to", "against", "for") for a in found) else "targets"
        name = name_of(argument.mention)
        if side not in sides or argument.mention.type not in rule.types or name in seen:
            continue
        seen.add(name)
        sides[side].append(argument.mention)
    return tuple(sides["agents"]), tuple(sides["targets"])


def _has_needed(needs: str, agents: tuple[Mention, ...], targets: tuple[Mention, ...], text: str) -> bool:
    both = (*agents, *targets)
    checks = {
        "agents": bool(agents),
        "targets": bool(targets),
        "any": bool(both),
        "two": len(both) >= 2,
        "money": SIGNS["money"] in text,
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


def _one_a_fact(events: list[Event]) -> list[Event]:
    """One event a fact: of two of a type that share a participant and no differing sum, the one with more to say."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (-len(_names(e)), e.start)):
        if not any(_same_fact(event, other) for other in kept):
            kept.append(event)
    return kept


def _same_fact(event: Event, other: Event) -> bool:
    if event.type != other.type:
        return False
    overlap = event.start < other.end and other.start < event.end
    differs = event.amount and other.amount and event.amount != other.amount
    return overlap or (not differs and _names(event) <= _names(other))


def _names(event: Event) -> frozenset[str]:
    return frozenset(name_of(m) for m in (*event.agents, *event.targets))
