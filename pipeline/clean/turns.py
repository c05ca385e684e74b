"""Interviews told by labels of their speakers (« Le Relais : … », « Q. : », « A. K. : ») → who asks, who answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Turn = Literal["question", "answer"]

FEWEST_TURNS = 4
FEWEST_EACH = 2
"""Two speakers of two turns each make an interview; a single « Prix : … » among paragraphs is no turn."""

FEWEST_ANSWERS = 3
"""Turns of the one who is labelled where the one who asks is not."""

ASKING_SHARE = 0.5
"""How many of a speaker's turns end in a question mark where nothing else says that he is the one who asks."""

_NOT_LETTER = re.compile(r"[\W_]+")


class TurnFinder:
    """Finds turns. Built once from the words of `layout.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._asking = frozenset(words["asking"])
        self._answering = frozenset(words["answering"])
        word = rf"(?:[A-ZÀ-ÖØ-Þ][\w'’-]*+\.?|{words['particles']})"
        who = rf"(?P<who>{word}(?:(?: |(?<=\.)){word}){{0,4}})"
        self._label = re.compile(rf"{who}(?:[ \u00a0\u202f]?:|\.? ?[–—])[ \u00a0\u202f]+(?=\S)")

    def find(self, lines: Sequence[str]) -> Mapping[int, Turn]:
        """The turns by number of line; none where the lines are no interview or nobody is seen to ask.

        « Le Relais : Pourquoi ? », « Jo Lan : Parce que. », twice over, are two questions and two answers.
        """
        said = self._by_speaker(lines)
        speakers = {who: turns for who, turns in said.items() if len(turns) >= FEWEST_EACH}
        if len(speakers) == 1:
            return _before_answers(lines, *speakers.values())
        if len(speakers) < 2 or sum(map(len, speakers.values())) < FEWEST_TURNS:
            return {}
        asking = self._who_asks(lines, speakers)
        if asking is None:
            return {}
        return {i: "question" if who == asking else "answer" for who, turns in said.items() if who in speakers for i in turns}

    def _by_speaker(self, lines: Sequence[str]) -> dict[str, list[int]]:
        """The labelled lines of each speaker; initials stand for the name before them (« Jo Lan : », « J. L. : »)."""
        said: dict[str, list[int]] = defaultdict(list)
        initials: dict[str, str] = {}
        for index, line in enumerate(lines):
            if match := self._label.match(line):
                who = _NOT_LETTER.sub(" ", match["who"]).strip().lower()
                words = who.split()
                initials.setdefault(" ".join(word[0] for word in words), who)
                said[initials[who] if len(words) > 1 and who in initials else who].append(index)
        return said

    def _who_asks(self, lines: Sequence[str], speakers: Mapping[str, Sequence[int]]) -> str | None:
        """The label that says so, else the only speaker most of whose turns are questions."""
        if named := [who for who in speakers if who in self._asking]:
            return named[0]
        others = {who: turns for who, turns in speakers.items() if who not in self._answering}
        if len(others) == 1 and len(speakers) == 2:
            return next(iter(others))
        asked = Counter({who: sum(lines[i].rstrip().endswith("?") for i in turns) for who, turns in others.items()})
        most = [who for who, turns in others.items() if asked[who] >= ASKING_SHARE * len(turns)]
        return most[0] if len(most) == 1 else None


def _before_answers(lines: Sequence[str], answers: Sequence[int]) -> Mapping[int, Turn]:
    """Where one speaker alone is labelled: the lines above his turns, if most of them ask."""
    above = [index - 1 for index in answers if index and index - 1 not in answers]
    asked = sum(lines[index].rstrip().endswith("?") for index in above)
    if len(answers) < FEWEST_ANSWERS or asked < max(FEWEST_EACH, ASKING_SHARE * len(above)):
        return {}
    return {index: "answer" if index in answers else "question" for index in sorted({*answers, *above})}
