"""The French cases of Recognizers-Text as cases of ours: TIMEX mapped to EDTF, and what is left out on purpose.

The mapping follows what the two sides define differently:

- « début 2000 » is the year about its start for us (`2000~`), and a third or half of it there: both count.
- « les trois prochains mois » is a length of time for us, and the days it covers there: both count.
- « quelques jours » has no number for us; the two or three that Recognizers-Text supplies are not asked for.
- A case that names no reference date is checked by its place where its answer depends on one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.dates.cases import Case, Wanted

FILES = ("DateParser", "DatePeriodParser", "DurationParser", "DateTimeModel")

KINDS = {"date": "date", "daterange": "date", "datetime": "date", "datetimerange": "date", "duration": "duration", "set": "set"}
"""The kinds that the French press has a use for; times of day and time zones are left out on purpose."""

LEFT_OUT = {
    "what is said to an assistant, and clock times as answers": (
        r"\b(?:maintenant|à ce jour|asap|pm|am|[ap]\.m\.|cortana|w/c|hahaha|demain soir|en ce moment|le plus tôt possible)\b"
    ),
    "French that a machine wrote": (
        r"\bcette (?:mois|décembre|août|septembre)\b|\btoute le\b|\bsemaine (?:dernier|prochain)\b|\bquel ques\b|\bprochaini\b"
        r"|\bdernier mercredi\b|\bderniere 3\b|\b(?:après|reviendrai|jusqu'a|4:00) lendemain\b|\bet demi heures\b"
        r"|\bpour demi heure\b|\b(?:années|les) (?:dix-neuf|deux mille)|\bdix neuf soixante\b|\btard que demain\b"
        r"|\ble 25 mardi\b|\bfin de demain\b"
    ),
    "the month before the day, as in English": (
        r"\b(?:oct|octobre|novembre|sep)[./ -]{1,2}\d{1,2}\b(?! octobre)|\bseconde de aout|\baout seconde|\b\d/23/sep|\b3-7-2017"
        r"|\b4\.22\b|\b2020/23/sep|\bnovembre entre 19"
    ),
    "notations of spreadsheets and queries": (
        r"<=|\b\d{4}\.\d|\b20\d\d-\d\b|\b2015/3\b|\b(?:19)?[79]0s\b|~|\bsy ?\d|trimestre\d|\b\d\d /? ?\d{4}\b"
        r"|\bseptembre\.16|\b11  ?[-/] ?2016|\b2-4\b|\b12/08,2015|\b11, 2016|\b15:50:06 2016"
    ),
    "a bare unit, which is vague (« la semaine », « du jour »)": (
        r"^(?:la|ma) semaine$|\bpartenaire du (?:mois|jour)|\bpour la journée$|\bventes de l'année"
        r"|\bventes de la première semaine|\bfin de journée\b|\bl'année avant\b|\ble dernier jour$|\bdernière minute\b"
    ),
}
"""Sentences that no French newspaper prints, by the reason."""

_OUT = re.compile("|".join(LEFT_OUT.values()), re.IGNORECASE)
_NEEDS_REFERENCE = re.compile(r"\b(?:aujourd'hui|demain|hier)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:quelques|plusieurs|quel ques)\b", re.IGNORECASE)


def read_specs(folder: Path) -> Iterator[Case]:
    """The cases of the folder's files, those left out on purpose (`LEFT_OUT`) not among them."""
    for name in FILES:
        for number, case in enumerate(json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig"))):
            if _OUT.search(case["Input"]):
                continue
            reference = case.get("Context", {}).get("ReferenceDateTime")
            dates = [d for result in case["Results"] if (d := _wanted(result, case["Input"], reference is not None))]
            if len(dates) == len(case["Results"]):
                published = reference[:10] if reference else None
                yield {"id": f"{name}-{number}", "text": case["Input"], "published": published, "dates": dates}


def _wanted(result: dict[str, Any], text: str, has_reference: bool) -> Wanted | None:
    words = result["Text"].strip()
    kind = KINDS.get((result.get("TypeName") or result.get("Typename") or result.get("Type") or "").split(".")[-1])
    start = text.lower().find(words.lower())
    if kind is None or start < 0:
        return None
    resolutions = (result.get("Resolution") or {}).get("values") or list(_parser_values(result))
    checked = kind != "date" or has_reference or (_names_year(resolutions, text) and not _NEEDS_REFERENCE.search(words))
    values = (
        {value for one in resolutions for value in _values(one, kind) if value} if checked and not _VAGUE.search(words) else ()
    )
    lengths = {length for one in resolutions if (length := _length(one))} if kind == "date" else ()
    return Wanted(start=start, end=start + len(words), kind=kind, values=[*sorted(values)], lengths=sorted(lengths))


def _names_year(resolutions: list[dict[str, str]], text: str) -> bool:
    return any((one.get("timex") or "").lstrip("(")[:4] in text for one in resolutions)


def _values(one: dict[str, str], kind: str) -> Iterator[str | None]:
    timex = one.get("timex") or ""
    if kind != "date":
        yield re.sub(r"T$", "", timex) if timex.startswith("P") else None
        return
    yield _interval(one)
    if re.fullmatch(r"\d{4}(?:-\d\d)?", timex) and (edge := _EDGES.get(one.get("Mod", ""))):
        yield edge.format(timex)


_EDGES = {
    "start": "{}~",
    "mid": "{}~",
    "end": "{}~",
    "since-end": "{}~/..",
    "before-end": "../{}~",
    "before-start": "../{}~",
    "after-start": "{}~/..",
    "after": "{}/..",
    "before": "../{}",
}
"""What the modifiers of Recognizers-Text are in EDTF, of a year or month."""


def _parser_values(result: dict[str, Any]) -> Iterator[dict[str, str]]:
    value = result.get("Value") or {}
    for side in ("FutureResolution", "PastResolution"):
        found = value.get(side) or {}
        days = {"value": found.get("date", ""), "start": found.get("startDate", ""), "end": found.get("endDate", "")}
        yield {"timex": value.get("Timex", ""), "Mod": value.get("Mod", ""), **days}


def _length(one: dict[str, str]) -> str | None:
    """The P3M of `(2016-11-08,2017-02-08,P3M)`."""
    last = (one.get("timex") or "").rstrip(")").rpartition(",")[2]
    return last if last.startswith("P") else None


def _interval(one: dict[str, str]) -> str | None:
    if one.get("value"):
        return one["value"][:10] if re.match(r"\d{4}-\d\d-\d\d", one["value"]) else None
    start, end = (one.get("start") or "")[:10], (one.get("end") or "")[:10]
    if not start and not end:
        return None
    if start and end and start != end and one.get("timex", "").count(",") != 2:
        end = (dt.date.fromisoformat(end) - dt.timedelta(days=1)).isoformat()
    return f"{start or '..'}/{end or '..'}" if start != end else start
