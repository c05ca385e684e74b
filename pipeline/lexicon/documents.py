"""YAML with places: every key and value of a file knows the line and column that a message can point at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML, AliasEvent
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.reader import ReaderError

from pipeline.errors import DataError, nearest

Report = Callable[[DataError], None]
"""What is told of a mistake: it raises it (`refuse`), or notes it so that the rest of the file is read too."""


def refuse(error: DataError) -> None:
    """Raise the error: a run does not start with a data file that is wrong."""
    raise error


_ALIAS = re.compile(r"(?:^|[\s\[{,])\*\w", re.MULTILINE)
"""What may be an alias; the file is parsed to know."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a data file something stands; lines and columns count from 1."""

    path: Path
    line: int | None = None
    column: int | None = None

    def wrong(self, what: str, *, mend: str | None = None) -> DataError:
        """The error that says what is wrong here."""
        return DataError(self.path, what, line=self.line, column=self.column, mend=mend)


def load_yaml(path: Path) -> Any:
    """The file's content, YAML 1.2; DataError with line and column where it is none, or empty."""
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_nested_aliases(path, text)
        data = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        raise where.wrong(str(error.problem)) from error
    except ReaderError as error:
        line, column = text.count("\n", 0, error.position) + 1, error.position - text.rfind("\n", 0, error.position)
        what = f"character U+{ord(text[error.position]):04X}, which no YAML file may hold"
        raise Place(path, line, column).wrong(what, mend="take it out") from error
    except UnicodeDecodeError as error:
        raise DataError(path, f"not UTF-8 (byte {error.start})", mend="save the file as UTF-8") from error
    if not data:
        raise DataError(path, "the file is empty")
    return data


def _refuse_nested_aliases(path: Path, text: str) -> None:
    """Raise DataError for an alias inside what has a name itself: nine of nine of nine would stand for a billion words."""
    if not _ALIAS.search(text):
        return
    named: list[bool] = []
    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, CollectionStartEvent):
            named.append(event.anchor is not None)
        elif isinstance(event, CollectionEndEvent):
            named.pop()
        elif isinstance(event, AliasEvent) and any(named):
            mark, mend = event.start_mark, "write out what it stands for"
            raise DataError(path, f"alias *{event.anchor} in an alias", line=mark.line + 1, column=mark.column + 1, mend=mend)


def place_of(path: Path, node: Any, *way: str | int) -> Place:
    """Where the value at the end of the way stands (`"rules", 2, "pattern"`), or the last thing on it that is there."""
    line, column = (node.lc.line, node.lc.col) if isinstance(node, CommentedMap | CommentedSeq) else (0, 0)
    for step in way:
        if isinstance(node, CommentedMap) and step in node:
            line, column = node.lc.value(step)
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line, column = node.lc.item(step)
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
            line, column = node.lc.key(key)
            mend = mends.get(str(key)) or nearest(str(key), known)
            report(Place(path, line + 1, column + 1).wrong(f"unknown key {key!r}", mend=mend))
