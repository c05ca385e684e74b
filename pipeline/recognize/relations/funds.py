"""Which organisations only put their money into others: where an office goes without its body, it is seldom one of theirs."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.lexicon import Lexicon
from pipeline.lexicon.expressions import any_of
from pipeline.text import fold_name


class Funds:
    """The investors of the gazetteers and of `words/antecedents.yaml`, built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words["antecedents"]["funds"]
        self._nouns = frozenset(words["nouns"])
        self._in_name = re.compile(rf"\b(?:{any_of(map(fold_name, words['in_names']))})\b")
        known = (entry for entry in lexicon.gazetteer if entry.kind in words["kinds"])
        self._known = frozenset(fold_name(form) for entry in known for form in entry.forms)

    def holds(self, name: str, nouns: Collection[str]) -> bool:
        """True for a fund by its name (« Brise Capital ») or by the `nouns` that the article puts beside it."""
        key = fold_name(name)
        return key in self._known or self._in_name.search(key) is not None or not self._nouns.isdisjoint(nouns)
