"""Quotations, functions and events in gold as proof of one's own rules.

Their proof knows the names of the cast alone, so each sentence brings its names along. It has to name everybody whom the gold
says to take part, and its spans are drawn as the rules draw them, since people draw functions and triggers differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.lexicon import Rule
from pipeline.model import Document, Extraction, Span
from pipeline.workbench.adopted import Adopted, LeftOut, find_nearest
from pipeline.workbench.check import Folder
from pipeline.workbench.votes import Vote, kind_of

RELATIONS = ("quotes", "roles", "events")
"""The themes whose rules are proved here; the gold lists them under the same names."""

NO_LIST = "indirect"
"""What rules find that gold has no list of: reported speech without marks."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that the gold has, and the full names of those who take part."""

    start: int
    end: int
    kind: str
    people: tuple[str, ...]


def prove_relations(
    theme: str, folder: Folder, article: Mapping[str, Any], found: Extraction, votes: Sequence[Vote]
) -> Iterator[Adopted | LeftOut]:
    """What one article proves of the folder's own rules of the theme."""
    items = [_item(theme, item) for item in article.get(theme, ()) if "start" in item]
    rules = {rule.id: rule for rule in folder.own[theme].rules if rule.finds != NO_LIST}
    hits = [vote for vote in votes if vote.rule_id in rules]
    drawn = [(one.start, one.end, kind) for one, kind in _found(theme, found)]
    drawn += [(vote.start, vote.end, vote.kind) for vote in hits]
    writer = _Writer(theme, article, found, items, drawn)
    for vote in hits:
        yield writer.write(rules[vote.rule_id], Span(vote.start, vote.end))
    for item in items:
        if not any(start < item.end and item.start < end and kind == item.kind for start, end, kind in drawn):
            fitting = [rule for rule in rules.values() if kind_of(rule) == item.kind]
            if nearest := find_nearest(folder.lexicon.rules[theme], fitting, item.start, found, folder.lexicon):
                yield writer.write(nearest, Span(item.start, item.end))


class _Writer:
    """Writes the sentences of one article in the notation of the rule files."""

    def __init__(
        self,
        theme: str,
        article: Mapping[str, Any],
        found: Extraction,
        items: Sequence[_Item],
        drawn: Sequence[tuple[int, int, str]],
    ) -> None:
        self._theme, self._found, self._items, self._drawn = theme, found, items, drawn
        self._entities = [one for one in article.get("entities", ()) if "start" in one]

    def write(self, rule: Rule, span: Span) -> Adopted | LeftOut:
        """The sentence of the span: an example where the gold has anything in it, else a refusal; or why it is neither."""
        items = self._items
        whole = _stretch(self._found.document, span, items)
        text = self._found.document.text[whole.start : whole.end]
        inside = sorted((i for i in items if whole.start <= i.start and i.end <= whole.end), key=lambda i: i.start)
        names = [one for one in self._entities if whole.start <= one["start"] and one["end"] <= whole.end]
        if reason := self._obstacle(whole, text, inside, names):
            return LeftOut(self._theme, rule.id, " ".join(text.split()), reason)
        cast = tuple(dict.fromkeys(pair for name in names for pair in _cast(name)))
        for item in reversed(inside):
            start, end = (place - whole.start for place in self._draw(item))
            said = "; ".join(_called(name, names) or "" for name in item.people) or "null"
            text = f"{text[:start]}[{text[start:end]}]({said}){text[end:]}"
        return Adopted(self._theme, rule.id, "example" if inside else "refusal", text, cast=cast)

    def _obstacle(self, whole: Span, text: str, inside: Sequence[_Item], names: Sequence[Mapping[str, Any]]) -> str | None:
        if "[" in text or "]" in text or "\n" in text:
            return "brackets and line ends cannot stand in an example"
        reported = (one for one in self._found.statements if one.start < whole.end and whole.start < one.end)
        if self._theme == "quotes" and any(reported):
            return "it also reports words without marks, which gold does not list"
        spans = [self._draw(item) for item in inside]
        if any(a[1] > b[0] for a, b in pairwise(spans)):
            return "two marks overlap"
        missing = [name for item in inside for name in item.people if _called(name, names) is None]
        return f"it does not name {missing[0]}" if missing else None

    def _draw(self, item: _Item) -> tuple[int, int]:
        same = ((start, end) for start, end, kind in self._drawn if kind == item.kind and start < item.end and item.start < end)
        return (item.start, item.end) if item.kind == "quote" else next(same, (item.start, item.end))


def _found(theme: str, found: Extraction) -> Iterator[tuple[Any, str]]:
    match theme:
        case "quotes":
            yield from ((one, "quote") for one in found.quotes)
        case "roles":
            yield from ((one, "role") for one in found.roles)
        case _:
            yield from ((one, one.type) for one in found.events)


def _item(theme: str, item: Mapping[str, Any]) -> _Item:
    match theme:
        case "quotes":
            kind, people = "quote", [item["speaker"]]
        case "roles":
            kind, people = "role", [item["person"], item["org"]]
        case _:
            kind, people = item["type"], [*item["agents"], *item["targets"]]
    return _Item(item["start"], item["end"], kind, tuple(name for name in people if name))


def _stretch(document: Document, span: Span, items: Sequence[_Item]) -> Span:
    """The sentences of a span, and those of what the gold has in them (a quotation may fill three)."""
    while True:
        first, last = document.sentence_at(span.start), document.sentence_at(max(span.start, span.end - 1))
        whole = Span(document.sentences[first].start, document.sentences[last].end)
        over = [item for item in items if item.start < whole.end and whole.start < item.end]
        wider = Span(min([whole.start, *(i.start for i in over)]), max([whole.end, *(i.end for i in over)]))
        if wider == whole:
            return whole
        span = wider


def _called(name: str, names: Sequence[Mapping[str, Any]]) -> str | None:
    """What the proof calls somebody: the full name of a person, a body as the sentence has it; None where it names neither."""
    return next((_full(one) for one in names if one.get("canonical") == name or one["text"] == name), None)


def _full(entity: Mapping[str, Any]) -> str:
    text, canonical = str(entity["text"]), str(entity.get("canonical") or entity["text"])
    return canonical if entity["type"] == "PER" and canonical.rpartition(" ")[2] == text else text


def _cast(entity: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield entity["type"], entity["text"]
    yield entity["type"], _full(entity)
