"""Lines in which a publication speaks to its readers about itself (« Cette lettre vous a plu ? Transférez-la. »)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LONGEST = 180
SMALLEST_SHARE = 0.18
"""How many of a line's words must be such signs: a body sentence that invites its reader has other things to say as well."""

FEWEST_SIGNS = 3
"""A line needs three words of that kind; two are found in body text (« votre site », « vos articles »)."""

MOST_NAMES = 1
"""A line with more capitals inside sentences tells of somebody, whatever it asks of its reader."""

_WORD = re.compile(r"[^\W\d_][\w-]*")
_NAME = re.compile(r"(?<=[^\s.!?…:«\"“(–—·|-] )[A-ZÀ-ÖØ-Þ][\w-]*")
_QUOTED = re.compile(r"[«»“”\"]")


class ReaderAddressFinder:
    """Tells such lines. Built once from the words of `reader_address.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._reader = frozenset(words["reader"])
        self._things = frozenset(words["things"])
        self._no_asks = frozenset(words["no_asks"])
        self._ending = str(words["ask_ending"])

    def speaks_to_reader(self, line: str) -> bool:
        """True where the folded line holds enough signs, quotes nobody and asks no question of an interview."""
        if len(line) > LONGEST or line.endswith("?") or _QUOTED.search(line):
            return False
        words = [part for word in _WORD.findall(line.lower()) for part in word.split("-")]
        things = sum(word in self._things for word in words)
        asked = sum(self._asks(word) or word in self._reader for word in words if word not in self._things)
        is_asked = asked or any(self._asks(word) for word in words)
        return (
            bool(things and is_asked)
            and things + asked >= max(FEWEST_SIGNS, SMALLEST_SHARE * len(words))
            and len(_NAME.findall(line)) <= MOST_NAMES
        )

    def _asks(self, word: str) -> bool:
        return word.endswith(self._ending) and word not in self._no_asks
