"""Text in which every name, sum and date is one character, so that a rule reads « {person}, PDG de {body} ».

The characters are private ones of Unicode, one a type; the rule files spell them as atoms.
A masked text keeps the way back: `origin` turns its offsets into those of the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.lexicon.conditions import Surroundings
from pipeline.model import Document, Mention, Span
from pipeline.recognize.scan import lowered

# one private character a type: the type is all that a rule sees
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "PER": "\U000f0000",
        "ORG": "\U000f0001",
        "LOC": "\U000f0002",
        "PRODUCT": "\U000f0003",
        "LAW": "\U000f0004",
        "money": "\U000f0005",
        "percent": "\U000f0006",
        "quantity": "\U000f0007",
        "date": "\U000f0008",
        "duration": "\U000f0009",
        "set": "\U000f000a",
        "quote": "\U000f000b",
        "role": "\U000f000c",
    }
)
NAMES = "".join(SIGNS[kind] for kind in ("PER", "ORG", "LOC", "PRODUCT", "LAW"))


class Sign(NamedTuple):
    """A stretch of text that one character stands for; `mention` is None where it is a quotation."""

    start: int
    end: int
    kind: str
    mention: Mention | None = None


class Masked(NamedTuple):
    """A stretch of a document with its signs put in: `text`, the masked offsets of its signs in order, and the sign at each."""

    text: str
    start: int
    places: Sequence[int]
    standing: Mapping[int, Sign]

    def origin(self, offset: int) -> int:
        """The document's offset of the masked offset (of a sign: its first character)."""
        before = bisect_right(self.places, offset)
        if not before:
            return self.start + offset
        place = self.places[before - 1]
        sign = self.standing[place]
        return sign.end + offset - place - 1 if offset > place else sign.start

    def ending(self, offset: int) -> int:
        """The document's offset just behind the masked character before `offset`."""
        sign = self.sign(offset - 1)
        return sign.end if sign else self.origin(offset - 1) + 1

    def lower(self) -> str:
        """The masked text in lower case, offsets kept."""
        return lowered(self.text)

    def sign(self, offset: int) -> Sign | None:
        """What stands at the masked offset, None for a plain character."""
        return self.standing.get(offset)

    def mention(self, offset: int) -> Mention | None:
        """The mention that stands at the masked offset."""
        sign = self.sign(offset)
        return sign.mention if sign else None

    def signs(self) -> Iterable[tuple[int, Sign]]:
        """The signs with their masked offsets, in order."""
        return self.standing.items()


class Masking:
    """Masks any stretch of one document. Where signs overlap the one given first stands."""

    def __init__(self, folded: str, signs: Iterable[Sign]) -> None:
        self._folded = folded
        kept: list[Sign] = []
        starts: list[int] = []
        for sign in signs:
            at = bisect_right(starts, sign.start)
            if (at and kept[at - 1].end > sign.start) or (at < len(kept) and kept[at].start < sign.end):
                continue
            kept.insert(at, sign)
            starts.insert(at, sign.start)
        self.signs, self._starts = tuple(kept), tuple(starts)

    def signs_in(self, span: Span) -> tuple[Sign, ...]:
        """The signs that start in the stretch."""
        return self.signs[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def mask(self, span: Span) -> Masked:
        """The stretch with its signs; a sign that runs over an end of it is left as plain text."""
        parts: list[str] = []
        places: list[int] = []
        standing: dict[int, Sign] = {}
        here, length = span.start, 0
        for sign in self.signs_in(span):
            if sign.end > span.end:
                continue
            length += sign.start - here
            places.append(length)
            standing[length] = sign
            parts += (self._folded[here : sign.start], SIGNS[sign.kind])
            length += 1
            here = sign.end
        parts.append(self._folded[here : span.end])
        return Masked("".join(parts), span.start, places, standing)


def name_signs(mentions: Iterable[Mention]) -> tuple[Sign, ...]:
    """A sign for each mention of a type that has one."""
    return tuple(Sign(m.start, m.end, m.type, m) for m in mentions if m.type in SIGNS)


def masked_surroundings(
    document: Document, masking: Masking, masked: Masked, *, whole: Masking | None = None, lower: bool = False
) -> Surroundings:
    """What lies around matches in the masked text: their sentence, masked alike, and the article as `whole` masks it.

    Both in `lower` case where the rules see the text so.
    """

    def told(masked: Masked) -> str:
        return masked.lower() if lower else masked.text

    def sentence(start: int) -> str:
        return told(masking.mask(document.sentences[document.sentence_at(masked.origin(start))]))

    return Surroundings(sentence, lambda: told((whole or masking).mask(Span(0, len(document.folded)))))
