"""Numbers as French writes them → exact `Decimal`: digits in every grouping, number words, collectives; never through float.

Digits: a space, a point before exactly three digits and an apostrophe group thousands (« 1 500 », « 2.000 », « 10'000 »); the
comma is decimal (« 4,665 »), unless it stands twice, or the text is known to be English (« $1,500 »).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import takewhile
from typing import Any

_GROUPED_BY_POINT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$")
_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?$")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$")
_WORD = re.compile(r"[ -]")
_HUNDREDS = 99
"""What may follow « cent »."""


def read_digits(text: str, *, english: bool = False) -> Decimal | None:
    """The value of a number in digits, None where it is none (« 4 665 000 » → 4665000, « 2.000 » → 2000, « 0,99 » → 0.99)."""
    compact = text.replace(" ", "").replace("'", "").lstrip("+")
    if _GROUPED_BY_COMMA.match(compact) or (english and _ENGLISH.match(compact)):
        compact = compact.replace(",", "")
    elif _GROUPED_BY_POINT.match(compact):
        compact = compact.replace(".", "")
    compact = compact.replace(",", ".")
    return Decimal(compact) if re.fullmatch(r"-?\d+(?:\.\d+)?", compact, re.ASCII) else None


class NumberReader:
    """Reads numbers in digits or words; built from the table of number words, `lexicon.words["amounts"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self._cardinals: dict[str, int] = {**words["few"], **words["cardinals"]}
        self._collectives: dict[str, int] = dict(words["collectives"])
        self._halves = {str(name): Decimal(str(value)) for name, value in words["halves"].items()}
        self._small = dict(words["small_words"])

    def read(self, text: str, *, english: bool = False) -> Decimal | None:
        """The value of a number (« 1 500 », « quarante-deux », « une vingtaine », « un quart »); None where it is none."""
        if text[-1:].isdigit():
            return read_digits(text, english=english)
        words = text.lower()
        *before, last = words.split(" ")
        if last in self._collectives:
            return self._read_collective(before, last)
        if part := self._halves.get(words) or self._halves.get(last):
            return part
        whole, _, decimals = words.partition(f" {self._small['comma']} ")
        value = self._read_words(whole)
        return self._with_decimals(value, decimals) if decimals and value is not None else value

    def is_collective(self, text: str) -> bool:
        """True for « une vingtaine »: a number that says about how many."""
        return text.lower().rsplit(" ", 1)[-1] in self._collectives

    def _read_collective(self, before: list[str], last: str) -> Decimal | None:
        counted = " ".join(word for word in before if word not in self._small["about"])
        times = self.read(counted) if counted else Decimal(1)
        return None if times is None else times * self._collectives[last]

    def _with_decimals(self, value: Decimal, words: str) -> Decimal | None:
        """« deux cent virgule cinquante-deux » → 200.52; « virgule zéro cinq » → .05."""
        digits = words.split(" ")
        zeros = len(list(takewhile(lambda word: self._cardinals.get(word) == 0, digits)))
        rest = " ".join(digits[zeros:])
        decimals = self._read_words(rest) if rest else Decimal(0)
        return None if decimals is None else value + Decimal(f"0.{'0' * zeros}{decimals}")

    def _read_words(self, text: str) -> Decimal | None:
        """The value of number words up to the thousands; None where their order says no number (« trois quatre »)."""
        total, group, last = 0, 0, _HUNDREDS
        for word in _WORD.split(text):
            if word == self._small["and"]:
                continue
            value = self._cardinals.get(word)
            if value is None:
                return None
            if value == 1000:
                if total:
                    return None
                total, group, last = max(group, 1) * 1000, 0, _HUNDREDS
            elif value == 100:
                if group >= 100:
                    return None
                group, last = max(group, 1) * 100, _HUNDREDS
            elif value == 20 and group % 100 == 4:
                group, last = group + 76, 19
            elif value > last:
                return None
            else:
                group, last = group + value, _room(value)
        return Decimal(total + group)


def _room(value: int) -> int:
    """What may follow in the same hundred: nine behind « vingt » and « dix », nineteen behind « soixante »."""
    if value == 60:
        return 19
    return 9 if value == 10 or value >= 20 else 0
