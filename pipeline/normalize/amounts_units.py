"""Currencies, qualifiers and topics of amounts, each a small reader over a word list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pipeline.lexicon.expressions import any_of
from pipeline.model import Qualifier

_LOOK = 40


class Currencies:
    """Currency words, signs and codes with their ISO 4217 codes; built from `lexicon.words["currencies"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self.known: dict[str, str] = {**words["codes"], **words["symbols"], **words["names"]}
        self.shared = {name: _Shared(name, cues, words["names"]) for name, cues in words["shared"].items()}
        self.shared |= {sign: self.shared[name] for sign, name in words["shared_signs"].items()}
        self.doubtful: dict[str, str] = dict(words["doubtful"])
        self.cents: dict[str, str] = dict(words["cents"])

    def of(self, article: str) -> ArticleCurrencies:
        """The currencies as one article uses their names."""
        return ArticleCurrencies(self, article)


class ArticleCurrencies:
    """Tells which currency a name means in one article; asks the article once a name."""

    def __init__(self, currencies: Currencies, article: str):
        self._all, self._article = currencies, article
        self._told: dict[str, str | None] = {}

    def read(self, unit: str) -> str | None:
        """The code of `unit`, None where the article does not tell whose (« 300 dinars » where no country is named)."""
        shared = self._all.shared.get(unit)
        if shared is None:
            return self._all.known.get(unit)
        return self._tell(unit) or shared.otherwise

    def counted(self, unit: str) -> str | None:
        """The noun where a currency's name is more likely a thing: « 3 000 livres » in an article without any pound."""
        return None if unit not in self._all.doubtful or self._tell(unit) else self._all.doubtful[unit]

    def of_cents(self, parts: Mapping[str, str]) -> str | None:
        """The currency of a sum in hundredths: the one named behind (« 50 centimes d'euro »), else the word's own."""
        if of_unit := parts.get("of_unit"):
            return self.read(of_unit)
        return self._all.cents[parts["unit"]]

    def _tell(self, unit: str) -> str | None:
        if unit not in self._told:
            self._told[unit] = self._all.shared[unit].tell(self._article)
        return self._told[unit]


class _Shared:
    """A name that several countries' money bears, told apart by the words of the article."""

    def __init__(self, name: str, cues: Mapping[str, Any], names: Mapping[str, str]):
        self.otherwise: str | None = cues.get("otherwise")
        self._least: int = cues.get("least", 1)
        stem = name.rstrip("s")
        self._codes = {full: code for full, code in names.items() if full.startswith((stem + " ", stem + "s "))}
        self._codes |= {word: code for code, words in cues.items() if code not in ("otherwise", "least") for word in words}
        self._cue = re.compile(rf"(?<!\w)(?:{any_of(self._codes)})(?!\w)")

    def tell(self, article: str) -> str | None:
        """The code whose words stand most often in the article (of equals the usual one, the first in the alphabet), None where
        that is too seldom."""
        counts = Counter(self._codes[word] for word in self._cue.findall(article))
        code = min(counts, key=lambda code: (-counts[code], code != self.otherwise, code), default=None)
        return code if code and counts[code] >= self._least else None


class Qualifiers:
    """Tells whether words beside an amount make it about, over or under; built from `lexicon.words["amounts_qualifiers"]`.

    The words before it are looked for backwards from the amount, so that one attempt tells: `deux` of « plus de deux » is not
    first sought behind every letter of the line.
    """

    def __init__(self, words: Mapping[str, Any]):
        names: tuple[Qualifier, ...] = ("about", "over", "under")
        self._before = {phrase[::-1]: name for name in names for phrase in words["before"][name]}
        articles = any_of(article[::-1] for article in words["articles"])
        self._backwards = re.compile(rf"(?:{articles})? ?(?P<phrase>{any_of(self._before)})(?!\w)")
        self._after = {phrase: name for name in names for phrase in words["after"][name]}
        self._forwards = re.compile(rf" (?P<phrase>{any_of(self._after)})(?!\w)")

    def read(self, text: str, start: int, end: int, *, otherwise: Qualifier | None = None) -> Qualifier | None:
        """The qualifier of the amount at `start:end` (« près de 274 millions d'euros » → about)."""
        if match := self._backwards.match(text[max(0, start - _LOOK) : start][::-1].lower()):
            return self._before[match["phrase"]]
        behind = self._forwards.match(text, end)
        return self._after[behind["phrase"]] if behind else otherwise


class Topics:
    """Tells whether words speak of money or name what is counted; built from `lexicon.words["amounts_topics"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self._money = re.compile(rf"(?<!\w)(?:{'|'.join(words['money'])})", re.IGNORECASE)
        self._sum = re.compile(rf"(?<!\w)(?:{any_of(words['sums'])})(?!\w)[^.;:,]*\Z", re.IGNORECASE)
        self._counted = tuple(re.compile(pattern) for pattern in words["counted"])
        self._asked = tuple(re.compile(pattern) for pattern in words["asked"])
        self._things = re.compile(words["things"])
        self._conversion = re.compile(words["conversion"])
        self.people: str = words["people"]
        self._plural: str = words["plural"]
        self._behind = tuple(re.compile(pattern) for pattern in words["counted_behind"])

    def is_money(self, words: str) -> bool:
        """True where a word is about money (« levée », « amende », « budget »)."""
        return self._money.search(words) is not None

    def is_sum(self, before: str) -> bool:
        """True where a number right behind `before` is a sum of money (« une amende de »)."""
        return self._sum.search(before) is not None

    def takes_things(self, before: str) -> bool:
        """True right behind a verb whose object is counted, never paid (« elle en a commandé »)."""
        return self._things.search(before) is not None

    def converts(self, before: str) -> bool:
        """True where a sum right behind `before` only converts another (« (soit environ »)."""
        return self._conversion.search(before) is not None

    def asked(self, before: str) -> str | None:
        """The noun that words right before a number want counted (« Combien de plaintes ? », « Les plaintes sont » → plainte)."""
        match = next((found for pattern in self._asked if (found := pattern.search(before))), None)
        if match is None:
            return None
        noun = match["noun"] if match.lastgroup == "noun" else match["label"].lower()
        return noun.removesuffix(self._plural)

    def counted(self, before: str, behind: str = "") -> str | None:
        """The noun that a number between the two counts (« le nombre de signalements a bondi, à » → signalement)."""
        matches = [p.search(before) for p in self._counted] + [p.match(behind) for p in self._behind]
        for match in matches:
            if match and not self.is_money(match["noun"]):
                return match["noun"].removesuffix(self._plural)
        return None
