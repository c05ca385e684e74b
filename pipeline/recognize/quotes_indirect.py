"""Indirect speech: what somebody is said to say without quotation marks (« X affirme que … »), apart from the quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.lexicon import Lexicon
from pipeline.lexicon.conditions import Conditions
from pipeline.lexicon.expressions import Expression
from pipeline.model import Document, Mention, Quote
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.masking import Masked, masked_surroundings
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.scores import RuleScores, speaker_key
from pipeline.recognize.relations.subjects import find_subject
from pipeline.recognize.sieve import Sieve


class IndirectQuoteRecognizer:
    """The indirect speech of an article; built once from the lexicon, with its `descriptions` where they are built already.

    Nora Belkacem affirme que le marché est saturé. → « le marché est saturé », speaker Nora Belkacem, kind indirect.
    """

    def __init__(self, lexicon: Lexicon, *, descriptions: Descriptions | None = None) -> None:
        file = lexicon.rules["quotes"]
        rules = sorted((rule for rule in file.rules if rule.finds == "indirect"), key=lambda rule: -rule.priority)
        self._rules = tuple((rule.id, Expression(file.pattern(rule)), Conditions(file, rule)) for rule in rules)
        self._sieve = Sieve(pattern for _, pattern, _ in self._rules)
        self._descriptions = descriptions or Descriptions(lexicon)
        self._scores = RuleScores(lexicon.words["relations_calibration"])

    def find(
        self, document: Document, mentions: tuple[Mention, ...], *, antecedents: Antecedents | None = None
    ) -> tuple[Quote, ...]:
        """The words reported without marks whose speaker is known, in order, without overlaps."""
        antecedents = antecedents or Antecedents(document, mentions, self._descriptions)
        found: list[Quote] = []
        for span in document.sentences:
            for quote in self._find_in(antecedents.told.mask(span), document, antecedents):
                if not found or quote.start >= found[-1].end:
                    found.append(quote)
        return tuple(found)

    def _find_in(self, masked: Masked, document: Document, antecedents: Antecedents) -> Iterator[Quote]:
        for rule_id, pattern, conditions in map(self._rules.__getitem__, self._sieve.passing(masked.text)):
            match = pattern.compiled.search(masked.text)
            around = masked_surroundings(document, antecedents.told, masked)
            if match and conditions.hold(masked.text, *match.span(), around):
                speaker = _speaker(match, masked, antecedents)
                if speaker is not None and speaker.mention is not None:
                    score = self._scores.of("statement", speaker_key(rule_id, speaker))
                    yield replace(_quote(match, masked, document, rule_id, speaker), score=score)
                    return


def _speaker(match: re.Match[str], masked: Masked, antecedents: Antecedents) -> Resolution | None:
    groups = match.groupdict()
    if groups.get("speaker"):
        return Resolution(masked.mention(match.end("speaker") - 1), "named beside the words")
    if pronoun := groups.get("pronoun") or groups.get("pronoun2"):
        return antecedents.pronoun(pronoun, masked.origin(match.start("cue")), speaking=True)
    subject = find_subject(masked, 0, match.start("cue"), antecedents)
    return subject[1] if subject else None


def _quote(match: re.Match[str], masked: Masked, document: Document, rule_id: str, speaker: Resolution) -> Quote:
    words = match["words"]
    first = match.start("words")
    start, end = masked.origin(first), masked.ending(first + len(words.rstrip(" ,")))
    name = name_of(speaker.mention) if speaker.mention else None
    return Quote(
        start,
        end,
        document.text[start:end],
        name,
        speaker.mention,
        match["cue"],
        rule_id,
        kind="indirect",
        reason=speaker.reason,
    )
