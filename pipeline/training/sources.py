"""Marked texts out of corpora: WiNER-fr, POPCORN and the project's own `corpus/gold`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipeline.gold import read_gold
from pipeline.model import ENTITY_TYPES, EntityType, Span
from pipeline.text import fold_typography
from pipeline.training.marked import Marked, Name, drop_overlaps


def load_notes(path: Path) -> Mapping[str, Any]:
    """What `sources.yaml` says of each corpus."""
    notes: Mapping[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return notes


def read_own(path: Path) -> Iterator[Marked]:
    """The articles of a gold file of this project, names alone."""
    for article in read_gold(path):
        names = drop_overlaps(Name(e["start"], e["end"], e["type"]) for e in article["entities"])
        yield Marked(fold_typography(article["text"]), names)


def read_winer(path: Path, notes: Mapping[str, Any]) -> Iterator[Marked]:
    """The articles of WiNER-fr with our types; laws, which it leaves out, and names typed otherwise are unknown."""
    laws = [re.compile(pattern) for pattern in notes["unknown"]]
    for article in map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n"))):
        text = fold_typography(article["text"])
        names, unknown = [], [Span(*m.span()) for law in laws for m in law.finditer(text)]
        for entity in article["entities"]:
            type_ = notes["retyped"].get(entity["text"], entity["type"])
            if type_ in ENTITY_TYPES:
                names.append(Name(entity["start"], entity["end"], type_))
            else:
                unknown.append(Span(entity["start"], entity["end"]))
        yield Marked(text, drop_overlaps(names), _clear_of(names, unknown))


def read_popcorn(path: Path, notes: Mapping[str, Any]) -> Iterator[Marked]:
    """The reports of POPCORN with those mentions that are proper names.

    A person's mention is a name where it holds a first or last name; another's where it starts with a capital and is not
    one of the words that `sources.yaml` lists.
    """
    types: dict[str, EntityType] = {kind: type_ for type_, kinds in notes["types"].items() for kind in kinds}
    words = frozenset(notes["words"].split())
    for report in json.loads(path.read_text(encoding="utf-8")).values():
        text = fold_typography(report["text"])
        parts = [Span(m["start"], m["end"]) for m in _mentions(report, notes["name_parts"])]
        names, unknown = [], [Span(m["start"], m["end"]) for m in _mentions(report, notes["open"]) if m["value"][0].isupper()]
        for entity in report["entities"]:
            for mention in entity["mentions"] if entity["type"] in types else ():
                span = Span(mention["start"], mention["end"])
                if _is_name(mention["value"], words) and (
                    types[entity["type"]] != "PER" or any(span.covers(part) for part in parts)
                ):
                    names.append(Name(span.start, span.end, types[entity["type"]]))
        yield Marked(text, drop_overlaps(names), _clear_of(names, unknown))


def _is_name(mention: str, words: frozenset[str]) -> bool:
    """True for « Ministère de la Santé » and « SMT », false for « Police » and « Ces derniers »."""
    first, *rest = mention.replace("'", " ").split()
    return first[0].isupper() and (first not in words or any(word[0].isupper() for word in rest))


def _mentions(report: Mapping[str, Any], kinds: list[str]) -> Iterator[Mapping[str, Any]]:
    for entity in report["entities"]:
        if entity["type"] in kinds:
            yield from entity["mentions"]


def _clear_of(names: list[Name], unknown: list[Span]) -> tuple[Span, ...]:
    """The unknown stretches without those that touch a name."""
    spans = [Span(name.start, name.end) for name in names]
    return tuple(stretch for stretch in sorted(set(unknown), key=lambda s: s.start) if not any(map(stretch.overlaps, spans)))
