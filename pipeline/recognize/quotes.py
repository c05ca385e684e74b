"""Who said what: the words between quotation marks, each with its cue and its speaker resolved through the article.

The marks are read first (`relations.marks`), titles and scare quotes fall out, and each quotation that is left becomes one
character of its paragraph, so that the rules of `quotes.yaml` read « {quote}, a réagi {body} ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.lexicon import Lexicon, Rule
from pipeline.model import Document, Mention, Quote, Span
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.marks import Marked, find_marked
from pipeline.recognize.relations.masking import SIGNS, Masked, Masking, Sign, name_signs
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.subjects import find_subject, read_phrase

_QUOTE = SIGNS["quote"]
_LEFT = 400
_SENTENCE = re.compile(rf"(?<!\bM)(?<!\bMM)(?<!\bMe)(?<!\bDr)[.!?…]+ +(?=\S)|\n+|{_QUOTE} +(?=[A-ZÀ-Ý])")
_WORD = re.compile(r"[^\W_]+(?:[-'.,][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    finds: str
    pattern: re.Pattern[str]
    capital: bool


@dataclass(frozen=True, slots=True)
class _Attribution:
    rule_id: str
    cue: str | None
    resolution: Resolution


class QuoteRecognizer:
    """Direct speech of an article; built once from the lexicon.

    « Nous irons au bout », a déclaré Nora Belkacem. → a quote with speaker « Nora Belkacem » and cue « a déclaré ».
    """

    def __init__(self, lexicon: Lexicon) -> None:
        file = lexicon.rules["quotes"]
        self._descriptions = Descriptions(lexicon)
        ordered = sorted((rule for rule in file.rules if rule.finds != "indirect"), key=lambda rule: -rule.priority)
        self._behind = tuple(_rule(r, file.pattern(r)) for r in ordered if _starts_with_quote(r.pattern))
        self._before = tuple(
            _rule(r, file.pattern(r) if r.finds == "speaker-source" else f"(?:{file.pattern(r)})$")
            for r in ordered
            if not _starts_with_quote(r.pattern)
        )
        self._order = {rule.id: n for n, rule in enumerate(ordered)}
        self._incise = re.compile(file.expand("{incise}"))
        self._first_person = re.compile(file.expand("{first_person}"))
        self._stranger = re.compile(file.expand("{stranger}"))

    def find(self, document: Document, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
        """The article's direct quotations in order, those inside others included."""
        marked = find_marked(document)
        if not marked:
            return ()
        antecedents = Antecedents(document, mentions, self._descriptions)
        quotes: list[Quote] = []
        for level in sorted({m.depth for m in marked}):
            quotes += self._find_level(document, mentions, [m for m in marked if m.depth == level], antecedents)
        return tuple(sorted(quotes, key=lambda q: (q.start, -q.end)))

    def _find_level(
        self, document: Document, mentions: tuple[Mention, ...], marked: list[Marked], antecedents: Antecedents
    ) -> Iterator[Quote]:
        """The quotations of one depth, each read against the text around it."""
        signs = [Sign(m.outside.start, m.outside.end, "quote") for m in marked]
        masking = Masking(document.folded, (*signs, *name_signs(mentions)))
        before: Quote | None = None
        for quote in marked:
            if self._is_name(document, quote, mentions):
                continue
            masked = masking.mask(_region(document, quote))
            at = next(i for i, sign in masked.signs() if sign.start == quote.outside.start and sign.kind == "quote")
            found = self._attribute(document, quote, masked, at, mentions, antecedents, before)
            if found is None or not _is_speech(document, quote, found):
                continue
            if quote.depth and not _is_named_inside(found):
                found = replace(found, resolution=Resolution(None, "a voice within what somebody else says"))
            before = _quote(document, quote, found)
            yield before

    def _attribute(
        self,
        document: Document,
        quote: Marked,
        masked: Masked,
        at: int,
        mentions: tuple[Mention, ...],
        antecedents: Antecedents,
        before: Quote | None,
    ) -> _Attribution | None:
        """Who says the quotation, by the first rule that can tell; None where a rule says that it is none."""
        left = _sentence_start(masked.text, at)
        for rule, match in self._hits(masked, left, at):
            if rule.finds == "no-quotation":
                if rule.capital and not document.text[quote.start].isupper():
                    continue
                return None
            resolution = self._speaker(rule, match, masked, left, at, antecedents)
            if resolution is not None:
                return _Attribution(rule.id, _cue(match), resolution)
        inside = self._inside(document, quote, mentions, antecedents)
        if inside is not None:
            return inside
        return self._without_cue(document, quote, masked, left, at, antecedents, before)

    def _hits(self, masked: Masked, left: int, at: int) -> list[tuple[_Rule, re.Match[str]]]:
        """The rules that match right behind the quotation or right before it, the strongest first."""
        text = masked.text
        sentence = text[left : at + 1]
        hits = [(rule, match) for rule in self._behind if (match := rule.pattern.match(text, at))]
        hits += [(rule, match) for rule in self._before if (match := rule.pattern.search(sentence))]
        return sorted(hits, key=lambda hit: self._order[hit[0].id])

    def _speaker(
        self, rule: _Rule, match: re.Match[str], masked: Masked, left: int, at: int, antecedents: Antecedents
    ) -> Resolution | None:
        if rule.finds == "speaker-after":
            return _speaker_after(masked, match.end(), antecedents)
        if rule.finds == "speaker-source":
            return _named(read_phrase(masked, _skip_space(masked.text, left + match.end("cue")), antecedents, definite=True))
        if rule.finds == "speaker-pronoun":
            return antecedents.pronoun(match["pronoun"] or match["pronoun2"], masked.origin(at), speaking=True)
        return self._subject(masked, left, at, antecedents)

    def _subject(self, masked: Masked, left: int, at: int, antecedents: Antecedents) -> Resolution | None:
        """Who the words before the quotation are about; « je » is the person interviewed, an unknown noun nobody named."""
        clause = left + masked.text[left:at].rfind("; ") + 1
        if match := self._first_person.search(masked.text, clause, at):
            found = antecedents.interviewee()
            return Resolution(found, "answers the questions" if found else f"« {match[0]} » is the author")
        for start in dict.fromkeys((clause, left)):
            if match := self._stranger.match(masked.text, start, at):
                if not antecedents.descriptions.describes(match["phrase"]):
                    return Resolution(None, f"« {match['phrase'].strip()} » names nobody")
            if subject := find_subject(masked, start, at, antecedents):
                return subject[1]
        return None

    def _inside(
        self, document: Document, quote: Marked, mentions: tuple[Mention, ...], antecedents: Antecedents
    ) -> _Attribution | None:
        """Who says it where the cue stands inside the marks: « Nous ferons appel, a-t-il dit, et nous gagnerons »."""
        inner = tuple(m for m in mentions if quote.start <= m.start and m.end <= quote.end)
        masked = Masking(document.folded, name_signs(inner)).mask(Span(quote.start, quote.end))
        for match in self._incise.finditer(masked.text):
            pronoun = match["pronoun"] or match["pronoun2"]
            if pronoun:
                if pronoun == "on":
                    continue
                return _Attribution("quote-incise", match["pronominal"], antecedents.pronoun(pronoun, quote.start, speaking=True))
            resolution = _speaker_after(masked, match.end(), antecedents)
            if resolution is not None:
                return _Attribution("quote-incise", match["cue"], resolution)
        return None

    def _without_cue(
        self,
        document: Document,
        quote: Marked,
        masked: Masked,
        left: int,
        at: int,
        antecedents: Antecedents,
        before: Quote | None,
    ) -> _Attribution:
        """Who says it where no rule tells: the subject of the words before, else whoever spoke just before."""
        subject = self._subject(masked, left, at, antecedents) if masked.text[left:at].strip() else None
        if subject is not None:
            return _Attribution("quote-subject", None, subject)
        if (person := self._spoken_of(document, quote, before, antecedents)) is not None:
            return _Attribution("quote-after-sentence", None, Resolution(person, "the sentence before speaks of nobody else"))
        if before is not None and before.speaker_mention and _goes_on(document, before, quote):
            reason = f"goes on speaking: {name_of(before.speaker_mention)}"
            return _Attribution("quote-continues", None, Resolution(before.speaker_mention, reason))
        if document.blocks and quote.start < document.blocks[0].end and (found := antecedents.interviewee()):
            return _Attribution("quote-headline", None, Resolution(found, "answers the questions"))
        if masked.text[left:at].rstrip().endswith(":"):
            return _Attribution("quote-announced", ":", antecedents.person(quote.start))
        return _Attribution("quote-alone", None, Resolution(None, "nothing around the words says whose they are"))

    def _spoken_of(self, document: Document, quote: Marked, before: Quote | None, antecedents: Antecedents) -> Mention | None:
        """The person whom the sentence right before the quotation, in its paragraph and behind any other, speaks of."""
        block = max((b.start for b in document.blocks if b.start <= quote.start), default=0)
        start = max(block, before.end if before else 0)
        return antecedents.only_person(start, quote.outside.start)

    def _is_name(self, document: Document, quote: Marked, mentions: tuple[Mention, ...]) -> bool:
        """True where the marks hold a name and nothing else (« Le Chat »)."""
        return any(m.start <= quote.start and quote.end <= m.end for m in mentions)


def _rule(rule: Rule, pattern: str) -> _Rule:
    return _Rule(rule.id, rule.finds, re.compile(pattern), "capital" in rule.assigns)


def _is_named_inside(found: _Attribution) -> bool:
    return found.resolution.reason in ("named beside the words", "subject of the clause")


def _starts_with_quote(pattern: str | None) -> bool:
    return pattern is not None and pattern.startswith("{quote}")


def _named(resolution: Resolution | None) -> Resolution | None:
    return resolution if resolution and resolution.mention else None


def _speaker_after(masked: Masked, at: int, antecedents: Antecedents) -> Resolution | None:
    """Who speaks behind the cue, circumstances skipped: « a réagi dans un communiqué Nora Belkacem »."""
    aside = antecedents.syntax.circumstance.match(masked.text, at)
    while aside and aside.end() > at:
        at = aside.end()
        aside = antecedents.syntax.circumstance.match(masked.text, at)
    return read_phrase(masked, at, antecedents)


def _skip_space(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _cue(match: re.Match[str]) -> str | None:
    return (match.groupdict().get("cue") or "").strip() or None


def _region(document: Document, quote: Marked) -> Span:
    """The paragraphs that the quotation touches; one that only holds it brings the paragraph before, which announces it."""
    blocks = document.blocks
    first = max((n for n, b in enumerate(blocks) if b.start <= quote.outside.start), default=0)
    last = max((n for n, b in enumerate(blocks) if b.start < quote.outside.end), default=first)
    if first and quote.outside.start == blocks[first].start and document.folded[: blocks[first - 1].end].endswith(":"):
        first -= 1
    return Span(blocks[first].start, max(blocks[last].end, quote.outside.end))


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of the masked offset begins; a line that ends in a colon belongs to the quotation behind it."""
    start = max(0, at - _LEFT)
    for match in _SENTENCE.finditer(text, start, at + 1):
        if not (match[0].startswith("\n") and text[: match.start()].rstrip().endswith(":")):
            start = match.end()
    return start


def _goes_on(document: Document, before: Quote, quote: Marked) -> bool:
    """True where no heading and at most one paragraph stand between two quotations."""
    between = document.folded[before.end : quote.outside.start]
    lines = [line for line in between.split("\n")[1:-1] if line.strip()]
    return len(lines) <= 1 and all(line.rstrip()[-1:] in '.:!?…»”"' for line in lines)


def _is_speech(document: Document, quote: Marked, found: _Attribution) -> bool:
    """False for scare quotes: fewer than three words, unless a whole sentence that somebody is said to say."""
    words = len(_WORD.findall(document.folded[quote.start : quote.end]))
    if words >= 3:
        return True
    return words == 2 and found.rule_id in ("quote-verb-after", "quote-pronoun-after") and document.text[quote.start].isupper()


def _quote(document: Document, quote: Marked, found: _Attribution) -> Quote:
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
    )
