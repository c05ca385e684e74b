"""Short forms of names given in full: surnames, heads of bodies (« la Commission »), first words of firms (« Ginkgo »), lines of
products (« la Bourrasque » of « Bourrasque 4 »).

A short form stands for a name given before it, or anywhere for one in the headline. Where several people share a surname,
the title before it decides (« Mme Kervadec » is Yvonne), then the nearest name before.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipeline.lexicon import RuleFile
from pipeline.model import Document, EntityType
from pipeline.recognize.ballot import Decision
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.occurrences import goes_on, occurrences
from pipeline.recognize.weights import Weights
from pipeline.text import fold_accents

FEWEST_LETTERS, FEWEST_INITIALS = 4, 3
_WORD = re.compile(r"[^\W\d_][\w-]*")
REACH = 20
"""Characters before a surname in which its title stands."""
_INITIALS = re.compile(r"(?<![\w.])(?!M\.)(?:[A-ZÀ-ÖØ-Þ][a-z]?\.[ -]?){1,2}\Z")
_SURNAME, _GIVEN_NAME, _WITHOUT_FORM = "surname-of-person", "given-name-of-person", "name-without-legal-form"
_ANYWHERE = (_GIVEN_NAME, _WITHOUT_FORM)
Gender = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Full:
    """A name given in full: where, of which type, under which canonical name, and a person's gender where known."""

    start: int
    end: int
    type: EntityType
    canonical: str
    rule_id: str
    gender: Gender | None


@dataclass(slots=True)
class _Nearest:
    """Of full names with one short form, the last of each gender and rule: nobody else can be meant."""

    names: dict[tuple[str, Gender | None], Full] = field(default_factory=dict)

    def add(self, name: Full) -> None:
        """Let the name, which stands behind those before, take the place of the one like it."""
        self.names.pop((name.rule_id, name.gender), None)
        self.names[name.rule_id, name.gender] = name


class ShortForms:
    """Finds the short forms of the names decided in an article."""

    def __init__(self, shapes: RuleFile, words: Mapping[str, Any], given: Mapping[str, Any], weights: Weights) -> None:
        self._weights = weights
        self._article = re.compile(shapes.expand("(?:{article_before})$"))
        self._person_before = re.compile(shapes.expand("{person_before}$"))
        self._titles: dict[Gender, re.Pattern[str]] = {
            "female": re.compile(shapes.expand("(?:{feminine_title})$")),
            "male": re.compile(shapes.expand("(?:{masculine_title})$")),
        }
        either = frozenset(given["either"])
        self._gender: dict[str, Gender | None] = {}
        for gender in self._titles:
            self._gender |= {name: None if name in either or name in self._gender else gender for name in given[gender]}
        self._gender |= dict.fromkeys(sorted(either))
        self._particles = frozenset(words["particles"])
        self._small = frozenset(words["small_words"])
        self._heads, self._legal_forms = frozenset(words["short_heads"]), frozenset(words["legal_forms"])

    def find(self, document: Document, decisions: Iterable[Decision], full: Mapping[str, str]) -> Iterator[Evidence]:
        """Evidence for each short form; `full` gives the canonical names of full forms where they are known."""
        headline = document.blocks[0].end if document.blocks else 0
        for short, names in self._names(document, decisions, full).items():
            places = [
                place
                for writing in dict.fromkeys((short, short[0].upper() + short[1:]))
                for place in occurrences(document.folded, writing)
            ]
            ahead, passed, last = deque(names), _Nearest(), _Nearest()
            for name in names:
                last.add(name)
            for start, end in sorted(places):
                while ahead and ahead[0].end <= start:
                    passed.add(ahead.popleft())
                behind = [
                    name for name in last.names.values() if end <= name.start and (end <= headline or name.rule_id in _ANYWHERE)
                ]
                known = [*passed.names.values(), *behind]
                if known and not goes_on(document.folded, end) and self._stands(document, start, known[-1]):
                    name = self._meant(document, start, known)
                    first = _with_initials(document.folded, start, name)
                    weight = self._weigh(document, start, end, name)
                    yield Evidence(first, end, name.type, "consistency", name.rule_id, weight, name.canonical)

    def surname(self, full: str) -> str | None:
        """The surname of a full name: « von der Leyen » of « Ursula von der Leyen »; None where it cannot be told."""
        words = full.split(" ")
        for number, word in enumerate(words[1:], 1):
            if word.lower() in self._particles or word not in self._gender or number == len(words) - 1:
                return " ".join(words[number:])
        return None

    def _names(self, document: Document, decisions: Iterable[Decision], full: Mapping[str, str]) -> dict[str, list[Full]]:
        names: dict[str, list[Full]] = {}
        for decision in decisions:
            surface = document.folded[decision.start : decision.end]
            short, rule_id = self._short(surface, decision.type)
            for acronym in self._initials(surface) if rule_id == "head-of-body" else ():
                initials = Full(decision.start, decision.end, decision.type, full.get(surface, surface), "initials-of-body", None)
                names.setdefault(acronym, []).append(initials)
            if short:
                given = surface.split(" ")[0]
                gender = self._gender.get(given) or self._title_gender(document, decision.start)
                name = Full(decision.start, decision.end, decision.type, full.get(surface, surface), rule_id, gender)
                names.setdefault(short, []).append(name)
                if decision.type == "PER" and given in self._gender:
                    names.setdefault(given, []).append(replace(name, rule_id=_GIVEN_NAME))
        return names

    def _initials(self, surface: str) -> tuple[str, ...]:
        """The acronyms that a body's name makes: « Agence du revenu numérique » → ARN, Arn; none shorter than three."""
        words = [word for word in _WORD.findall(surface) if word.lower() not in self._small]
        acronym = fold_accents("".join(word[0].upper() for word in words))
        return (acronym, acronym.capitalize()) if len(acronym) >= FEWEST_INITIALS else ()

    def _short(self, surface: str, entity_type: EntityType) -> tuple[str | None, str]:
        words = surface.split(" ")
        if len(words) < 2 or entity_type not in ("PER", "ORG", "PRODUCT"):
            return None, ""
        if entity_type == "PRODUCT":
            is_line = len(words) == 2 and len(words[0]) >= FEWEST_LETTERS and words[1].isdigit()
            return (words[0], "line-of-product") if is_line else (None, "")
        if entity_type == "PER":
            return self.surname(surface), _SURNAME
        if words[0] in self._heads:
            return words[0], "head-of-body"
        if len(words[0]) >= FEWEST_LETTERS and words[0][0].isupper() and words[1][0].isupper():
            return words[0], "first-word-of-name" if set(words[1:]) - self._legal_forms else _WITHOUT_FORM
        return None, ""

    def _stands(self, document: Document, start: int, name: Full) -> bool:
        """False for what stands with its article only: « Commission et commissaires », « Mistral » of « Mistral 7 »."""
        if name.rule_id not in ("head-of-body", "line-of-product"):
            return True
        return self._article.search(document.folded, max(0, start - REACH), start) is not None

    def _weigh(self, document: Document, start: int, end: int, name: Full) -> float:
        if name.rule_id == _WITHOUT_FORM and end <= name.start:
            return self._weights.short_form_early
        free = name.rule_id == _SURNAME and self._person_before.search(document.folded, max(0, start - REACH), start)
        return self._weights.surname_free if free else self._weights.short_form

    def _meant(self, document: Document, start: int, names: list[Full]) -> Full:
        gender = self._title_gender(document, start)
        fitting = [name for name in names if name.gender == gender] if gender else []
        return (fitting or [name for name in names if not gender or name.gender is None] or names)[-1]

    def _title_gender(self, document: Document, start: int) -> Gender | None:
        first = max(0, start - REACH)
        return next((g for g, title in self._titles.items() if title.search(document.folded, first, start)), None)


def _with_initials(folded: str, start: int, name: Full) -> int:
    """Where the surname at `start` begins with the initials before it: « C. Roubaud » of Clémence Roubaud; « M. » is a title."""
    initials = _INITIALS.search(folded, max(0, start - 8), start) if name.rule_id == _SURNAME else None
    return initials.start() if initials and initials[0][0] == folded[name.start] else start
