"""The bounds of an amount from its parts: number, scale, half, cents, share; exact, and with no word about its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from pipeline.normalize.numbers import NumberReader

Bounds = tuple[Decimal, Decimal]

_CENTS = ("cents", "cents_bare", "cents_words")
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_HUNDREDTH = Decimal("0.01")


class ValueReader:
    """Reads the bounds of amounts from their parts; built from `lexicon.words["amounts"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self.numbers = NumberReader(words)
        small = words["small_words"]
        self.to = f" {small['to']} "
        self._thousands = (f" {small['thousand']}", " 000", ".000")
        ones = "|".join(word for word, value in words["few"].items() if value == 1)
        self._half_lead = re.compile(rf"(?:{small['and']} )?(?:(?:{ones}) )?")
        self._scales = _decimals(words["scales"])
        self._signs = _decimals(words["scale_signs"])
        self._english = _decimals(words["short_scales"])
        self._halves = _decimals(words["halves"])
        self._fractions = _decimals(words["fractions"])
        self._point_parts = _decimals(words["point_parts"])
        self._divisors = _decimals(words["divisors"])

    def read(self, parts: Mapping[str, str]) -> Bounds | None:
        """The lower and upper bound, equal where there is one number; None where the words make no number.

        {number: 15, low: 10, scale: millions} → (10000000, 15000000). The lower one comes first as written: « de 15 à 10 % »
        gives (15, 10).
        """
        if part := parts.get("number_part"):
            return self._twice(self._point_parts[part.lower()])
        if "fraction" in parts:
            return self._twice(self._share(parts["number"], self._fractions[parts["fraction"].lower()]))
        if "whole" in parts:
            return self._twice(self._ratio(parts))
        return self._range(parts)

    def scale_of(self, parts: Mapping[str, str]) -> Decimal:
        """What the (upper) number is multiplied by (« 1,2 Md€ » → 1000000000)."""
        return self._scale(parts, "")

    def is_collective(self, parts: Mapping[str, str]) -> bool:
        """True for « une vingtaine »: a number that says about how many."""
        return "number" in parts and self.numbers.is_collective(parts["number"])

    def _twice(self, value: Decimal | None) -> Bounds | None:
        return None if value is None else (value, value)

    def _range(self, parts: Mapping[str, str]) -> Bounds | None:
        """Both ends; the lower one takes the upper one's scale unless it has scale or unit of its own, or would exceed it."""
        english = "english" in parts or parts.get("reads") == "money_english"
        number = self.numbers.read(parts["number"], english=english)
        if number is None:
            return None
        if end := parts.get("list_end"):
            number = self._with_thousands(number, end)
        high = self._scaled(number, parts, "")
        if "low" not in parts:
            return high, high
        low = self.numbers.read(parts["low"], english=english)
        if low is None:
            return None
        low = self._with_thousands(low, parts["number"])
        own = has_own_unit(parts)
        shares = not own and (low <= number or "pair" in parts or (parts.get("link") == self.to and low < number * 10))
        return (self._divided(low * self._scale(parts, ""), parts) if shares else self._scaled(low, parts, "low_")), high

    def _with_thousands(self, number: Decimal, last: str) -> Decimal:
        """The number in thousands where the last one beside it is: « deux à trois mille », « 60, 70 puis 80 000 »."""
        if not last.endswith(self._thousands):
            return number
        greatest = self.numbers.read(last) or number
        return number * _THOUSAND if number * _THOUSAND < greatest and not greatest % _THOUSAND else number

    def _scaled(self, number: Decimal, parts: Mapping[str, str], prefix: str) -> Decimal:
        """The number with its scale, half, rest and cents (« deux milliards et demi » → 2500000000)."""
        value = (number + self._half(parts.get(prefix + "half", ""))) * self._scale(parts, prefix)
        if not prefix:
            value += (self.numbers.read(parts["rest"]) or 0) * self._scale(parts, "rest_") if "rest" in parts else 0
            cents = next((parts[name] for name in _CENTS if name in parts), None)
            value += (self.numbers.read(cents) or 0) / _HUNDRED if cents else 0
        return self._divided(value, parts)

    def _divided(self, value: Decimal, parts: Mapping[str, str]) -> Decimal:
        """Cents, base points and « pour mille » as the hundredth or tenth of the unit."""
        if parts.get("reads") == "cents" or "base" in parts:
            value /= _HUNDRED
        return plain(value / self._divisors.get(parts.get("unit", "").lower(), Decimal(1)))

    def _half(self, text: str) -> Decimal:
        """« et demi » → 0.5, nothing → 0."""
        words = self._half_lead.sub("", text.strip(), count=1)
        return self._halves[words] if words else Decimal(0)

    def _scale(self, parts: Mapping[str, str], prefix: str) -> Decimal:
        """What the number is multiplied by: « millions », « Md », « milliers de milliards », English « bn »."""
        if not prefix and (name := parts.get("english") or parts.get("giga")):
            return self._english[name]
        if sign := parts.get(prefix + "sign"):
            return self._signs[sign]
        value = Decimal(1)
        for name in parts.get(prefix + "scale", "").split():
            value *= self._scales.get(name, Decimal(1))  # « milliers de milliards »
        return value

    def _share(self, number: str, divisor: Decimal) -> Decimal | None:
        """« deux tiers » → 66.67, to the hundredth of a percent; None for more than the whole."""
        count = self.numbers.read(number)
        return (
            None
            if count is None or count > divisor
            else plain((count * _HUNDRED / divisor).quantize(_HUNDREDTH, ROUND_HALF_EVEN))
        )

    def _ratio(self, parts: Mapping[str, str]) -> Decimal | None:
        """« quatre salariés sur dix » → 40."""
        whole = self.numbers.read(parts["whole"])
        return self._share(parts["number"], whole) if whole else None


def has_own_unit(parts: Mapping[str, str]) -> bool:
    """True where the lower number of a range has scale or unit of its own (« 800 millions à 1,2 milliard »)."""
    return any(name in parts for name in ("low_scale", "low_sign", "low_unit"))


def plain(value: Decimal) -> Decimal:
    """The same value without exponent or idle zeros (3500000.0 → 3500000, 27.60 → 27.6)."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _decimals(table: Mapping[str, Any]) -> dict[str, Decimal]:
    """A word table's numbers as Decimal, through their decimal digits."""
    return {str(name): Decimal(str(value)) for name, value in table.items()}
