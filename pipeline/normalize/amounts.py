"""What an amount says: `Decimal` bounds in base units, unit and qualifier, read from a mention's parts and its article.

Three things only the article knows: the unit of « contre 23 millions l'an passé », which « francs » are meant, and whether
« 385 millions » without a noun is money. What nothing tells stays unknown: the unit is then None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from pipeline.lexicon import Lexicon
from pipeline.model import Amount, AmountKind, Document, Mention, Qualifier
from pipeline.normalize.amounts_lending import Lender
from pipeline.normalize.amounts_units import ArticleCurrencies, Currencies, Qualifiers, Topics
from pipeline.normalize.amounts_values import Bounds, ValueReader, has_own_unit

SMALLEST_COUNT = 3
"""Fewer things than this are no amount (« deux livres » on a table)."""
_LOOK = 40


class AmountReader:
    """Reads the amounts of a document; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon):
        self._values = ValueReader(lexicon.words["amounts"])
        self._currencies = Currencies(lexicon.words["currencies"])
        self._qualifiers = Qualifiers(lexicon.words["amounts_qualifiers"])
        self._topics = Topics(lexicon.words["amounts_topics"])

    def read(self, document: Document, mentions: tuple[Mention, ...]) -> tuple[Amount, ...]:
        """The amounts of those mentions, by place; two for « passe de 10 à 15 % », none where the words make no number."""
        currencies = self._currencies.of(document.folded)
        amounts = [amount for mention in mentions for amount in self._read(document, mention, currencies)]
        return tuple(Lender(document, amounts, self._topics, self._values).lend())

    def _read(self, document: Document, mention: Mention, currencies: ArticleCurrencies) -> Iterator[Amount]:
        bounds = self._values.read(mention.parts)
        if bounds is None:
            return
        if _are_two(mention.parts, bounds, to=self._values.to):
            for end, value in zip(_ends(document, mention, to=self._values.to), bounds, strict=True):
                yield self._amount(document, end, (value, value), currencies)
        else:
            amount = self._amount(document, mention, bounds, currencies)
            if amount.kind == mention.type or amount.max >= SMALLEST_COUNT:
                yield amount

    def _amount(self, document: Document, mention: Mention, bounds: Bounds, currencies: ArticleCurrencies) -> Amount:
        low, high = sorted(bounds)
        kind, unit = self._unit(document, mention, currencies)
        about: Qualifier | None = "about" if self._values.is_collective(mention.parts) else None
        qualifier = self._qualifiers.read(document.folded, mention.start, mention.end, otherwise=about)
        shown = mention if kind == mention.type else replace(mention, type=kind)
        return Amount(shown, kind, low, high, unit, qualifier)

    def _unit(self, document: Document, mention: Mention, currencies: ArticleCurrencies) -> tuple[AmountKind, str | None]:
        """Kind and unit: PCT or PT, the currency's code, the counted noun; « 3 000 livres » may count books."""
        kind, parts = cast(AmountKind, mention.type), mention.parts
        unit = parts.get("unit")
        if kind == "percent":
            return kind, "PT" if parts["reads"] == "points" else "PCT"
        if parts["reads"] == "cents":
            return kind, currencies.of_cents(parts)
        if kind != "money" or unit is None:
            return kind, unit
        noun = None if "scale" in parts or "sign" in parts else currencies.counted(unit)
        is_sum = noun is None or self._topics.is_sum(document.folded[max(0, mention.start - _LOOK) : mention.start])
        return (kind, currencies.read(unit)) if is_sum else ("quantity", noun)


def _are_two(parts: Mapping[str, str], bounds: Bounds, *, to: str) -> bool:
    """True where two amounts are joined, not the ends of a range.

    So with « à » behind « passe de », downwards, or between two units; with « ou » between amounts each with its own unit.
    """
    if "low" not in parts:
        return False
    if "either" in parts:
        return has_own_unit(parts)
    two_units = parts.get("low_unit", parts.get("unit")) != parts.get("unit") and parts["reads"] == "quantity"
    return "pair" in parts or (parts.get("link") == to and (bounds[0] > bounds[1] or two_units))


def _ends(document: Document, mention: Mention, *, to: str) -> tuple[Mention, Mention]:
    """The two ends of « passe de 10 à 15 % » as mentions of their own."""
    link = mention.parts.get("either", to)
    split = document.folded.index(link, mention.start)
    second = {name: value for name, value in mention.parts.items() if not name.startswith("low")}
    first = {**second, "number": mention.parts["low"], **_named(mention.parts, "unit", "low_unit")}
    return (
        replace(mention, end=split, text=document.text[mention.start : split], parts=first),
        replace(mention, start=split + len(link), text=document.text[split + len(link) : mention.end], parts=second),
    )


def _named(parts: Mapping[str, str], name: str, source: str) -> dict[str, str]:
    """{name: what `source` holds}, empty where it holds nothing."""
    return {name: parts[source]} if source in parts else {}
