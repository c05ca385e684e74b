"""YAML with places: every key and value of a file knows the line and column that a message can point at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from pipeline.edited import read_edited
from pipeline.errors import DataError, nearest

Report = Callable[[DataError], None]
"""What is told of a mistake: it raises it (`refuse`), or notes it so that the rest of the file is read too."""


def refuse(error: DataError) -> None:
    """Raise the error: a run does not start with a data file that is wrong."""
    raise error


_TEXT_LIKE = re.compile(r"[-+.\d~ntfNTF]")
"""How a plain word begins that may be other than text."""
_WORDS = {"": None, "~": None} | {
    spelt: value
    for name, value in (("null", None), ("true", True), ("false", False))
    for spelt in (name, name.title(), name.upper())
}
_INTEGER, _BASED = re.compile(r"[-+]?[0-9]+"), re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
"""The words and numbers of YAML 1.2's core schema, so that `no` and `2024-03-01` are text."""
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = (None, "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
"""What a file may say that a value is; nothing, mostly."""

_Point = tuple[int, int]
"""Line and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a data file something stands; lines and columns count from 1."""

    path: Path
    line: int | None = None
    column: int | None = None

    def wrong(self, what: str, *, mend: str | None = None) -> DataError:
        """The error that says what is wrong here."""
        return DataError(self.path, what, line=self.line, column=self.column, mend=mend)


class Map(dict[Any, Any]):
    """A mapping of a YAML file, with where it begins, and where its keys and values do."""

    __slots__ = ("begins", "keys_at", "values_at")

    def __init__(self, begins: _Point):
        super().__init__()
        self.begins, self.keys_at, self.values_at = begins, dict[Any, _Point](), dict[Any, _Point]()


class Seq(list[Any]):
    """A sequence of a YAML file, with where it begins, and where its items do."""

    __slots__ = ("begins", "items_at")

    def __init__(self, begins: _Point):
        super().__init__()
        self.begins, self.items_at = begins, list[_Point]()


def load_yaml(path: Path) -> Any:
    """The file's content, YAML 1.2; DataError with line and column where it is none, or empty."""
    text = read_edited(path)
    if strange := _UNREADABLE.search(text):
        line, column = text.count("\n", 0, strange.start()) + 1, strange.start() - text.rfind("\n", 0, strange.start())
        what = f"character U+{ord(strange[0]):04X}, which no YAML file may hold"
        raise Place(path, line, column).wrong(what, mend="take it out")
    try:
        data = _Content(path).read(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        raise _malformed(path, error) from error
    if not data:
        raise DataError(path, "the file is empty")
    return data


def _malformed(path: Path, error: yaml.MarkedYAMLError) -> DataError:
    """What the parser says, where it noticed it, and in what that begins on another line."""
    at, around = error.problem_mark, error.context_mark
    where = Place(path, at.line + 1, at.column + 1) if at else Place(path)
    begun = f" {error.context} (line {around.line + 1})" if at and around and around.line != at.line else ""
    return where.wrong(f"{error.problem}{begun}")


@dataclass(slots=True)
class _Open:
    """A collection whose end is to come, whether it or one around it has a name, and the key whose value is next."""

    made: Map | Seq
    is_named: bool
    key: list[tuple[Any, _Point]] = field(default_factory=list)


class _Content:
    """The content of one file, made of what the parser meets, as deep as it may be (no recursion)."""

    def __init__(self, path: Path):
        self._path = path
        self._open: list[_Open] = []
        self._names: dict[str, Any] = {}
        self._documents: list[Any] = []

    def read(self, events: Iterable[Any]) -> Any:
        """What the one document of the file holds; None where there is none. Raises DataError, YAMLError."""
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                is_plain = event.implicit[0] and not event.tag
                self._add(self._named(event, _plain_value(event.value) if is_plain else event.value), event)
            elif isinstance(event, yaml.CollectionStartEvent):
                at = _point(event)
                made = self._named(event, Map(at) if isinstance(event, yaml.MappingStartEvent) else Seq(at))
                self._add(made, event)
                self._open.append(_Open(made, event.anchor is not None or self._is_in_a_name()))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._add(self._told_before(event), event)
        return self._documents[0] if self._documents else None

    def _add(self, value: Any, event: Any) -> None:
        """Put the value where the file has it: behind the last item, as a key, or under the key before it."""
        at = _point(event)
        if not self._open:
            if self._documents:
                raise self._wrong(event, "a second document", mend="make it a file of its own")
            self._documents.append(value)
            return
        around = self._open[-1]
        if isinstance(around.made, Seq):
            around.made.append(value)
            around.made.items_at.append(at)
        elif around.key:
            key, key_at = around.key.pop()
            around.made[key], around.made.keys_at[key], around.made.values_at[key] = value, key_at, at
        elif isinstance(value, Map | Seq):
            raise self._wrong(event, "a key that is a list or a mapping", mend="put it in quotation marks")
        elif value in around.made:
            raise self._wrong(event, f"key {value!r} stands on line {around.made.keys_at[value][0] + 1} already")
        else:
            around.key.append((value, at))

    def _named(self, event: Any, value: Any) -> Any:
        """The value, kept under its name where it has one."""
        if event.tag not in _TAGS:
            raise self._wrong(event, f"tag {event.tag}, which is not known", mend="leave it out")
        if event.anchor is not None:
            self._names[event.anchor] = value
        return value

    def _told_before(self, event: Any) -> Any:
        """What the alias stands for; none may stand in what has a name: nine of nine of nine would be a billion words."""
        if self._is_in_a_name():
            raise self._wrong(event, f"alias *{event.anchor} in an alias", mend="write out what it stands for")
        if event.anchor not in self._names:
            raise self._wrong(event, f"alias *{event.anchor} of nothing that stands above it")
        return self._names[event.anchor]

    def _is_in_a_name(self) -> bool:
        return bool(self._open) and self._open[-1].is_named

    def _wrong(self, event: Any, what: str, *, mend: str | None = None) -> DataError:
        line, column = _point(event)
        return Place(self._path, line + 1, column + 1).wrong(what, mend=mend)


def _point(event: Any) -> _Point:
    return event.start_mark.line, event.start_mark.column


def _plain_value(text: str) -> Any:
    """What a word without quotation marks stands for (`12` → 12, `true` → True, `no` → « no »)."""
    if text and not _TEXT_LIKE.match(text):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def place_of(path: Path, node: Any, *way: str | int) -> Place:
    """Where the value at the end of the way stands (`"rules", 2, "pattern"`), or the last thing on it that is there."""
    line, column = node.begins if isinstance(node, Map | Seq) else (0, 0)
    for step in way:
        if isinstance(node, Map) and step in node:
            line, column = node.values_at[step]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            line, column = node.items_at[step]
        else:
            break
        node = node[step]
    return Place(path, line + 1, column + 1)


def refuse_unknown(
    path: Path, node: Any, known: Sequence[str], report: Report = refuse, *, mends: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Report every key of the mapping that is not known, with its mend if there is one, else the nearest that is known."""
    for key in node:
        if key not in known:
            line, column = node.keys_at[key]
            mend = mends.get(str(key)) or nearest(str(key), known)
            report(Place(path, line + 1, column + 1).wrong(f"unknown key {key!r}", mend=mend))
