"""`veille.toml`: the settings of a project, beside its articles or in the folder in which one works.

rules = ["my-rules"]          # folders, relative to this file
max_article_chars = 500_000

[bounds]
min_articles = 100
min_rows_per_article = { mentions = 5.0 }
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from pipeline.edited import read_edited
from pipeline.errors import DataError, UsageError, nearest
from pipeline.settings import Bounds, Counted, Settings

NAME = "veille.toml"
Way = Sequence[str | int]


def find_settings(inputs: Iterable[str]) -> Path | None:
    """The `veille.toml` of the working folder, else the one in or beside the first input that has one."""
    below = (Path(given) if Path(given).is_dir() else Path(given).parent for given in inputs)
    return next((folder / NAME for folder in (Path(), *below) if (folder / NAME).is_file()), None)


def load_settings(file: Path | None, changes: Mapping[str, Any]) -> Settings:
    """The settings of the file with `changes` (`bounds.min_articles` → 100), which win.

    Raises DataError for a mistake in the file, with its line, and UsageError for one in the changes.
    """
    text, data = _read(file) if file else ("", {})
    if file and isinstance(data.get("rules"), list):
        data["rules"] = [file.parent / folder if isinstance(folder, str) else folder for folder in data["rules"]]
    changed = [_change(data, key.split("."), value) for key, value in changes.items()]
    try:
        return Settings(**data)
    except ValidationError as error:
        first = error.errors()[0]
        what, mend = _tell(first["loc"], first["type"], first["msg"])
        if file is None or first["loc"] in changed:
            raise UsageError(what + (f" ({mend})" if mend else "")) from error
        raise DataError(file, what, line=_line(text, first["loc"]), mend=mend) from error


def read_change(given: str) -> tuple[str, Any]:
    """Name and value of `NAME=VALUE`, the value as TOML where it is that (`bounds.min_articles=100`), else as a word."""
    name, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"{given!r}: give NAME=VALUE, such as max_article_chars=500000")
    try:
        return name.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value


def describe_settings() -> str:
    """Every setting with its default and what it does, as a Markdown table."""
    rows = [*_rows(Settings, ""), *_rows(Bounds, "bounds.")]
    return "| setting | default | what |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _rows(model: type[BaseModel], prefix: str) -> Iterable[str]:
    for name, field in model.model_fields.items():
        if field.annotation is not Bounds:
            yield f"| `{prefix}{name}` | {json.dumps(field.default)} | {field.description} |"


def _read(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = read_edited(file)
        return text, tomllib.loads(text)
    except FileNotFoundError as error:
        raise UsageError(f"no such settings file: {file}") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        line, column = (int(n) if n else None for n in place.groups()) if place else (None, None)
        raise DataError(file, str(error)[: place.start() if place else None], line=line, column=column) from error


def _change(data: dict[str, Any], way: Sequence[str], value: Any) -> tuple[str, ...]:
    """Put the value at the end of the way; the way."""
    for step in way[:-1]:
        data = data.setdefault(step, {})
    data[way[-1]] = value
    return tuple(way)


def _tell(way: Way, kind: str, message: str) -> tuple[str, str | None]:
    """What is wrong with the setting there, and the likely mend."""
    known = Bounds.model_fields if way[0] == "bounds" else Settings.model_fields
    if kind == "extra_forbidden":
        return f"unknown setting {way[-1]!r}", nearest(str(way[-1]), tuple(known))
    if kind == "literal_error" and way[-1] == "[key]":
        return f"no table {way[-2]!r} has rows of one article", nearest(str(way[-2]), get_args(Counted))
    return f"{'.'.join(map(str, way))}: {message[0].lower()}{message[1:]}", None


def _line(text: str, way: Way) -> int | None:
    """The line in which the setting stands, or the last thing on the way to it that has one."""
    section: tuple[str, ...] = ()
    found: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+([\w.\s\"'-]+)\]", line):
            section = tuple(part.strip(" \"'") for part in header[1].split("."))
            found.setdefault(section, number)
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            found.setdefault((*section, *(part.strip("\"'") for part in key[1].split("."))), number)
    steps = [str(step) for step in way]
    return next((found[tuple(steps[:n])] for n in range(len(steps), 0, -1) if tuple(steps[:n]) in found), None)
