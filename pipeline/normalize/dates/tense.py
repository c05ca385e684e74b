"""The tense of the clause around a date: it tells whether « lundi » is the last one or the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.normalize.dates.frame import Tense

_BEHIND = 12
"""What a verb behind the date costs, in characters: in French the date mostly follows its verb."""
_BOUND = re.compile(r"[;:()«»\"“”—–]|, (?:qui|que|dont|où|mais|et|alors|tandis)\b|,|\b(?:qui|que|qu'|dont|où)\b")
_COSTS = {",": 15}
_STRONG = 60
_MOST = 150
"""A verb that costs more governs another clause."""
_SUBORDINATE = 30


class TenseReader:
    """Reads tenses by the verb forms of `words/dates-tense.yaml`."""

    def __init__(self, words: Mapping[str, Any]):
        kinds = ("planned", "future", "past")
        alternatives = [f"(?P<{kind}>{'|'.join(words[kind])})" for kind in kinds]
        self._verbs = re.compile(rf"(?<![\w'-])(?:{'|'.join(alternatives)})")
        self._participle = re.compile(words["participle"])

    def find(self, sentence: str, start: int, end: int) -> Tense | None:
        """The tense of the verb that governs `sentence[start:end]`; None where no verb tells."""
        head = sentence[:start]
        nearest: tuple[int, Tense] | None = None
        for verb in self._verbs.finditer(sentence):
            if verb.start() < end and start < verb.end():
                continue
            tense: Tense = "past" if verb.lastgroup == "past" else "future"
            cost = _cost(sentence, verb, start, end)
            if cost <= _MOST and (nearest is None or cost <= nearest[0]):
                nearest = cost, tense
        if (nearest is None or nearest[0] > 3) and self._participle.search(head[-40:]):
            return "past"
        return nearest[1] if nearest else None


def _cost(sentence: str, verb: re.Match[str], start: int, end: int) -> int:
    before = verb.end() <= start
    between = sentence[verb.end() : start] if before else sentence[end : verb.start()]
    cost = len(between) + (0 if before else _BEHIND)
    for bound in _BOUND.finditer(between):
        mark = bound[0]
        cost += _COSTS.get(mark, _STRONG if not mark[0].isalpha() and mark[0] != "," else _SUBORDINATE)
    return cost
