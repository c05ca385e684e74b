"""Every place where every rule matches with its context, whether or not it wins there, and what looking cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.lexicon.conditions import Conditions
from pipeline.model import Extraction
from pipeline.recognize.context import THEMES as NAMES
from pipeline.recognize.context import ContextRules
from pipeline.recognize.quotes_speakers import starts_with, up_to_quote
from pipeline.recognize.scan import CompiledRule, Seen
from pipeline.workbench.cost import Clock
from pipeline.workbench.sights import Eyes, Family, Sight, family_of, lines_of
from pipeline.workbench.themes import THEMES, make_chunker


class Vote(NamedTuple):
    """One place where one rule matches, and what it takes the span for."""

    start: int
    end: int
    kind: str
    rule_id: str


Watch = Callable[[Sight], Iterator[Vote]]
"""What one rule says of a stretch of text."""


class Watchers:
    """All rules of the lexicon, each to be tried alone; built once. `spent` sums the seconds that each took."""

    def __init__(self, lexicon: Lexicon, clock: Clock) -> None:
        self._eyes, self._clock = Eyes(lexicon), clock
        self.spent: dict[str, float] = {}
        self._watches: dict[Family, list[tuple[str, Watch]]] = {}
        for theme in THEMES:
            file, family = lexicon.rules[theme], family_of(theme)
            for rule in file.rules:
                if rule.stands is None:
                    self._watches.setdefault(family, []).append((rule.id, _watch(family, file, rule)))
        self._chunker = make_chunker(lexicon)
        self._context = ContextRules(lexicon, self._chunker)
        self._cues = {rule.id: rule for theme in NAMES for rule in lexicon.rules[theme].rules if rule.stands}

    def find(self, found: Extraction) -> Iterator[Vote]:
        """The votes of all rules on one document, in no promised order."""
        yield from self._beside_names(found)
        for family, watches in self._watches.items():
            for sight in self._eyes.see(family, found):
                for rule_id, watch in watches:
                    began = self._clock()
                    votes = list(watch(sight))
                    self._charge(rule_id, self._clock() - began)
                    yield from votes

    def _beside_names(self, found: Extraction) -> Iterator[Vote]:
        """The votes of cues, which are looked up all at once: what that costs is shared out by their number."""
        began = self._clock()
        findings = self._context.find(found.document, list(self._chunker.find(found.document)))
        spent = self._clock() - began
        for rule_id in self._cues:
            self._charge(rule_id, spent / len(self._cues))
        spans = [(e.start, e.end, e.rule_id) for e in findings.evidence]
        spans += [(s.start, s.end, rule_id) for s, rule_id in zip(findings.nothing, findings.barring, strict=True)]
        for start, end, rule_id in spans:
            if rule_id in self._cues:
                yield Vote(start, end, self._cues[rule_id].finds, rule_id)

    def _charge(self, rule_id: str, seconds: float) -> None:
        self.spent[rule_id] = self.spent.get(rule_id, 0.0) + seconds


def _watch(family: Family, file: RuleFile, rule: Rule) -> Watch:
    if family in ("amounts", "dates"):
        return partial(_scanned, CompiledRule(file, rule), re.compile(file.pattern(rule)))
    conditions = Conditions(file, rule)
    if family == "quotes" and rule.finds != "indirect":
        pattern = file.pattern(rule)
        behind = starts_with(file.atoms["quote"], pattern)
        expression = re.compile(pattern if behind else up_to_quote(rule, pattern))
        return partial(_quoted, rule, expression, conditions, behind)
    if family == "furniture":
        return partial(_line, rule, re.compile(file.pattern(rule), re.IGNORECASE if rule.ignore_case else 0), conditions)
    slot = {"names": "name", "roles": "role", "quotes": "words"}.get(family, "")
    return partial(_matched, rule, re.compile(file.pattern(rule)), conditions, slot)


def _scanned(rule: CompiledRule, pattern: re.Pattern[str], sight: Sight) -> Iterator[Vote]:
    seen = Seen(sight.text, sight.lower, sight.around)
    for found in pattern.finditer(sight.lower if rule.rule.ignore_case else sight.text):
        if match := rule.match(seen, found.start()):
            yield Vote(match.start(), match.end(), rule.rule.finds, rule.rule.id)


def _matched(rule: Rule, pattern: re.Pattern[str], conditions: Conditions, slot: str, sight: Sight) -> Iterator[Vote]:
    for match in pattern.finditer(sight.text):
        start, end = match.span(slot) if slot in match.re.groupindex else match.span()
        if start < end and sight.is_open_to(rule, start) and conditions.hold(sight.text, *match.span(), sight.around):
            yield Vote(sight.origin(start), sight.ending(end), kind_of(rule), rule.id)


def _quoted(rule: Rule, pattern: re.Pattern[str], conditions: Conditions, behind: bool, sight: Sight) -> Iterator[Vote]:
    """Votes for what stands inside the marks of each quotation that the rule matches behind, or up to."""
    if sight.masked is None:
        return
    for at, sign in sight.masked.signs():
        if sign.kind == "quote":
            match = pattern.match(sight.text, at) if behind else pattern.search(sight.text, 0, at + 1)
            if match and conditions.hold(sight.text, *match.span(), sight.around):
                inside = sight.quoted[sign.start]
                yield Vote(inside.start, inside.end, kind_of(rule), rule.id)


def _line(rule: Rule, pattern: re.Pattern[str], conditions: Conditions, sight: Sight) -> Iterator[Vote]:
    for line in lines_of(sight):
        match = pattern.match(sight.text, line.start, line.end)
        whole = match and not sight.text[match.end() : line.end].strip(" .!…↑→»>*")
        if whole and conditions.hold(sight.text, line.start, line.end, sight.around):
            yield Vote(line.start, line.end, rule.finds, rule.id)


def kind_of(rule: Rule) -> str:
    """What a hit is called in gold: every rule on speakers finds quotations."""
    return "quote" if rule.finds.startswith("speaker") else rule.finds
