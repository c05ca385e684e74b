"""A text with its names marked, and the notation in which the project's own material is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import ENTITY_TYPES, EntityType, Span

_MARK = re.compile(rf"\[([^\[\]]+)\]\(({'|'.join(ENTITY_TYPES)})\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: code points `start` to `end`, and what it names."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and all its names, sorted; in `unknown` stretches nobody said whether names stand there."""

    text: str
    names: tuple[Name, ...]
    unknown: tuple[Span, ...] = ()


def read_marks(source: str) -> Marked:
    """The text without its marks: « [Orbello](ORG) lève 3 M€ » is « Orbello lève 3 M€ » with one name at 0:7."""
    names, pieces, end, length = [], [], 0, 0
    for mark in _MARK.finditer(source):
        pieces += [source[end : mark.start()], mark[1]]
        length += mark.start() - end
        names.append(Name(length, length + len(mark[1]), mark[2]))  # type: ignore[arg-type]
        length += len(mark[1])
        end = mark.end()
    return Marked("".join([*pieces, source[end:]]), tuple(names))


def drop_overlaps(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names sorted by start; of two that overlap the longer one stays."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda n: n.start))
