"""Markdown files → Article, with the front matter that Jekyll, Hugo and Quarto write (YAML between ---, TOML between +++, an
object of JSON).

The text stays whole, so that offsets refer to the file as it is; cleaning takes out the front matter and the marks.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from ruamel.yaml import YAML, AliasEvent
from ruamel.yaml.error import YAMLError

from pipeline.model import Article, Issue
from pipeline.read.charset import decode
from pipeline.read.fields import Reading, read_fields
from pipeline.read.packing import read_whole
from pipeline.settings import Settings

_FRONT = re.compile(r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>.*?\n)(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON_FRONT = re.compile(r"\A\s*(?P<fields>\{[ \t]*\n.*?\n\})[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(stream: BinaryIO, reading: Reading, settings: Settings) -> Iterator[Article | Issue]:
    """The file's one article, after an issue where its front matter cannot be read. Raises ArticleError as `decode` does."""
    text = decode(read_whole(stream, settings))
    fields: Mapping[str, Any] = {}
    try:
        fields = front_matter(text)
    except (YAMLError, tomllib.TOMLDecodeError, ValueError) as error:
        problem = " ".join(str(error).split())[:200]
        detail = f"front matter cannot be read: {problem}; quote values that hold a colon"
        yield reading.issue("bad_front_matter", detail, fatal=False, article_id=reading.key)
    named = {name: value for name, value in fields.items() if name not in ("text", "content", "body", "source")}
    for found in read_fields({"id": reading.key, **named, "text": text}, reading):
        yield found if isinstance(found, Issue) else replace(found, format="markdown")


def front_matter(text: str) -> Mapping[str, Any]:
    """The fields before the article; none where there is no front matter. Raises YAMLError, TOMLDecodeError, ValueError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _JSON_FRONT.match(text):
        return dict(json.loads(match["fields"]))
    match = _FRONT.match(text)
    if not match:
        return {}
    if match["fence"] == "+++":
        return tomllib.loads(match["fields"])
    if any(isinstance(event, AliasEvent) for event in YAML(typ="safe", pure=True).parse(match["fields"])):
        raise ValueError("it holds aliases (*name), which are not read")
    fields = YAML(typ="safe", pure=True).load(match["fields"])
    return {str(key): value for key, value in fields.items()} if isinstance(fields, Mapping) else {}
