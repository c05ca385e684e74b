"""What gold can prove of one's own rules, as values, and which rule a thing that nobody found is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.model import Extraction
from pipeline.workbench.looks import BACK, FAR_BACK, Look, look_beside, look_over
from pipeline.workbench.sights import Eyes, family_of
from pipeline.workbench.themes import find_chunks


@dataclass(frozen=True, slots=True)
class Adopted:
    """A sentence for one rule: an example with its marks, or a refusal. `published` is the day an example is read against.

    `cast` are the names in it, each with its type, which the proof of relations has to know as names.
    """

    theme: str
    rule_id: str
    kind: Literal["example", "refusal"]
    text: str
    published: str | None = None
    cast: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that would prove a rule and cannot stand alone as its proof, and why."""

    theme: str
    rule_id: str
    text: str
    reason: str


def find_nearest(file: RuleFile, rules: Sequence[Rule], at: int, found: Extraction, lexicon: Lexicon) -> Rule | None:
    """The rule that came nearest to the place; the only one of its kind where none came near."""
    family = family_of(file.path.stem)
    inside = [rule for rule in rules if rule.stands is None]
    looks: list[Look] = []
    for sight in Eyes(lexicon).see(family, found):
        if (place := sight.find(at)) is not None:
            back = BACK.get(family, FAR_BACK)
            looks += look_over(file, inside, sight, place, back=back, written=found.document.text)
        if family == "names":
            beside = (name for name in find_chunks(lexicon, found.document) if name.start <= at < name.end)
            looks += [look for name in beside for look in look_beside(file, [r for r in rules if r.stands], sight, name)]
    if looks:
        return min(looks, key=lambda look: (look.distance, -look.read, look.rule.id)).rule
    return rules[0] if len(rules) == 1 else None
