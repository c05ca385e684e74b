"""Whether a sentence says that something happened, did not, may happen or is to come."""

from __future__ import annotations

import re
from typing import Any

from pipeline.model import Modality

_NEGATION = re.compile(r"(?<!\w)(?:ne |n')[^.;:,]{0,40}$")
_NEGATED = re.compile(r"(?:pas|jamais|plus|aucune?|rien|point|guère|nullement)(?!\w)")
_ORDER: tuple[Modality, ...] = ("denied", "possible", "planned")


class ModalityReader:
    """Reads the modality of a trigger from its form and the words before it; built once from `words/events.yaml`."""

    def __init__(self, words: Any) -> None:
        self._before = {
            kind: re.compile(
                "|".join(f"(?:{p})" for p in words["modality"][kind]["before"] if "(?#negation)" not in p), re.IGNORECASE
            )
            for kind in _ORDER
        }
        self._fact = re.compile(words["fact_before_infinitive"], re.IGNORECASE)

    def read(self, clause: str, behind: str, form: str) -> Modality:
        """The modality of a trigger: `clause` are the words before it in its clause, `behind` those right behind it."""
        if form == "conditional":
            return "possible"
        if self._negated(clause, behind):
            return "denied"
        if form == "infinitive":
            return self._of_infinitive(clause)
        if form == "future":
            return "planned"
        near = clause[-70:]
        for kind in _ORDER:
            if self._before[kind].search(near):
                return kind
        return "asserted"

    def _of_infinitive(self, clause: str) -> Modality:
        near = clause[-50:]
        if self._before["denied"].search(near):
            return "denied"
        if self._fact.search(near):
            return "asserted"
        return "planned" if self._before["planned"].search(near) else "possible"

    def _negated(self, clause: str, behind: str) -> bool:
        match = _NEGATION.search(clause)
        if match is None:
            return False
        return _NEGATED.search(match[0]) is not None or _NEGATED.match(behind.strip()[:12]) is not None
