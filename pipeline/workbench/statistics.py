"""What each rule does on a corpus: how often it matches, how often alone, with whom it disagrees, what it costs.

A rule is counted wherever it matches with its context, whether or not it wins there. Where the corpus is marked a hit is right if
the gold has that very span and kind; of functions and events, whose spans people draw differently, one of the kind that overlaps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract import Extractor
from pipeline.lexicon import Lexicon
from pipeline.model import EVENT_TYPES, Document, Extraction
from pipeline.settings import Settings
from pipeline.workbench.corpus import Tried, read_corpus
from pipeline.workbench.cost import Clock
from pipeline.workbench.sights import family_of
from pipeline.workbench.themes import THEMES
from pipeline.workbench.votes import Vote, Watchers, kind_of

_MEGABYTE = 1_000_000
_LOOSE = ("role", *EVENT_TYPES)
_FURNITURE = "furniture"
"""The family whose votes have source offsets, as the cleaned text holds none of it."""


@dataclass(frozen=True, slots=True)
class RuleStatistics:
    """One rule's counts. `right` and `wanted` (gold items of its kind) are None where nothing is marked."""

    rule_id: str
    hits: int
    alone: int
    overlaps: int
    conflicts: int
    right: int | None
    wanted: int | None
    milliseconds_per_megabyte: float


def count_rules(corpus: str, lexicon: Lexicon, *, settings: Settings, clock: Clock) -> tuple[RuleStatistics, ...]:
    """The counts of every rule, the most frequent first. Raises UsageError for no articles."""
    tried = list(read_corpus(corpus, lexicon, settings))
    size = sum(len(one.document.text.encode()) for one in tried)
    watchers = Watchers(lexicon, clock)
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("hits", "overlaps", "conflicts", "right")}
    families = {rule.id: _rivals_of(theme) for theme in THEMES for rule in lexicon.rules[theme].rules}
    for one, found in zip(tried, _read([one.document for one in tried], lexicon, settings), strict=True):
        _count(one, list(watchers.find(found)), families, counts)
    marked = any(one.gold is not None for one in tried)
    wanted = Counter(kind for one in tried for kind, spans in (one.gold or {}).items() for _ in spans)
    rows = []
    for rule in (rule for theme in THEMES for rule in lexicon.rules[theme].rules):
        kind = kind_of(rule)
        measured = marked and kind in wanted
        rows.append(
            RuleStatistics(
                rule.id,
                counts["hits"][rule.id],
                counts["hits"][rule.id] - counts["overlaps"][rule.id],
                counts["overlaps"][rule.id],
                counts["conflicts"][rule.id],
                counts["right"][rule.id] if measured else None,
                wanted[kind] if measured else None,
                1000 * watchers.spent.get(rule.id, 0.0) * _MEGABYTE / size,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.hits, row.rule_id)))


def _read(documents: Sequence[Document], lexicon: Lexicon, settings: Settings) -> Iterator[Extraction]:
    """Names, sums and dates of the documents, which the rules of relations see as signs."""
    extractor = Extractor(lexicon, settings)
    yield from extractor.find(documents)


def _rivals_of(theme: str) -> str:
    """The rules that rules of the theme compete with: those of their family; a number is a sum or a date."""
    return "dates" if theme == "amounts" else family_of(theme)


def _count(one: Tried, votes: list[Vote], families: Mapping[str, str], counts: dict[str, Counter[str]]) -> None:
    at: dict[tuple[str, int], list[Vote]] = {}
    for vote in votes:
        for offset in range(vote.start, vote.end):
            at.setdefault((families[vote.rule_id], offset), []).append(vote)
    for vote in votes:
        places = [(families[vote.rule_id], offset) for offset in range(vote.start, vote.end)]
        rivals = [other for place in places for other in at[place] if other.rule_id != vote.rule_id]
        counts["hits"][vote.rule_id] += 1
        counts["overlaps"][vote.rule_id] += bool(rivals)
        counts["conflicts"][vote.rule_id] += any(other.kind != vote.kind for other in rivals)
        if one.gold is not None and families[vote.rule_id] != _FURNITURE:
            counts["right"][vote.rule_id] += _is_right(vote, one, one.gold)


def _is_right(vote: Vote, one: Tried, gold: Mapping[str, frozenset[tuple[int, int]]]) -> bool:
    start, end = one.document.to_source.source_span(vote.start, vote.end)
    spans = gold.get(vote.kind, frozenset())
    return (start, end) in spans or (vote.kind in _LOOSE and any(a < end and start < b for a, b in spans))
