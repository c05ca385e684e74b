"""Headings that lost the line end between them and the paragraph below → edits that give it back.

A cut is made only where something shows the place: a title that a field gives, a capital word glued to a small letter, or a word
that begins sentences and no names. « Le » and « La » begin names too; they show a cut only before a small letter or a body that
everybody knows: « Un vote attendu Le Sénat se prononcera » is cut, « le quotidien Le Relais se prononce » is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.clean.draft import Edit
from pipeline.clean.sentences import SENTENCE_END

RULE = "lost-line-end"
LONGEST_HEADING = 90
SHORTEST_TITLE = 20
"""Characters of a title that may open a text in the line of what follows; a shorter one may be a name."""

SHORTEST_REST = 60
"""Characters from which what follows a heading is a paragraph."""

FEWEST_WORDS = 3
"""Words of a heading that a mere article ends."""

_WORD = re.compile(r"[^\W_]+")
LONGEST_END = 10
"""Marks and spaces that may follow a full stop."""


class HeadingFinder:
    """Finds such places. Built once from the words of `layout.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._verb_like = re.compile(words["verb_like"])
        glued = "|".join(map(str.capitalize, words["after_no_space"]))
        spaced = "|".join(map(str.capitalize, words["after_space"]))
        elided = "".join(words["elided"]).upper()
        self._glued = re.compile(rf"(?<=[a-zà-ÿ]{{3}})(?:(?:{glued})(?= \w)|[{elided}](?=['’]\w))")
        heading = rf"(?P<heading>[A-ZÀ-Þ][^\n.!?…:;,«»“”\"()]{{8,{LONGEST_HEADING}}})(?P<space> )"
        rest = rf"[^\n]{{{SHORTEST_REST}}}"
        self._heading = re.compile(rf"^{heading}(?=(?:{spaced}) {rest})", re.MULTILINE)
        articles = "|".join(map(str.capitalize, words["after_space_articles"]))
        bodies = "|".join(map(str.capitalize, words["bodies"]))
        opening = rf"(?:{articles})(?:['’]| )(?:[a-zà-ÿ]|(?:{bodies})\b)"
        self._before_article = re.compile(rf"(?:^|(?<=[.!?…»] )){heading}(?={opening}{rest})", re.MULTILINE)
        self._glued_heading = re.compile(rf"{heading}(?=(?:(?:{glued}|{spaced}) |{elided[0]}['’]){rest})", re.MULTILINE)
        self._never_last = frozenset(words["never_last"])

    def find(self, text: str, title: str | None = None) -> Sequence[Edit]:
        """The edits in order: a line end where nothing stood (« la loi|Le Sénat »), or for the space that stood there."""
        edits = [*_after_title(text, title), *self._after_headings(text), *self._after_letters(text)]
        first_at = {edit.start: edit for edit in reversed(edits)}
        return [first_at[start] for start in sorted(first_at)]

    def _after_letters(self, text: str) -> Iterator[Edit]:
        """Behind the first lost line end a short line may be a heading with an article below it, which nothing else tells."""
        for match in self._glued.finditer(text):
            yield Edit(match.start(), match.start() + 1, f"\n{text[match.start()]}", RULE)
            heading = self._glued_heading.match(text, match.start())
            if heading and self._is_heading(heading["heading"], FEWEST_WORDS):
                yield Edit(*heading.span("space"), "\n", RULE)

    def _after_headings(self, text: str) -> Iterator[Edit]:
        for match in self._heading.finditer(text):
            if self._is_heading(match["heading"], 2) and _ends_as_sentence(text, match.end()):
                yield Edit(*match.span("space"), "\n", RULE)
        for match in self._before_article.finditer(text):
            heading = match["heading"]
            if self._is_heading(heading, FEWEST_WORDS) and not self._has_verb(heading) and _ends_as_sentence(text, match.end()):
                yield Edit(*match.span("space"), "\n", RULE)

    def _has_verb(self, phrase: str) -> bool:
        """True where the phrase goes on, as one with a verb does: « Le groupe a racheté La belle école »."""
        return any(self._verb_like.match(word) for word in _WORD.findall(phrase))

    def _is_heading(self, heading: str, fewest_words: int) -> bool:
        words = _WORD.findall(heading)
        return len(words) >= fewest_words and words[-1][0].islower() and words[-1] not in self._never_last


def _ends_as_sentence(text: str, place: int) -> bool:
    """True where the line that holds `place` ends in a full stop."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return SENTENCE_END.search(text[max(place, end - LONGEST_END) : end]) is not None


def _after_title(text: str, title: str | None) -> Iterator[Edit]:
    """Where the text opens with its title and goes on in the same line, as feeds and tables have it."""
    start = len(text) - len(text.lstrip())
    if not title or len(title) < SHORTEST_TITLE or not text.startswith(title, start):
        return
    match = re.compile(r"(?P<space>[ \u00a0]*)(?P<next>[«“\"A-ZÀ-ÖØ-Þ])").match(text, start + len(title))
    if match and match["space"]:
        yield Edit(match.start("space"), match.end("space"), "\n", RULE)
    elif match:
        yield Edit(match.start("next"), match.end("next"), f"\n{match['next']}", RULE)
