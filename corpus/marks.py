"""Marked articles: raw text with inline marks → the text without them, and the gold that they say.

`<ORG>Ravelin</ORG> <event t="funding" g="Ravelin" m="40000000 EUR">lève</event> <money v="40000000 EUR">40 M€</money>`
gives the text « Ravelin lève 40 M€ » and one gold entity, event and amount. Only the tags of `ATTRIBUTES` count; every
other `<` is text. The marks are described in README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.model import ENTITY_TYPES, EVENT_TYPES
from pipeline.text import fold_typography

ATTRIBUTES: dict[str, tuple[set[str], set[str]]] = {
    **{kind: (set(), {"c"}) for kind in ENTITY_TYPES},
    **{kind: ({"v"}, {"q"}) for kind in ("money", "percent", "quantity")},
    **{kind: ({"v"}, set()) for kind in ("date", "duration", "set")},
    "quote": ({"s"}, set()),
    "role": ({"p"}, {"o"}),
    "event": ({"t"}, {"a", "g", "m", "d"}),
}
"""Each tag's attributes: those it must have, those it may have."""

_TAG = re.compile(rf"<(/?)({'|'.join(ATTRIBUTES)})(\s[^<>]*)?>")
_ATTRIBUTE = re.compile(r'\s+([a-z]+)="([^"]*)"')
_NUMBER = r"\d+(?:\.\d+)?"
_AMOUNT = re.compile(rf"({_NUMBER})(?:\.\.({_NUMBER}))? (\S.*)")
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_POINT = rf"(?:{_MONTH}-(?:0[1-9]|[12]\d|3[01])|{_MONTH}|\d{{4}}-(?:2[1-4]|3[3-6])|\d{{4}}|\d{{3}}X)~?"
_EDTF = re.compile(rf"{_POINT}|{_POINT}/(?:{_POINT}|\.\.)|\.\./{_POINT}")
_PERIOD = re.compile(r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")
_UNITS = {"money": re.compile(r"[A-Z]{3}"), "percent": re.compile(r"PCT|PT"), "quantity": re.compile(r"\S.*")}
_OPENING, _CLOSING = "«“\"‘'", "»”\"’'"


class MarkError(Exception):
    """A mark that cannot be right; says file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its tag, its attributes, and the span of the text without marks that it covers."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int
    line: int


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and the marks by start (the longer first)."""

    text: str
    marks: tuple[Mark, ...]
    name: str = field(default="text", compare=False)


def parse_marks(source: str, *, name: str = "text", first_line: int = 1) -> Marked:
    """The text of `source` without its marks, and the marks. Raises MarkError with `name` and the line."""
    pieces, marks, stack = [], [], list[_Open]()
    length = done = 0
    for found in _TAG.finditer(source):
        pieces.append(source[done : found.start()])
        length, done = length + found.start() - done, found.end()
        line = first_line + source.count("\n", 0, found.start())
        where = f"{name}:{line}"
        if not found[1]:
            stack.append(_Open(found[2], _attributes(found[2], found[3] or "", where), length, line))
            continue
        if not stack or stack[-1].tag != found[2]:
            expected = f"</{stack[-1].tag}> of line {stack[-1].line}" if stack else "no closing tag"
            raise MarkError(f"{where}: </{found[2]}> where {expected} was expected")
        opened = stack.pop()
        marks.append(Mark(opened.tag, opened.attributes, opened.start, length, opened.line))
    if stack:
        raise MarkError(f"{name}:{stack[-1].line}: <{stack[-1].tag}> is never closed")
    text = "".join(pieces) + source[done:]
    return _checked(Marked(text, tuple(sorted(marks, key=lambda m: (m.start, -m.end))), name))


def gold_layers(marked: Marked) -> dict[str, list[dict[str, Any]]]:
    """The six layers of gold that the marks say, each in the order of the text; README.md describes their fields."""
    layers: dict[str, list[dict[str, Any]]] = {name: [] for name in ("entities", "amounts", "dates", "quotes", "roles", "events")}
    for mark in marked.marks:
        layer, row = _row(mark, marked.text[mark.start : mark.end])
        place = {"start": mark.start, "end": mark.end}
        layers[layer].append(place | row if "text" in row else row | place)
    return layers


def _row(mark: Mark, text: str) -> tuple[str, dict[str, Any]]:
    get = mark.attributes.get
    if mark.tag in ENTITY_TYPES:
        return "entities", {"text": text, "type": mark.tag, "canonical": get("c") or fold_typography(text)}
    if mark.tag in _UNITS:
        low, high, unit = read_amount(mark.attributes["v"])
        return "amounts", {"text": text, "kind": mark.tag, "min": low, "max": high, "unit": unit, "qualifier": get("q")}
    if mark.tag == "quote":
        return "quotes", {"text": text, "speaker": get("s") or None}
    if mark.tag == "role":
        return "roles", {"person": get("p"), "role": text, "org": get("o") or None}
    if mark.tag == "event":
        agents, targets = (_names(mark, key) for key in "ag")
        return "events", {"type": get("t"), "agents": agents, "targets": targets, "amount": get("m"), "date": get("d")}
    value = mark.attributes["v"]
    return "dates", {"text": text, "kind": mark.tag, "value": None if value == "null" else value}


def read_amount(value: str) -> tuple[str, str, str]:
    """Smallest, largest and unit of « 10000000..15000000 EUR »; raises ValueError where it is none."""
    found = _AMOUNT.fullmatch(value)
    if not found:
        raise ValueError(f"{value!r} is not a number (or two with ..) and a unit")
    return found[1], found[2] or found[1], found[3]


def _names(mark: Mark, key: str) -> list[str]:
    return [name for name in mark.attributes.get(key, "").split("|") if name]


def _attributes(tag: str, written: str, where: str) -> dict[str, str]:
    found = dict(_ATTRIBUTE.findall(written))
    needed, allowed = ATTRIBUTES[tag]
    if _ATTRIBUTE.sub("", written).strip():
        raise MarkError(f'{where}: <{tag}{written}> is not written attribute="value"')
    if unknown := sorted(found.keys() - needed - allowed):
        raise MarkError(f"{where}: <{tag}> has no attribute {unknown[0]!r}")
    if missing := sorted(needed - found.keys()):
        raise MarkError(f"{where}: <{tag}> lacks its attribute {missing[0]!r}")
    return found


def _checked(marked: Marked) -> Marked:
    for mark in marked.marks:
        if problem := next(_problems(mark, marked), None):
            raise MarkError(f"{marked.name}:{mark.line}: <{mark.tag}> {marked.text[mark.start : mark.end]!r}: {problem}")
    return marked


def _problems(mark: Mark, marked: Marked) -> Iterator[str]:
    text = marked.text[mark.start : mark.end]
    if not text or text != text.strip() or "\n" in text:
        yield "a span is not empty, has no outer spaces and stays in its line"
    if mark.tag in ENTITY_TYPES or mark.tag in ("event", "role"):
        yield from _name_problems(mark, marked)
    if mark.tag in _UNITS:
        yield from _amount_problems(mark)
    if mark.tag == "date" and not (mark.attributes["v"] == "null" or _EDTF.fullmatch(mark.attributes["v"])):
        yield f"{mark.attributes['v']!r} is not EDTF"
    if mark.tag in ("duration", "set") and not (mark.attributes["v"] == "null" or _PERIOD.fullmatch(mark.attributes["v"])):
        yield f"{mark.attributes['v']!r} is not an ISO 8601 duration"
    if mark.tag == "quote":
        yield from _quote_problems(mark, marked)


def _amount_problems(mark: Mark) -> Iterator[str]:
    try:
        low, high, unit = read_amount(mark.attributes["v"])
    except ValueError as error:
        yield str(error)
        return
    if not _UNITS[mark.tag].fullmatch(unit):
        yield f"unit {unit!r} is none of a {mark.tag}"
    if Decimal(low) > Decimal(high):
        yield f"{low} is more than {high}"
    if mark.attributes.get("q") not in (None, "about", "over", "under"):
        yield f"qualifier {mark.attributes['q']!r} is none of about, over, under"


def _quote_problems(mark: Mark, marked: Marked) -> Iterator[str]:
    before, after = (
        marked.text[: mark.start].rstrip(),
        marked.text[mark.end :].lstrip().removeprefix("Â"),
    )  # « Â» » is a » decoded twice
    if not (before and before[-1] in _OPENING and after and after[0] in _CLOSING):
        yield "a quote stands between quotation marks"
    if mark.attributes["s"] and mark.attributes["s"] not in canonical_names(marked):
        yield f"speaker {mark.attributes['s']!r} is no entity of the article"


def _name_problems(mark: Mark, marked: Marked) -> Iterator[str]:
    if mark.tag in ENTITY_TYPES:
        for other in marked.marks:
            if other is not mark and other.tag in ENTITY_TYPES and mark.start <= other.start and other.end <= mark.end:
                yield "a name holds no other name"
        return
    get = mark.attributes.get
    named = [*_names(mark, "a"), *_names(mark, "g"), *(name for name in (get("p"), get("o")) if name)]
    if unknown := [name for name in named if name not in canonical_names(marked)]:
        yield f"{unknown[0]!r} is no entity of the article"
    if mark.tag == "event" and get("t") not in EVENT_TYPES:
        yield f"{get('t')!r} is none of the event types"
    line = [m for m in marked.marks if "\n" not in marked.text[min(m.start, mark.start) : max(m.end, mark.end)]]
    if get("m") and get("m") not in {m.attributes["v"] for m in line if m.tag in _UNITS}:
        yield f"amount {get('m')!r} is none of its paragraph"
    if get("d") and get("d") not in {m.attributes["v"] for m in line if m.tag == "date"}:
        yield f"date {get('d')!r} is none of its paragraph"


def canonical_names(marked: Marked) -> set[str]:
    """The canonical name of every entity marked in the article."""
    return {m.attributes.get("c") or fold_typography(marked.text[m.start : m.end]) for m in marked.marks if m.tag in ENTITY_TYPES}
