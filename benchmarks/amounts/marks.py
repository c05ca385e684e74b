"""The project's own sentences with marked amounts, and how a tool's findings are scored against them.

A finding is right when it overlaps a marked span with the same kind, bounds (to one part in a thousand) and unit; a quantity's
unit is not compared, as its wording is free.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel.numbers import list_currencies

SENTENCES = Path(__file__).parent / "sentences.txt"
KINDS = ("money", "percent", "quantity")

_CURRENCIES = {*list_currencies(), "BTC", "ETH"}
_MARK = re.compile(r"\[(?P<span>[^\[\]]+)\]\((?P<value>[^()]*)\)")
_VALUE = re.compile(r"(?:(?P<qualifier>about|over|under) )?(?P<min>-?[\d.]+?)(?:\.\.(?P<max>-?[\d.]+))? (?P<unit>.+)")


@dataclass(frozen=True, slots=True)
class Found:
    """An amount at `start:end`, as marked or as a tool found it. `unit` None is an unknown currency."""

    start: int
    end: int
    kind: str
    min: Decimal
    max: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Right findings, findings and marks of one kind; `spans` counts the findings at the right place, whatever their value."""

    right: int
    spans: int
    found: int
    marked: int

    @property
    def f1(self) -> float:
        """F1 of exact values: 1.0 where there is nothing to find and nothing found."""
        return _f1(self.right, self.found, self.marked)

    @property
    def span_f1(self) -> float:
        """F1 of places alone."""
        return _f1(self.spans, self.found, self.marked)


def load_sentences() -> list[tuple[str, tuple[Found, ...]]]:
    """Each sentence without its marks, and the marked amounts."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line.strip() and not line.startswith("#")]


def score(sentences: Iterable[tuple[str, tuple[Found, ...]]], find: Callable[[str], Iterable[Found]]) -> dict[str, Score]:
    """The scores of `find` by kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, marked in sentences:
        found = list(find(text))
        for kind in KINDS:
            wanted, got = [m for m in marked if m.kind == kind], [f for f in found if f.kind == kind]
            counts[kind, "marked"] += len(wanted)
            counts[kind, "found"] += len(got)
            counts[kind, "right"] += _matched(wanted, got, lambda m, f: _overlap(m, f) and _same(m, f))
            counts[kind, "spans"] += _matched(wanted, got, _overlap)
    return {k: Score(counts[k, "right"], counts[k, "spans"], counts[k, "found"], counts[k, "marked"]) for k in KINDS}


def _read(line: str) -> tuple[str, tuple[Found, ...]]:
    marks, taken = [], 0
    for mark in _MARK.finditer(line):
        start = mark.start() - taken
        marks.append(_marked(start, start + len(mark["span"]), mark["value"]))
        taken += len(mark[0]) - len(mark["span"])
    return _MARK.sub(lambda mark: mark["span"], line), tuple(marks)


def _marked(start: int, end: int, text: str) -> Found:
    value = _VALUE.fullmatch(text)
    if value is None:
        raise ValueError(f"{text!r} is no value such as « about 2000000 EUR »")
    low, unit = Decimal(value["min"]), value["unit"]
    kind = "percent" if unit in ("PCT", "PT") else "money" if unit == "?" or unit in _CURRENCIES else "quantity"
    return Found(start, end, kind, low, Decimal(value["max"] or low), None if unit == "?" else unit)


def _matched(wanted: list[Found], got: list[Found], same: Callable[[Found, Found], bool]) -> int:
    """How many of `wanted` have a finding of their own."""
    free, matched = list(got), 0
    for mark in wanted:
        hit = next((f for f in free if same(mark, f)), None)
        if hit:
            free.remove(hit)
            matched += 1
    return matched


def _overlap(a: Found, b: Found) -> bool:
    return a.start < b.end and b.start < a.end


def _same(a: Found, b: Found) -> bool:
    close = all(abs(x - y) <= abs(x) / 1000 for x, y in ((a.min, b.min), (a.max, b.max)))
    return close and (a.kind == "quantity" or a.unit == b.unit)


def _f1(right: int, found: int, marked: int) -> float:
    return 2 * right / (found + marked) if found + marked else 1.0
