"""Amounts without unit, given what their article lends them: « contre 23 millions l'an passé », « dont 3 000 en France ».

In this order: the noun that stands before (« le nombre de signalements atteint 2,5 millions »), the scale and unit of the
amount right before (« 5 milliards d'euros, contre 4,2 »), the unit of the amount of the sentence whose size is nearest, and
for great numbers the article's usual currency or what it counts. A small number to which nothing lends a unit is no amount.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from pipeline.model import Amount, AmountKind, Document, Mention
from pipeline.normalize.amounts_units import Topics
from pipeline.normalize.amounts_values import ValueReader, plain

_GREAT = Decimal(10**6)
_MOST_UNSCALED = Decimal(1000)
"""Numbers from here on are never short for millions."""
_LOOK = 80
_LONGEST_SENTENCE = 600
"""Characters back at most that say what is counted: none of a newspaper's sentences is longer before a sum."""
_RIGHT_BEFORE = 200
"""Characters back where a sum lends its currency whatever its size, best one of the paragraph: a sentence or two."""
_BLANK_LINE = "\n\n"
_LENDERS = 50
"""Amounts back at most that may lend: it bounds what a sentence without end can cost."""
_BACK = 4
"""Amounts back in the article that « en » may stand for (« il y en avait trois »)."""
_FARTHEST = 3
"""Orders of magnitude between a number without noun and the count that lends it one."""
_FARTHEST_AMONG = 1
"""The same for « trois d'entre eux », which may stand for what nobody counted."""
_SCALING = ("scale", "sign")
"""Parts of a number that are lent on: « 5 milliards en 2021, 4,2 en 2022 et 3 en 2023 »."""
_AMONG = "among"
_LISTED = "listed"
_PART = "part"
_IN_ALL = "in_all"
_PRONOUN = "en_verb"
_THERE_ARE = "there_are"
_PRICES = ("priced", "in_turn")
"""Cues behind which a number is a sum whatever else its sentence counts."""


def asks_for_sentence(mention: Mention) -> bool:
    """True for an amount without unit (« contre 8 000 »): what lends it one depends on where its sentence starts."""
    return mention.parts["reads"] == "elided"


class Lender:
    """Gives elided amounts of one document the unit that the article lends them."""

    def __init__(self, document: Document, amounts: Sequence[Amount], topics: Topics, values: ValueReader):
        self._document, self._amounts, self._topics, self._values = document, amounts, topics, values
        sums = Counter(a.unit for a in amounts if a.kind == "money" and a.unit)
        self._usual = max(sums.items(), key=lambda item: item[1])[0] if sums else None
        self._sums: list[Amount] = []
        self._so_far: Counter[str] = Counter()

    def lend(self) -> Iterator[Amount]:
        """The amounts, none of them elided; a bare number to which nothing lends a unit is none."""
        before: list[Amount] = []
        for amount in self._amounts:
            lent = self._lent(amount, before) if asks_for_sentence(amount.mention) else amount
            if lent:
                before.append(lent)
                self._note(lent)
                yield lent

    def _lent(self, amount: Amount, before: Sequence[Amount]) -> Amount | None:
        """With the noun that stands beside it, the unit of an amount of the same sentence, or the article's usual currency."""
        sentence = self._document.sentence_at(amount.mention.start)
        words = _words_before(self._document, sentence, amount.mention.start)
        near = self._in_sentence(before, sentence)
        if amount.kind != "money":
            return self._bare(amount, before, near)
        if near and near[0].kind == "money" and self._opens_bracket(near[0].mention.end, amount.mention.start):
            return _with_unit(amount, "money", near[0].unit)
        behind = self._document.folded[amount.mention.end : amount.mention.end + _LOOK]
        if noun := self._topics.counted(words, behind):
            return _with_unit(amount, "quantity", noun)
        if lender := _nearest(amount, near) or self._sum_ahead(amount, sentence):
            return _with_unit(amount, lender.kind, lender.unit)
        counted = next((a for a in reversed(before[-_LENDERS:]) if a.kind == "quantity" and "scale" in a.mention.parts), None)
        if counted is None or self._usual or self._topics.is_money(words):
            return _with_unit(amount, "money", self._currency(amount))
        return _with_unit(amount, "quantity", counted.unit)

    def _bare(self, amount: Amount, before: Sequence[Amount], near: Sequence[Amount]) -> Amount | None:
        """A number without scale: short for the great number right before, like the nearest, or what « en » stands for."""
        folded, start, end = self._document.folded, amount.mention.start, amount.mention.end
        words, behind = folded[max(0, start - _LOOK) : start], folded[end : end + _LOOK]
        cue = amount.mention.parts.get("cue")
        if not near and (noun := self._topics.asked(words) or self._topics.counted("", behind)):
            return _with_unit(amount, "quantity", noun)
        if cue == _LISTED:
            return self._of_whole(amount, before)
        if cue == _PART:
            return self._of_those(amount, before)
        if self._counts_things(amount, words):
            return self._of_things(amount, before)
        if near and (whole := self._with_scale(amount, near[0])):
            return whole
        if cue in _PRICES:
            return _with_unit(amount, "money", self._sums[-1].unit) if self._sums else None
        among = cue in (_AMONG, _IN_ALL)
        lenders = [a for a in near if a.kind == "quantity"] if cue == _IN_ALL else near
        if lender := _nearest(amount, lenders, farthest=_FARTHEST_AMONG if among else _FARTHEST):
            return _with_unit(amount, lender.kind, lender.unit)
        if among:
            return _with_unit(amount, "quantity", None)
        if cue and before and before[-1].kind == "percent" and amount.max % 1:
            return _with_unit(amount, "percent", before[-1].unit)
        lending = ("quantity",) if cue == _THERE_ARE else ("quantity", "money")
        earlier = next((a for a in reversed(before[-_BACK:]) if a.kind in lending), None) if cue else None
        if earlier and cue in (_PRONOUN, _THERE_ARE):
            return self._with_scale(amount, earlier) or _with_unit(amount, earlier.kind, earlier.unit)
        if earlier and earlier.unit == self._topics.people:
            return _with_unit(amount, "quantity", earlier.unit)
        return _with_unit(amount, "quantity", self._topics.people) if cue == "we_are" else None

    def _sum_ahead(self, amount: Amount, sentence: int) -> Amount | None:
        """The first sum behind it in its sentence (« trois millions jusqu'en 2016, puis 150 000 euros »)."""
        return next((a for a in self._ahead(amount, sentence) if a.kind == "money" and a.unit), None)

    def _of_whole(self, amount: Amount, before: Sequence[Amount]) -> Amount | None:
        """An item of a list of names and numbers, as what its sentence counts behind it or the article before, if that is more.

        « 900 postes : Nantes (400), Lille (500) », « Nantes (400) et Lille (500) perdent 900 postes ».
        """
        ahead = self._ahead(amount, self._document.sentence_at(amount.mention.start))
        wholes = (*ahead, *reversed(before[-_LENDERS:]))
        whole = next((a for a in wholes if a.kind == "quantity" and a.max > amount.max), None)
        return _with_unit(amount, "quantity", whole.unit) if whole else None

    def _of_those(self, amount: Amount, before: Sequence[Amount]) -> Amount | None:
        """Some of what was counted last, if that is no less (« 73 projets … Vingt-six avaient ouvert »)."""
        whole = next((a for a in reversed(before[-_BACK:]) if a.kind == "quantity" and a.max >= amount.max), None)
        near = whole is not None and whole.max.adjusted() - amount.max.adjusted() <= _FARTHEST
        return _with_unit(amount, "quantity", whole.unit) if whole and near else None

    def _of_things(self, amount: Amount, before: Sequence[Amount]) -> Amount:
        """What was counted last, as many millions if that were (« 5 millions de puces ; elle en a vendu 3 »), else something."""
        counted = next((a for a in reversed(before[-_BACK:]) if a.kind == "quantity"), None)
        if counted is None or self._values.is_collective(amount.mention.parts):
            return _with_unit(amount, "quantity", counted.unit if counted else None)
        return self._with_scale(amount, counted) or _with_unit(amount, "quantity", counted.unit)

    def _counts_things(self, amount: Amount, words: str) -> bool:
        """True for « une dizaine » and behind a verb whose object is counted: no such number is a sum."""
        en = amount.mention.parts.get("cue") == _PRONOUN
        return en and (self._values.is_collective(amount.mention.parts) or self._topics.takes_things(words))

    def _ahead(self, amount: Amount, sentence: int) -> tuple[Amount, ...]:
        """The amounts with a unit of their own shortly behind it in its sentence."""
        first = bisect_right(self._amounts, amount.mention.start, key=lambda a: a.mention.start)
        behind = (a for a in self._amounts[first : first + _LENDERS] if not asks_for_sentence(a.mention))
        return tuple(takewhile(lambda a: self._document.sentence_at(a.mention.start) == sentence, behind))

    def _currency(self, amount: Amount) -> str | None:
        """That of a sum so far where its paragraph has one, best one of the size, but for what was said right before.

        « 385 M€ » lends to « 105 millions » before « 2 milliards de dollars » does, unless they stand in the sentence before;
        right before also stand the question and the item of a list, which no blank line parts.
        Else the most frequent one so far, of equals that of the article.
        """
        here = self._block_start(amount.mention.start)
        apart = self._document.folded.rfind(_BLANK_LINE, 0, amount.mention.start)
        right_before = max(apart, amount.mention.start - _RIGHT_BEFORE)
        near = [a for a in self._sums[-_LENDERS:] if a.mention.start >= right_before]
        if near:
            return _of_size(amount, [a for a in near if a.mention.start >= here] or near).unit
        if self._sums and self._sums[-1].mention.start >= here:
            return _of_size(amount, self._sums[-_LENDERS:]).unit
        if not self._so_far:
            return self._usual
        return max(self._so_far, key=lambda unit: (self._so_far[unit], unit == self._usual))

    def _note(self, amount: Amount) -> None:
        """Remember a sum for those that follow."""
        if amount.kind == "money" and amount.unit and not self._is_conversion(amount):
            self._sums.append(amount)
            self._so_far[amount.unit] += 1

    def _opens_bracket(self, start: int, end: int) -> bool:
        """True where only an opening bracket stands between the two places (« 150 millions d'euros (90 millions »)."""
        return self._document.folded[start:end] == " ("

    def _block_start(self, offset: int) -> int:
        blocks = self._document.blocks
        index = bisect_right(blocks, offset, key=lambda block: block.start) - 1
        return blocks[index].start if index >= 0 else 0

    def _is_conversion(self, amount: Amount) -> bool:
        """True for a sum in parentheses or behind « soit »: the same sum in another currency."""
        return self._topics.converts(self._document.folded[max(0, amount.mention.start - _LOOK) : amount.mention.start])

    def _with_scale(self, amount: Amount, lender: Amount) -> Amount | None:
        """« 5 milliards d'euros, contre 4,2 en 2020 » → 4.2 milliards; None where the scale before does not fit."""
        scale = self._values.scale_of(lender.mention.parts)
        if scale < _GREAT or amount.max >= _MOST_UNSCALED or lender.kind == "percent":
            return None
        whole = _with_unit(amount, lender.kind, lender.unit)
        scaling = {name: lender.mention.parts[name] for name in _SCALING if name in lender.mention.parts}
        mention = replace(whole.mention, parts={**whole.mention.parts, **scaling})
        return replace(whole, mention=mention, min=plain(amount.min * scale), max=plain(amount.max * scale))

    def _in_sentence(self, before: Sequence[Amount], sentence: int) -> list[Amount]:
        """The amounts of that sentence, the nearest first."""
        return list(takewhile(lambda a: self._document.sentence_at(a.mention.start) == sentence, reversed(before[-_LENDERS:])))


def _nearest(amount: Amount, others: Sequence[Amount], *, farthest: int = _FARTHEST) -> Amount | None:
    """The amount whose order of magnitude is nearest (« 2 300 personnes dans 12 pays, contre 1 800 »), the last of equals.

    A share lends its unit to a bare number alone (« 12 %, contre 8 »), a count to numbers a thousandfold away at most.
    """
    scaled = amount.kind == "money"
    lenders = [(abs(a.max.adjusted() - amount.max.adjusted()), a) for a in others]
    far = {"money": scaled, "quantity": False, "percent": False}
    fit = [(d, a) for d, a in lenders if (d <= farthest or far[a.kind]) and not (scaled and a.kind == "percent")]
    return min(fit, key=lambda pair: pair[0])[1] if fit else None


def _of_size(amount: Amount, sums: Sequence[Amount]) -> Amount:
    """The last of the sums that has as many digits, else the last of all."""
    size = amount.max.adjusted()
    return next((a for a in reversed(sums) if a.max.adjusted() == size), sums[-1])


def _words_before(document: Document, sentence: int, offset: int) -> str:
    """The folded words of that sentence up to `offset`, as far as a sentence goes back."""
    start = document.sentences[sentence].start if document.sentences else 0
    return document.folded[max(start, offset - _LONGEST_SENTENCE) : offset]


def _with_unit(amount: Amount, kind: AmountKind, unit: str | None) -> Amount:
    return replace(amount, mention=replace(amount.mention, type=kind), kind=kind, unit=unit)
