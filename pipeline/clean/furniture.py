"""Lines and parts of lines that stand around an article → edits that take them out, and what they tell (day, authors).

Four witnesses know furniture: the rules of the lexicon, the corpus (a line that many articles of an outlet share), words with
which a publication speaks to its readers, and the author's name. `zones` decides by the place of a line what goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.clean.draft import Edit
from pipeline.clean.furniture_rules import ABOVE, ADDRESS, AUTHOR, REPEATED, FurnitureRules, Said
from pipeline.clean.reader_address import ReaderAddressFinder
from pipeline.clean.signatures import SignatureFinder
from pipeline.clean.structure import find_lines
from pipeline.clean.zones import Line, Part, parts_to_take
from pipeline.lexicon import Lexicon
from pipeline.lexicon.conditions import Surroundings
from pipeline.model import Span
from pipeline.text import fold_typography, fold_words

OPENING = 6
"""Lines in which a dateline is looked for."""

WIDEST_MARK = 5
"""Characters of a mark and the spaces around it, between a line and the furniture that ends it."""

LONGEST_RUBRIC = 60
"""Characters of a line above the headline that is none of the article's."""

_CUT = re.compile(r" +[·|•–—→-]+ +| *[|·•\t] *|(?<=[.!?…»\")]) +(?!(?:19|20)\d\d(?!\d))")
_BEFORE = re.compile(r"[ \u00a0\u202f]*(?:[·|•–—-][ \u00a0\u202f]*)?\Z")
_LEFT_OVER = re.compile(r"[ \u00a0\u202f]*(?:[·|•–—-][ \u00a0\u202f]+)?")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was found: the edits in order, what the lines told in order of the text, and the names in the bylines."""

    edits: tuple[Edit, ...]
    said: Said
    authors: tuple[str, ...]


class FurnitureFinder:
    """Finds furniture. Built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._rules = FurnitureRules(lexicon)
        self._reader_address = ReaderAddressFinder(lexicon.words["reader_address"])
        atoms = lexicon.rules["publication"].atoms
        self._signatures = SignatureFinder(lexicon.words["names_given"], lexicon.words["layout"], atoms["trade"])
        self._between_names = re.compile(rf",? {lexicon.words['layout']['and']} |, | & ")
        verb, at = atoms["author_verb"], lexicon.words["layout"]["at"]
        self._author_goes_on = re.compile(rf"(?:,| {verb}\b| (?:{at}) [A-ZÀ-Þ][\w-]+$)")

    def find(
        self,
        text: str,
        *,
        title: str | None = None,
        authors: Sequence[str] = (),
        is_repeated: Callable[[str], bool] | None = None,
    ) -> Furniture:
        """The furniture of a text whose fields give `title` and `authors`.

        `is_repeated` tells the lines that the outlet's articles share.
        """
        folded = fold_typography(text)
        around = line_surroundings(folded)
        lines = _above(title, [self._judged(folded, span, around, is_repeated) for span in find_lines(text)])
        told = tuple(pair for line in lines if line.is_furniture and line.scopes != {"beside"} for pair in line.whole.said)
        signed = (*self._signatures.find(lines), *self._signatures.find_portrait(lines))
        names = tuple(dict.fromkeys(map(fold_typography, (*authors, *self._names(told), *signed))))
        lines = [self._with_author(line, names) for line in lines]
        taken = parts_to_take(lines)
        cuts = sorted([*taken, *self._inline(folded, taken, around)], key=lambda part: part.span.start)
        kept = [pair for line in lines[:OPENING] for pair in self._rules.told_by(folded, line.span, around)]
        said = (*(pair for part in cuts for pair in part.said), *kept)
        return Furniture(tuple(_edits(text, [line.span for line in lines], cuts)), said, self._names(said))

    def bare_names(self, authors: Sequence[str]) -> tuple[str, ...]:
        """The names in fields that hold whole bylines (« Par Anaïs Kermadec » → Anaïs Kermadec)."""
        names: list[str] = []
        for author in authors:
            folded = fold_typography(author)
            known = self._rules.knows(folded, Span(0, len(folded)), line_surroundings(folded))
            names += (self._names(known[1]) if known else ()) or (author,)
        return tuple(dict.fromkeys(names))

    def _names(self, said: Said) -> tuple[str, ...]:
        """The names that bylines hold, each once (« Jo Lan et Anaïs Le Goff »)."""
        bylines = (names for slot, names in said if slot == "authors")
        return tuple(dict.fromkeys(name for names in bylines for name in self._between_names.split(names)))

    def _judged(self, folded: str, span: Span, around: Surroundings, is_repeated: Callable[[str], bool] | None) -> Line:
        """The line as one part where one witness knows it whole, else cut into its parts."""
        text = folded[span.start : span.end]
        if is_repeated and is_repeated(text):
            return Line(span, text, (Part(span, REPEATED),))
        whole = self._part(folded, span, around)
        parts = (whole,) if whole.rule else tuple(self._part(folded, part, around) for part in _cut(folded, span))
        line = Line(span, text, parts)
        if not line.is_furniture and self._reader_address.speaks_to_reader(text):
            return replace(line, parts=(Part(span, ADDRESS),))
        return line

    def _part(self, folded: str, span: Span, around: Surroundings) -> Part:
        known = self._rules.knows(folded, span, around)
        return Part(span, *known) if known else Part(span, None)

    def _with_author(self, line: Line, names: Sequence[str]) -> Line:
        """The line as furniture where it is an author's name or begins his portrait (« Jo Lan est avocate à Brest. »)."""
        if line.is_furniture and line.scopes != {"beside"}:
            return line
        for name in names:
            if line.text.casefold() == name.casefold():
                return replace(line, parts=(Part(line.span, AUTHOR, (("authors", name),)),))
            if line.text.startswith(name) and self._author_goes_on.match(line.text, len(name)):
                return replace(line, parts=(Part(line.span, AUTHOR),))
        return line

    def _inline(self, folded: str, taken: Sequence[Part], around: Surroundings) -> Iterator[Part]:
        for found, rule in self._rules.find_inline(folded, around):
            spaced = found.start > 0 and folded[found.start - 1] == " "
            span = Span(found.start - spaced, found.end)
            if not any(part.span.overlaps(span) for part in taken):
                yield Part(span, rule)


def line_surroundings(folded: str) -> Surroundings:
    """What lies around lines and their parts: text that is not cleaned yet has lines in place of sentences."""

    def line(start: int) -> str:
        return folded[folded.rfind("\n", 0, start) + 1 :].partition("\n")[0]

    return Surroundings(line, lambda: folded)


def _above(title: str | None, lines: Sequence[Line]) -> list[Line]:
    """The lines, those above the one that holds the title as furniture where they are short (« Mer & réseaux »)."""
    key = fold_words(title or "")
    at = next((i for i, line in enumerate(lines[:OPENING]) if key and fold_words(line.text) == key), 0)
    is_rubric = [i < at and len(line.text) <= LONGEST_RUBRIC and not line.is_furniture for i, line in enumerate(lines)]
    return [
        replace(line, parts=(Part(line.span, ABOVE),)) if rubric else line for line, rubric in zip(lines, is_rubric, strict=True)
    ]


def _cut(folded: str, line: Span) -> list[Span]:
    """The parts of a line: they end at sentence ends and at the marks that menus put between their entries.

    Before a year a month was cut short: « 9 avr. 2025 ».
    """
    bounds, start = [], line.start
    for cut in _CUT.finditer(folded, line.start, line.end):
        if cut.start() > start:
            bounds.append(Span(start, cut.start()))
        start = cut.end()
    if start < line.end:
        bounds.append(Span(start, line.end))
    return bounds or [line]


def _edits(text: str, lines: Sequence[Span], cuts: Sequence[Part]) -> Iterator[Edit]:
    """An edit for each cut, and one for the space, mark or line end that it would leave behind."""
    following = {line.end: after.start for line, after in pairwise([*lines, Span(len(text), len(text))])}
    starts = {line.start for line in lines}
    done = 0
    for part in cuts:
        start, end = max(done, part.span.start), part.span.end
        if start >= end or part.rule is None:
            continue
        if end in following and start not in starts and (left := _BEFORE.search(text, max(done, start - WIDEST_MARK), start)):
            yield from [Edit(left.start(), start, "")] if left[0] else []
        yield Edit(start, end, "", part.rule.id)
        done = end
        if part.span.start in starts:
            after = _LEFT_OVER.match(text, end)
            done = following.get(end) or (after.end() if after else end)
        if done > end:
            yield Edit(end, done, "")
