"""A grammar that invents names and phrases: `data/training/grammar.yaml`, expanded at random."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from pipeline.errors import DataError

_SYMBOL = re.compile(r"\{(?P<case>[\^!]?)(?P<symbol>[a-z_0-9]+)\}")
_WEIGHT = re.compile(r'^(\d+)x "?(.*?)"?$', re.DOTALL)


class Grammar:
    """Symbols and their alternatives. « {^word} » expands a symbol and capitalizes it, « {!word} » writes it in capitals."""

    def __init__(self, rules: Mapping[str, Sequence[str]]):
        self._rules = dict(rules)

    def __contains__(self, symbol: str) -> bool:
        return symbol in self._rules

    def expand(self, symbol: str, chance: Random) -> str:
        """One expansion of `symbol`, such as « Solvane Labs » for `company`."""
        return self.fill(chance.choice(self._rules[symbol]), chance)

    def fill(self, template: str, chance: Random) -> str:
        """The template with each of the grammar's symbols in it expanded; other braces stay."""

        def insert(match: re.Match[str]) -> str:
            if match["symbol"] not in self._rules:
                return match[0]
            word = self.expand(match["symbol"], chance)
            return {"": word, "^": word[:1].upper() + word[1:], "!": word.upper()}[match["case"]]

        return _SYMBOL.sub(insert, template)


def load_grammar(path: Path) -> Grammar:
    """The grammar of a YAML file: each symbol has a list of alternatives (« 3x … » weighs three) or words in one string.

    A string is cut at each bar where it has one, else at white space. A symbol that nothing defines is a DataError.
    """
    raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    rules = {symbol: _alternatives(value) for symbol, value in raw.items()}
    for symbol, alternatives in rules.items():
        for match in (m for text in alternatives for m in _SYMBOL.finditer(text)):
            if match["symbol"] not in rules:
                raise DataError(path, f"{symbol!r} uses {match['symbol']!r}, which nothing defines")
    return Grammar(rules)


def _alternatives(value: str | list[str]) -> list[str]:
    if isinstance(value, str):
        return [word.strip() for word in (value.split("|") if "|" in value else value.split()) if word.strip()]
    alternatives: list[str] = []
    for text in map(str, value):
        weight = _WEIGHT.match(text)
        alternatives += [weight[2]] * int(weight[1]) if weight else [text]
    return alternatives
