"""Reads the temporal expressions of one article, in order: each against publication, tense and the date before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, partial

from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.lexicon.expressions import Expression
from pipeline.model import DateKind, DateReading, Document, Mention, Modifier
from pipeline.normalize.dates import relative
from pipeline.normalize.dates.edtf import find_bounds, period_value
from pipeline.normalize.dates.facts import FactReader, Facts
from pipeline.normalize.dates.frame import Evidence, Frame, Value, read_anchor
from pipeline.normalize.dates.interpreters import READERS
from pipeline.normalize.dates.ranges import borrow, join, join_school_years, join_years
from pipeline.normalize.dates.tense import TenseReader

_LINE = 1000
"""Characters in which the opening mark of a quotation is sought."""
_IN_A_YEAR = ("day", "month", "quarter", "season")
_RANGES = ("range", "days", "years")
_OPEN: Mapping[str | None, Modifier] = {
    "since": "after",
    "from": "after",
    "after": "after",
    "by": "before",
    "before": "before",
    "until": "before",
}
"""On which side of a date a preposition leaves time open."""


class DateReader:
    """Gives date mentions their values. Built once from the lexicon."""

    def __init__(self, lexicon: Lexicon):
        self._file: RuleFile = lexicon.rules["dates"]
        self._rules: Mapping[str, Rule] = {rule.id: rule for rule in self._file.rules}
        self._facts = FactReader(lexicon.words["dates"])
        self._listed = re.compile(lexicon.words["dates"]["listed"])
        self._opens = re.compile(lexicon.words["dates"]["opens"], re.IGNORECASE)
        self._tenses = TenseReader(lexicon.words["dates-tense"])

    def read(self, document: Document, mentions: tuple[Mention, ...]) -> tuple[DateReading, ...]:
        """One reading a mention, in the mentions' order; what cannot be known has no value but a reason."""
        anchor, previous, day = read_anchor(document.published), None, None
        mentions = _lend_units(self._lend_opening_years(document, self._lend_years(document.folded, mentions)))
        readings: list[DateReading] = []
        weekdays: dict[int, dt.date] = {}
        clauses = self._tenses.open(document)
        for mention in mentions:
            weekday = "weekday" in mention.parts and "day" not in mention.parts
            evidence = partial(clauses.find, mention.start, mention.end, weekday=weekday)
            frame = Frame(anchor, previous, day, mention.parts.get("lead"), evidence, weekdays)
            reading = self._read_one(document, mention, frame)
            if (counts := mention.parts.get("counts")) and reading.value:
                readings[-1] = self._count_behind(readings[-1], reading.value, counts)
            readings.append(reading)
            if base := _base(reading):
                previous = base
                if reading.start_date and reading.start_date == reading.end_date:
                    day = reading.start_date
                    weekdays |= {day.weekday(): day} if "weekday" in mention.parts else {}
        return tuple(readings)

    def _lend_years(self, folded: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions, where a day or month in a list has the year that only the last one says (« en avril et mai 2024 »)."""
        lent: list[Mention] = []
        for mention in reversed(mentions):
            listed = lent and self._listed.fullmatch(folded, mention.end, lent[-1].start)
            year = self._year_to_lend(mention, lent[-1]) if listed else None
            lent.append(replace(mention, parts={**mention.parts, "year": year}) if year else mention)
        return tuple(reversed(lent))

    def _lend_opening_years(self, document: Document, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions, with the year that opens their sentence where they say none (« En 2019, elle signe en mars »)."""
        lent: list[Mention] = []
        told: tuple[int, str] | None = None
        for mention in mentions:
            reads, sentence = self._rules[mention.rule_id].reads, document.sentence_at(mention.start)
            start = document.sentences[sentence].start
            if reads == "year" and self._opens.fullmatch(document.folded, start, mention.start):
                told = sentence, mention.parts["year"]
            bare = reads in _IN_A_YEAR and not {"year", "year2", "near", "same", "this", "weekday"} & set(mention.parts)
            year = {"year": told[1]} if told and told[0] == sentence and bare else {}
            lent.append(replace(mention, parts={**mention.parts, **year}))
        return tuple(lent)

    def _year_to_lend(self, mention: Mention, after: Mention) -> str | None:
        if not {self._rules[one.rule_id].reads for one in (mention, after)} <= {"day", "month"}:
            return None
        own, other = self._facts.read(mention.parts), self._facts.read(after.parts)
        if own.year or own.near or not own.month or not other.month or not other.year:
            return None
        return str(other.year - (own.month > other.month))

    def _read_one(self, document: Document, mention: Mention, frame: Frame) -> DateReading:
        kind: DateKind = mention.type  # type: ignore[assignment]
        facts = self._facts.read(mention.parts)
        value = self._value(document, mention, facts, frame)
        if kind == "duration" and facts.near in ("before", "after"):
            return _counted(mention, value, relative.count_from(facts, frame, relative.BEFORE_IT))
        if kind != "date" or value.value is None:
            return DateReading(mention, kind, value.value, reason=value.reason)
        written = _with_lead(value.value + ("~" if facts.edge else ""), frame.lead)
        first, last = find_bounds(written)
        modifier = _OPEN.get(frame.lead) or facts.edge
        return DateReading(mention, kind, written, first, last, modifier, value.reason)

    def _count_behind(self, length: DateReading, base: str, near: str) -> DateReading:
        """The length of time with the day to which it leads from the date behind it (« deux semaines avant le 13 mai 1999 »)."""
        facts = replace(self._facts.read(length.mention.parts), near=near)
        frame = Frame(None, base, None, None, _no_evidence)
        return _counted(length.mention, Value(length.value), relative.count_from(facts, frame, "the date behind it"))

    def _value(self, document: Document, mention: Mention, facts: Facts, frame: Frame) -> Value:
        reads = self._rules[mention.rule_id].reads
        if reads is None:
            value = mention.parts.get("value")
            return Value(value, None if value else "its rule gives it no value")
        if reads == "years":
            right = mention.parts["right"]
            return join_years(int(mention.parts["left"]), int(right), len(right))
        if reads == "school-year":
            return join_school_years(int(mention.parts["left"]))
        if reads == "eve-of":
            base_reads, base = self._parse(mention.parts["left"])
            return relative.shift_days(READERS[base_reads](base, frame), facts.offset or 0)
        if reads in _RANGES:
            return self._read_range(mention.parts["left"], mention.parts["right"], facts.near, frame)
        if reads == "today" and _is_quoted(document.folded, mention.start):
            return Value(None, "said in a quotation, on a day that the text does not give")
        return READERS[reads](facts, frame)

    def _read_range(self, left: str, right: str, near: str | None, frame: Frame) -> Value:
        right_reads, right_facts = self._parse(right)
        if right_facts.weekday is not None and right_facts.near is None:
            right_facts = replace(right_facts, near=near)
        end = _with_edge(READERS[right_reads](right_facts, frame), right_facts)
        if end.value is None:
            return end
        left_reads, left_facts = self._parse(left)
        left_facts = borrow(left_facts, right_facts, end.value)
        left_reads = "day" if left_facts.day is not None else right_reads if left_facts.ordinal is not None else left_reads
        return join(_with_edge(READERS[left_reads](left_facts, frame), left_facts), end)

    def _parse(self, text: str) -> tuple[str, Facts]:
        """The interpreter and facts of a range's end: of the rule that matches all of it, or of a bare day."""
        for rule, pattern in self._ends:
            if match := pattern.compiled.fullmatch(text):
                parts = {**rule.assigns, **{name: part for name, part in match.groupdict().items() if part is not None}}
                return rule.reads or "", self._facts.read(parts)
        return "day", self._facts.read({"day": text})

    @cached_property
    def _ends(self) -> tuple[tuple[Rule, Expression], ...]:
        rules = (rule for rule in self._file.rules if rule.finds == "date" and rule.reads in READERS)
        return tuple((rule, Expression(self._file.pattern(rule), re.IGNORECASE)) for rule in rules)


def _lend_units(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, where a length of time without unit has that of the one before (« dix jours, contre six en 2022 »)."""
    lent: list[Mention] = []
    unit: str | None = None
    for mention in mentions:
        bare = mention.type == "duration" and unit is not None and "number" in mention.parts and "unit" not in mention.parts
        lent.append(replace(mention, parts={**mention.parts, "unit": unit}) if bare and unit else mention)
        unit = mention.parts.get("unit", unit) if mention.type == "duration" else unit
    return tuple(lent)


def _no_evidence() -> Evidence:
    return Evidence(None, sure=False)


def _is_quoted(text: str, start: int) -> bool:
    """True where an opening mark on the same line has not been closed before `start`."""
    line = text[max(0, start - _LINE) : start].rpartition("\n")[2]
    return line.rfind("«") > line.rfind("»") or line.rfind("“") > line.rfind("”") or line.count('"') % 2 == 1


def _with_edge(value: Value, facts: Facts) -> Value:
    return Value(value.value + "~") if value.value and facts.edge else value


def _with_lead(value: str, lead: str | None) -> str:
    first, _, last = value.partition("/")
    if lead == "around" and not last:
        return first.removesuffix("~") + "~"
    if lead in _OPEN:
        return f"{first}/.." if _OPEN[lead] == "after" else f"../{last or first}"
    return value


def _counted(mention: Mention, length: Value, leads_to: Value) -> DateReading:
    """A duration that is counted from the date before it: its days are those it leads to (« trois jours plus tard »)."""
    first, last = find_bounds(leads_to.value) if leads_to.value else (None, None)
    reason = f"leads to {leads_to.value}, {leads_to.reason}" if leads_to.value else leads_to.reason
    return DateReading(mention, "duration", length.value, first, last, reason=length.reason or reason)


def _base(reading: DateReading) -> str | None:
    """What later expressions count from: a single date, the closed end of an interval, or what a duration leads to."""
    if reading.kind == "duration":
        return period_value(reading.start_date, reading.end_date) if reading.start_date and reading.end_date else None
    if reading.kind == "set" or reading.value is None:
        return None
    first, _, last = reading.value.partition("/")
    if last in ("", ".."):
        return first
    return last if first == ".." else reading.value
