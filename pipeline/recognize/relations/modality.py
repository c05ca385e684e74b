"""Whether a sentence says that something happened, did not, may happen or is to come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pipeline.model import Modality

Form = Literal["finite", "participle", "infinitive", "future", "conditional", "noun"]

_WINDOW = 80
_MODALITY: Mapping[str, Modality] = {"denied": "denied", "possible": "possible", "fact": "asserted", "planned": "planned"}
_ALWAYS: Mapping[Form, Modality] = {"conditional": "possible", "future": "planned"}


class ModalityReader:
    """Reads the modality of a trigger from its form and the words before it; built once from `words/events.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._cues = {
            kind: [(_MODALITY[m], re.compile("|".join(f"(?:{p})" for p in ps), re.IGNORECASE)) for m, ps in lists.items()]
            for kind, lists in words["modality"].items()
        }
        self._behind = {m: re.compile(p, re.IGNORECASE) for m, p in words["behind"].items()}
        self._negation = re.compile(words["negation"]["before"], re.IGNORECASE)
        self._known = re.compile(words["negation"]["known"], re.IGNORECASE)
        self._negated = re.compile(words["negation"]["words"], re.IGNORECASE)

    def read(self, clause: str, behind: str, form: Form) -> Modality:
        """The modality of a trigger: `clause` are the words before it in its clause, `behind` those right behind it.

        « Lumio pourrait », « racheter » (infinitive) → possible; « Lumio n'a pas », « racheté » (participle) → denied.
        """
        if self._is_negated(clause, behind) and not (form == "noun" and self._known.search(clause)):
            return "denied"
        for outcome, cue in self._behind.items():
            if form == "noun" and cue.match(behind):
                return _MODALITY[outcome]
        if form in _ALWAYS:
            return _ALWAYS[form]
        kind = form if form in ("noun", "infinitive") else "verb"
        near = clause[-_WINDOW:]
        for modality, cue in self._cues[kind]:
            if cue.search(near):
                return modality
        return "possible" if form == "infinitive" else "asserted"

    def _is_negated(self, clause: str, behind: str) -> bool:
        match = self._negation.search(clause)
        if match is None:
            return False
        return self._negated.search(match[0]) is not None or self._negated.match(behind.lstrip()[:12]) is not None
