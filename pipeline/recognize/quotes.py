"""Who said what: the words between quotation marks, each with its cue and its speaker resolved through the article.

The marks are read first (`relations.marks`), titles and scare quotes fall out, and each quotation that is left becomes one
character of its paragraph, so that the rules of `quotes.yaml` read « {quote}, a réagi {body} » (`quotes_speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pipeline.lexicon import Lexicon
from pipeline.model import Document, Mention, Quote, Span
from pipeline.recognize.quotes_scene import Attribution, Scene
from pipeline.recognize.quotes_speakers import SpeakerReader
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.marks import Marked
from pipeline.recognize.relations.masking import Masking, Sign, masked_surroundings, name_signs
from pipeline.recognize.relations.near_misses import NearMiss, weighed
from pipeline.recognize.relations.resolution import NAMED, Resolution, name_of
from pipeline.recognize.relations.scores import RuleScores, speaker_key

_LEFT, _RIGHT = 800, 400
"""How many characters around a quotation may tell its speaker."""
_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W_]+(?:[-'.,][^\W_]+)*")
_DIRECT_REASONS = ("named beside the words", "subject of the clause")
_ALONE, _REPEATED = "quote-alone", "quote-repeated"
_ASKED = "quote-asked"
"""Whoever is asked speaks, however short the answer: « Et demain ? « Rien. » Puis : « … » »"""
_SPOKEN = ("quote-verb-after", "quote-pronoun-after")
"""Rules under which even two words that begin with a capital are speech (« Nous contestons », a réagi Lumio)."""


class QuoteRecognizer:
    """Direct speech of an article; built once from the lexicon, with its `descriptions` where they are built already.

    « Nous irons au bout », a déclaré Nora Belkacem. → a quote with speaker « Nora Belkacem » and cue « a déclaré ».
    """

    def __init__(self, lexicon: Lexicon, *, descriptions: Descriptions | None = None) -> None:
        self._descriptions = descriptions or Descriptions(lexicon)
        self._speakers = SpeakerReader(lexicon)
        self._scores = RuleScores(lexicon.words["relations_calibration"])
        self._sentence = re.compile(lexicon.rules["quotes"].expand("{sentence_end}"))

    def find(
        self, document: Document, mentions: tuple[Mention, ...], *, antecedents: Antecedents | None = None
    ) -> tuple[Quote, ...]:
        """The article's direct quotations in order, those inside others included; `antecedents` where they are known already."""
        antecedents = antecedents or Antecedents(document, mentions, self._descriptions)
        read = (quote for _, quote in self._read(document, mentions, antecedents) if quote is not None)
        quotes = sorted(read, key=lambda q: (q.start, -q.end))
        headline = document.blocks[0].end if document.blocks else 0
        return tuple(self._as_below(quote, quotes[number + 1 :], headline) for number, quote in enumerate(quotes))

    def near_misses(self, document: Document, mentions: tuple[Mention, ...]) -> Iterator[NearMiss]:
        """For each stretch between marks: the rules that matched beside it, and who may speak; or why it is no quotation."""
        for scene, quote in self._read(document, mentions, Antecedents(document, mentions, self._descriptions)):
            rules = ", ".join(self._speakers.matching(scene)) or "no rule"
            rivals = weighed(scene.antecedents.speakers(scene.quote.start), scene.antecedents.portraits.gender)
            what = f"{rules} beside it; who may speak: {rivals}"
            if quote is None:
                words = _count_words(document, scene.quote)
                what = f"no quotation: {rules} beside it; {words} words of the {_LEAST_WORDS} that a quotation has at least"
            start, end = scene.quote.start, scene.quote.end
            yield NearMiss(start, end, "quote", document.text[start:end], quote.rule_id if quote else "", what)

    def _read(
        self, document: Document, mentions: tuple[Mention, ...], antecedents: Antecedents
    ) -> Iterator[tuple[Scene, Quote | None]]:
        """Each stretch between marks but bare names, with the quotation that it is, outer ones before those inside them."""
        marked = antecedents.marked
        for level in sorted({m.depth for m in marked}):
            yield from self._read_level(document, mentions, [m for m in marked if m.depth == level], antecedents)

    def _read_level(
        self, document: Document, mentions: tuple[Mention, ...], marked: list[Marked], antecedents: Antecedents
    ) -> Iterator[tuple[Scene, Quote | None]]:
        """The quotations of one depth, each read against the text around it; whoever speaks stands out for the next."""
        signs = [Sign(m.outside.start, m.outside.end, "quote") for m in marked if m.depth]
        masking = Masking(document.folded, (*signs, *name_signs(mentions))) if signs else antecedents.told
        before: Quote | None = None
        for quote in marked:
            if _is_name(quote, mentions):
                continue
            masked = masking.mask(_region(document, quote))
            at = next(i for i, sign in masked.signs() if sign.start == quote.outside.start and sign.kind == "quote")
            left, around = self._sentence_start(masked.text, at), masked_surroundings(document, masking, masked)
            scene = Scene(document, mentions, antecedents, quote, masked, at, left, before, around)
            found = self._speakers.read(scene)
            is_speech = found is not None and _is_speech(document, quote, found)
            heard = self._quote(document, quote, found) if found and (is_speech or found.rule_id == _ASKED) else None
            yield scene, heard if is_speech else None
            before = heard or before
            if heard is not None and heard.speaker_mention is not None and not quote.depth:
                antecedents.hear(heard.speaker_mention, quote.outside.end)

    def _as_below(self, quote: Quote, below: list[Quote], headline: int) -> Quote:
        """The quotation; one of the headline, or beside which nobody is named, with the speaker of the same words `below`."""
        if quote.rule_id != _ALONE and (quote.start >= headline or quote.reason in NAMED):
            return quote
        words = _bare(quote.text)
        voices = (q.speaker_mention for q in below if q.start > headline and words in _bare(q.text))
        if (speaker := next(filter(None, voices), None)) is None:
            return quote
        name = name_of(speaker)
        said = Resolution(speaker, f"says the same words below: {name}")
        score = self._scores.of("quote", speaker_key(_REPEATED, said))
        return replace(quote, speaker=name, speaker_mention=speaker, rule_id=_REPEATED, reason=said.reason, score=score)

    def _sentence_start(self, text: str, at: int) -> int:
        """Where the sentence of the masked offset begins; a line that ends in a colon belongs to the quotation behind it."""
        start = 0
        for match in self._sentence.finditer(text, start, at + 1):
            if not (match[0].startswith("\n") and text[: match.start()].rstrip().endswith(":")):
                start = match.end()
        return start

    def _quote(self, document: Document, quote: Marked, found: Attribution) -> Quote:
        """The row; within another quotation only a speaker named there counts."""
        if quote.depth and found.resolution.reason not in _DIRECT_REASONS:
            found = replace(found, resolution=Resolution(None, "a voice within what somebody else says"))
        mention = found.resolution.mention
        return Quote(
            quote.start,
            quote.end,
            document.text[quote.start : quote.end],
            name_of(mention) if mention else None,
            mention,
            found.cue,
            found.rule_id,
            reason=found.resolution.reason,
            score=self._scores.of("quote", speaker_key(found.rule_id, found.resolution)),
        )


def _bare(text: str) -> str:
    """The words in lower case, without the signs around them."""
    return text.lower().strip(" .,!?…")


def _is_name(quote: Marked, mentions: tuple[Mention, ...]) -> bool:
    """True where the marks hold a name and nothing else (« Le Chat »)."""
    return any(m.start <= quote.start and quote.end <= m.end for m in mentions)


def _region(document: Document, quote: Marked) -> Span:
    """The paragraphs that the quotation touches, as far as they matter.

    One that only holds the quotation brings the paragraph before, which announces it.
    """
    blocks, outside = document.blocks, quote.outside
    first = max(0, bisect_right(blocks, outside.start, key=lambda b: b.start) - 1)
    last = max(first, bisect_left(blocks, outside.end, key=lambda b: b.start) - 1)
    if first and outside.start == blocks[first].start and document.folded[blocks[first - 1].end - 1] == ":":
        first -= 1
    start, end = blocks[first].start, max(blocks[last].end, outside.end)
    return Span(max(start, outside.start - _LEFT), min(end, outside.end + _RIGHT))


def _count_words(document: Document, quote: Marked) -> int:
    return len(_WORD.findall(document.folded[quote.start : quote.end]))


def _is_speech(document: Document, quote: Marked, found: Attribution) -> bool:
    """False for scare quotes: fewer than three words, unless a whole sentence that somebody is said to say."""
    spoken = found.rule_id in _SPOKEN and document.text[quote.start].isupper()
    return _count_words(document, quote) >= _LEAST_WORDS - spoken
