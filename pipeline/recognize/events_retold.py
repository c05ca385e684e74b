"""What one article tells twice: a headline names who suffers, its first sentence who acts; each row gets both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.model import Event, Mention
from pipeline.recognize.relations.resolution import name_of

_FAR = 600
"""Characters between two tellings of one fact; further apart an article rather comes to another one."""


def complete_retold(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, each empty side filled from the nearest telling of the same fact that has it.

    « Lumio lève 12 millions d'euros » before « Brise Capital investit 5 millions dans Lumio » → agents Brise Capital.
    """
    return tuple(_completed(event, events) for event in events)


def without_details(events: Sequence[Event], details: frozenset[str]) -> list[Event]:
    """The events without those of the rules `details` that only add to one told right before.

    « Nora Belkacem est nommée directrice de Lumio. Elle succède à Paul Verdier » tells of one appointment.
    """
    return [e for e in events if e.rule_id not in details or not any(_adds_to(e, other) for other in events)]


def _adds_to(event: Event, other: Event) -> bool:
    if other.type != event.type or other.modality != "asserted" or not 0 < event.start - other.start <= _FAR:
        return False
    return _names(event.targets) <= _names(other.targets)


def _completed(event: Event, events: Sequence[Event]) -> Event:
    if event.modality != "asserted" or bool(event.agents) == bool(event.targets):
        return event
    others = sorted((o for o in events if _is_retold(event, o)), key=lambda o: (abs(o.start - event.start), o.start))
    if not others:
        return event
    whole = others if event.type == "funding" else others[:1]
    if event.targets:
        return replace(event, agents=_once(m for other in whole for m in other.agents))
    return replace(event, targets=_once(m for other in whole for m in other.targets))


def _is_retold(event: Event, other: Event) -> bool:
    """True where the other row, with both sides, may tell the same: it names whom this one names, sum and day do not differ."""
    if other.type != event.type or other.modality != "asserted" or not (other.agents and other.targets):
        return False
    same = _names(event.agents) <= _names(other.agents) and _names(event.targets) <= _names(other.targets)
    return same and abs(other.start - event.start) <= _FAR and not _differ(event, other)


def _differ(event: Event, other: Event) -> bool:
    """True where both have a day, or both a sum, and not the same; an investor's share of a round is less than the round."""
    if event.date and other.date and event.date.value != other.date.value:
        return True
    if event.amount is None or other.amount is None:
        return False
    if other.amount.unit != event.amount.unit:
        return True
    return other.amount.min > event.amount.min if event.type == "funding" else other.amount.min != event.amount.min


def _names(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(map(name_of, mentions))


def _once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple({name_of(m): m for m in mentions}.values())
