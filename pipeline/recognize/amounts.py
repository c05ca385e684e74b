"""Sums of money, percentages and quantities: where they stand and what their parts are. Interpreting is normalize/amounts.py.

The rules of data/rules/amounts.yaml say where; the counted noun behind a number is found by `NounFinder`. A number without
noun stays in where the article can lend it a unit: behind a scale (« 23 millions ») or a comparison (« contre 8 000 »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.lexicon import Lexicon
from pipeline.model import Document, Mention
from pipeline.recognize.amounts_nouns import NounFinder
from pipeline.recognize.scan import Hit, compile_rules

SMALLEST_COUNT = 3
"""Fewer than this are counted with measures only (« deux kilomètres »)."""

_BARE_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_SMALL = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_ZERO_TO_TWO = re.compile(r"(?:0|1|2|un|une|deux|zéro)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\s,;:!?()«»\"“”]+) $")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;»«\"“”(\n•→-] ?)$")


class AmountRecognizer:
    """Finds amounts in a document; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon):
        words = lexicon.words["amounts_nouns"]
        self._scanner = compile_rules(lexicon.rules["amounts"])
        self._nouns = NounFinder(words)
        self._labels = frozenset(words["labels"])
        self._years_before = frozenset(words["years_before"])

    def find(self, document: Document) -> tuple[Mention, ...]:
        """The amounts of the document by place, none overlapping another (« près de 385 millions d'euros » → one money)."""
        mentions: list[Mention] = []
        for hit in self._scanner.scan(document.folded):
            for mention in self._mentions(document, hit):
                if mention.parts.get("unit") is not None or mention.type != "quantity" or _lends(document, mentions, mention):
                    mentions.append(mention)
        return tuple(mentions)

    def _mentions(self, document: Document, hit: Hit) -> Iterator[Mention]:
        parts = dict(hit.parts)
        if hit.rule.reads == "quantity" and "unit" not in parts:
            yield from self._counted(document, hit, parts)
        elif "items" in parts:
            yield from _items(document, hit, parts)
        elif "pair" in parts:
            yield from _pair(document, hit, parts)
        elif not self._is_label(document.folded, hit.start, parts) or hit.rule.finds != "quantity":
            yield _mention(document, hit, hit.end, parts)

    def _counted(self, document: Document, hit: Hit, parts: dict[str, str]) -> Iterator[Mention]:
        text = document.folded
        if self._is_label(text, hit.start, parts):
            return
        noun = self._nouns.find(text, hit.end)
        if noun and (noun.measure or not _counts_few(parts)):
            yield _mention(document, hit, noun.end, {**parts, "unit": noun.lemma})
        elif not noun and "scale" in parts:
            yield _mention(document, hit, hit.end, {**parts, "elided": "yes"}, kind="money")
        elif not noun and re.search(
            r"(?:contre|au lieu de) (?:les |environ |seulement |près de |plus de |moins de )?$",
            text[max(0, hit.start - 40) : hit.start],
        ):
            yield _mention(document, hit, hit.end, {**parts, "elided": "yes"})

    def _is_label(self, text: str, start: int, parts: Mapping[str, str]) -> bool:
        """True where what stands before makes the number a name or a year (« article 12 », « Windows 11 », « en 2016 »)."""
        number = parts.get("low") or parts["number"]
        before = text[max(0, start - 40) : start]
        word = _WORD_BEFORE.search(before)
        if not word or "scale" in parts:
            return False
        if _BARE_YEAR.fullmatch(number) and word[1].lower() in self._years_before:
            return True
        if not _SMALL.fullmatch(number):
            return False
        if word[1] in self._labels or word[1].lower() in self._labels:
            return True
        named = word[1][0].isupper() or any(c.isdigit() for c in word[1])
        return named and not _SENTENCE_START.search(before[: word.start()]) and (word.start() > 0 or start > 40)


def _lends(document: Document, earlier: list[Mention], mention: Mention) -> bool:
    """True where an amount stands before in the same sentence, whose unit an elided one takes."""
    return bool(earlier) and document.sentence_at(earlier[-1].start) == document.sentence_at(mention.start)


def _counts_few(parts: Mapping[str, str]) -> bool:
    return "scale" not in parts and "low" not in parts and _ZERO_TO_TWO.fullmatch(parts["number"]) is not None


def _mention(
    document: Document, hit: Hit, end: int, parts: Mapping[str, str], *, start: int | None = None, kind: str | None = None
) -> Mention:
    begin = hit.start if start is None else start
    return Mention(
        begin, end, document.text[begin:end], kind or hit.rule.finds, hit.rule.id, parts={"reads": hit.rule.reads or "", **parts}
    )


def _items(document: Document, hit: Hit, parts: dict[str, str]) -> Iterator[Mention]:
    """A mention for each number of a list that shares its last one's scale and unit (« 10, 15 puis 20 millions d'euros »)."""
    items, shared, start = parts.pop("items"), dict(parts), hit.start
    numbers = items.split(", ")
    years = any(_BARE_YEAR.fullmatch(number) for number in numbers)
    for number in numbers:
        if not years:
            yield _mention(document, hit, start + len(number), {**shared, "number": number}, start=start)
        start += len(number) + 2
    last = document.folded.index(parts["number"], hit.start + len(items))
    yield _mention(document, hit, hit.end, parts, start=last)


def _pair(document: Document, hit: Hit, parts: dict[str, str]) -> Iterator[Mention]:
    """Both ends of a change (« passe de 10 à 15 % »), the first with the second's unit where it has none."""
    split = document.folded.index(" à ", hit.start)
    second = {name: value for name, value in parts.items() if not name.startswith("low")}
    first = {**second, **{name.removeprefix("low_"): value for name, value in parts.items() if name.startswith("low_")}}
    if "low_unit" in parts and "low_scale" not in parts and "low_sign" not in parts:
        first = {name: value for name, value in first.items() if name not in ("scale", "sign", "half")}
    yield _mention(document, hit, split, {**first, "number": parts["low"]})
    yield _mention(document, hit, hit.end, second, start=split + 3)
