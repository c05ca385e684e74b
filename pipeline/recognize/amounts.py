"""Sums of money, percentages and quantities: where they stand and what their parts are. Interpreting is normalize/amounts.py.

The rules of data/rules/amounts.yaml say where; the counted noun behind a number is found by `NounFinder`. A number without
noun stays in where the article can lend it a unit: with a scale (« 23 millions ») or in a comparison (« contre 8 000 »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.lexicon import Lexicon
from pipeline.model import Document, Mention
from pipeline.recognize.amounts_nouns import Noun, NounFinder
from pipeline.recognize.scan import Hit, compile_rules

_LOOK = 40
"""Characters before a number in which its cue, or the word that makes it a label, stands."""
_BARE_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_SMALL = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_ELIDED_ARTICLE = re.compile(r"^[ldLD]'")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
_FEW_DIGITS = ("0", "1", "2")
_MILLION = 10**6
_WORD_BEFORE = re.compile(r"([^\s,;:!?()«»\"“”]+) $")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;»«\"“”(\n•→-] ?)$")


class AmountRecognizer:
    """Finds amounts in a document; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon):
        words, rules = lexicon.words["amounts_nouns"], lexicon.rules["amounts"]
        self._scanner = compile_rules(rules)
        numbers = lexicon.words["amounts"]
        self._nouns = NounFinder(words, numbers=numbers)
        self._sums = frozenset(words["sums"])
        self._thousand: str = numbers["small_words"]["thousand"]
        self._few = frozenset((*_FEW_DIGITS, *numbers["few"]))
        self._great = frozenset(name for name, value in numbers["scales"].items() if float(value) >= _MILLION)
        self._labels = frozenset(words["labels"])
        self._phrase_ends = frozenset(words["phrase_ends"])
        self._years_before = frozenset(words["years_before"])
        self._compared = re.compile(rf"(?:{rules.atoms['compared']})\Z")
        self._share_of_sum = re.compile(rf"(?:{rules.atoms['share_of_sum']})\Z")
        self._cues = {
            name: re.compile(rf"(?:{rules.atoms[name]}){rules.atoms['hedge']}?\Z") for name in ("there_are", "en_verb", "we_are")
        }

    def find(self, document: Document) -> tuple[Mention, ...]:
        """The amounts of the document by place, none overlapping another (« près de 274 millions d'euros » → one money)."""
        mentions: list[Mention] = []
        for hit in self._scanner.scan(document):
            if mentions and hit.start < mentions[-1].end:  # inside the noun that the number before counts
                continue
            mentions += self._mentions(document, hit)
        return tuple(mentions)

    def _mentions(self, document: Document, hit: Hit) -> Iterator[Mention]:
        parts, elided = dict(hit.parts), hit.rule.reads == "elided"
        if "items" in parts:
            yield from _items(document, hit, parts)
        elif hit.rule.reads == "quantity" and "unit" not in parts:
            yield from self._counted(document, hit, parts)
        elif hit.rule.finds == "quantity" and "cue" not in parts and self._is_label(document.folded, hit.start, parts):
            return
        elif elided and not _BARE_YEAR.fullmatch(parts["number"]):
            yield self._elided(document, hit, parts)
        elif not elided:
            noun = {"unit": self._nouns.lemma(parts["of_noun"])} if "of_noun" in parts else {}
            yield _mention(document, hit, hit.end, {**parts, **noun})

    def _counted(self, document: Document, hit: Hit, parts: dict[str, str]) -> Iterator[Mention]:
        """A number with the noun behind it, or without where the article can lend it a unit."""
        text = document.folded
        large = "scale" in parts or "giga" in parts
        behind = hit.end - len(" " + parts.pop("noun")) if "noun" in parts else hit.end
        great = large and parts.get("scale") != self._thousand and "rest" not in parts
        noun = self._nouns.find(text, behind, of=great or parts["number"].endswith(self._nouns.collectives))
        if noun and large and self._is_sum(text, hit, noun, great=great):
            noun = None
        alone = not noun and ("scale" in parts or self._stands_alone(text, hit, parts["number"]))
        if not (noun or alone) or self._is_label(text, hit.start, parts, counted=noun is not None):
            return
        if noun and (noun.measure or large or "low" in parts or parts["number"].lower() not in self._few):
            yield _mention(document, hit, noun.end, {**parts, "unit": noun.lemma})
        elif alone:
            yield self._elided(document, hit, parts)

    def _is_sum(self, text: str, hit: Hit, noun: Noun, *, great: bool) -> bool:
        """True where a great number with that noun is money (« 3 milliards de dette », « 12 millions de publicité »)."""
        shares = self._share_of_sum.search(text, max(0, hit.start - _LOOK), hit.start) is not None
        return noun.lemma in self._sums or shares or (great and noun.mass)

    def _elided(self, document: Document, hit: Hit, parts: Mapping[str, str]) -> Mention:
        """A number without unit: likely money with a great scale (« 23 millions »), else whatever its sentence counts."""
        great = "sign" in parts or self._great.intersection(parts.get("scale", "").lower().split())
        kind = "money" if great else "quantity"
        before = document.folded[max(0, hit.start - _LOOK) : hit.start]
        cue = next((name for name, pattern in self._cues.items() if pattern.search(before)), None)
        cued = {"cue": cue} if cue else {}
        return _mention(document, hit, hit.end, {**cued, **parts, "reads": "elided"}, kind=kind)

    def _stands_alone(self, text: str, hit: Hit, number: str) -> bool:
        """True for a number that may have lost its noun: « contre 8 000 un an plus tôt », « 3 000 selon les syndicats »."""
        if _GROUPED.fullmatch(number) or _BARE_YEAR.fullmatch(number):
            return _BARE_YEAR.fullmatch(number) is None
        compared = self._compared.search(text, max(0, hit.start - _LOOK), hit.start)
        return compared is not None and self._nouns.is_gap(text, hit.end, of=number.endswith(self._nouns.collectives))

    def _is_label(self, text: str, start: int, parts: Mapping[str, str], *, counted: bool = False) -> bool:
        """True where what stands before makes the number a name or a year (« article 12 », « Windows 11 », « en 2016 »).

        Words that often end a phrase are none before what is `counted` (« mis à la porte 130 salariés »).
        """
        number = parts.get("low") or parts["number"]
        before = text[max(0, start - _LOOK) : start]
        word = _WORD_BEFORE.search(before)
        if not word or "scale" in parts:
            return False
        name = _ELIDED_ARTICLE.sub("", word[1])
        labels = self._labels - self._phrase_ends if counted else self._labels
        if not _SMALL.fullmatch(number):
            return name.lower() in labels - self._years_before and number.isalpha()
        if _BARE_YEAR.fullmatch(number) and name.lower() in self._years_before:
            return True
        if name in labels or name.lower() in labels:
            return True
        named = name[:1].isupper() or any(c.isdigit() for c in name)
        return named and name[-1:] not in ".!?…" and not _SENTENCE_START.search(before[: word.start()])


def _mention(
    document: Document, hit: Hit, end: int, parts: Mapping[str, str], *, start: int | None = None, kind: str | None = None
) -> Mention:
    begin = hit.start if start is None else start
    shown = {"reads": hit.rule.reads or "", **parts}
    return Mention(begin, end, document.text[begin:end], kind or hit.rule.finds, hit.rule.id, parts=shown)


def _items(document: Document, hit: Hit, parts: dict[str, str]) -> Iterator[Mention]:
    """A mention for each number of a list that shares its last one's scale and unit (« 10, 15 puis 20 millions d'euros »)."""
    items, start = parts.pop("items"), hit.start
    numbers = items.split(", ")
    if not any(_BARE_YEAR.fullmatch(number) for number in numbers):
        for number in numbers:
            item = {**parts, "number": number, "list_end": parts["number"]}
            yield _mention(document, hit, start + len(number), item, start=start)
            start += len(number) + len(", ")
    last = document.folded.index(parts["number"], hit.start + len(items))
    yield _mention(document, hit, hit.end, parts, start=last)
