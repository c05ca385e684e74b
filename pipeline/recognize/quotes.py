"""Who said what: the words between quotation marks, each with its cue and its speaker resolved through the article.

The marks are read first (`relations.marks`), titles and scare quotes fall out, and each quotation that is left becomes one
character of its paragraph, so that the rules of `quotes.yaml` read « {quote}, a réagi {body} ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.lexicon import Lexicon
from pipeline.model import Document, Mention, Quote, Span
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.marks import Marked, find_marked
from pipeline.recognize.relations.masking import SIGNS, Masked, Masking, Sign, name_signs
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
        ordered = sorted(file.rules, key=lambda rule: -rule.priority)
        self._behind = tuple(_Rule(r.id, r.finds, re.compile(file.pattern(r))) for r in ordered if _starts_with_quote(r.pattern))
        self._before = tuple(
            _Rule(r.id, r.finds, re.compile(f"(?:{file.pattern(r)})$")) for r in ordered if not _starts_with_quote(r.pattern)
        )
        self._order = {rule.id: n for n, rule in enumerate(ordered)}
        self._incise = re.compile(
            file.expand(
                r"(?:, |– |— )(?P<cue>{cue}) (?=\S)|(?:, |– |— )(?P<pronominal>{clitic}{0,2}(?:{aux}-(?:t-)?(?P<pronoun>{pro})(?: {adverb}){0,2} {said}|{says}-(?:t-)?(?P<pronoun2>{pro})(?!\w)))"
            )
        )

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
            before = _quote(document, quote, found)
            yield before

    def _attribute(  # noqa: PLR0913, PLR0917
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
                return None
            resolution = self._speaker(rule, match, masked, left, at, antecedents)
            if resolution is not None:
                return _Attribution(rule.id, _cue(match), resolution)
        inside = self._inside(document, quote, mentions, antecedents)
        if inside is not None:
            return inside
        return _without_cue(document, quote, masked, left, at, antecedents, before)

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
            return read_phrase(masked, match.end(), antecedents)
        if rule.finds == "speaker-source":
            return _named(read_phrase(masked, _skip_space(masked.text, left + match.end("cue")), antecedents))
        if rule.finds == "speaker-pronoun":
            return antecedents.pronoun(match["pronoun"] or match["pronoun2"], masked.origin(at))
        subject = find_subject(masked, left, at, antecedents)
        return subject[1] if subject else None

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
                return _Attribution("quote-incise", match["pronominal"], antecedents.pronoun(pronoun, quote.start))
            resolution = _named(read_phrase(masked, match.end(), antecedents))
            if resolution is not None:
                return _Attribution("quote-incise", match["cue"], resolution)
        return None

    def _is_name(self, document: Document, quote: Marked, mentions: tuple[Mention, ...]) -> bool:
        """True where the marks hold a name and nothing else (« Le Chat »)."""
        return any(m.start <= quote.start and quote.end <= m.end for m in mentions)


def _starts_with_quote(pattern: str | None) -> bool:
    return pattern is not None and pattern.startswith("{quote}")


def _named(resolution: Resolution | None) -> Resolution | None:
    return resolution if resolution and resolution.mention else None


def _skip_space(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _cue(match: re.Match[str]) -> str | None:
    return (match["cue"] or "").strip() or None


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
    for match in _SENTENCE.finditer(text, start, at):
        if not (match[0].startswith("\n") and text[: match.start()].rstrip().endswith(":")):
            start = match.end()
    return start


def _without_cue(  # noqa: PLR0913, PLR0917
    document: Document, quote: Marked, masked: Masked, left: int, at: int, antecedents: Antecedents, before: Quote | None
) -> _Attribution:
    """Who says it where no rule tells: the subject of the words before, else whoever spoke just before."""
    subject = find_subject(masked, left, at, antecedents)
    if subject is not None:
        return _Attribution("quote-subject", None, subject[1])
    if before is not None and before.speaker_mention and _goes_on(document, before, quote):
        reason = f"goes on speaking: {name_of(before.speaker_mention)}"
        return _Attribution("quote-continues", None, Resolution(before.speaker_mention, reason))
    if masked.text[left:at].strip():
        return _Attribution("quote-context", None, antecedents.person(quote.start))
    return _Attribution("quote-alone", None, Resolution(None, "nothing around the words says whose they are"))


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


def rules_of(quotes: Iterable[Quote]) -> tuple[str, ...]:
    """The rules that found the quotes, in order."""
    return tuple(quote.rule_id for quote in quotes)
