"""People by the shape of their names: a given name and what follows, and particles after a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Document, Span
from pipeline.recognize.evidence import Evidence

FULL_NAME, TITLED, GIVEN_ALONE = 2.6, 4.0, 1.3
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w]*(?:[-'][\w]+)*"
_FOREIGN = r"(?:von der|van der|van den|van de|von|van|der|den|ter|di|da|dos|del|della|de la|el|al|ben|bin|ibn)"
_TAIL = re.compile(rf" (?:{_FOREIGN} |[DO]'){_CAPITAL}(?: {_CAPITAL})*")
_NOBLE_TAIL = re.compile(rf"(?: (?:de la |de |du |des |de l')| d'|(?= (?:Le|La) )) ?{_CAPITAL}(?:-{_CAPITAL})*")
_TITLE_AND_PARTICLE = re.compile(
    rf"(?<!\w)(?:M\.|Mme|Mlle|MM\.|Me|Dr|Pr) (?P<name>(?:{_FOREIGN}|de|du|des|d'|de l') ?{_CAPITAL}(?: {_CAPITAL})?)"
)


def find_people(document: Document, chunks: Iterable[Span], given_names: frozenset[str]) -> Iterator[Evidence]:
    """Evidence for « Ursula von der Leyen », « Marielle de Brissac », « Mme de Brissac »; weak for a given name alone."""
    folded = document.folded
    for chunk in chunks:
        words = folded[chunk.start : chunk.end].split(" ")
        if words[0] not in given_names:
            continue
        alone = all(word in given_names for word in words)
        tail = _TAIL.match(folded, chunk.end) or (_NOBLE_TAIL.match(folded, chunk.end) if alone else None)
        if tail:
            yield _person(chunk.start, tail.end(), "per-given-name", FULL_NAME)
        elif len(words) > 1:
            yield _person(chunk.start, chunk.end, "per-given-name", FULL_NAME)
        else:
            yield _person(chunk.start, chunk.end, "per-given-name-alone", GIVEN_ALONE)
    for match in _TITLE_AND_PARTICLE.finditer(folded):
        yield _person(*match.span("name"), "per-title-before", TITLED)


def _person(start: int, end: int, rule_id: str, weight: float) -> Evidence:
    return Evidence(start, end, "PER", "rule", rule_id, weight)
