"""Where organisations come from: « le géant californien » is no German firm, « le régulateur irlandais » no French one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lexicon import Lexicon
from pipeline.lexicon.expressions import any_of
from pipeline.text import fold_name


class Origins:
    """The countries of the gazetteers' organisations and of the adjectives in `words/antecedents.yaml`; built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words["antecedents"]["origins"]
        self._countries = {fold_name(one): country for country, adjectives in words["of"].items() for one in adjectives}
        adjectives = any_of(one for ones in words["of"].values() for one in ones)
        self._meant = re.compile(rf"{words['before']}(?P<adjective>{adjectives})s?(?![\w-])", re.IGNORECASE)
        known = (entry for entry in lexicon.gazetteer if entry.type == "ORG" and entry.country)
        self._known = {fold_name(form): entry.country for entry in known for form in entry.forms}

    def meant(self, words: str) -> str | None:
        """The country in the description that the words begin with (« le groupe suédois » → SE), None for none."""
        match = self._meant.match(words)
        return self._countries[fold_name(match["adjective"])] if match else None

    def country(self, name: str, nouns: Iterable[str]) -> str | None:
        """The country of an organisation, by the gazetteer, else by what the article calls it (« le suédois Lumio »)."""
        told = filter(None, (self._countries.get(fold_name(noun)) for noun in sorted(nouns)))
        return self._known.get(fold_name(name)) or next(told, None)
