"""What the rest says: a name settled in one place speaks for the same letters elsewhere in the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.lexicon import RuleFile
from pipeline.model import Document, EntityType
from pipeline.recognize.acronyms import Acronyms
from pipeline.recognize.ballot import Decision
from pipeline.recognize.evidence import Evidence

ECHO, ECHO_SHARE, MOST_ECHO, SHORT, ACRONYM = 1.0, 0.4, 2.6, 2.4, 3.0
AGAIN = {"model": 0.15, "rule": 0.5, "gazetteer": 0.1}
MOST_AGAIN = 2.0
QUIET, SPEAKS_UP = 0.3, 2.4


@dataclass(slots=True)
class Poll:
    """The voices heard for one form in an article. Voices of the model repeat each other and count once, rules add up."""

    voices: dict[tuple[EntityType, str], list[float]] = field(default_factory=dict)
    places: set[tuple[int, int]] = field(default_factory=set)

    def add(self, decision: Decision) -> None:
        """Hear the voices for one decision."""
        self.places.add((decision.start, decision.end))
        for voice in decision.voices:
            if voice.method != "consistency":
                self.voices.setdefault((decision.type, voice.method), []).append(voice.weight)

    def result(self) -> tuple[EntityType, float]:
        """The type with most to say for it, and how strongly it speaks for another occurrence."""
        sums: Counter[EntityType] = Counter()
        for (entity_type, method), weights in self.voices.items():
            again = AGAIN[method] * (sum(weights) - max(weights))
            sums[entity_type] += max(weights) + min(MOST_AGAIN, again)  # type: ignore[assignment]
        best = min(sums, key=lambda t: (-sums[t], t))
        return best, min(MOST_ECHO, ECHO_SHARE * sums[best] + ECHO)


class ArticleVote:
    """Carries the names settled in an article to their other occurrences and short forms."""

    def __init__(self, shapes: RuleFile, words: Mapping[str, Any], given_names: frozenset[str]) -> None:
        self._acronyms = Acronyms(shapes, words)
        self._article = re.compile(shapes.expand("(?:{article_before})$"))
        self._given = given_names
        self._particles = frozenset(words["particles"])
        self._heads = frozenset(words["short_heads"])

    def echo(self, document: Document, decisions: tuple[Decision, ...]) -> Iterator[Evidence]:
        """Evidence for every further occurrence of the names decided: whole, surname, head of a body, acronym."""
        polls: dict[str, Poll] = {}
        full: dict[str, str] = {}
        for decision in decisions:
            surface = document.folded[decision.start : decision.end]
            polls.setdefault(surface, Poll()).add(decision)
            if decision.canonical:
                full.setdefault(surface, decision.canonical)
            if place := self._acronyms.after(document, decision.start, decision.end):
                name = document.folded[place.start : place.end]
                full.setdefault(name, decision.canonical or surface)
                voice = Evidence(place.start, place.end, decision.type, "rule", "acronym-in-brackets", ACRONYM, full[name])
                polls.setdefault(name, Poll()).add(Decision(place.start, place.end, decision.type, (voice,), voice.weight))
                yield voice
        for form, poll in polls.items():
            best, strength = poll.result()
            for writing in writings(form):
                for start, end in occurrences(document.folded, writing):
                    if poll.places != {(start, end)} and not _goes_on(document.folded, end):
                        yield Evidence(start, end, best, "consistency", "same-name-in-article", strength, full.get(form))
        yield from self._short_forms(document, decisions, full)

    def _short_forms(self, document: Document, decisions: tuple[Decision, ...], full: dict[str, str]) -> Iterator[Evidence]:
        seen: set[tuple[str, str]] = set()
        for decision in decisions:
            surface = document.folded[decision.start : decision.end]
            short, rule_id = self._short(surface, decision.type)
            if not short or (short, surface) in seen:
                continue
            seen.add((short, surface))
            canonical = full.get(surface, surface)
            for start, end in occurrences(document.folded, short):
                headed = rule_id != "head-of-body" or self._after_article(document, start)
                if start >= decision.end and headed and not _goes_on(document.folded, end):
                    yield Evidence(start, end, decision.type, "consistency", rule_id, SHORT, canonical)

    def _after_article(self, document: Document, start: int) -> bool:
        return self._article.search(document.folded, max(0, start - 6), start) is not None

    def _short(self, surface: str, entity_type: EntityType) -> tuple[str | None, str]:
        words = surface.split(" ")
        if entity_type == "PER" and len(words) > 1:
            return self.surname(surface), "surname-of-person"
        if entity_type == "ORG" and len(words) > 1 and words[0] in self._heads:
            return words[0], "head-of-body"
        if entity_type == "ORG" and len(words) > 1 and len(words[0]) > 3 and words[0][0].isupper() and words[1][0].isupper():
            return words[0], "first-word-of-name"
        return None, ""

    def surname(self, full: str) -> str | None:
        """The surname of a full name: « von der Leyen » of « Ursula von der Leyen »; None where it cannot be told."""
        words = full.split(" ")
        for number, word in enumerate(words[1:], 1):
            if word.lower() in self._particles or word not in self._given or number == len(words) - 1:
                return " ".join(words[number:])
        return None


def yielding(evidence: Iterable[Evidence], echoes: Iterable[Evidence]) -> Iterator[Evidence]:
    """The echoes, quieter where the words around a place say another type (« à Orange » is a town, « Orange lève » is not),
    and for names known for things of several types (TikTok the network and the company).
    """
    local: dict[tuple[int, int], set[str]] = {}
    known: dict[tuple[int, int], set[str]] = {}
    for voice in evidence:
        if voice.method == "rule" and voice.weight >= SPEAKS_UP:
            local.setdefault(voice.place, set()).add(voice.type)
        elif voice.method == "gazetteer":
            known.setdefault(voice.place, set()).add(voice.type)
    for echo in echoes:
        contradicted = echo.place in local and echo.type not in local[echo.place]
        quiet = contradicted or len(known.get(echo.place, ())) > 1
        yield replace(echo, weight=QUIET * echo.weight) if quiet else echo


def writings(form: str) -> tuple[str, ...]:
    """The form, and how else this press writes it: « CNIL » or « Cnil », capitals throughout in a headline."""
    if form.isupper() and len(form) > 3 and form.isalpha():
        return form, form.capitalize()
    return (form, form.upper()) if len(form) > 3 and not form.isupper() else (form,)


def _hyphenated(folded: str, start: int, end: int) -> bool:
    """True for « Loire » in « Loire-Calcul », where a hyphen ties it to another capital."""
    tied_after = folded[end : end + 1] == "-" and folded[end + 1 : end + 2].isupper()
    return tied_after or (folded[start - 1 : start] == "-" and folded[max(0, start - 2) : start - 1].isalpha())


def _goes_on(folded: str, end: int) -> bool:
    """True where another capitalised word follows, so that the word is part of a longer name."""
    return folded[end : end + 1] == " " and (folded[end + 1 : end + 2].isupper() or folded[end + 1 : end + 2] == "&")


def occurrences(folded: str, form: str) -> Iterator[tuple[int, int]]:
    """Where `form` stands in the text, in its very writing, as whole words."""
    start = folded.find(form)
    while start >= 0:
        end = start + len(form)
        if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum() or _hyphenated(folded, start, end)):
            yield start, end
        start = folded.find(form, end)
