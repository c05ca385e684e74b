"""The sets that date readers are measured on, in one shape: a sentence, its publication date, and the dates that it holds.

A case is a line of JSON: `id`, `text`, `published` (EDTF or null) and `dates`, each with `start`, `end`, `kind` (date, duration,
set) and `values`: the values that count as right, where `null` stands for « no value is right », and an empty list for « any
value is » (the set's answer cannot be checked). `lengths` are the durations that count too, for a tool that reads « les trois
prochains mois » as a length of time and not as the days it covers.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict


class Wanted(TypedDict):
    """One date that a case holds."""

    start: int
    end: int
    kind: str
    values: list[str | None]
    lengths: list[str]


class Case(TypedDict):
    """One sentence of a set."""

    id: str
    text: str
    published: str | None
    dates: list[Wanted]


WEEKDAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
NOT_IN_PRINT = re.compile(r"\bmaintenant\b|p\. Chr\. n\.")
"""Of chrono's cases: a vague word, which the guidelines leave out, and an era that French writes « apr. J.-C. »."""
_LENGTH = re.compile(r"les (?:\w+ )+(?:prochaines?|derni[eè]re?s?|pr[ée]c[ée]dents?|pass[ée]es|suivantes)", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:secondes|minutes)\b")
_BARE_WEEKDAY = re.compile(r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche", re.IGNORECASE)


def read_own(path: Path) -> Iterator[Case]:
    """The project's own set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        dates: list[Wanted] = [
            {"start": d["start"], "end": d["end"], "kind": d["kind"], "values": [d["value"]], "lengths": []}
            for d in case["dates"]
        ]
        yield {"id": case["id"], "text": case["text"], "published": case["published"], "dates": dates}


def read_chrono(path: Path) -> Iterator[Case]:
    """The cases of chrono's French tests: the first day (and the last, of a range)."""
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        text, span = case["text"], case["span"] or case["text"]
        if NOT_IN_PRINT.search(text):
            continue
        start = text.index(span)
        wanted: Wanted = {
            "start": start,
            "end": start + len(span),
            "kind": "date",
            "values": [] if _is_unsure(span, case["start"]) else [case["start"] + (f"/{case['end']}" if case.get("end") else "")],
            "lengths": list(_lengths(span, case["reference"], case["start"])),
        }
        yield {"id": f"chrono-{number}", "text": text, "published": case["reference"], "dates": [wanted]}


def _is_unsure(span: str, day: str) -> bool:
    """True where only the place of an answer can be checked.

    A weekday alone is the last one or the next, and the set takes the nearest; « mardi 10 janvier » is asked for in a year
    in which that day is a Thursday; « les 90 secondes suivantes » end on a clock.
    """
    named = span[:3].lower()
    contradicts = (
        named in WEEKDAYS and any(c.isdigit() for c in span) and dt.date.fromisoformat(day).weekday() != WEEKDAYS.index(named)
    )
    return contradicts or _BARE_WEEKDAY.fullmatch(span.strip()) is not None or _CLOCK.search(span) is not None


def _lengths(span: str, reference: str, day: str) -> Iterator[str]:
    if _LENGTH.match(span):
        yield f"P{abs((dt.date.fromisoformat(day) - dt.date.fromisoformat(reference)).days)}D"
