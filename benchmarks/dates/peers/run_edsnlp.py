"""EDS-NLP's `eds.dates`: absolute and relative dates, durations; the reference date is the document's note date."""

from __future__ import annotations

import datetime as dt
import json
import sys

import edsnlp

NLP = edsnlp.blank("eds")
NLP.add_pipe("eds.normalizer")
NLP.add_pipe("eds.dates")


def write(date: object, note: dt.datetime | None) -> str | None:
    """A day, month or year as fine as the words are; a relative date as its day."""
    year, month, day = (getattr(date, part, None) for part in ("year", "month", "day"))
    if year and month and day:
        return f"{year:04d}-{month:02d}-{day:02d}"
    if year and month:
        return f"{year:04d}-{month:02d}"
    if year:
        return f"{year:04d}"
    try:
        moment = date.to_datetime(note_datetime=note, infer_from_context=True)  # type: ignore[attr-defined]
    except (AttributeError, TypeError, ValueError):
        return None
    return moment.date().isoformat() if moment else None


def find(text: str, published: str | None) -> list[dict[str, object]]:
    note = dt.datetime.fromisoformat(published + "-01-01"[len(published) - 4 :]) if published else None
    doc = NLP(text)
    found: list[dict[str, object]] = []
    for kind, spans in (("date", doc.spans["dates"]), ("duration", doc.spans.get("durations", []))):
        for span in spans:
            value = write(span._.date, note) if kind == "date" else duration(span._.duration)
            found.append({"start": span.start_char, "end": span.end_char, "kind": kind, "value": value})
    return found


def duration(length: object) -> str | None:
    """ISO 8601 of the units that EDS-NLP names."""
    units = (("year", "Y"), ("month", "M"), ("week", "W"), ("day", "D"))
    days = "".join(f"{n}{letter}" for name, letter in units if (n := getattr(length, name, None)))
    clock = "".join(f"{n}{name[0].upper()}" for name in ("hour", "minute", "second") if (n := getattr(length, name, None)))
    return f"P{days}" + (f"T{clock}" if clock else "") if days or clock else None


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps({"id": case["id"], "found": find(case["text"], case["published"])}))
