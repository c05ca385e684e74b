"""Which of the furniture goes: a sure sign anywhere, a weaker one only before the first or after the last body paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.clean.furniture_rules import ENCLOSED, FurnitureRule, Said
from pipeline.clean.sentences import SENTENCE_END
from pipeline.model import Span

LONG_LINE = 150
"""Characters from which a line that is no furniture is body; shorter ones may be headings, labels or menus."""

LONG_SENTENCE = 90
"""The same for a line that ends as a sentence does."""

SECTION_SHARE = 0.3
"""How much of a text a block of furniture at its end may be (comments, notes on the authors)."""

RELEASE_SHARE = 0.5
"""How much of a communiqué may speak of those who send it."""

LONGEST_LABEL = 40
"""Characters of a line that furniture on both sides makes furniture too."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line or a part of one, the rule that knows it as furniture (None: body), and what it tells."""

    span: Span
    rule: FurnitureRule | None
    said: Said = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, cut into parts."""

    span: Span
    text: str
    parts: tuple[Part, ...]

    @property
    def is_furniture(self) -> bool:
        """True where every part is furniture, and one of them by itself, not only beside others (`piece`, `release`)."""
        return all(part.rule for part in self.parts) and not self.scopes <= {"piece", "release"}

    @property
    def is_body(self) -> bool:
        """True where the line is long enough for a paragraph, and no furniture."""
        fewest = LONG_SENTENCE if SENTENCE_END.search(self.text) else LONG_LINE
        return len(self.text) >= fewest and not self.is_furniture

    @property
    def scopes(self) -> frozenset[str]:
        """Where the rules of the parts may act."""
        return frozenset(part.rule.scope for part in self.parts if part.rule)

    @property
    def whole(self) -> Part:
        """The line as one part: the rule of its first part, what all of them tell."""
        return Part(self.span, self.parts[0].rule, tuple(pair for part in self.parts for pair in part.said))


def parts_to_take(lines: Sequence[Line]) -> list[Part]:
    """The parts that go, in order of the text."""
    opening = {"section": SECTION_SHARE, **({"release": RELEASE_SHARE} if _is_release(lines) else {})}
    end = next((i for i, line in enumerate(lines) if _opens_end(lines, i, opening)), len(lines))
    body = [i for i in range(end) if lines[i].is_body]
    first, last = (body[0], body[-1]) if body else (end, -1)
    taken: list[Part] = []
    for index, line in enumerate(lines[:end]):
        if not line.is_furniture:
            taken += _edges(line.parts)
        elif _goes(lines, index, in_head=index < first, in_tail=index > last):
            taken.append(line.whole)
    rest = [Part(line.span, lines[end].whole.rule) for line in lines[end:]]
    return sorted([*taken, *_enclosed(lines[last + 1 : end], [*taken, *rest]), *rest], key=lambda part: part.span.start)


def _goes(lines: Sequence[Line], index: int, *, in_head: bool, in_tail: bool) -> bool:
    scopes = lines[index].scopes
    if scopes & {"strong", "line"}:
        return True
    if scopes == {"header"}:
        return index == 0
    if scopes == {"label"}:
        return in_head
    if "tail" in scopes:
        return in_tail
    if "beside" in scopes and "weak" not in scopes:
        return in_head and index > 0 and any(_tells_day(line) for line in lines[index - 1 : index + 2])
    return in_head or in_tail


def _tells_day(line: Line) -> bool:
    return line.is_furniture and any(slot in ("published", "updated") for slot, _ in line.whole.said)


def _is_release(lines: Sequence[Line]) -> bool:
    """True where a line of furniture shows that the text is a communiqué."""
    return any(line.is_furniture and any(part.rule and part.rule.shows_release for part in line.parts) for line in lines)


def _opens_end(lines: Sequence[Line], index: int, shares: Mapping[str, float]) -> bool:
    """True where the line opens a block below most of the text: what it opens is then no chapter of the article."""
    scopes, total = lines[index].scopes, lines[-1].span.end
    share = max((share for scope, share in shares.items() if scopes == {scope}), default=0.0)
    return share > 0 and index > 0 and total - lines[index].span.end <= share * total


def _enclosed(tail: Sequence[Line], taken: Sequence[Part]) -> Iterator[Part]:
    """The labels left between the furniture of a text's end (« intelligence artificielle » under a newsletter form)."""
    gone = sorted(part.span.start for part in taken if tail and part.span.start >= tail[0].span.start)
    for line in tail:
        is_label = len(line.text) <= LONGEST_LABEL and not SENTENCE_END.search(line.text)
        if gone and is_label and gone[0] < line.span.start < gone[-1] and line.span.start not in gone:
            yield Part(line.span, ENCLOSED)


def _edges(parts: Sequence[Part]) -> Iterator[Part]:
    """The strong furniture with which a line of body begins or ends."""
    for run in (parts, parts[::-1]):
        for part in run:
            if not (part.rule and part.rule.scope == "strong"):
                break
            yield part
