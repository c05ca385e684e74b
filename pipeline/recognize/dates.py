"""Finds temporal expressions: dates, durations, recurrences, by the rules of `rules/dates.yaml`."""

from __future__ import annotations

import re

from pipeline.lexicon import Lexicon
from pipeline.model import Document, Mention
from pipeline.recognize.scan import Hit, compile_rules

_LEADS = ("since", "from", "after", "by", "before", "until", "for", "as_of", "around")
_COUNTING = ("after", "before")
LEAD = 40
"""Characters before a span in which its preposition is sought."""


class DateRecognizer:
    """Finds the temporal expressions of a document. Built once from the lexicon.

    A mention's `parts` hold what its rule captured, and `lead`: since, from, after, by, before, until, for, as_of or around,
    where a preposition before the span opens it (« d'ici l'été »); or `counts`, after or before, where a length of time before
    it is counted from it (« deux semaines avant le 13 mai »).
    """

    def __init__(self, lexicon: Lexicon):
        file = lexicon.rules["dates"]
        self._scanner = compile_rules(file)
        leads = "|".join(f"(?P<{lead}>{file.atoms[f'lead_{lead}']})" for lead in _LEADS)
        self._count_gap = re.compile(rf" (?:{file.atoms['count_hedge']})?")
        self._lead = re.compile(rf"(?<!\w)(?:{leads}) ?(?:{file.atoms['lead_determiner']}){{0,2}}$", re.IGNORECASE)

    def find(self, document: Document) -> tuple[Mention, ...]:
        """The mentions (type date, duration or set) in order of their place, none overlapping another."""
        mentions: list[Mention] = []
        for hit in self._scanner.scan(document):
            mentions.append(self._mention(document, hit, mentions[-1] if mentions else None))
        return tuple(mentions)

    def _mention(self, document: Document, hit: Hit, before: Mention | None) -> Mention:
        parts = hit.parts
        if hit.rule.finds == "date" and (found := self._find_lead(document.folded, hit.start)):
            lead, start = found
            between = document.folded[before.end : start] if before is not None and before.type == "duration" else ""
            counts = lead in _COUNTING and self._count_gap.fullmatch(between) is not None
            parts = {**parts, "counts" if counts else "lead": lead}
        return Mention(hit.start, hit.end, document.text[hit.start : hit.end], hit.rule.finds, hit.rule.id, parts=parts)

    def _find_lead(self, folded: str, start: int) -> tuple[str, int] | None:
        """The preposition that opens a date, and where it stands."""
        window = max(0, start - LEAD)
        found = self._lead.search(folded[window:start])
        return (found.lastgroup or "", window + found.start()) if found else None
