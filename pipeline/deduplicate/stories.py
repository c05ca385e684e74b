"""One story, counted once: the events that several articles tell of the same fact, with what they contradict each other in.

Candidates are events of one type that share a participant and were published or happened near each other; two are linked
where their participants agree and neither sum nor day forbids it; linked events are one story. Where the participants and
the days are the same and the sums differ, the story keeps the difference as a contradiction instead of falling in two.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

_ALIKE = Decimal("0.02")
"""Sums that differ by less than two hundredths are one sum rounded (« 4,66 » and « 4,7 millions »)."""
_NEAR = dt.timedelta(days=21)
"""Articles on one fact come out within three weeks of each other, unless they name its day."""
_SAME_NEWS = dt.timedelta(days=4)
"""Within four days differing sums are two accounts of one fact, later two facts."""

Sum = tuple[Decimal, Decimal, str | None]
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class EventTelling:
    """A row of `events`, with what it refers to: participants by entity id, sum, first and last day of its date.

    `others` are the rows behind it that tell the same of the same day's news: article and event.
    """

    event_id: str
    article_id: str
    type: str
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    published: dt.date | None = None
    amount: Sum | None = None
    days: Days | None = None
    others: tuple[tuple[str, str], ...] = ()

    participants: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "participants", frozenset((*self.agents, *self.targets)))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two events of one story that differ in a column; the earlier told one first."""

    column: str
    event_id: str
    other_event_id: str


@dataclass(frozen=True, slots=True)
class Story:
    """A fact that one or more articles tell; `story_id` is the id of the event told first."""

    story_id: str
    type: str
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    amount: Sum | None
    days: Days | None
    first_published: dt.date | None
    articles: tuple[str, ...]
    events: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


def find_firsts(told: Sequence[EventTelling]) -> list[int]:
    """For each telling the place of the first of its story, itself for that one. They are in the order in which they came out.

    Where they are but some, two of a type and a participant are of one story if they and all between them are there.
    """
    parents = list(range(len(told)))
    for one, other in _candidates(told):
        if parents[one] != parents[other] and _same_story(told[one], told[other]):
            _join(parents, one, other)
    return [_root(parents, place) for place in range(len(told))]


def _candidates(ordered: Sequence[EventTelling]) -> Iterator[tuple[int, int]]:
    """Pairs of events of one type and participant that came out near each other, or whose named days meet; some come twice.

    Of two that both have targets, those come whose targets share the participant: what an authority does to many is no pair.
    """
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, telling in enumerate(ordered):
        for participant in telling.participants:
            blocks[telling.type, participant].append(number)
    in_print = [(t.published.toordinal(), t.published.toordinal() + _NEAR.days) if t.published else None for t in ordered]
    in_time = [(t.days[0].toordinal(), t.days[1].toordinal()) if t.days else None for t in ordered]
    for (_, participant), block in blocks.items():
        aimed = [number for number in block if participant in ordered[number].targets]
        aimless = [number for number in block if not ordered[number].targets]
        for spans in (in_print, in_time):
            for some, others in ((aimed, aimed), (aimless, block), (block, aimless)):
                yield from _begun_within(spans, some, others)


def _begun_within(
    spans: Sequence[tuple[int, int] | None], some: Iterable[int], others: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Each of `some` with those of the `others` whose span begins within its own."""
    begun = sorted((span[0], other) for other in others if (span := spans[other]))
    days = [day for day, _ in begun]
    for one in some:
        if span := spans[one]:
            yield from ((one, other) for _, other in begun[bisect_left(days, span[0]) : bisect_right(days, span[1])])


def _join(parents: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parents, one), _root(parents, other)))
    parents[high] = low


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _same_story(one: EventTelling, other: EventTelling) -> bool:
    """True where participants, days and sums of two events of one type may be those of one fact."""
    if not _agree_on_participants(one, other) or not _agree_on_days(one, other):
        return False
    return _same_sum(one, other) or (one.participants == other.participants and _apart(one, other) <= _SAME_NEWS)


def _agree_on_participants(one: EventTelling, other: EventTelling) -> bool:
    """Targets, where both name some, share one; and one event's participants are half of the other's at least."""
    if one.targets and other.targets and set(one.targets).isdisjoint(other.targets):
        return False
    shared = one.participants & other.participants
    return 2 * len(shared) >= min(len(one.participants), len(other.participants)) > 0


def _agree_on_days(one: EventTelling, other: EventTelling) -> bool:
    if one.days and other.days:
        return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]
    return _apart(one, other) <= _NEAR


def _apart(one: EventTelling, other: EventTelling) -> dt.timedelta:
    """How far apart two articles came out; for ever where a day is not known."""
    if one.published is None or other.published is None:
        return dt.timedelta.max
    return abs(one.published - other.published)


def _same_sum(one: EventTelling, other: EventTelling) -> bool:
    if one.amount is None or other.amount is None or one.amount[2] != other.amount[2]:
        return one.amount is None or other.amount is None
    low, high = max(one.amount[0], other.amount[0]), min(one.amount[1], other.amount[1])
    return low <= high or (low - high) <= _ALIKE * max(abs(low), abs(high))


def tell_story(tellings: Sequence[EventTelling]) -> Story:
    """The story of tellings that are one, in the order in which they came out."""
    first = tellings[0]
    days = [telling.published for telling in tellings if telling.published]
    events = sorted(event for telling in tellings for event in _events(telling))
    return Story(
        first.event_id,
        first.type,
        _union(telling.agents for telling in tellings),
        _union(telling.targets for telling in tellings),
        next((telling.amount for telling in tellings if telling.amount), None),
        next((telling.days for telling in tellings if telling.days), None),
        min(days) if days else None,
        _union((article,) for _, article, _, _ in events),
        tuple(event for *_, event in events),
        tuple(_contradictions(tellings)),
    )


def _events(telling: EventTelling) -> Iterator[tuple[dt.date, str, int, str]]:
    """The day, article, place in it and id of each event that the telling stands for; ids end in offsets (« a:fine:253-266 »)."""
    for article, event in ((telling.article_id, telling.event_id), *telling.others):
        yield telling.published or dt.date.max, article, int(event.rpartition(":")[2].partition("-")[0]), event


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for group in groups for name in group}))


def _contradictions(tellings: Sequence[EventTelling]) -> Iterator[Contradiction]:
    """Each event whose sum is not the one told first, against the event that told it."""
    teller = next((telling for telling in tellings if telling.amount), None)
    if teller is None:
        return
    differing = (telling for telling in tellings if telling.amount and not _same_sum(teller, telling))
    for *_, event in sorted(event for telling in differing for event in _events(telling)):
        yield Contradiction("amount", teller.event_id, event)
