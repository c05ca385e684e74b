"""What nearly was a quotation, a role or an event, or nearly had another speaker: for those who ask why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.salience import Candidate

_MOST = 4


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A stretch of text with what was weighed there: `kind` is quote, role or the event's type, `rule_id` whose look it was."""

    start: int
    end: int
    kind: str
    text: str
    rule_id: str
    what: str


def weighed(candidates: Iterable[Candidate], gender: Callable[[str], str | None]) -> str:
    """The likeliest of those who may be meant, with the evidence for and against each, and the gender where it is known.

    « Nora Belkacem +3.2 (in the same sentence, its subject, feminine); Lumio -0.8 (2 sentences before, not its subject) »
    """
    shown = [f"{name_of(c.mention)} {c.weight:+.1f} ({_evidence(c, gender(name_of(c.mention)))})" for c in candidates][:_MOST]
    return "; ".join(shown) or "nobody is named before"


def _evidence(candidate: Candidate, gender: str | None) -> str:
    far = "1 sentence before" if candidate.distance == 1 else f"{candidate.distance} sentences before"
    where = far if candidate.distance else "in the same sentence"
    subject = "its subject" if candidate.appearance.subject else "not its subject"
    return f"{where}, {subject}{', inside a quotation' if candidate.appearance.quoted else ''}{f', {gender}' if gender else ''}"
