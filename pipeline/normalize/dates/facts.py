"""The words of a temporal expression as numbers: what a rule captured → `Facts`, by the tables of `words/dates.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from text_to_num import text2num

from pipeline.model import Modifier
from pipeline.normalize.dates.frame import Parts
from pipeline.text import fold_accents

_GROUP = re.compile(r"[ .](?=\d{3}(?!\d))")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: its ISO 8601 letter (TH, TM, TS, D, W, M, Y) and how many of it the word means (« trimestre » → M, 3)."""

    letter: str
    count: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """What an expression's words say, in numbers; None where they say nothing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    near: str | None = None
    season: tuple[int, int, int] | None = None
    ordinal: int | None = None
    unit: Unit | None = None
    unit2: Unit | None = None
    unit3: Unit | None = None
    number: Decimal | None = None
    number2: Decimal | None = None
    number3: Decimal | None = None
    half: bool = False
    about: bool = False
    edge: Modifier | None = None
    offset: int | None = None
    decade: int | None = None
    decade2: int | None = None
    century: int | None = None
    century2: int | None = None
    before_christ: bool = False
    period: str | None = None
    feast: tuple[int, int, bool] | None = None


class FactReader:
    """Reads captured words by the tables of `words/dates.yaml`."""

    def __init__(self, words: Mapping[str, Any]):
        tables = {name: table for name, table in words.items() if isinstance(table, Mapping)}
        self._tables = {name: {_fold(word): value for word, value in table.items()} for name, table in tables.items()}
        self._tables["months"] |= self._tables["month_abbreviations"]

    def read(self, parts: Parts) -> Facts:
        """The facts of captured parts (`{"day": "1er", "month": "mars"}` → day 1, month 3)."""
        return Facts(
            year=self._year(parts.get("year") or parts.get("year2"), exact=bool({"before_christ", "after_christ"} & set(parts))),
            month=self._month(parts.get("month")),
            day=self._day(parts.get("day")),
            weekday=self._look("weekdays", parts.get("weekday")),
            near=self._look("near", parts.get("near") or parts.get("this")) or self._look("years", parts.get("same")),
            season=_triple(self._look("seasons", parts.get("season"))),
            ordinal=self._ordinal(parts.get("ordinal") or parts.get("which")),
            unit=self._unit(parts.get("unit")),
            unit2=self._unit(parts.get("unit2")),
            unit3=self._unit(parts.get("unit3")),
            number=self._number(parts.get("number")),
            number2=self._number(parts.get("number2")),
            number3=self._number(parts.get("number3")),
            half="half" in parts,
            about="about" in parts or self._is_dozen(parts.get("number")),
            edge=self._look("edges", parts.get("edge")),
            offset=self._look("days", parts.get("word")),
            decade=self._decade(parts.get("decade")),
            decade2=self._decade(parts.get("decade2")),
            century=_century(parts.get("century")),
            century2=_century(parts.get("century2")),
            before_christ="before_christ" in parts,
            period=self._period(parts),
            feast=_feast(self._look("feasts", parts.get("feast"))),
        )

    def _look(self, table: str, word: str | None) -> Any:
        """What the table says of a word, which may be short for another (« févr. », « mar. ») or a plural (« TROIS ANS »)."""
        if word is None:
            return None
        entries, key = self._tables[table], _fold(word).rstrip(".")
        return entries.get(key, entries.get(key.rstrip("s")))

    def _month(self, word: str | None) -> int | None:
        if word is None:
            return None
        month: int | None = int(word) if word.isdigit() else self._look("months", word)
        return month

    def _day(self, word: str | None) -> int | None:
        if word is None:
            return None
        if digits := re.match(r"\d+", word):
            return int(digits[0])
        spelled: int | None = self._look("ordinals", word) or _spelled(_fold(word))
        return spelled

    def _year(self, word: str | None, *, exact: bool) -> int | None:
        """The year; one of two digits is of this century or the last, unless it is `exact` (« 79 apr. J.-C. »)."""
        if word is None:
            return None
        digits = word.removeprefix("'")
        if not digits.isdigit():
            return _spelled(_fold(word))
        return int(digits) if exact or len(digits) > 2 else int(digits) + (1900 if int(digits) >= 50 else 2000)

    def _ordinal(self, word: str | None) -> int | None:
        if word is None:
            return None
        digits = re.match(r"\d", word)
        found: int | None = int(digits[0]) if digits else self._look("ordinals", word)
        return found

    def _unit(self, word: str | None) -> Unit | None:
        if word is None:
            return None
        if found := self._look("units", word):
            return Unit(found[0], Decimal(str(found[1])))
        if self._look("months", word):
            return Unit("Y", Decimal(1))
        return Unit("W", Decimal(1)) if self._look("weekdays", word) is not None else None

    def _is_dozen(self, words: str | None) -> bool:
        return words is not None and any(word in self._tables["dozens"] for word in _fold(words).split())

    def _number(self, words: str | None) -> Decimal | None:
        if words is None:
            return None
        if words[0].isdigit():
            return Decimal(_GROUP.sub("", words).replace(",", "."))
        for word in _fold(words).split():
            if dozen := self._tables["dozens"].get(word):
                return Decimal(dozen)
        spelled = _spelled(_fold(words))
        return None if spelled is None else Decimal(spelled)

    def _decade(self, word: str | None) -> int | None:
        if word is None:
            return None
        found: int | None = int(word) if word.isdigit() else self._look("decades", word)
        return found

    def _period(self, parts: Parts) -> str | None:
        adjective = parts.get("adjective")
        if adjective is None:
            return None
        folded = _fold(adjective)
        return next((period for stem, period in self._tables["periods"].items() if folded.startswith(stem)), None)


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    return " ".join(fold_accents(word).lower().split())


@lru_cache(maxsize=4096)
def _spelled(words: str) -> int | None:
    try:
        return int(text2num(words, "fr"))
    except ValueError:
        return None


def _feast(found: Any) -> tuple[int, int, bool] | None:
    return (found[0], found[1], found[2]) if found else None


def _triple(found: Any) -> tuple[int, int, int] | None:
    return (found[0], found[1], found[2]) if found else None


def _century(word: str | None) -> int | None:
    if word is None:
        return None
    if word.isdigit():
        return int(word)
    values = [_ROMAN.get(letter, 0) for letter in word.lower()]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0])) or None
