"""The rules of `events.yaml`, read once: which words are a trigger, and what part the names around it play."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pipeline.lexicon import Rule, RuleFile
from pipeline.lexicon.conditions import Conditions
from pipeline.lexicon.expressions import Expression
from pipeline.model import EventType
from pipeline.recognize.relations.masking import SIGNS
from pipeline.recognize.relations.modality import Form

_SETTINGS = (
    "types",
    "actors",
    "needs",
    "voice",
    "fills",
    "announced",
    "demands",
    "suffers",
    "acts",
    "detail",
    "stands",
    "learned",
)
_NUMBER = re.compile(r"\d$")


@dataclass(frozen=True, slots=True)
class EventRule:
    """One rule: `slots` says which part of the sentence is on which side, the rest what the notes of `events.yaml` say."""

    id: str
    type: EventType
    pattern: Expression
    slots: Mapping[str, str]
    types: tuple[str, ...]
    actors: tuple[str, ...]
    suffers: tuple[str, ...]
    acts: tuple[str, ...]
    needs: tuple[str, ...]
    voice: str | None
    fills: tuple[str, ...]
    announced: str | None
    people: bool
    detail: bool
    stands: bool
    learned: bool
    conditions: Conditions

    def is_announced(self, sentence: str, form: Form) -> bool:
        """True where what is announced counts as done: a layoff; an appointment with its day; what is said to come for sure.

        « Lumio lancera Merlin 2 » states it as a fact, « Lumio va lancer », « Lumio prévoit de lancer » a plan.
        """
        if self.announced in ("dated", "future") and form == "future":
            return True
        return self.announced == "yes" or (self.announced == "dated" and SIGNS["date"] in sentence)


def read_event_rules(file: RuleFile) -> tuple[EventRule, ...]:
    """The file's rules, the strongest first."""
    return tuple(_read_rule(rule, file) for rule in sorted(file.rules, key=lambda r: -r.priority))


def form_of(match: re.Match[str]) -> Form:
    """The grammatical form of a trigger, which the rule's groups tell (`finite`, `participle2`, …)."""
    name = next((name for name, value in match.groupdict().items() if value is not None), "finite")
    return cast("Form", _NUMBER.sub("", name))


def _read_rule(rule: Rule, file: RuleFile) -> EventRule:
    assigns = rule.assigns
    return EventRule(
        id=rule.id,
        type=cast("EventType", rule.finds),
        pattern=Expression(file.pattern(rule)),
        slots={slot: side for slot, side in assigns.items() if slot not in _SETTINGS},
        types=tuple(assigns["types"].split()),
        actors=tuple(assigns.get("actors", "").split()),
        acts=tuple(assigns.get("acts", f"{assigns['types']} {assigns.get('actors', '')}").split()),
        suffers=tuple(assigns.get("suffers", assigns["types"]).split()),
        needs=tuple(assigns["needs"].split()),
        voice=assigns.get("voice"),
        fills=tuple(assigns.get("fills", "").split()),
        announced=assigns.get("announced"),
        people="people" in assigns.get("demands", ""),
        detail=assigns.get("detail") == "yes",
        stands=assigns.get("stands") == "yes",
        learned=assigns.get("learned") == "yes",
        conditions=Conditions(file, rule),
    )
