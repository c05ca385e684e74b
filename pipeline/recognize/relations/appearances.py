"""Where an article speaks of its people and bodies: by name, and by words that stand for a name as a sentence's subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.model import Document, Mention, Span
from pipeline.recognize.relations.marks import Marked
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.syntax import Syntax

_GOVERNED = 24
_OPENING = 6
"""Paragraphs in which an interview names who answers."""
_FRAME = 3
"""So many words at most frame a sentence: « À l'instar de Lumio, »"""
_RELEASE = frozenset({"press-contact", "press-contacts", "release-label"})
"""Rules of cleaning that take out what only a press release has."""
_OFFICE = 45
"""Within so many letters before a body stands the office that somebody holds there."""


class Appearance(NamedTuple):
    """One place where the article speaks of somebody; `quoted`: inside what another says; `source`: a body, as who tells it."""

    at: int
    sentence: int
    subject: bool
    quoted: bool
    mention: Mention
    source: bool = False


class Told:
    """The article as it is told: what stands between quotation marks does not count as distance.

    « Nora Belkacem parle. “Oui. Non. Peut-être.” Elle rit. »: from « Elle » to Nora Belkacem it is one sentence.
    """

    def __init__(self, document: Document, marked: Iterable[Marked]) -> None:
        self._marked = [m.outside for m in marked if m.depth == 0]
        self._starts = [span.start for span in self._marked]
        told = (not self._is_within(span) for span in document.sentences)
        self._numbers = list(accumulate(told, initial=0))
        self._sentences = [span.start for span in document.sentences]

    def is_quoted(self, offset: int) -> bool:
        """True inside quotation marks."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._marked[at].end

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds the offset, sentences within quotations left out."""
        return self._numbers[max(0, bisect_right(self._sentences, offset) - 1)]

    def _is_within(self, sentence: Span) -> bool:
        at = bisect_right(self._starts, sentence.start) - 1
        return at >= 0 and sentence.end <= self._marked[at].end


class Appearances:
    """All appearances up to now, in the order of the text; grows while the article is read."""

    def __init__(self) -> None:
        self._all: list[Appearance] = []
        self._places: list[int] = []

    def add(self, appearance: Appearance) -> None:
        """Put one more in its place."""
        number = bisect_right(self._places, appearance.at)
        self._all.insert(number, appearance)
        self._places.insert(number, appearance.at)

    def before(self, offset: int, first_sentence: int) -> Iterator[Appearance]:
        """Those before `offset` and from that sentence on, the nearest first."""
        for index in range(bisect_left(self._places, offset) - 1, -1, -1):
            if self._all[index].sentence < first_sentence:
                return
            yield self._all[index]


def named_in(
    document: Document, named: tuple[Mention, ...], *, told: Told, syntax: Syntax, media: Collection[str]
) -> list[Appearance]:
    """The names of one sentence; its subject is the first one outside quotation marks and brackets that no preposition governs.

    « Chez Lumio, on s'inquiète » and « Du neuf chez Lumio : … » have Lumio for their subject as well. One of the `media` that a
    preposition governs only tells the news.
    """
    folded, found, seen = document.folded, [], False
    sentence = told.sentence(named[0].start) if named else 0
    listed = _listed(named, document.sentences[document.sentence_at(named[0].start)].start, folded, syntax) if named else set()
    governed = False
    for number, mention in enumerate(named):
        quoted, behind = told.is_quoted(mention.start), folded[mention.end : mention.end + 3]
        may_lead, medium = not (seen or quoted), mention.type == "ORG" and name_of(mention) in media
        is_next = governed and may_lead and number in listed
        governed = is_next or ((may_lead or medium) and _is_governed(mention, behind, folded, syntax))
        subject = may_lead and not governed
        source = (medium and governed) or (mention.type == "ORG" and _is_told_by(mention, folded, syntax))
        found.append(Appearance(mention.start, sentence, subject, quoted, mention, source))
        seen = seen or (subject and behind != " : ")
    return found


def _listed(named: tuple[Mention, ...], start: int, folded: str, syntax: Syntax) -> set[int]:
    """The numbers of the names that a list goes on with: « mené par Lumio, Nubéo et Brise Capital » → 1, 2.

    A comma behind what frames a sentence lists nothing: « Selon Lumio, Nubéo et Brise Capital ont signé ».
    """
    listed: set[int] = set()
    for number in range(len(named) - 1, 0, -1):
        before, name = named[number - 1], named[number]
        framed = folded.count(" ", start, before.start) <= _FRAME
        goes_on = number + 1 in listed and not framed and syntax.joins_next.fullmatch(folded, before.end, name.start)
        if goes_on or syntax.joins_last.fullmatch(folded, before.end, name.start):
            listed.add(number)
    return listed


def _is_governed(mention: Mention, behind: str, folded: str, syntax: Syntax) -> bool:
    """True for a name in brackets or behind a preposition that does not frame the sentence."""
    before = folded[max(0, mention.start - _GOVERNED) : mention.start]
    framed = behind == " : " or (behind.startswith(",") and syntax.frame.search(before) is not None)
    return before.endswith("(") or (not framed and syntax.dependent.search(before) is not None)


def _is_told_by(body: Mention, folded: str, syntax: Syntax) -> bool:
    """True for a body that only tells the news: « selon Lumio »."""
    return syntax.source.search(folded[max(0, body.start - 3 * _GOVERNED) : body.start]) is not None


def is_interview(document: Document) -> bool:
    """True where three paragraphs are questions, or one is and two are quotations."""
    folded, blocks = document.folded, document.blocks
    questions = sum(folded[b.end - 1 : b.end] == "?" or b.kind == "question" for b in blocks)
    answers = sum(folded[b.start] in '«“"' and folded[b.start : b.end].rstrip(" .")[-1:] in '»”"' for b in blocks)
    return questions > 2 or (questions > 0 and answers > 1)


def find_interviewee(document: Document, named: Iterable[Mention]) -> Mention | None:
    """Who answers in an interview: the first person named in its opening; None where the article is none."""
    if not is_interview(document):
        return None
    opening = document.blocks[min(len(document.blocks), _OPENING) - 1].end
    return next((m for m in named if m.type == "PER" and m.start < opening), None)


def find_host(document: Document, named: Sequence[Mention], syntax: Syntax) -> Mention | None:
    """The body for which whoever answers an interview speaks (« nous »): the first in its opening that an office leads in.

    « Présidente du Conseil des ports, Nora Belkacem défend son bilan » → Conseil des ports; without an office the first one that
    is no doer (« condamné par la Cnil »); None where the article is no interview.
    """
    if not is_interview(document):
        return None
    folded, blocks = document.folded, document.blocks[:_OPENING]
    asked = next((b.start for b in blocks[1:] if folded[b.end - 1 : b.end] == "?" or b.kind == "question"), blocks[-1].end)
    bodies = [m for m in named if m.type == "ORG" and m.start < asked]
    before = [folded[max(0, m.start - _OFFICE) : m.start] for m in bodies]
    led = (m for m, words in zip(bodies, before, strict=True) if syntax.host.search(words))
    return next(led, None) or next((m for m, words in zip(bodies, before, strict=True) if not syntax.no_host.search(words)), None)


def find_issuer(document: Document, named: Iterable[Mention]) -> Mention | None:
    """The body that issues a press release, the first one that it names; None where the article is none."""
    if _RELEASE.isdisjoint(removal.rule for removal in document.removals):
        return None
    return next((m for m in named if m.type == "ORG"), None)
