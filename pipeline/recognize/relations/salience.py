"""How strongly each person and body of an article stands before the reader at a place: what a word there may stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Document, Mention
from pipeline.recognize.relations.appearances import Appearance, Appearances, Told
from pipeline.recognize.relations.resolution import name_of

NEAR, FAR = 8, 40
"""How many sentences back somebody may stand: for a pronoun, for who is called by a name of his own (« la ministre »)."""
_SUBJECT, _NAMED_OFTEN, _QUOTED = 1.6, 0.15, 1.5
"""Against one sentence of distance: being the subject, each further time the name stands, standing in what somebody says."""
_TOPIC_NAMED_OFTEN, _TOPIC_DISTANCE, _IN_HEADLINE, _NEVER_SUBJECT, _SOURCE = 0.3, 0.4, 1.2, 0.8, 2.0
"""For descriptions (« l'entreprise »), where the article's subject matters more than the nearest name."""

Fit = Callable[[Mention], float | None]
"""What speaks for a mention beside its place, in sentences of distance; None where it cannot be meant."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, by the place that speaks most for it."""

    mention: Mention
    weight: float
    appearance: Appearance
    distance: int


class Salience:
    """The people and bodies named in one article, weighed; grows while the article is read."""

    def __init__(self, document: Document, named: tuple[Mention, ...]) -> None:
        self.told = Told(document)
        self._appearances = Appearances()
        self._counts = Counter(name_of(m) for m in named)
        headline = document.blocks[0].end if document.blocks else 0
        self._headliners = frozenset(name_of(m) for m in named if m.start < headline)
        self._leading: set[str] = set()

    def add(self, appearance: Appearance) -> None:
        """Count one more appearance."""
        self._appearances.add(appearance)
        if appearance.subject:
            self._leading.add(name_of(appearance.mention))

    def hear(self, mention: Mention, offset: int) -> None:
        """Count that somebody speaks at `offset`, or is spoken of there by other words than a name."""
        self.add(Appearance(offset, self.told.sentence(offset), True, False, mention))

    def is_headlined(self, mention: Mention) -> bool:
        """True for who stands in the article's headline."""
        return name_of(mention) in self._headliners

    def best(self, offset: int, fit: Fit, *, within: int = NEAR, topic: bool = False) -> Mention | None:
        """Who stands out most before `offset` among those that fit."""
        found = max(self._options(offset, fit, within, topic=topic), key=lambda c: (c.weight, c.appearance.at), default=None)
        return found.mention if found else None

    def candidates(self, offset: int, fit: Fit) -> tuple[Candidate, ...]:
        """Everybody who fits, once each, the likeliest first."""
        best: dict[str, Candidate] = {}
        for option in sorted(self._options(offset, fit, NEAR, topic=False), key=lambda c: (-c.weight, -c.appearance.at)):
            best.setdefault(name_of(option.mention), option)
        return tuple(best.values())

    def most_named(self, mentions: Iterator[Mention]) -> Mention | None:
        """The one of these that the whole article names most, its headline's first."""
        weight = lambda m: (self._counts[name_of(m)] + 2 * (name_of(m) in self._headliners), -m.start)  # noqa: E731
        return max(mentions, key=weight, default=None)

    def _options(self, offset: int, fit: Fit, within: int, *, topic: bool) -> Iterator[Candidate]:
        here, known = self.told.sentence(offset), dict[str, float | None]()
        for appearance in self._appearances.before(offset, here - within):
            name, distance = name_of(appearance.mention), here - appearance.sentence
            if name not in known:
                known[name] = fit(appearance.mention)
            if (extra := known[name]) is not None:
                weight = extra + (self._topical(appearance, distance) if topic else self._near(appearance, distance))
                yield Candidate(appearance.mention, weight, appearance, distance)

    def _near(self, appearance: Appearance, distance: int) -> float:
        count = self._counts[name_of(appearance.mention)]
        weight = _SUBJECT * appearance.subject + _NAMED_OFTEN * min(count, 6) - min(distance, NEAR)
        return weight - _QUOTED * appearance.quoted - _SOURCE * (appearance.source and appearance.mention.type == "ORG")

    def _topical(self, appearance: Appearance, distance: int) -> float:
        name = name_of(appearance.mention)
        weight = _SUBJECT * appearance.subject / 2 + _TOPIC_NAMED_OFTEN * min(self._counts[name], 8) - _TOPIC_DISTANCE * distance
        weight -= _NEVER_SUBJECT * (name not in self._leading) + _SOURCE * appearance.source
        return weight + _IN_HEADLINE * (name in self._headliners)
