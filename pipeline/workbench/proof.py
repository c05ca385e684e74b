"""Every rule proves itself: its examples and refusals, run against whatever reads the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.lexicon import Example, Rule, RuleFile


class Found(NamedTuple):
    """What a theme's reader sees: a span, its value in the notation of the rule files, and the rule that found it."""

    start: int
    end: int
    value: str | None
    rule_id: str


class Failure(NamedTuple):
    """A sentence that a rule does not stand up to: what it yields instead."""

    rule: Rule
    text: str
    what: str


Find = Callable[[str, str | None], Sequence[Found]]
"""`find(text, published)`: what a sentence without its marks yields, in order of the text."""
Proof = Callable[[RuleFile, Rule], Iterator[Failure]]
"""What tells the failures of one rule."""


def prove_alone(find: Find) -> Proof:
    """The proof of themes whose readers give the final spans: an example yields its marks and nothing else, a refusal nothing.

    A span marked without a value is compared by its place.
    """

    def prove(file: RuleFile, rule: Rule) -> Iterator[Failure]:
        for example in rule.marked:
            found = find(example.plain, example.published or file.published)
            if not _agrees(example, found):
                yield Failure(rule, example.text, f"gives {_shown(example.plain, found)}")
        for text in rule.refusals:
            if found := find(text, file.published):
                yield Failure(rule, text, f"gives {_shown(text, found)}, it should give nothing")

    return prove


def prove_among(find: Find) -> Proof:
    """The proof of rules that vote: an example's marks are among what the rule itself finds, a refusal yields none of its own."""

    def prove(file: RuleFile, rule: Rule) -> Iterator[Failure]:
        for example in rule.marked:
            found = find(example.plain, example.published or file.published)
            own = {(one.start, one.end): one.value for one in found if one.rule_id == rule.id}
            if any((start, end) not in own or value not in (None, own[start, end]) for start, end, value in example.expected):
                yield Failure(rule, example.text, f"gives {_shown(example.plain, found)}")
        for text in rule.refusals:
            if own_hits := [one for one in find(text, file.published) if one.rule_id == rule.id]:
                yield Failure(rule, text, f"gives {_shown(text, own_hits)}, it should give nothing")

    return prove


def _agrees(example: Example, found: Sequence[Found]) -> bool:
    if [(start, end) for start, end, _ in example.expected] != [(one.start, one.end) for one in found]:
        return False
    return all(value in (None, one.value) for (*_, value), one in zip(example.expected, found, strict=True))


def _shown(text: str, found: Sequence[Found]) -> str:
    parts = [f"[{text[one.start : one.end]}]" + (f"({one.value})" if one.value else "") + f" by {one.rule_id}" for one in found]
    return ", ".join(parts) or "nothing"
