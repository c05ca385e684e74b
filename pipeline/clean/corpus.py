"""What the corpus says of furniture: a line that stands in many different articles of one outlet belongs to none of them.

Each article gives its lines (`lines_of`); who counts them over a corpus needs only hashes: of a line (accents, case, punctuation
and digits folded away) and of the article that it was seen in.
"""

from __future__ import annotations

import hashlib
import re
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


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """The lines of an article that may be furniture, and its longest line, by which copies of one article count once; hashed.

    Figures do not count: « 7 commentaires » is one line, and one bulletin with other degrees is a copy.
    """

    keys: frozenset[int]
    longest: int


@dataclass(frozen=True, slots=True)
class RepeatedLines:
    """The furniture that a corpus has shown, by outlet."""

    keys: frozenset[tuple[str, int]] = frozenset()

    def holds(self, outlet: str, line: str) -> bool:
        """True where many articles of that outlet share the line."""
        return _is_countable(line, outlet) and (outlet, _line_key(line)) in self.keys


def lines_of(article: Article) -> ArticleLines:
    """The lines of one article."""
    lines = [line for line in map(str.strip, article.text.splitlines()) if line]
    longest = max(lines, key=lambda line: (len(line), line), default="")
    outlet = outlet_of(article)
    return ArticleLines(frozenset(_line_key(line) for line in lines if _is_countable(line, outlet)), _line_key(longest))


def outlet_of(article: Article) -> str:
    """Who published it: the outlet's name, else the host of its address, else nobody known."""
    return article.outlet or urlsplit(article.url or "").netloc.removeprefix("www.")


def _is_countable(line: str, outlet: str) -> bool:
    """True for lines that may be furniture. Where the outlet is not known, a sentence may be one that several outlets print."""
    may_be = SHORTEST <= len(line) <= LONGEST and not _QUOTED.search(line)
    return may_be and (bool(outlet) or not _SENTENCE_END.search(line))


def _line_key(line: str) -> int:
    return _hash(_NO_LETTERS.sub(" ", _DIGITS.sub("0", fold_accents(line).casefold())).strip())


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
