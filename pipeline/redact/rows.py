"""Rows of a run → the same rows without the names of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pipeline.deduplicate.decisions import FILE as DECISIONS
from pipeline.redact.people import People, Placeholders, Row, plain, replace_spans

_IDS = frozenset({"duplicate_of", "agents", "targets", "articles", "events", "former_ids"})
"""Columns that hold ids, beside those that end in `_id`."""
_ADDRESSES = frozenset({"url", "source"})


class Redaction:
    """Rows of a run → the same rows without names of persons."""

    def __init__(self, names: Placeholders, people: Mapping[str, People]):
        self._names, self._people = names, people
        self._nobody = People({})
        self._renamed = {name: new for name, one in people.items() if (new := self._new_id(name, one)) != name}

    def _new_id(self, name: str, people: People) -> str:
        """The article's id without names; what was changed is told apart by a digest, as two ids may become one."""
        changed = people.address(name)
        return name if changed == name else f"{changed}-{self._names.digest(name)[:4]}"

    def row(self, table: str, row: Row) -> Row:
        """The row of the table, redacted."""
        people = self._people.get(row.get("article_id") or self._article_of(row.get("mention_id") or ""), self._nobody)
        new = {column: self._cell(column, value, people) for column, value in row.items()}
        if table == "articles":
            return new | self._article(row, people)
        if table == "issues" and row["article_id"] not in self._people:
            return self._issue(row)
        if table == "entities" and row["type"] == "PER":
            return new | {"name": self._names.name(row["entity_id"]), "aliases": [], "wikidata": None, "former_ids": []}
        if "start" in row:
            start, end = people.moved(row["start"]), people.moved(row["end"], end=True)
            text = replace_spans(
                row["text"], [(a - row["start"], b - row["start"], name) for a, b, name in _within(people.edits, row)]
            )
            new |= {"start": start, "end": end, "text": text}
        if row.get("speaker_entity_id", "") and row["speaker_entity_id"].startswith("per:"):
            new["speaker"] = self._names.name(row["speaker_entity_id"])
        return new

    def _article(self, row: Row, people: People) -> Row:
        removed = [
            one | {"text": people.words(one["text"]), "start": None if one["start"] is None else people.moved(one["start"])}
            for one in row["cleaning"]
        ]
        return {
            "text": replace_spans(row["text"], people.edits),
            "authors": [people.forms.get(plain(author), author) for author in row["authors"]],
            "content_hash": None,
            "cleaning": removed,
        }

    def _cell(self, column: str, value: Any, people: People) -> Any:
        if isinstance(value, list):
            return [self._cell(column, one, people) for one in value]
        if isinstance(value, dict):
            return {name: self._cell(name, one, people) for name, one in value.items()}
        if not isinstance(value, str) or column == "text":
            return value
        if column in _IDS or column.endswith("_id"):
            return self._id(value)
        return people.address(value) if column in _ADDRESSES else self._names.ids(people.words(value))

    def _id(self, value: str) -> str:
        article = self._article_of(value)
        return self._names.ids(self._renamed.get(article, article) + value[len(article) :])

    def _article_of(self, value: str) -> str:
        """The article's id with which the id begins (« lettre:role:483-492:per:enzo-vinciguerra » → « lettre »)."""
        cuts = (len(value), *(match.start() for match in re.finditer(":", value)))
        return next((value[:cut] for cut in cuts if value[:cut] in self._people), "")

    def _issue(self, row: Row) -> Row:
        """The issue of a file or of an article that was refused: nobody looked who is named in it, so all persons are."""
        everybody = self._everybody
        detail = everybody.words(row["detail"])
        if row["source"] == DECISIONS:
            detail = re.sub(r" \(.*\)", "", detail, count=1)  # who was decided on; the line's number stays
        named = {name: row[name] and everybody.address(row[name]) for name in ("article_id", "source")}
        return row | named | {"detail": self._names.ids(everybody.address(detail))}

    @cached_property
    def _everybody(self) -> People:
        return People({form: name for one in self._people.values() for form, name in one.forms.items()})


def _within(edits: Iterable[tuple[int, int, str]], row: Row) -> list[tuple[int, int, str]]:
    """The edits that touch the row's span, cut to it."""
    first, last = row["start"], row["end"]
    return [(max(a, first), min(b, last), name) for a, b, name in edits if a < last and first < b]
