"""What an annotator may have forgotten: unmarked names seen elsewhere, numbers, calendar words, capitals, quotations.

A doubt is a question, not an error: boilerplate is unmarked on purpose, « un » and « deux » often are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.marks import Marked
from pipeline.model import AMOUNT_KINDS, DATE_KINDS, ENTITY_TYPES

_NUMBER = re.compile(
    r"\d[\d.,   ]*|\b(?:trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|cent|cents|mille|dizaine|douzaine|quinzaine|vingtaine|trentaine|centaine|moitié|tiers|quart"
    r"|millions?|milliards?|pour cent|points?)\b",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|hier|demain|veille|lendemain|printemps|(?<=l.)été|(?<=cet )été|automne|hiver|trimestre"
    r"|semestre|semaines?|mois|ans?|années?|jours?|journée|heures?|minutes?|secondes|soir|matin|quotidien\w*|hebdomadaires?"
    r"|mensuel\w*|annuel\w*|siècle|décennie|rentrée|Noël|week-end)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<![.!?:…«“\"\n-]\s)(?<![\n«“\"])(?<!^)\b[A-ZÀ-Ý][\w’'-]+")
_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|“([^“”]+)”|\"([^\"\n]+)\"")


def find_doubts(marked: Marked) -> list[str]:
    """One line a doubt, with its place: « x.txt: unmarked name Ravelin: … Ravelin se tait … »."""
    body = marked.text.index("\n---\n") if marked.text.startswith("---\n") else 0  # front matter bears no marks
    doubts = sorted(doubt for doubt in _doubts(marked) if doubt[0] >= body)
    return [f"{marked.name}: {kind} {_around(marked.text, start, end)}" for start, end, kind in doubts]


def _doubts(marked: Marked) -> Iterator[tuple[int, int, str]]:
    names = [m for m in marked.marks if m.tag in ENTITY_TYPES]
    measures = [m for m in marked.marks if m.tag in (*AMOUNT_KINDS, *DATE_KINDS, *ENTITY_TYPES)]
    text = marked.text
    covered = {i for m in names for i in range(m.start, m.end)}
    measured = {i for m in measures for i in range(m.start, m.end)}
    for surface in sorted({text[m.start : m.end] for m in names}):
        for found in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if found.start() not in covered:
                yield found.start(), found.end(), "name"
    yield from ((f.start(), f.end(), "number") for f in _NUMBER.finditer(text) if f.start() not in measured)
    yield from ((f.start(), f.end(), "calendar") for f in _CALENDAR.finditer(text) if f.start() not in measured)
    yield from ((f.start(), f.end(), "capital") for f in _CAPITAL.finditer(text) if f.start() not in measured)
    quoted = {m.start for m in marked.marks if m.tag == "quote"}
    for found in _QUOTED.finditer(text):
        group = found.lastindex or 1
        if len(found[group].split()) >= 3 and found.start(group) not in quoted:
            yield found.start(group), found.end(group), "quotation"


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    return f"{before}[{text[start:end]}]{after}".replace("\n", "⏎")
