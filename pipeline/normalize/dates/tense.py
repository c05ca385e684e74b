"""The tense of the clause around a date: it tells whether « lundi » is the last one or the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.normalize.dates.frame import Evidence, Tense

_BEHIND = 12
"""What a verb behind the date costs, in characters: in French the date mostly follows its verb."""
_BOUND = re.compile(r"[;:()«»\"“”—–]|, (?:qui|que|dont|où|mais|et|alors|tandis)\b|,|\b(?:qui|que|qu'|dont|où)\b")
_PARENTHESES = re.compile(r"\([^()]*\)")
_COSTS = {",": 15}
_WEAK = 8
"""What a participle without an auxiliary costs: « publié mercredi »."""
_WEAK_BEHIND = 60
"""The same behind the date, where it mostly belongs to a noun: « au 1er janvier, le tarif réglementé baissera »."""
_STRONG = 60
_SURE = 40
"""A verb that costs more, or a bare participle, gives way where the other tense lies much nearer."""
_MOST = 150
"""A verb that costs more governs another clause."""
_SUBORDINATE = 30


class TenseReader:
    """Reads tenses by the verb forms of `words/dates-tense.yaml`."""

    def __init__(self, words: Mapping[str, Any]):
        kinds = ("planned", "future", "past", "weak_past")
        forms = "|".join(f"(?P<{kind}>{'|'.join(words[kind])})" for kind in kinds)
        for atom in ("participle", "infinitive"):
            forms = forms.replace(f"{{{atom}}}", words[atom])
        self._noun = re.compile(words["noun_before"])
        self._verbs = re.compile(rf"(?<![\w'-])(?:s'|l'|n'|qu'|c'|d')?(?:{forms})")

    def find(self, sentence: str, start: int, end: int) -> Evidence:
        """What the verb that governs `sentence[start:end]` tells; a tense of None where no verb does."""
        sentence = sentence[:1].lower() + sentence[1:]
        text = _PARENTHESES.sub(
            lambda found: " " * len(found[0]) if not found.start() < start < found.end() else found[0], sentence
        )
        nearest, found = _MOST + 1, Evidence(None, sure=False)
        for verb in self._verbs.finditer(text):
            if verb.start() < end and start < verb.end():
                continue
            if verb.lastgroup == "weak_past" and self._noun.search(text, max(0, verb.start() - 20), verb.start()):
                continue
            cost = _cost(text, verb, start, end)
            if cost <= nearest:
                tense: Tense = "past" if verb.lastgroup in ("past", "weak_past") else "future"
                nearest, found = cost, Evidence(tense, sure=verb.lastgroup != "weak_past" and cost <= _SURE)
        return found


def _cost(sentence: str, verb: re.Match[str], start: int, end: int) -> int:
    before = verb.end() <= start
    between = sentence[verb.end() : start] if before else sentence[end : verb.start()]
    weak = verb.lastgroup == "weak_past"
    cost = len(between.strip()) + (0 if before else _BEHIND) + weak * (_WEAK if before else _WEAK_BEHIND)
    for bound in _BOUND.finditer(between):
        mark = bound[0]
        cost += _COSTS.get(mark, _STRONG if not mark[0].isalpha() and mark[0] != "," else _SUBORDINATE)
    return cost
