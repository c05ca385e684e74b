"""What the corpus says of furniture: a line that stands in many different articles of one outlet belongs to none of them.

Counts of parts of a corpus merge in any order to the same result, so that they may be made by several workers. Only hashes are
kept: of a line (accents, case, punctuation and digits folded away) and of the articles that it was seen in.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.model import Article
from pipeline.text import fold_accents

FEWEST_ARTICLES = 4
"""Different articles of one outlet from which a shared line is furniture. Two parts of a series may share one line."""

LONGEST = 300
SHORTEST = 3
"""Characters of a line that is counted: longer ones are body whoever repeats them, shorter ones are marks."""

_NO_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…]\s*$")
_QUOTED = re.compile(r"[«»“”\"]")

Seen = Mapping[tuple[str, int], tuple[int, ...]]
"""(outlet, line) → the articles it stands in, at most FEWEST_ARTICLES of them, the smallest."""


@dataclass(frozen=True, slots=True)
class LineCounts:
    """Which lines stand in which articles of an outlet. Copies of one article count once: their longest line is the same,
    whatever its figures."""

    seen: Seen

    def merged(self, other: LineCounts) -> LineCounts:
        """The counts of both parts of a corpus."""
        both = dict(self.seen)
        for key, articles in other.seen.items():
            both[key] = _smallest((*both.get(key, ()), *articles))
        return LineCounts(both)

    def repeated(self) -> RepeatedLines:
        """The lines that enough different articles of one outlet share."""
        return RepeatedLines(frozenset(key for key, articles in self.seen.items() if len(articles) >= FEWEST_ARTICLES))


@dataclass(frozen=True, slots=True)
class RepeatedLines:
    """The furniture that a corpus has shown, by outlet."""

    keys: frozenset[tuple[str, int]] = frozenset()

    def holds(self, outlet: str, line: str) -> bool:
        """True where many articles of that outlet share the line; of an outlet nobody knows, a sentence may be anybody's."""
        if not _is_countable(line) or (not outlet and _SENTENCE_END.search(line)):
            return False
        return (outlet, _line_key(line)) in self.keys


def count_lines(articles: Iterable[Article]) -> LineCounts:
    """The counts of these articles, which are any part of a corpus."""
    seen: dict[tuple[str, int], tuple[int, ...]] = defaultdict(tuple)
    for article in articles:
        lines = [line for line in map(str.strip, article.text.splitlines()) if line]
        fingerprint = _line_key(max(lines, key=lambda line: (len(line), line), default=""))
        for key in {(outlet_of(article), _line_key(line)) for line in lines if _is_countable(line)}:
            seen[key] = _smallest((*seen[key], fingerprint))
    return LineCounts(dict(seen))


def outlet_of(article: Article) -> str:
    """Who published it: the outlet's name, else the host of its address, else nobody known."""
    return article.outlet or urlsplit(article.url or "").netloc.removeprefix("www.")


def _smallest(articles: Iterable[int]) -> tuple[int, ...]:
    return tuple(heapq.nsmallest(FEWEST_ARTICLES, set(articles)))


def _is_countable(line: str) -> bool:
    return SHORTEST <= len(line) <= LONGEST and not _QUOTED.search(line)


def _line_key(line: str) -> int:
    return _hash(_NO_LETTERS.sub(" ", _DIGITS.sub("0", fold_accents(line).casefold())).strip())


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
