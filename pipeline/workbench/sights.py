"""A document as the rules of each family see it: plain text for names, sums and dates, signs for relations, lines for furniture.

`why` and `statistics` explain and count rules on exactly these sights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from pipeline.clean.furniture import line_surroundings
from pipeline.clean.structure import find_lines
from pipeline.lexicon import Lexicon, Rule
from pipeline.lexicon.conditions import Surroundings, surroundings
from pipeline.model import Extraction, Span
from pipeline.recognize.network import MODEL
from pipeline.recognize.relations.functions import FunctionGrammar
from pipeline.recognize.relations.marks import find_marked
from pipeline.recognize.relations.masking import Masked, Masking, Sign, masked_surroundings, name_signs
from pipeline.recognize.scan import lowered
from pipeline.recognize.triggers import Found, load_triggers
from pipeline.text import fold_typography

Family = Literal["names", "amounts", "dates", "events", "roles", "quotes", "furniture"]


NOTHING: Mapping[int, Span] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sight:
    """A stretch of text as rules see it, the same in lower case, and the way back to the document.

    `origin` gives the document's offset of one of ours, `ending` that behind the character before one of ours; for furniture
    both lead to the source, as it stands in no cleaned text. `masked` is None where nothing is masked; `quoted` gives, by where
    a quotation begins in the document, what stands between its marks; `telling` are the words learned to tell of an event.
    """

    text: str
    lower: str
    around: Surroundings
    origin: Callable[[int], int]
    ending: Callable[[int], int]
    masked: Masked | None = None
    quoted: Mapping[int, Span] = field(default_factory=lambda: NOTHING)
    telling: tuple[Found, ...] = ()

    def is_open_to(self, rule: Rule, start: int) -> bool:
        """False for a learned rule at any word but those that were learned to tell of its event: it is tried at these alone."""
        return "learned" not in rule.assigns or any((word.start, word.type) == (start, rule.finds) for word in self.telling)

    def find(self, offset: int) -> int | None:
        """Our offset of the document's, None where it lies outside."""
        inside = (at for at in range(len(self.text)) if self.origin(at) <= offset < self.ending(at + 1))
        return next(inside, None)


def family_of(theme: str) -> Family:
    """The family that a theme belongs to: « names_laws » → names."""
    if theme.startswith("names"):
        return "names"
    return "furniture" if theme in ("publication", "boilerplate") else theme  # type: ignore[return-value]


class Eyes:
    """What gives the sights of a family; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._functions, self._words = FunctionGrammar(lexicon), load_triggers(MODEL)

    def see(self, family: Family, found: Extraction) -> Iterator[Sight]:
        """The stretches of the document that the rules of the family are tried on."""
        document = found.document
        if family == "furniture":
            folded = fold_typography(document.article.text)
            yield _plain(folded, line_surroundings(folded))
        elif family in ("names", "amounts", "dates"):
            yield _plain(document.folded, surroundings(document))
        elif family == "events":
            readings = (*(a.mention for a in found.amounts), *(d.mention for d in found.dates))
            masking = Masking(document.folded, (*name_signs(found.mentions), *name_signs(readings)))
            sights = [_masked(found, masking, span, lower=True) for span in document.sentences]
            told = self._words.find([sight.masked.text for sight in sights if sight.masked])
            for sight, words in zip(sights, told, strict=True):
                yield replace(sight, telling=tuple(words))
        elif family == "quotes":
            marked = [m for m in find_marked(document) if not m.depth]
            signs = (Sign(m.outside.start, m.outside.end, "quote") for m in marked)
            masking = Masking(document.folded, (*signs, *name_signs(found.mentions)))
            quoted = {m.outside.start: Span(m.start, m.end) for m in marked}
            for block in document.blocks:
                yield replace(_masked(found, masking, Span(block.start, block.end)), quoted=quoted)
        else:
            yield from self._with_functions(found)

    def _with_functions(self, found: Extraction) -> Iterator[Sight]:
        names = name_signs(found.mentions)
        masking = Masking(found.document.folded, names)
        for block in found.document.blocks:
            masked = masking.mask(Span(block.start, block.end))
            phrases = self._functions.find(masked)
            roles = tuple(Sign(masked.origin(phrase.start), masked.ending(phrase.end), "role") for phrase in phrases)
            yield _masked(found, Masking(found.document.folded, (*roles, *names)), Span(block.start, block.end))


def lines_of(sight: Sight) -> list[Span]:
    """The lines of a sight of furniture."""
    return find_lines(sight.text)


def _plain(folded: str, around: Surroundings) -> Sight:
    return Sight(folded, lowered(folded), around, lambda at: at, lambda at: at)


def _masked(found: Extraction, masking: Masking, span: Span, *, lower: bool = False) -> Sight:
    masked = masking.mask(span)
    around = masked_surroundings(found.document, masking, masked, lower=lower)
    text = masked.lower() if lower else masked.text
    return Sight(text, masked.lower(), around, masked.origin, masked.ending, masked)
