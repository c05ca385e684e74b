"""Acronyms that the text itself introduces: « Office central des passerelles (OCP) », « l'Office des ponts, l'ODP, ».

The name and its acronym are one thing: each speaks for the other, and the acronym's canonical name is the full one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Document
from pipeline.recognize.evidence import Evidence

NAME, ACRONYM = 2.2, 3.0
_BRACKETED = re.compile(r" \((?:l'|la |le )?(?P<acronym>[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿ&-]{1,9})\)")
INTRODUCED = re.compile(
    r"(?: \((?:l'|la |le )?(?=[^)]+\))|, (?:l'|la |le |les )(?=[A-Z]{2,6},))(?P<acronym>[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿ&-]{1,9})"
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_BREAK = re.compile(r"[.;:!?()«»“”\"\n]")
_SMALL = frozenset(
    ("de", "des", "du", "la", "le", "les", "et", "à", "aux", "au", "pour", "l", "d", "en", "of", "the", "and", "for", "für")
)
MOST_WORDS = 14


def find_introduced(document: Document) -> Iterator[Evidence]:
    """Evidence for each name whose initials the brackets after it repeat, and for the acronym.

    Only names that begin with a capital are found so; lower-case bodies have their rules of shape.
    """
    folded = document.folded
    for match in _BRACKETED.finditer(folded):
        start = full_name_start(folded, match.start(), match["acronym"])
        if start is not None and folded[start].isupper():
            yield Evidence(start, match.start(), "ORG", "rule", "name-before-acronym", NAME, whole=True)


def full_name_start(folded: str, end: int, acronym: str) -> int | None:
    """Where the name that ends at `end` and has the acronym's initials begins; None where the words do not fit."""
    breaks = [m.end() for m in _BREAK.finditer(folded, max(0, end - 150), end)]
    words = list(_WORD.finditer(folded, breaks[-1] if breaks else max(0, end - 150), end))[-MOST_WORDS:]
    letters = [c for c in acronym.lower() if c.isalpha()]
    for first in range(len(words) - 1, -1, -1):
        if words[first][0][0].lower() == letters[0] and has_initials(acronym, [word[0] for word in words[first:]]):
            return words[first].start()
    return None


def has_initials(acronym: str, words: list[str]) -> bool:
    """True where the letters of the acronym are the initials of the words, in order, small words aside if need be.

    One letter may stand inside a word (« Insee »), so that one may be missing of four or more.
    """
    letters = [c for c in acronym.lower() if c.isalpha()]
    initials = [word[0].lower() for word in words]
    if len(words) < 2 or not letters or letters[0] != initials[0]:
        return False
    matched = 0
    for initial in initials:
        if matched < len(letters) and initial == letters[matched]:
            matched += 1
    content = sum(word.lower() not in _SMALL for word in words)
    return matched >= max(2, len(letters) - (len(letters) > 3)) and content <= len(letters) + 1
