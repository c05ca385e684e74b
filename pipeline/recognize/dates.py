"""Finds temporal expressions: dates, durations, recurrences, by the rules of `rules/dates.yaml`."""

from __future__ import annotations

import re

from pipeline.lexicon import Lexicon
from pipeline.model import Document, Mention
from pipeline.recognize.scan import Hit, compile_rules

_LEADS = ("since", "from", "after", "by", "until", "for")
LEAD = 40
"""Characters before a span in which its preposition is sought."""


class DateRecognizer:
    """Finds the temporal expressions of a document. Built once from the lexicon.

    A mention's `parts` hold what its rule captured, and `lead`: since, from, after, by, until or for, where a preposition before
    the span opens it (« d'ici l'été »).
    """

    def __init__(self, lexicon: Lexicon):
        file = lexicon.rules["dates"]
        self._scanner = compile_rules(file)
        leads = "|".join(f"(?P<{lead}>{file.atoms[f'lead_{lead}']})" for lead in _LEADS)
        self._lead = re.compile(rf"(?<!\w)(?:{leads}) ?(?:{file.atoms['lead_determiner']}){{0,2}}$", re.IGNORECASE)

    def find(self, document: Document) -> tuple[Mention, ...]:
        """The mentions (type date, duration or set) in order of their place, none overlapping another."""
        return tuple(self._mention(document, hit) for hit in self._scanner.scan(document.folded))

    def _mention(self, document: Document, hit: Hit) -> Mention:
        parts = hit.parts
        if hit.rule.finds == "date" and (lead := self._find_lead(document.folded, hit.start)):
            parts = {**parts, "lead": lead}
        return Mention(hit.start, hit.end, document.text[hit.start : hit.end], hit.rule.finds, hit.rule.id, parts=parts)

    def _find_lead(self, folded: str, start: int) -> str | None:
        found = self._lead.search(folded[max(0, start - LEAD) : start])
        return found.lastgroup if found else None
