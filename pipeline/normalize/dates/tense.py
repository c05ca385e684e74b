"""The tense of the clause around a date: it tells whether « lundi » is the last one or the next."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.model import Document
from pipeline.normalize.dates.frame import Evidence, Tense

REACH = 300
"""Characters on each side of a date in which a verb, or a word like « agenda », may tell its tense."""
BEHIND = 12
"""What a verb behind the date costs, in characters: in French the date mostly follows its verb."""
WEAK = 8
"""What a participle without an auxiliary costs: « publié mercredi »."""
WEAK_BEHIND = 60
"""The same behind the date, where it mostly belongs to a noun: « au 1er janvier, le tarif réglementé baissera »."""
APPOSED = 45
"""Within so many characters a participle governs a time that a comma closes: « voté par le Parlement le 5 juillet, il … »."""
COMMA = 15
SUBORDINATE = 30
STRONG = 60
"""What lies between verb and date costs: a comma, a conjunction, a stronger mark."""
SURE = 40
"""A verb that costs more, or a bare participle, gives way where the other tense lies much nearer."""
MOST = 150
"""A verb that costs more governs another clause."""
MOST_ASIDE = 70
"""The same for a day between commas behind a noun (« l'ouverture, lundi, d'une enquête »)."""

_KINDS = ("called", "planned", "future", "past", "present", "weak_past")
_WEAK = ("present", "weak_past")
_PARENTHESES = re.compile(r"\([^()]*\)")


class Verb(NamedTuple):
    """A verb form at `start:end` of the document, and what it tells: called, planned, future, past, present, weak_past."""

    start: int
    end: int
    kind: str


class TenseReader:
    """Reads tenses by the verb forms of `words/dates-tense.yaml`."""

    def __init__(self, words: Mapping[str, Any]):
        forms = "|".join(f"(?P<{kind}>{'|'.join(words[kind])})" for kind in _KINDS)
        for atom in ("call", "participle", "infinitive", "rhotic"):
            forms = forms.replace(f"{{{atom}}}", words[atom])
        self._verbs = re.compile(rf"(?<![\w'-])(?:{words['elided']})?(?:{forms})")
        self._noun = re.compile(words["noun_before"])
        self._bound = re.compile(rf"(?P<strong>[;:()«»\"“”—–])|(?P<clause>,? (?:{words['clause']}))|(?P<comma>,)")
        self._agenda = re.compile(words["agenda"])
        self._opening = re.compile(words["opening"])
        self._about = re.compile(rf", (?:{words['about']})")
        self._of = re.compile(words["of"])

    def open(self, document: Document) -> Clauses:
        """The clauses of one document, each sentence read for its verbs once."""
        return Clauses(document, self)

    def find_verbs(self, sentence: str, offset: int) -> Iterator[Verb]:
        """The verb forms of a sentence that starts at `offset`, in order; those that are nouns left out."""
        text = self._opening.sub(lambda match: match[0].lower(), sentence[:1].lower() + sentence[1:])
        for verb in self._verbs.finditer(text):
            kind = verb.lastgroup or ""
            if kind not in _WEAK or not self._noun.search(text, max(0, verb.start() - 20), verb.start()):
                yield Verb(offset + verb.start(), offset + verb.end(), kind)

    def cost(self, between: str) -> int:
        """What the text between a verb and a date costs: its length and its bounds, what is in parentheses left out."""
        text = _PARENTHESES.sub("", between).strip(" ")
        costs = {"strong": STRONG, "clause": SUBORDINATE, "comma": COMMA}
        return len(text) + sum(costs[bound.lastgroup or ""] for bound in self._bound.finditer(text))

    def is_aside(self, folded: str, start: int, end: int) -> bool:
        """True for a day between commas behind a noun that goes on (« l'ouverture, lundi, d'une enquête »)."""
        return folded.endswith(", ", 0, start) and self._about.match(folded, end) is not None

    def is_of_noun(self, folded: str, start: int) -> bool:
        """True for a day that belongs to the noun before it (« le cours de mercredi »)."""
        return self._of.search(folded, max(0, start - BEHIND), start) is not None

    def is_agenda(self, folded: str, start: int) -> bool:
        """True where a word like « agenda » stands shortly before."""
        return self._agenda.search(folded, max(0, start - REACH), start) is not None


def _evidence(verb: Verb, cost: int, start: int) -> Evidence:
    calling = verb.kind == "called" and verb.start >= start
    tense: Tense = "past" if calling or verb.kind in ("past", "weak_past") else "future"
    return Evidence(tense, sure=verb.kind not in _WEAK and cost <= SURE)


def _surcharge(verb: Verb, start: int) -> int:
    """What a verb costs beside what stands between it and the date at `start`: more behind it, more without an auxiliary."""
    if verb.end <= start:
        return WEAK if verb.kind in _WEAK else 0
    return BEHIND + WEAK_BEHIND if verb.kind == "weak_past" else BEHIND


class Clauses:
    """The tenses of one document, by place."""

    def __init__(self, document: Document, reader: TenseReader):
        self._document, self._reader = document, reader
        self._verbs: dict[int, tuple[Verb, ...]] = {}

    def find(self, start: int, end: int, *, weekday: bool = False) -> Evidence:
        """What tells the tense of `start:end`: the verb that costs least, else an agenda, else « le cours de mercredi ».

        A `weekday` lies ahead beside some verbs in the present, too (« la commission examine jeudi le texte »).
        """
        best: tuple[int, int, Verb] | None = None
        aside = self._reader.is_aside(self._document.folded, start, end)
        most = MOST_ASIDE if aside else MOST
        for _, verb in sorted((max(start - verb.end, verb.start - end), verb) for verb in self._near(start, end)):
            if verb.kind == "present" and (aside or not weekday):
                continue
            between = self._between(verb, start, end)
            apposed = verb.kind == "weak_past" and verb.end <= start and self._is_apposed(between, end)
            if best and len(between) > best[0] and "(" not in between and not apposed:
                continue
            cost = WEAK if apposed else self._reader.cost(between) + _surcharge(verb, start)
            if cost <= most and (best is None or (cost, -verb.start) < best[:2]):
                best = cost, -verb.start, verb
        return _evidence(best[2], best[0], start) if best else self._without_verb(start, end, aside=aside)

    def _between(self, verb: Verb, start: int, end: int) -> str:
        """What stands between a verb and `start:end`: it costs at least its length, but for what is in parentheses."""
        return self._document.folded[min(verb.end, end) : max(verb.start, start)].strip(" ")

    def _is_apposed(self, between: str, end: int) -> bool:
        """True where no bound stands between a participle and the time behind it, and a comma closes both."""
        near = len(between) <= APPOSED and self._document.folded.startswith(",", end)
        return near and self._reader.cost(between) == len(between)

    def _without_verb(self, start: int, end: int, *, aside: bool) -> Evidence:
        """An agenda lies ahead; past are « le cours de mercredi », a noun's aside, a day that opens a story: « Mercredi, … »."""
        folded = self._document.folded
        if self._reader.is_agenda(folded, start):
            return Evidence("future", sure=False)
        opens = folded.startswith(",", end) and start == self._document.sentences[self._document.sentence_at(start)].start
        return Evidence("past" if opens or aside or self._reader.is_of_noun(folded, start) else None, sure=False)

    def _near(self, start: int, end: int) -> tuple[Verb, ...]:
        index = self._document.sentence_at(start)
        if index not in self._verbs:
            sentences = self._document.sentences[index : index + 1]
            self._verbs[index] = tuple(
                verb for s in sentences for verb in self._reader.find_verbs(self._document.folded[s.start : s.end], s.start)
            )
        verbs = self._verbs[index]
        first = bisect_left(verbs, start - REACH, key=lambda verb: verb.end)
        last = bisect_right(verbs, end + REACH, key=lambda verb: verb.start)
        return tuple(verb for verb in verbs[first:last] if verb.end <= start or end <= verb.start)
