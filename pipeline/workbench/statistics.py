"""What each rule does on a corpus: how often it matches, how often alone, with whom it disagrees, what it costs.

Names are counted by the votes of their context rules; dates and amounts by the places where a rule matches with its contexts,
whether or not it wins there. Where the corpus is marked a hit is right if the gold has that very span and kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.lexicon import Lexicon
from pipeline.recognize.context import THEMES as NAMES
from pipeline.recognize.scan import CompiledRule, Seen, see
from pipeline.settings import Settings
from pipeline.workbench.corpus import Tried, read_corpus
from pipeline.workbench.cost import Clock
from pipeline.workbench.rivals import SCANNED
from pipeline.workbench.themes import find_names

_MEGABYTE = 1_000_000


class Vote(NamedTuple):
    """One place where one rule matches, and what it takes the span for."""

    start: int
    end: int
    kind: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class RuleStatistics:
    """One rule's counts. `right` and `wanted` (gold items of its kind) are None where nothing is marked, as is the cost
    of rules that are not run one by one."""

    rule_id: str
    hits: int
    alone: int
    overlaps: int
    conflicts: int
    right: int | None
    wanted: int | None
    milliseconds_per_megabyte: float | None


def count_rules(corpus: str, lexicon: Lexicon, *, settings: Settings, clock: Clock) -> tuple[RuleStatistics, ...]:
    """The counts of every rule for names, dates and amounts, the most frequent first. Raises UsageError for no articles."""
    tried = list(read_corpus(corpus, lexicon, settings))
    size = sum(len(one.document.text.encode()) for one in tried)
    spent: dict[str, float] = {}
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("hits", "overlaps", "conflicts", "right")}
    for one, votes in zip(tried, _votes(tried, lexicon, clock, spent), strict=True):
        _count(one, votes, counts)
    marked = any(one.gold is not None for one in tried)
    wanted = Counter(kind for one in tried for kind, spans in (one.gold or {}).items() for _ in spans)
    rules = [rule for theme in (*SCANNED, *NAMES) for rule in lexicon.rules[theme].rules]
    rows = [
        RuleStatistics(
            rule.id,
            counts["hits"][rule.id],
            counts["hits"][rule.id] - counts["overlaps"][rule.id],
            counts["overlaps"][rule.id],
            counts["conflicts"][rule.id],
            counts["right"][rule.id] if marked else None,
            wanted[rule.finds] if marked else None,
            1000 * spent[rule.id] * _MEGABYTE / size if rule.id in spent else None,
        )
        for rule in rules
    ]
    return tuple(sorted(rows, key=lambda row: (-row.hits, row.rule_id)))


def _votes(tried: Sequence[Tried], lexicon: Lexicon, clock: Clock, spent: dict[str, float]) -> Iterator[list[Vote]]:
    kinds = {rule.id: rule.finds for theme in NAMES for rule in lexicon.rules[theme].rules}
    names = find_names(lexicon)
    files = [lexicon.rules[theme] for theme in SCANNED]
    compiled = [(CompiledRule(file, rule), re.compile(file.pattern(rule))) for file in files for rule in file.rules]
    for one in tried:
        votes = [Vote(f.start, f.end, kinds[f.rule_id], f.rule_id) for f in names(one.document.text, None)]
        seen = see(one.document)
        for rule, pattern in compiled:
            began = clock()
            votes += _matches(rule, pattern, seen)
            spent[rule.rule.id] = spent.get(rule.rule.id, 0.0) + clock() - began
        yield votes


def _matches(rule: CompiledRule, pattern: re.Pattern[str], seen: Seen) -> Iterator[Vote]:
    for found in pattern.finditer(seen.lowered if rule.rule.ignore_case else seen.folded):
        if match := rule.match(seen, found.start()):
            yield Vote(match.start(), match.end(), rule.rule.finds, rule.rule.id)


def _count(one: Tried, votes: list[Vote], counts: dict[str, Counter[str]]) -> None:
    at: dict[int, list[Vote]] = {}
    for vote in votes:
        for offset in range(vote.start, vote.end):
            at.setdefault(offset, []).append(vote)
    for vote in votes:
        rivals = [other for offset in range(vote.start, vote.end) for other in at[offset] if other.rule_id != vote.rule_id]
        counts["hits"][vote.rule_id] += 1
        counts["overlaps"][vote.rule_id] += bool(rivals)
        counts["conflicts"][vote.rule_id] += any(other.kind != vote.kind for other in rivals)
        if one.gold is not None:
            span = one.document.to_source.source_span(vote.start, vote.end)
            counts["right"][vote.rule_id] += span in one.gold.get(vote.kind, frozenset())
