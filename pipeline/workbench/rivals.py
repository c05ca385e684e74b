"""Rules in each other's way, as their own examples show: those that never win, and those that tie on one span."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.clean.plain import plain_document
from pipeline.errors import DataError
from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.recognize.scan import CompiledRule, see
from pipeline.workbench.themes import Readers

SCANNED = ("amounts", "dates")
"""The themes in which rules compete for spans of the text itself, by priority."""
ONE_A_FACT = ("amounts", "dates", "events", "roles")
"""The themes in which a span tells the rule that won it."""


def find_rivals(theme: str, file: RuleFile, lexicon: Lexicon, readers: Readers) -> Iterator[DataError]:
    """A mistake for each rule of the file that is dead, or that ties with another on a span of its own examples."""
    if theme in ONE_A_FACT:
        yield from _dead(theme, file, readers)
    if theme in SCANNED:
        yield from _ties(file, lexicon.rules[theme])


def _dead(theme: str, file: RuleFile, readers: Readers) -> Iterator[DataError]:
    find = readers.find(theme)
    for rule in file.rules:
        winners: list[str] = []
        for example in rule.marked:
            marked = {(start, end) for start, end, _ in example.expected}
            found = find(example.plain, example.published or file.published)
            winners += [one.rule_id for one in found if (one.start, one.end) in marked]
        if winners and rule.id not in winners:
            what = f"rule {rule.id!r} is dead: {', '.join(map(repr, dict.fromkeys(winners)))} wins its examples"
            yield file.places[rule.id].wrong(what, mend="raise its priority, add an example that it alone finds, or leave it out")


def _ties(file: RuleFile, theme: RuleFile) -> Iterator[DataError]:
    compiled = [CompiledRule(theme, rule) for rule in theme.rules]
    for rule in file.rules:
        peers = [one for one in compiled if one.rule.priority == rule.priority]
        for other in dict.fromkeys(_equals(rule, peers)):
            what = f"rules {rule.id!r} and {other!r} want one span at priority {rule.priority}"
            yield file.places[rule.id].wrong(what, mend="give the one that should win a higher priority")


def _equals(rule: Rule, compiled: list[CompiledRule]) -> Iterator[str]:
    """The rules, all of one priority, that match the very spans that the rule's examples mark."""
    for example in rule.marked:
        seen = see(plain_document(example.plain))
        for start, end, _ in example.expected:
            matching = [c.rule for c in compiled if (match := c.match(seen, start)) and match.end() == end]
            if rule in matching:
                yield from (other.id for other in matching if other.id != rule.id)
