"""What an amount says: `Decimal` bounds in base units, unit and qualifier, read from a mention's parts and its article.

Three things only the article knows: the unit of « contre 23 millions l'an passé », which « francs » are meant, and whether
« 385 millions » without a noun is money. What nothing tells stays unknown: the unit is then None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import cast

from pipeline.lexicon import Lexicon
from pipeline.model import Amount, AmountKind, Document, Mention, Qualifier
from pipeline.normalize.amounts_units import ArticleCurrencies, Currencies, Qualifiers, Topics
from pipeline.normalize.amounts_values import Bounds, ValueReader

SMALLEST_COUNT = 3
"""Fewer things than this are no amount (« deux livres » on a table)."""
_LINK = " à "
_FARTHEST = 3
"""Orders of magnitude between a number without noun and the count that lends it one."""


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
        return tuple(_Lender(document, amounts, self._topics).lend())

    def _read(self, document: Document, mention: Mention, currencies: ArticleCurrencies) -> Iterator[Amount]:
        bounds = self._values.read(mention.parts)
        if bounds is None:
            return
        if _are_two(mention.parts, bounds):
            for end, value in zip(_ends(document, mention), bounds, strict=True):
                yield self._amount(document, end, (value, value), currencies)
        else:
            amount = self._amount(document, mention, bounds, currencies)
            if amount.kind == mention.type or amount.max >= SMALLEST_COUNT:
                yield amount

    def _amount(self, document: Document, mention: Mention, bounds: Bounds, currencies: ArticleCurrencies) -> Amount:
        low, high = sorted(bounds)
        kind, unit = _unit(mention, currencies)
        about: Qualifier | None = "about" if self._values.is_collective(mention.parts) else None
        qualifier = self._qualifiers.read(document.folded, mention.start, mention.end, otherwise=about)
        shown = mention if kind == mention.type else replace(mention, type=kind)
        return Amount(shown, kind, low, high, unit, qualifier)


class _Lender:
    """Gives elided amounts of one document the unit that the article lends them."""

    def __init__(self, document: Document, amounts: Sequence[Amount], topics: Topics):
        self._document, self._amounts, self._topics = document, amounts, topics
        sums = Counter(a.unit for a in amounts if a.kind == "money" and a.unit)
        self._usual = max(sums.items(), key=lambda item: item[1])[0] if sums else None

    def lend(self) -> Iterator[Amount]:
        """The amounts, none of them elided; a bare number to which nothing lends a unit is none."""
        before: list[Amount] = []
        for amount in self._amounts:
            lent = self._lent(amount, before) if amount.mention.parts["reads"] == "elided" else amount
            if lent:
                before.append(lent)
                yield lent

    def _lent(self, amount: Amount, before: Sequence[Amount]) -> Amount | None:
        """With the noun that stands before it, the unit of an amount of the same sentence, or the article's usual currency."""
        sentence = self._document.sentence_at(amount.mention.start)
        words = _words_before(self._document, sentence, amount.mention.start)
        scaled = amount.kind == "money"
        if scaled and (noun := self._topics.counted(words)):
            return _with_unit(amount, "quantity", noun)
        if lender := _nearest(amount, self._in_sentence(before, sentence)):
            return _with_unit(amount, lender.kind, lender.unit)
        if not scaled:
            return None
        counted = next((a for a in reversed(before) if a.kind == "quantity" and "scale" in a.mention.parts), None)
        if counted is None or self._usual or self._topics.is_money(words):
            return _with_unit(amount, "money", self._usual)
        return _with_unit(amount, "quantity", counted.unit)

    def _in_sentence(self, before: Sequence[Amount], sentence: int) -> list[Amount]:
        """The amounts of that sentence, the nearest first."""
        return list(takewhile(lambda a: self._document.sentence_at(a.mention.start) == sentence, reversed(before)))


def _nearest(amount: Amount, others: Sequence[Amount]) -> Amount | None:
    """The amount whose order of magnitude is nearest (« 2 300 personnes dans 12 pays, contre 1 800 »), the last of equals.

    A share lends its unit to a bare number alone (« 12 %, contre 8 »), a count to numbers a thousandfold away at most.
    """
    scaled = amount.kind == "money"
    lenders = [(abs(a.max.adjusted() - amount.max.adjusted()), a) for a in others]
    far = {"money": scaled, "quantity": False, "percent": False}
    fit = [(d, a) for d, a in lenders if (d <= _FARTHEST or far[a.kind]) and not (scaled and a.kind == "percent")]
    return min(fit, key=lambda pair: pair[0])[1] if fit else None


def _unit(mention: Mention, currencies: ArticleCurrencies) -> tuple[AmountKind, str | None]:
    """Kind and unit: PCT or PT, the currency's code, the counted noun; « 3 000 livres » may count books."""
    kind, parts = cast(AmountKind, mention.type), mention.parts
    unit = parts.get("unit")
    if kind == "percent":
        return kind, "PT" if parts["reads"] == "points" else "PCT"
    if parts["reads"] == "cents":
        return kind, currencies.of_cents(parts)
    if kind == "money" and unit is not None:
        noun = None if "scale" in parts or "sign" in parts else currencies.counted(unit)
        return ("quantity", noun) if noun else (kind, currencies.read(unit))
    return kind, unit


def _are_two(parts: Mapping[str, str], bounds: Bounds) -> bool:
    """True where « à » stands between two amounts, not inside a range: after « passe de », downwards, or with two units."""
    if parts.get("link", _LINK) != _LINK or "low" not in parts:
        return False
    two_units = parts.get("low_unit", parts.get("unit")) != parts.get("unit") and parts["reads"] == "quantity"
    return "pair" in parts or ("link" in parts and bounds[0] > bounds[1]) or two_units


def _ends(document: Document, mention: Mention) -> tuple[Mention, Mention]:
    """The two ends of « passe de 10 à 15 % » as mentions of their own."""
    split = document.folded.index(_LINK, mention.start)
    second = {name: value for name, value in mention.parts.items() if not name.startswith("low")}
    first = {**second, "number": mention.parts["low"], **_named(mention.parts, "unit", "low_unit")}
    return (
        replace(mention, end=split, text=document.text[mention.start : split], parts=first),
        replace(mention, start=split + len(_LINK), text=document.text[split + len(_LINK) : mention.end], parts=second),
    )


def _named(parts: Mapping[str, str], name: str, source: str) -> dict[str, str]:
    """{name: what `source` holds}, empty where it holds nothing."""
    return {name: parts[source]} if source in parts else {}


def _words_before(document: Document, sentence: int, offset: int) -> str:
    """The folded words of that sentence up to `offset`."""
    start = document.sentences[sentence].start if document.sentences else 0
    return document.folded[start:offset]


def _with_unit(amount: Amount, kind: AmountKind, unit: str | None) -> Amount:
    return replace(amount, mention=replace(amount.mention, type=kind), kind=kind, unit=unit)
