"""Adding up evidence: which spans are names, and of which type.

Each span and type gets the sum of its voices in log odds, less what a run of text needs to be believed a name. Of spans that
overlap the better one stands; a longer name is preferred to its parts, and the parts' voices count half for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from pipeline.model import ENTITY_TYPES, EntityType, Span
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.weights import Weights

LETTERS_A_WORD, MOST_WORDS = 5, 4
"""A name's length in words, by its letters, up to which it earns the premium on length."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A span taken for a name: its type, the voices for that type (strongest first) and their sum less the bias."""

    start: int
    end: int
    type: EntityType
    voices: tuple[Evidence, ...]
    total: float

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def canonical(self) -> str | None:
        """The full name that the strongest voice with an opinion proposes."""
        return next((voice.canonical for voice in self.voices if voice.canonical), None)


def decide(evidence: Iterable[Evidence], weights: Weights) -> tuple[Decision, ...]:
    """The names that the evidence supports, sorted by start, without overlaps."""
    options = _with_inner([_best_type(voices, weights) for voices in _by_place(evidence).values()], weights)
    kept: list[Decision] = []
    for option in sorted(_without_parts(options, weights.clear), key=lambda option: _preference(option, weights.longer)):
        at = bisect_left(kept, option.start, key=lambda decision: decision.start)
        overlaps = (at > 0 and kept[at - 1].end > option.start) or (at < len(kept) and kept[at].start < option.end)
        if option.total > 0 and not overlaps:
            kept.insert(at, option)
    return tuple(kept)


def weigh(voices: Iterable[Evidence], weights: Weights) -> float:
    """The sum of the voices in log odds: of one method the strongest in full, each further one at a discount.

    Voices that cannot carry a name alone count only beside one of another method that can.
    """
    by_method: dict[str, list[float]] = {}
    sure: set[str] = set()
    for voice in voices:
        by_method.setdefault(voice.method, []).append(voice.weight)
        if voice.sure:
            sure.add(voice.method)
    if not sure:
        return weights.bias
    return weights.bias + sum(max(w) + weights.second_voice * (sum(w) - max(w)) for w in by_method.values())


def _by_place(evidence: Iterable[Evidence]) -> dict[tuple[int, int], list[Evidence]]:
    places: dict[tuple[int, int], list[Evidence]] = {}
    for voice in evidence:
        places.setdefault(voice.place, []).append(voice)
    return places


def _best_type(voices: list[Evidence], weights: Weights) -> Decision:
    """The type with the largest sum; a tie goes to the type named first in ORG, PER, LOC, PRODUCT, LAW order."""
    options = []
    for entity_type in dict.fromkeys(voice.type for voice in voices):
        own = sorted((v for v in voices if v.type == entity_type), key=lambda v: (-v.weight, v.rule_id))
        options.append(Decision(voices[0].start, voices[0].end, entity_type, tuple(own), weigh(own, weights)))
    return min(options, key=lambda option: (-option.total, ENTITY_TYPES.index(option.type)))


def _with_inner(options: list[Decision], weights: Weights) -> list[Decision]:
    """The options with the voices of the names inside them counted in part: those of the same type, and a product's maker."""
    ordered = sorted(options, key=lambda option: (option.start, -option.end))
    raised = []
    for number, outer in enumerate(ordered):
        inner = 0.0
        for option in ordered[number + 1 :]:
            if option.start >= outer.end:
                break
            makers = outer.type == "PRODUCT" and option.type == "ORG" and option.start == outer.start
            if option.end <= outer.end and (option.type == outer.type or makers):
                inner = max(inner, option.total - weights.bias)
        bonus = weights.inner_voice * inner if outer.total > weights.bias / 2 else 0.0
        raised.append(Decision(outer.start, outer.end, outer.type, outer.voices, outer.total + bonus))
    return raised


def _without_parts(options: list[Decision], clear: float) -> list[Decision]:
    """The options less those inside a name of known extent: « Paris » is no place in « cour d'appel de Paris »."""
    wholes = ((o.start, o.end) for o in options if o.total > clear and any(voice.whole for voice in o.voices))
    reach = {start: max(end for _, end in same) for start, same in groupby(sorted(wholes), key=lambda whole: whole[0])}
    starts, ends = list(reach), list(accumulate(reach.values(), max))
    return [option for option in options if not _is_part(option, reach, starts, ends)]


def _is_part(option: Decision, reach: Mapping[int, int], starts: Sequence[int], ends: Sequence[int]) -> bool:
    """True where a name that begins before the option ends with or after it, or one that begins with it ends after it."""
    before = bisect_left(starts, option.start)
    return (before > 0 and ends[before - 1] >= option.end) or reach.get(option.start, 0) > option.end


def _preference(option: Decision, longer: float) -> tuple[float, int, int]:
    """Sorts the better option first: its sum, with a premium on length (a name of three words beats its first)."""
    words = min(MOST_WORDS, (option.end - option.start) // LETTERS_A_WORD)
    return -(option.total + longer * words), option.start, -option.end
