"""The sets that date readers are measured on, in one shape: a sentence, its publication date, and the dates that it holds.

A case is a line of JSON: `id`, `text`, `published` (EDTF or null) and `dates`, each with `start`, `end`, `kind` (date, duration,
set) and `values`: the values that count as right, where `null` stands for « no value is right », and an empty list for « any
value is » (the set names no reference date, so the value cannot be checked).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict


class Wanted(TypedDict):
    """One date that a case holds."""

    start: int
    end: int
    kind: str
    values: list[str | None]


class Case(TypedDict):
    """One sentence of a set."""

    id: str
    text: str
    published: str | None
    dates: list[Wanted]


KINDS = {"date": "date", "daterange": "date", "datetime": "date", "datetimerange": "date", "duration": "duration", "set": "set"}
"""The kinds of Recognizers-Text that the French press has a use for; times of day and time zones are left out on purpose."""

OUT_OF_SCOPE = re.compile(
    r"\b(?:maintenant|à ce jour|asap|pm|am|[ap]\.m\.|cortana|w/c|hahaha|demain soir|en ce moment"
    r"|cette (?:décembre|août|septembre))\b",
    re.IGNORECASE,
)
"""Sentences that no French newspaper prints: dictation to an assistant, « 5pm », « cette décembre », clock times as answers."""


def read_own(path: Path) -> Iterator[Case]:
    """The project's own set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        dates: list[Wanted] = [
            {"start": d["start"], "end": d["end"], "kind": d["kind"], "values": [d["value"]]} for d in case["dates"]
        ]
        yield {"id": case["id"], "text": case["text"], "published": case["published"], "dates": dates}


def read_chrono(path: Path) -> Iterator[Case]:
    """The cases of chrono's French tests: the first day (and the last, of a range)."""
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        text, span = case["text"], case["span"] or case["text"]
        start = text.index(span)
        value = case["start"] + (f"/{case['end']}" if case.get("end") else "")
        yield {
            "id": f"chrono-{number}",
            "text": text,
            "published": case["reference"],
            "dates": [{"start": start, "end": start + len(span), "kind": "date", "values": [value]}],
        }


def read_specs(folder: Path) -> Iterator[Case]:
    """The French cases of Recognizers-Text, TIMEX mapped to EDTF; a value that needs an unsaid reference date is not checked."""
    for name in ("DateParser", "DatePeriodParser", "DurationParser", "DateTimeModel"):
        for number, case in enumerate(json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig"))):
            if OUT_OF_SCOPE.search(case["Input"]):
                continue
            reference = case.get("Context", {}).get("ReferenceDateTime")
            dates = [d for result in case["Results"] if (d := _wanted(result, case["Input"], reference is not None))]
            if len(dates) == len(case["Results"]):
                published = reference[:10] if reference else None
                yield {"id": f"{name}-{number}", "text": case["Input"], "published": published, "dates": dates}


def _wanted(result: dict[str, Any], text: str, has_reference: bool) -> Wanted | None:
    kind = KINDS.get((result.get("TypeName") or result.get("Typename") or result.get("Type") or "").split(".")[-1])
    start = text.lower().find(result["Text"].strip().lower())
    if kind is None or start < 0:
        return None
    values = sorted({value for value in _values(result, kind, text, has_reference) if value})
    return {"start": start, "end": start + len(result["Text"].strip()), "kind": kind, "values": list(values)}


def _values(result: dict[str, Any], kind: str, text: str, has_reference: bool) -> Iterator[str | None]:
    resolutions = (result.get("Resolution") or {}).get("values") or _parser_values(result)
    for one in resolutions:
        timex = one.get("timex") or ""
        if kind != "date":
            yield re.sub(r"T$", "", timex) if timex.startswith("P") else None
        elif has_reference or timex.lstrip("(")[:4] in text:
            yield _interval(one)


def _parser_values(result: dict[str, Any]) -> list[dict[str, str]]:
    value = result.get("Value") or {}
    timex = value.get("Timex", "")
    values = []
    for side in ("FutureResolution", "PastResolution"):
        found = value.get(side) or {}
        values.append(
            {"timex": timex, "value": found.get("date", ""), "start": found.get("startDate", ""), "end": found.get("endDate", "")}
        )
    return values


def _interval(one: dict[str, str]) -> str | None:
    if one.get("value"):
        return one["value"][:10] if re.match(r"\d{4}-\d\d-\d\d", one["value"]) else None
    start, end = (one.get("start") or "")[:10], (one.get("end") or "")[:10]
    if not start and not end:
        return None
    if start and end and start != end and one.get("timex", "").count(",") != 2:
        end = (dt.date.fromisoformat(end) - dt.timedelta(days=1)).isoformat()
    return f"{start or '..'}/{end or '..'}" if start != end else start
