"""An article's text cut into pieces, each with the rows that stand on it and the words that cleaning took out before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.report.facts import Facts, Row

_WORD = re.compile(r"\w{3}")
_KIND = {"quotes": "quote", "roles": "role", "events": "event", "claims": "claim"}
"""Tables whose rows are all of one colour; names, amounts and dates say theirs."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One row on the text: where, in which colour, what it was read as and who says so; `anchor` is its place on the page."""

    start: int
    end: int
    kind: str
    label: str
    value: str
    source: str
    reason: str
    entity_id: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks, the innermost first; `anchors` are those of the marks that begin here.

    `removed` is the rule that took the words out, None for text; `alone` is true for removed lines, false for a few signs in one.
    """

    text: str
    marks: tuple[Mark, ...]
    anchors: tuple[str, ...] = ()
    removed: str | None = None
    alone: bool = False


def anchor(table: str, row: Row) -> str:
    """The place of a row on its article's page (`amounts-91`)."""
    return f"{table}-{row['start']}-{row['end']}"


def find_marks(facts: Facts, article_id: str) -> list[Mark]:
    """The marks of an article, longer ones before those inside them."""
    marks = [
        _mark(facts, table, row)
        for table in ("mentions", "amounts", "dates", "quotes", "roles", "events", "claims")
        for row in facts.placed[table].get(article_id, ())
    ]
    return sorted(marks, key=lambda m: (m.start, -m.end, m.kind, m.label, m.value))


def _mark(facts: Facts, table: str, row: Row) -> Mark:
    label, value, reason, entity = _READ[table](facts, row)
    kind = _KIND.get(table) or str(row.get("type") or row.get("kind")).lower()
    source = f"{row['method']} {row['rule_id'] or ''}".strip() if "method" in row else row["rule_id"] or ""
    return Mark(row["start"], row["end"], kind, label, value, source, reason or "", entity, anchor(table, row))


def _name_of(facts: Facts, entity_id: str | None) -> str:
    return facts.entities[entity_id]["name"] if entity_id and entity_id in facts.entities else "unknown"


def names_of(facts: Facts, ids: Iterable[str]) -> str:
    """The names, with commas; a dash for none."""
    return ", ".join(_name_of(facts, one) for one in ids) or "–"


def _read_mention(facts: Facts, row: Row) -> tuple[str, str, str | None, str | None]:
    link = facts.links.get(row["mention_id"], {})
    return row["type"], _name_of(facts, row["entity_id"]), link.get("reason"), row["entity_id"]


def _read_amount(_: Facts, row: Row) -> tuple[str, str, str | None, None]:
    euros = "" if row["eur_min"] is None or row["unit"] == "EUR" else f"{number(row['eur_min'], row['eur_max'])} EUR that day"
    return row["kind"], show_amount(row), euros, None


def _read_date(_: Facts, row: Row) -> tuple[str, str, str | None, None]:
    return row["kind"], row["value"] or "unknown", row["reason"], None


def _read_quote(facts: Facts, row: Row) -> tuple[str, str, str | None, str | None]:
    return "quote", f"said by {_name_of(facts, row['speaker_entity_id'])}", row["cue"] or row["reason"], row["speaker_entity_id"]


def _read_role(facts: Facts, row: Row) -> tuple[str, str, str | None, str | None]:
    body = f", {_name_of(facts, row['org_entity_id'])}" if row["org_entity_id"] else ""
    return "role", f"{_name_of(facts, row['person_entity_id'])}: {row['role']}{body}", None, row["person_entity_id"]


def _read_event(facts: Facts, row: Row) -> tuple[str, str, str | None, None]:
    return row["type"], f"{names_of(facts, row['agents'])} → {names_of(facts, row['targets'])}", None, None


def _read_claim(facts: Facts, row: Row) -> tuple[str, str, str | None, None]:
    return f"{row['modality']} {row['type']}", _read_event(facts, row)[1], "no fact", None


_READ: dict[str, Any] = {
    "mentions": _read_mention,
    "amounts": _read_amount,
    "dates": _read_date,
    "quotes": _read_quote,
    "roles": _read_role,
    "events": _read_event,
    "claims": _read_claim,
}


def number(low: Any, high: Any) -> str:
    """One number or two, with thin spaces between thousands (« 15 000 000 », « 20 to 25 »)."""
    return _digits(low) if low == high else f"{_digits(low)} to {_digits(high)}"


def _digits(value: Any) -> str:
    rounded = round(value) if abs(value) >= 1000 else round(value, 2)
    text = f"{rounded:,f}" if not isinstance(rounded, int) else f"{rounded:,}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(",", "\u202f")


def show_amount(row: Row) -> str:
    """An amount's reading: « about 2 000 000 000 USD », « 3 % »."""
    unit = "%" if row["unit"] == "PCT" else row["unit"] or "unit unknown"
    return " ".join(part for part in (row["qualifier"], number(row["min"], row["max"]), unit) if part)


def cut(text: str, marks: Sequence[Mark], removed: Sequence[Row]) -> Iterator[Piece]:
    """The pieces of the text in order; words that cleaning took out are pieces of their own, with the rule that did."""
    gone = sorted(removed, key=lambda r: (r["start"], r["source_start"]))
    bounds = {0, len(text), *(m.start for m in marks), *(m.end for m in marks), *(r["start"] for r in gone)}
    ordered, open_marks, waiting = sorted(bounds), list[Mark](), list(marks)
    for start, end in zip(ordered, [*ordered[1:], len(text)], strict=True):
        while gone and gone[0]["start"] <= start:
            row = gone.pop(0)
            at_edge = row["start"] in (0, len(text)) or text[row["start"] - 1] == "\n"
            yield Piece(row["text"].strip("\n"), (), removed=row["rule"], alone=at_edge and bool(_WORD.search(row["text"])))
        fresh = []
        while waiting and waiting[0].start <= start:
            fresh.append(waiting.pop(0))
        open_marks = [mark for mark in (*open_marks, *fresh) if mark.end > start]
        if end > start:
            inner = sorted(open_marks, key=lambda m: (m.end - m.start, m.kind, m.label, m.value))
            yield Piece(text[start:end], tuple(inner), tuple(dict.fromkeys(mark.anchor for mark in fresh)))


def around(text: str, start: int, end: int, reach: int = 110) -> tuple[str, str, str]:
    """What stands before, at and after a place, cut at line ends and between words, with « … » where more was there."""
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    if len(before) > reach:
        before = "… " + before[-reach:].partition(" ")[2]
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] + " …"
    return before, text[start:end], after
