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

ASKING_SHARE = 0.5
"""How many of a speaker's turns end in a question mark where nothing else says that he is the one who asks."""

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]*\.?|d[eu]|des|la|le|van|von)"
_LABEL = re.compile(rf"(?P<who>{_WORD}(?: ?{_WORD}){{0,4}})(?:[ \u00a0\u202f]?:|\.? ?[–—])[ \u00a0\u202f]+(?=\S)")
_NOT_LETTER = re.compile(r"[\W_]+")


class TurnFinder:
    """Finds turns. Built once from the words of `layout.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._asking = frozenset(words["asking"])
        self._answering = frozenset(words["answering"])

    def find(self, lines: Sequence[str]) -> Mapping[int, Turn]:
        """The turns by number of line; none where the lines are no interview or nobody is seen to ask.

        « Le Relais : Pourquoi ? », « Jo Lan : Parce que. », twice over, are two questions and two answers.
        """
        said: dict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(lines):
            if match := _LABEL.match(line):
                said[_NOT_LETTER.sub(" ", match["who"]).strip().lower()].append(index)
        speakers = {who: turns for who, turns in said.items() if len(turns) >= FEWEST_EACH}
        if len(speakers) < 2 or sum(map(len, speakers.values())) < FEWEST_TURNS:
            return {}
        asking = self._who_asks(lines, speakers)
        if asking is None:
            return {}
        return {i: "question" if who == asking else "answer" for who, turns in said.items() if who in speakers for i in turns}

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
