"""Currencies, qualifiers and topics of amounts, each a small reader over a word list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.model import Qualifier

_LOOK = 40


class Currencies:
    """Tells the ISO 4217 code of a currency's word or sign; built from `lexicon.words["currencies"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self._known: dict[str, str] = {**words["codes"], **words["symbols"], **words["names"]}
        self._shared = {name: _Shared(cues) for name, cues in words["shared"].items()}
        self._cents = frozenset(words["cents"])

    def read(self, unit: str, article: str) -> str | None:
        """The code of `unit`, None where the article does not tell whose (« 300 francs » where no country is named)."""
        if shared := self._shared.get(unit):
            return shared.read(article)
        return self._known.get(unit, "EUR" if unit in self._cents else None)


class _Shared:
    """A name that several countries' money bears, told apart by the words of the article."""

    def __init__(self, cues: Mapping[str, Any]):
        self._otherwise: str | None = cues.get("otherwise")
        self._cues = tuple((code, _any_of(words)) for code, words in cues.items() if code not in ("otherwise", "needs"))

    def read(self, article: str) -> str | None:
        counts = [(len(cue.findall(article)), code) for code, cue in self._cues]
        most = max(counts, key=lambda count: count[0], default=(0, ""))
        return most[1] if most[0] else self._otherwise


class Qualifiers:
    """Tells whether words beside an amount make it about, over or under; built from `lexicon.words["amounts_qualifiers"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self._before = tuple((name, _ending_with(words["before"][name])) for name in ("about", "over", "under"))
        self._after = tuple(
            (name, re.compile(rf" (?:{_alternatives(words['after'][name])})(?!\w)")) for name in ("about", "over", "under")
        )

    def read(self, text: str, start: int, end: int, *, otherwise: Qualifier | None = None) -> Qualifier | None:
        """The qualifier of the amount at `start:end` (« près de 385 millions d'euros » → about)."""
        before = text[max(0, start - _LOOK) : start]
        for name, pattern in self._before:
            if pattern.search(before):
                return name  # type: ignore[return-value]
        for name, pattern in self._after:
            if pattern.match(text, end):
                return name  # type: ignore[return-value]
        return otherwise


class Topics:
    """Tells whether a sentence speaks of money; built from `lexicon.words["amounts_topics"]`."""

    def __init__(self, words: Mapping[str, Any]):
        self._money = re.compile(rf"(?<!\w)(?:{'|'.join(words['money'])})", re.IGNORECASE)

    def is_money(self, sentence: str) -> bool:
        """True where a word of the sentence is about money (« levée », « amende », « budget »)."""
        return self._money.search(sentence) is not None


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)")


def _ending_with(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)}) ?(?:les |des |la |l'|ses |leurs |ces |quelque )?$", re.IGNORECASE)
