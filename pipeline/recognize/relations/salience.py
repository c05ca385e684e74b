"""How strongly each person and body of an article stands before the reader at a place: what a word there may stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import Document, Mention
from pipeline.recognize.relations.appearances import Appearance, Appearances, Told
from pipeline.recognize.relations.marks import Marked
from pipeline.recognize.relations.resolution import name_of

NEAR, FAR = 8, 40
"""How many sentences back somebody may stand: for a pronoun, for who is called by a name of his own (« la ministre »)."""
_SUBJECT, _NAMED_OFTEN, _QUOTED = 1.6, 0.15, 1.5
"""Against one sentence of distance: being the subject, each further time the name stands, standing in what somebody says."""
_TOPIC_NAMED_OFTEN, _TOPIC_DISTANCE, _IN_HEADLINE, _NEVER_SUBJECT, _SOURCE = 0.3, 0.4, 2.5, 0.8, 2.0
"""For descriptions (« l'entreprise »), where the article's subject matters more than the nearest name."""

_TOPIC_FAR = 10
"""So many sentences back an article's subject is as far as it gets: of 6, 8, 10, 12 and no end, 8 and 10 were best alike."""

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

    def __init__(self, document: Document, named: tuple[Mention, ...], marked: Iterable[Marked]) -> None:
        self.told = Told(document, marked)
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

    def best(self, offset: int, fit: Fit, *, within: int = NEAR, topic: bool = False, sources: bool = True) -> Mention | None:
        """Who stands out most before `offset` among those that fit; without `sources` no body that only tells of another."""
        weighed = (one for one in self._weighed(offset, fit, within, topic=topic) if sources or not one[1].source)
        found = max(weighed, key=lambda one: (one[0], one[1].at), default=None)
        return found[1].mention if found else None

    def candidates(self, offset: int, fit: Fit) -> tuple[Candidate, ...]:
        """Everybody who fits, once each, the likeliest first."""
        best: dict[str, Candidate] = {}
        here = self.told.sentence(offset)
        for weight, one in sorted(self._weighed(offset, fit, NEAR, topic=False), key=lambda one: (-one[0], -one[1].at)):
            best.setdefault(name_of(one.mention), Candidate(one.mention, weight, one, here - one.sentence))
        return tuple(best.values())

    def most_named(self, mentions: Iterator[Mention]) -> Mention | None:
        """The one of these that the whole article names most, its headline's first."""

        def weight(mention: Mention) -> tuple[int, int]:
            name = name_of(mention)
            return self._counts[name] + 2 * (name in self._headliners), -mention.start

        return max(mentions, key=weight, default=None)

    def _weighed(self, offset: int, fit: Fit, within: int, *, topic: bool) -> Iterator[tuple[float, Appearance]]:
        """The places before `offset` whose names fit, the nearest first, each with what speaks for it."""
        here, known = self.told.sentence(offset), dict[str, float | None]()
        weigh = self._topical if topic else self._near
        for appearance in self._appearances.before(offset, here - within):
            name = name_of(appearance.mention)
            if name not in known:
                known[name] = fit(appearance.mention)
            if (extra := known[name]) is not None:
                yield extra + weigh(name, appearance, here - appearance.sentence), appearance

    def _near(self, name: str, appearance: Appearance, distance: int) -> float:
        weight = _SUBJECT * appearance.subject + _NAMED_OFTEN * min(self._counts[name], 6) - min(distance, NEAR)
        return weight - _QUOTED * appearance.quoted - _SOURCE * appearance.source

    def _topical(self, name: str, appearance: Appearance, distance: int) -> float:
        weight = (
            _SUBJECT * appearance.subject / 2
            + _TOPIC_NAMED_OFTEN * min(self._counts[name], 8)
            - _TOPIC_DISTANCE * min(distance, _TOPIC_FAR)
        )
        weight -= _NEVER_SUBJECT * (name not in self._leading) + _SOURCE * appearance.source
        return weight + _IN_HEADLINE * (name in self._headliners)
