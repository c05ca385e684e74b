"""A quotation with what surrounds it, and what its place alone tells of who says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lexicon.conditions import Surroundings
from pipeline.model import Document, Mention, Quote
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.marks import Marked
from pipeline.recognize.relations.masking import SIGNS, Masked
from pipeline.recognize.relations.resolution import Resolution, name_of

_ENDS, _HEADING = '.:!?…»”"', 80
"""What a heading does not end in, and how many characters it has at most."""
_STANDFIRST = 3
"""An article with so many paragraphs has one that introduces it."""
_TITLE = 5
"""Within so many letters a paragraph's first name heads it (« Mme Belkacem : »)."""
_HEADS = re.compile(r" ?(?:\([^()]*\))? ?(?:[:–—]|\. [–—-]) ")
_SIGNATURE = re.compile(r" ?(?:[,(–—-][^.!?:;«»\"]{3,80})?")
_QUOTATIONS = re.compile(f"[ \n{SIGNS['quote']}]*")
_BEHIND = re.compile(f"[ {SIGNS['quote']}]+(?=[A-ZÀ-Ý{SIGNS['PER']}])")


@dataclass(frozen=True, slots=True)
class Scene:
    """A quotation with what surrounds it: its paragraphs masked, the offsets in them where it stands and where its
    sentence begins, the article's names, the quotation before it, and what conditions of rules see."""

    document: Document
    mentions: tuple[Mention, ...]
    antecedents: Antecedents
    quote: Marked
    masked: Masked
    at: int
    left: int
    before: Quote | None
    around: Surroundings

    @property
    def introduction(self) -> str:
        """The words of its sentence that stand before the quotation."""
        return self.masked.text[self.left : self.at]

    @property
    def quote_text(self) -> str:
        """The words between the marks, folded."""
        return self.document.folded[self.quote.start : self.quote.end]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words they are, by which rule and cue."""

    rule_id: str
    cue: str | None
    resolution: Resolution


def same_sentence(scene: Scene) -> Resolution | None:
    """Who says the quotation before, where it stands in the same sentence."""
    before = scene.before
    if before is None or before.speaker_mention is None or before.start < scene.masked.origin(scene.left):
        return None
    return Resolution(before.speaker_mention, f"goes on speaking: {name_of(before.speaker_mention)}")


def spoken_of(scene: Scene) -> Mention | None:
    """The person whom the sentence right before the quotation, in its paragraph and behind any other, speaks of."""
    block = max((b.start for b in scene.document.blocks if b.start <= scene.quote.start), default=0)
    start = max(block, scene.before.end if scene.before else 0)
    return scene.antecedents.preceding.only_person(start, scene.quote.outside.start)


def spoken_of_behind(scene: Scene) -> Mention | None:
    """The person whom the sentence right behind the quotation, in its paragraph, is about, where it opens the paragraph.

    One sentence further where that one only describes: « La nouvelle directrice est venue hier. Nora Belkacem, 51 ans, … »
    """
    document, masked = scene.document, scene.masked
    block = max((b for b in document.blocks if b.start <= scene.quote.start), key=lambda b: b.start)
    behind = _BEHIND.match(masked.text, scene.at)
    if behind is None or (_QUOTATIONS.fullmatch(masked.text, 0, scene.at) is None and masked.origin(0) < scene.quote.start):
        return None
    at = masked.origin(behind.end())
    for sentence in range(document.sentence_at(at), document.sentence_at(at) + 2 if at < block.end else 0):
        subject = scene.antecedents.subject(sentence)
        if subject is None or subject.mention is not None or document.sentences[sentence].end >= block.end:
            return subject.mention if subject and subject.mention and subject.mention.type == "PER" else None
    return None


def headed_by(scene: Scene, cues: re.Pattern[str]) -> Mention | None:
    """Who says something in the heading above a paragraph that the quotation fills: « Nora Belkacem réagit »."""
    blocks = scene.document.blocks
    number = next((n for n, b in enumerate(blocks) if b.start == scene.quote.outside.start), 0)
    above = scene.document.folded[blocks[number - 1].start : blocks[number - 1].end].rstrip() if number > 1 else ""
    if above[-1:] in _ENDS or len(above) > _HEADING or not fills_paragraph(scene) or not cues.search(above):
        return None
    subject = scene.antecedents.subject(scene.document.sentence_at(blocks[number - 1].end - 1))
    return subject.mention if subject else None


def answerer(scene: Scene) -> Mention | None:
    """Who answers in the quotation's paragraph, where his name heads it: « Nora Belkacem : J'ai répondu … »."""
    first = _first_of_paragraph(scene)
    return first if first and _HEADS.match(scene.document.folded, first.end) else None


def heads_paragraph(scene: Scene) -> Mention | None:
    """The person with whose name alone the quotation's paragraph begins: « Nora Belkacem. La directrice s'en va. »"""
    first = _first_of_paragraph(scene)
    return first if first and scene.document.folded[first.end : first.end + 2].strip() in (".", ":") else None


def _first_of_paragraph(scene: Scene) -> Mention | None:
    start = max((b.start for b in scene.document.blocks if b.start <= scene.quote.start), default=0)
    first = scene.antecedents.preceding.first(start, scene.quote.start)
    return first if first and first.type == "PER" and first.start - start <= _TITLE else None


def signed_below(scene: Scene) -> Mention | None:
    """Whose name, with what he is, fills the line below a paragraph that the quotation fills: « Nora Belkacem, PDG de Lumio »."""
    document, blocks = scene.document, scene.document.blocks
    number = next((n for n, b in enumerate(blocks) if b.start == scene.quote.outside.start), len(blocks))
    if number + 1 >= len(blocks) or not fills_paragraph(scene):
        return None
    below = blocks[number + 1]
    first = scene.antecedents.preceding.first(below.start, below.end)
    if first is None or first.type != "PER" or document.folded[below.start : first.start].strip(" –—-"):
        return None
    return first if _SIGNATURE.fullmatch(document.folded, first.end, below.end) else None


def is_headline(scene: Scene) -> bool:
    """True for a quotation of the article's first line, with others below it."""
    blocks = scene.document.blocks
    return len(blocks) >= _STANDFIRST and scene.quote.start < blocks[0].end


def is_heading(scene: Scene) -> bool:
    """True where the quotation fills a short line that ends in no sign: « Du bon sens », not « Du bon sens. »"""
    document, outside = scene.document, scene.quote.outside
    last = document.folded[scene.quote.end - 1]
    if not fills_paragraph(scene) or last in _ENDS or document.folded[outside.end : outside.end + 1] == ".":
        return False
    return outside.end - outside.start <= _HEADING and document.blocks[-1].start > outside.start


def introduced(scene: Scene) -> Mention | None:
    """The one person whom the paragraph below the headline is about: « Pour Nora Belkacem, la loi arrive trop tard »."""
    blocks = scene.document.blocks
    if not is_headline(scene):
        return None
    return scene.antecedents.preceding.introduced(blocks[1].start, blocks[1].end)


def fills_paragraph(scene: Scene) -> bool:
    outside, folded = scene.quote.outside, scene.document.folded
    return any(b.start == outside.start and not folded[outside.end : b.end].strip(" .") for b in scene.document.blocks)


def same_paragraph(scene: Scene) -> Mention | None:
    """The person quoted before in the paragraph, where nobody else is named in between."""
    before, speaker = scene.before, scene.before.speaker_mention if scene.before else None
    if before is None or speaker is None or speaker.type != "PER" or scene.quote.start < before.end:
        return None
    between = scene.antecedents.preceding.names(before.end, scene.quote.start)
    others = {name_of(m) for m in between if m.type == "PER"} - {name_of(speaker)}
    return None if others or "\n" in scene.document.folded[before.end : scene.quote.start] else speaker


def goes_on(document: Document, before: Quote, quote: Marked) -> bool:
    """True where no heading and at most one paragraph stand between two quotations."""
    between = document.folded[before.end : quote.outside.start]
    lines = [line for line in between.split("\n")[1:-1] if line.strip()]
    return len(lines) <= 1 and all(line.rstrip()[-1:] in _ENDS for line in lines)
