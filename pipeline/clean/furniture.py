"""Lines and parts of lines that stand around an article → edits that take them out, and what they say (day, authors).

The rules are data (boilerplate.yaml, publication.yaml); here stands only where each scope of rule may act. A line is judged
whole, else by its parts; before the first and after the last substantial paragraph a weaker sign is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.clean.draft import Edit
from pipeline.lexicon import Lexicon
from pipeline.model import Span
from pipeline.text import fold_typography

SUBSTANTIAL = 150
"""Characters from which a line that is no furniture counts as body: shorter ones may be headings, bylines or menus."""

LONGEST = 400
"""Longer lines are never furniture as a whole; only their first and last parts are looked at."""

SECTION_SHARE = 0.4
"""How much of a text a block of furniture at its end may be (comments, authors' notes)."""

LONGEST_LABEL = 40
"""Characters of a line that furniture on both sides makes furniture too."""

_CUT = re.compile(r" +[·|•–—→-]+ +| *[|·•\t] *|(?<=[.!?…»\")]) +")
_STOP = r"[ .!…]*"
"""What may end a line of furniture, so that no rule has to say it."""

_GROUP_NAME = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    """One compiled rule: where it may act is its scope."""

    id: str
    expression: re.Pattern[str]
    scope: str


@dataclass(frozen=True, slots=True)
class Part:
    """A line or a part of one, and the rule whose furniture it is (None: body)."""

    span: Span
    rule: FurnitureRule | None
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was found: the edits in order, and what the lines said as (slot, text) in order of the text."""

    edits: tuple[Edit, ...]
    said: tuple[tuple[str, str], ...]


class FurnitureFinder:
    """Finds furniture by the rules of the lexicon. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        rules = tuple(_compiled(lexicon))
        self._whole = tuple(rule for rule in rules if rule.scope not in ("inline", "keep"))
        self._inline = tuple(rule for rule in rules if rule.scope == "inline")
        self._keep = tuple(rule for rule in rules if rule.scope == "keep")
        self._any_whole = _any(self._whole)
        self._any_inline = _any(self._inline)

    def find(self, text: str, *, repeated: frozenset[int] = frozenset()) -> Furniture:
        """The furniture of a text; `repeated` numbers the lines that the corpus knows as furniture."""
        folded = fold_typography(text)
        lines = find_lines(text)
        judged = [self._judge(folded, line, index in repeated) for index, line in enumerate(lines)]
        taken = _taken(lines, judged)
        cuts = sorted([*taken, *self._inline_cuts(folded, taken)], key=lambda part: part.span.start)
        said = [*self._kept(folded, lines), *(pair for part in cuts for pair in part.said)]
        return Furniture(tuple(_edits(text, lines, cuts)), tuple(said))

    def _judge(self, folded: str, line: Span, repeated: bool) -> tuple[Part, ...]:
        """The line as one part where one rule knows it whole, else cut into its parts."""
        if repeated:
            return (Part(line, REPEATED),)
        whole = self._part(folded, line)
        if whole.rule:
            return (whole,)
        return tuple(self._part(folded, span) for span in _parts(folded, line))

    def _part(self, folded: str, span: Span) -> Part:
        if span.end - span.start <= LONGEST:
            text = folded[span.start : span.end]
            if self._any_whole.fullmatch(text):
                for rule in self._whole:
                    if match := rule.expression.fullmatch(text):
                        return Part(span, rule, _said(match))
        return Part(span, None)

    def _inline_cuts(self, folded: str, taken: Sequence[Part]) -> Iterator[Part]:
        for match in self._any_inline.finditer(folded):
            span = Span(match.start(), match.end())
            if not any(part.span.overlaps(span) for part in taken):
                rule = next(rule for rule in self._inline if rule.expression.fullmatch(match[0]))
                yield Part(span, rule)

    def _kept(self, folded: str, lines: Sequence[Span]) -> Iterator[tuple[str, str]]:
        """What the opening lines say without being furniture (a dateline's day)."""
        for line in lines[:6]:
            for rule in self._keep:
                if match := rule.expression.match(folded, line.start, line.end):
                    yield from ((rule.id, value) for _, value in _said(match))


REPEATED = FurnitureRule("repeated-line", re.compile(""), "line")
"""The rule behind a line that stands in many articles of one outlet."""

ENCLOSED = FurnitureRule("enclosed-label", re.compile(""), "line")
"""The rule behind a short line that furniture encloses at the end of a text."""


def find_lines(text: str) -> list[Span]:
    """The lines of a text that hold anything, trimmed."""
    return [Span(match.start(), match.end()) for match in _LINE.finditer(text)]


_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")


def _compiled(lexicon: Lexicon) -> Iterator[FurnitureRule]:
    for theme in ("publication", "boilerplate"):
        file = lexicon.rules[theme]
        for rule in file.rules:
            flags = re.IGNORECASE if rule.ignore_case else 0
            scope = rule.assigns["scope"]
            stop = "" if scope in ("inline", "keep") else _STOP
            yield FurnitureRule(rule.id, re.compile(f"(?:{file.pattern(rule)}){stop}", flags), scope)


def _any(rules: Sequence[FurnitureRule]) -> re.Pattern[str]:
    """One expression that matches where any of the rules does, so that body text is turned away at once."""
    branches = []
    for rule in rules:
        plain = _GROUP_NAME.sub("(?:", rule.expression.pattern)
        branches.append(f"(?i:{plain})" if rule.expression.flags & re.IGNORECASE else f"(?:{plain})")
    return re.compile("|".join(branches) or r"(?!)")


def _said(match: re.Match[str]) -> tuple[tuple[str, str], ...]:
    return tuple((slot, text) for slot, text in match.groupdict().items() if text)


def _parts(folded: str, line: Span) -> list[Span]:
    bounds, start = [], line.start
    for cut in _CUT.finditer(folded, line.start, line.end):
        if cut.start() > start:
            bounds.append(Span(start, cut.start()))
        start = cut.end()
    if start < line.end:
        bounds.append(Span(start, line.end))
    return bounds


def _taken(lines: Sequence[Span], judged: Sequence[Sequence[Part]]) -> list[Part]:
    """The parts that go, each line judged with its place in the article."""
    end = next((i for i, parts in enumerate(judged) if _opens_section(parts) and _is_near_end(lines, i)), len(lines))
    body = [i for i in range(end) if _long(lines[i]) and not _is_furniture(judged[i])]
    first, last = (body[0], body[-1]) if body else (end, -1)
    taken: list[Part] = []
    for index in range(end):
        parts = judged[index]
        if not _is_furniture(parts):
            taken += _edges(parts)
        elif _goes({part.rule.scope for part in parts if part.rule}, index=index, in_head=index < first, in_tail=index > last):
            taken.append(Part(lines[index], parts[0].rule, tuple(pair for part in parts for pair in part.said)))
    rest = [Part(line, judged[end][0].rule) for line in lines[end:]]
    return [*taken, *_enclosed(lines[last + 1 : end], [*taken, *rest]), *rest]


def _enclosed(tail: Sequence[Span], taken: Sequence[Part]) -> Iterator[Part]:
    """The labels left between the furniture of a text's end (« intelligence artificielle » under a newsletter form)."""
    gone = {part.span for part in taken}
    for line in tail:
        stands_between = any(span.start < line.start for span in gone if span in tail) and any(
            span.start > line.start for span in gone
        )
        if line not in gone and line.end - line.start <= LONGEST_LABEL and stands_between:
            yield Part(line, ENCLOSED)


def _is_furniture(parts: Sequence[Part]) -> bool:
    return all(part.rule for part in parts)


def _opens_section(parts: Sequence[Part]) -> bool:
    return len(parts) == 1 and parts[0].rule is not None and parts[0].rule.scope == "section"


def _is_near_end(lines: Sequence[Span], index: int) -> bool:
    """True where the line stands below most of the text: what it opens is then no chapter of the article."""
    return index > 0 and lines[-1].end - lines[index].end <= SECTION_SHARE * lines[-1].end


def _goes(scopes: set[str], *, index: int, in_head: bool, in_tail: bool) -> bool:
    """True where a line all of whose parts are furniture of `scopes` goes."""
    if scopes & {"strong", "line"}:
        return True
    if "header" in scopes:
        return index == 0
    if scopes <= {"stamp"}:
        return in_head and index > 0
    return in_head or in_tail


def _edges(parts: Sequence[Part]) -> Iterator[Part]:
    """The strong furniture with which a line of body begins or ends."""
    for run in (parts, list(reversed(parts))):
        for part in run:
            if not (part.rule and part.rule.scope == "strong"):
                break
            yield part


def _long(line: Span) -> bool:
    return line.end - line.start >= SUBSTANTIAL


def _edits(text: str, lines: Sequence[Span], cuts: Sequence[Part]) -> Iterator[Edit]:
    """An edit for each cut, with the space or line end that it leaves behind."""
    ends = {line.end: index for index, line in enumerate(lines)}
    starts = {line.start for line in lines}
    done = 0
    for part in cuts:
        start, end = max(done, part.span.start), part.span.end
        if start >= end or part.rule is None:
            continue
        yield Edit(start, end, "", part.rule.id)
        done = end
        index = ends.get(end)
        if part.span.start in starts and index is not None:
            done = lines[index + 1].start if index + 1 < len(lines) else len(text)
        elif part.span.start in starts or text[start - 1 : start].isspace():
            done = (
                end + len(text[end:]) - len(text[end:].lstrip(" \xa0\u202f·|•–—-"))
                if part.span.start in starts
                else end + _spaces(text, end)
            )
        if done > end:
            yield Edit(end, done, "")


def _spaces(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in " \xa0\u202f":
        end += 1
    return end - start
