"""What an amount says: `Decimal` bounds in base units, unit and qualifier, read from a mention's parts and its article.

Three things only the article knows: the unit of « contre 23 millions l'an passé », which « francs » are meant, and whether
« 385 millions » without a noun is money. What nothing tells stays unknown: the unit is then None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import cast

from pipeline.lexicon import Lexicon
from pipeline.model import Amount, AmountKind, Document, Mention
from pipeline.normalize.amounts_units import Currencies, Qualifiers, Topics
from pipeline.normalize.numbers import NumberReader

HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")


class AmountReader:
    """Reads the amounts of a document; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon):
        words = lexicon.words["amounts"]
        self._numbers = NumberReader(words)
        self._scales = {name: Decimal(value) for name, value in words["scales"].items()}
        self._signs = {name: Decimal(value) for name, value in words["scale_signs"].items()}
        self._english = {name: Decimal(value) for name, value in words["short_scales"].items()}
        self._halves = {name: Decimal(str(value)) for name, value in words["halves"].items()}
        self._fractions = {name: Decimal(value) for name, value in words["fractions"].items()}
        self._currencies = Currencies(lexicon.words["currencies"])
        self._qualifiers = Qualifiers(lexicon.words["amounts_qualifiers"])
        self._topics = Topics(lexicon.words["amounts_topics"])

    def read(self, document: Document, mentions: tuple[Mention, ...]) -> tuple[Amount, ...]:
        """An amount for each mention of an amount, by place; a number that its words do not make is left out."""
        amounts = [amount for mention in mentions if (amount := self._read(document, mention))]
        return self._lend_units(document, amounts)

    def _read(self, document: Document, mention: Mention) -> Amount | None:
        bounds = self._bounds(mention.parts)
        if bounds is None:
            return None
        low, high = sorted(bounds)
        unit = self._unit(document, mention)
        kind = cast(AmountKind, mention.type)
        collective = self._numbers.is_collective(mention.parts["number"])
        qualifier = self._qualifiers.read(document.folded, mention.start, mention.end, otherwise="about" if collective else None)
        return Amount(mention, kind, low, high, unit, qualifier)

    def _unit(self, document: Document, mention: Mention) -> str | None:
        reads, unit = mention.parts["reads"], mention.parts.get("unit")
        if mention.type == "percent":
            return "PT" if reads == "points" else "PCT"
        if mention.type == "money" and unit is not None:
            return self._currencies.read(unit, document.folded)
        return unit

    def _bounds(self, parts: Mapping[str, str]) -> tuple[Decimal, Decimal] | None:
        match parts["reads"]:
            case "fraction":
                value = self._fraction(parts)
            case "ratio":
                value = self._ratio(parts)
            case _:
                return self._range(parts)
        return None if value is None else (value, value)

    def _range(self, parts: Mapping[str, str]) -> tuple[Decimal, Decimal] | None:
        english = parts["reads"] == "money_english"
        high = self._numbers.read(parts["number"], english=english)
        if high is None:
            return None
        scaled = self._scaled(high, parts, "")
        if "low" not in parts:
            return scaled, scaled
        low = self._numbers.read(parts["low"], english=english)
        if low is None:
            return None
        own = any(name in parts for name in ("low_scale", "low_sign", "low_unit"))
        if own or low > high:
            return self._scaled(low, parts, "low_"), scaled
        return low * self._scale(parts, ""), scaled

    def _scaled(self, number: Decimal, parts: Mapping[str, str], prefix: str) -> Decimal:
        """The number with its scale, half, rest and cents (« deux milliards et demi » → 2500000000)."""
        scale = self._scale(parts, prefix)
        value = (number + self._half(parts.get(prefix + "half", ""))) * scale
        if not prefix and (rest := self._numbers.read(parts["rest"]) if "rest" in parts else None):
            value += rest
        if not prefix and (cents := parts.get("cents") or parts.get("cents_bare")):
            value += (self._numbers.read(cents) or Decimal(0)) / HUNDRED
        return value / self._divisor(parts)

    def _half(self, text: str) -> Decimal:
        """« et demi » → 0.5, nothing → 0."""
        words = text.strip().removeprefix("et ").removeprefix("un ").removeprefix("une ")
        return self._halves[words] if words else Decimal(0)

    def _divisor(self, parts: Mapping[str, str]) -> Decimal:
        """A hundred for cents and base points, ten for « pour mille »."""
        if parts["reads"] == "cents" or "base" in parts:
            return HUNDRED
        return Decimal(10) if parts.get("unit", "").lower() in ("‰", "pour mille") else Decimal(1)

    def _scale(self, parts: Mapping[str, str], prefix: str) -> Decimal:
        if english := parts.get("english"):
            return self._english[english]
        if sign := parts.get(prefix + "sign"):
            return self._signs[sign]
        if giga := parts.get("giga"):
            return {"B": Decimal(10**9), "M": Decimal(10**6)}.get(giga, Decimal(10**9))
        value = Decimal(1)
        for name in parts.get(prefix + "scale", "").replace(" de ", " ").split():
            value *= self._scales[name]
        return value

    def _fraction(self, parts: Mapping[str, str]) -> Decimal | None:
        """« deux tiers » → 66.67, to the hundredth of a percent."""
        divisor = Decimal(2) if parts["fraction"].lower() == "moitié" else self._fractions[parts["fraction"]]
        number = self._numbers.read(parts["number"]) if "number" in parts else Decimal(1)
        return None if number is None else (number * HUNDRED / divisor).quantize(_HUNDREDTH, ROUND_HALF_EVEN).normalize() + 0

    def _ratio(self, parts: Mapping[str, str]) -> Decimal | None:
        """« quatre salariés sur dix » → 40; None where the part is more than the whole."""
        number, whole = self._numbers.read(parts["number"]), self._numbers.read(parts["whole"])
        if number is None or not whole or number > whole:
            return None
        return (number * HUNDRED / whole).quantize(_HUNDREDTH, ROUND_HALF_EVEN).normalize() + 0

    def _lend_units(self, document: Document, amounts: list[Amount]) -> tuple[Amount, ...]:
        """The amounts, those without unit given what the article lends them."""
        lent: list[Amount] = []
        currencies: Counter[str | None] = Counter(a.unit for a in amounts if a.kind == "money" and a.unit)
        for amount in amounts:
            elided = amount.mention.parts["reads"] == "elided" or "elided" in amount.mention.parts
            lent.append(self._lend(document, amount, lent, currencies) if elided else amount)
        return tuple(lent)

    def _lend(self, document: Document, amount: Amount, earlier: list[Amount], currencies: Mapping[str | None, int]) -> Amount:
        """The unit of the amount before it in the sentence; else money in the article's usual currency, or what it counts."""
        sentence = document.sentence_at(amount.mention.start)
        near = [a for a in earlier if document.sentence_at(a.mention.start) == sentence and _may_lend(a, amount)]
        if near:
            return _with_unit(amount, near[-1].kind, near[-1].unit)
        span = document.sentences[sentence] if document.sentences else None
        words = document.folded[span.start : span.end] if span else document.folded
        counted = [a for a in earlier if a.kind == "quantity" and "scale" in a.mention.parts]
        if self._topics.is_money(words) or not counted or currencies:
            usual = max(currencies.items(), key=lambda item: item[1])[0] if currencies else None
            return _with_unit(amount, "money", usual)
        return _with_unit(amount, "quantity", counted[-1].unit)


def _with_unit(amount: Amount, kind: AmountKind, unit: str | None) -> Amount:
    return replace(amount, mention=replace(amount.mention, type=kind), kind=kind, unit=unit)


def _may_lend(earlier: Amount, amount: Amount) -> bool:
    """A share lends its unit to a bare number (« 12 %, contre 8 »), never to one with a scale."""
    return earlier.kind != "percent" or "scale" not in amount.mention.parts
