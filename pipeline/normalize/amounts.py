"""What an amount says: `Decimal` bounds in base units, unit and qualifier, read from a mention's parts and its article.

Three things only the article knows: the unit of « contre 23 millions l'an passé », which « francs » are meant, and whether
« 385 millions » without a noun is money. What nothing tells stays unknown: the unit is then None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from pipeline.lexicon import Lexicon
from pipeline.model import Amount, AmountKind, Document, Mention, Qualifier
from pipeline.normalize.amounts_units import ArticleCurrencies, Currencies, Qualifiers, Topics
from pipeline.normalize.amounts_values import Bounds, ValueReader

_LINK = " à "


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
        if "pair" in mention.parts or (bounds[0] > bounds[1] and mention.parts.get("link") == _LINK):
            for end, value in zip(_ends(document, mention), bounds, strict=True):
                yield self._amount(document, end, (value, value), currencies)
        else:
            yield self._amount(document, mention, bounds, currencies)

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
        """The amounts, none of them elided."""
        before: list[Amount] = []
        counted: Amount | None = None
        for amount in self._amounts:
            elided = amount.mention.parts["reads"] == "elided"
            before.append(self._lent(amount, before, counted) if elided else amount)
            if before[-1].kind == "quantity" and "scale" in amount.mention.parts:
                counted = before[-1]
            yield before[-1]

    def _lent(self, amount: Amount, before: Sequence[Amount], counted: Amount | None) -> Amount:
        """With the unit of the amount before it in the sentence, else money in the article's usual currency.

        Where no sum stands in the article and the sentence is not about money, it counts what the last large number counted.
        """
        sentence = self._document.sentence_at(amount.mention.start)
        for earlier in reversed(before):
            if self._document.sentence_at(earlier.mention.start) != sentence:
                break
            if _may_lend(earlier, amount):
                return _with_unit(amount, earlier.kind, earlier.unit)
        if counted is None or self._usual or self._topics.is_money(_words_of(self._document, sentence)):
            return _with_unit(amount, "money", self._usual)
        return _with_unit(amount, "quantity", counted.unit)


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


def _ends(document: Document, mention: Mention) -> tuple[Mention, Mention]:
    """The two ends of « passe de 10 à 15 % » as mentions of their own."""
    split = document.folded.index(_LINK, mention.start)
    second = {name: value for name, value in mention.parts.items() if not name.startswith("low")}
    first = {**second, "number": mention.parts["low"]}
    return (
        replace(mention, end=split, text=document.text[mention.start : split], parts=first),
        replace(mention, start=split + len(_LINK), text=document.text[split + len(_LINK) : mention.end], parts=second),
    )


def _may_lend(earlier: Amount, amount: Amount) -> bool:
    """A share lends its unit to a bare number (« 12 %, contre 8 »), never to one with a scale."""
    return earlier.kind != "percent" or "scale" not in amount.mention.parts


def _words_of(document: Document, sentence: int) -> str:
    """The folded words of a sentence of the document."""
    if not document.sentences:
        return document.folded
    span = document.sentences[sentence]
    return document.folded[span.start : span.end]


def _with_unit(amount: Amount, kind: AmountKind, unit: str | None) -> Amount:
    return replace(amount, mention=replace(amount.mention, type=kind), kind=kind, unit=unit)
