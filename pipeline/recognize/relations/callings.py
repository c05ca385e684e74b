"""What a person is by what the article or the gazetteers tell of him: « fondée par X » makes X the founder, « Me X » a lawyer.

Nouns that may speak of the same person are of one walk of life: « le patron » is whoever the article calls PDG.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.lexicon import Lexicon
from pipeline.text import fold_name

WINDOW = 60
"""So many letters before and behind a name may tell what its bearer does."""
_STEM = 5


class _Told(NamedTuple):
    """What stands right before a name, right behind it or beside it, and the nouns that go with it then."""

    nouns: tuple[str, ...]
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    beside: re.Pattern[str] | None


class Callings:
    """The walks of life and what tells them, of `words/antecedents.yaml`; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words: Mapping[str, Any] = lexicon.words["antecedents"]
        self._walks = _by_stem(words["walks_of_life"])
        kinds = words["gazetteer_walks"]
        self._known = {
            fold_name(form): frozenset(kinds[entry.kind])
            for entry in lexicon.gazetteer
            if entry.type == "PER" and entry.kind in kinds
            for form in entry.forms
        }
        self._told = tuple(_read_told(one) for one in words["told_people"].values())

    def walks(self, nouns: Iterable[str]) -> frozenset[str]:
        """The walks of life that the nouns, or their stems, belong to (« patronne » → chief)."""
        return frozenset(walk for noun in nouns for walk in self._walks.get(stem(noun), ()))

    def known(self, name: str) -> frozenset[str]:
        """The walks of life of a person of the gazetteers."""
        return self._known.get(fold_name(name), frozenset())

    def told(self, before: str, behind: str, beside: str) -> Iterator[str]:
        """What a person may be called by the words that lead up to the name, follow it or stand `beside` it as what he is."""
        for one in self._told:
            is_told = one.before is not None and one.before.search(before) is not None
            is_told = is_told or (one.behind is not None and one.behind.match(behind) is not None)
            if is_told or (one.beside is not None and one.beside.search(beside) is not None):
                yield from one.nouns


def stem(noun: str) -> str:
    """So many letters of a noun as tell it from others, whatever its gender (« directeur », « directrice » → direc)."""
    return fold_name(noun)[:_STEM]


def _by_stem(walks: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for walk, nouns in walks.items():
        for key in sorted({stem(noun) for noun in nouns}):
            found[key] = (*found.get(key, ()), walk)
    return found


def _read_told(one: Mapping[str, Any]) -> _Told:
    expressions = {
        "before": rf"(?<![\w'])(?:{one['before']}) $" if "before" in one else None,
        "behind": one.get("behind"),
        "beside": one.get("beside"),
    }
    read = {name: re.compile(pattern) if pattern else None for name, pattern in expressions.items()}
    return _Told(tuple(one["nouns"]), **read)
