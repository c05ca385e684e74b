"""The cast of the examples as names: what the relation rules are given when they are proved."""

from __future__ import annotations

import re

from pipeline.lexicon import Lexicon, load_words
from pipeline.lexicon.expressions import any_of
from pipeline.model import Mention


class Cast:
    """The invented people, bodies, products and laws of `words/cast.yaml`, found wherever a sentence names them.

    A folder's own `words/cast.yaml` adds to them.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        lists = (load_words("cast"), lexicon.words["cast"])
        self._types = {name: kind for words in lists for kind, names in words.items() for name in names}
        people = [name for name, kind in self._types.items() if kind == "PER" and " " in name]
        capitals = {name.upper(): name for name in self._types if name.upper() != name and name.upper() in self._types}
        self._full = {name.rpartition(" ")[2]: name for name in people} | capitals
        self._names = re.compile(rf"(?<!\w)(?:{any_of(self._types)})(?!\w)")

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The names of the text with their full names, in order."""
        return tuple(
            Mention(m.start(), m.end(), m[0], self._types[m[0]], "cast", canonical=self._full.get(m[0], m[0]))
            for m in self._names.finditer(text)
        )
