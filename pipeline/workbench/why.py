"""Why a span is what it is: who won there and why, who voted, and what stopped the rules that came near."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from pipeline.errors import UsageError
from pipeline.explain import Explained, explain
from pipeline.extract import Extractor, Teller
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import Document, Extraction, Issue, Span
from pipeline.read import first_article
from pipeline.recognize.ballot import Decision
from pipeline.recognize.names import NameRecognizer
from pipeline.recognize.weights import read_weights
from pipeline.settings import Settings
from pipeline.workbench.looks import BACK, FAR_BACK, Look, look_at_line, look_beside, look_over
from pipeline.workbench.sights import Eyes, Family, Sight, family_of
from pipeline.workbench.themes import THEMES, find_chunks

NEAREST = 5
"""Rules of one family shown that came near."""
AROUND = 40
FAMILIES: tuple[Family, ...] = ("names", "amounts", "dates", "quotes", "roles", "events")


def why(place: str, settings: Settings, *, in_source: bool = False) -> Iterator[str]:
    """Lines on `FILE:OFFSET`, an offset in the cleaned text of the file's first article, or in its source.

    First what the span was taken for, then who spoke for it, then by family the rules that looked at it and what stopped them.
    Raises UsageError for no such place.
    """
    file, _, offset = place.rpartition(":")
    if not file or not offset.isdigit():
        raise UsageError(f"{place!r} is no place: write FILE:OFFSET, such as article.txt:120")
    lexicon = load_lexicon(settings.rules)
    extractor = Extractor(lexicon, settings)
    document = extractor.clean(first_article(file, settings))
    if isinstance(document, Issue):
        raise UsageError(document.detail)
    cleaned, source = _offsets(document, int(offset), in_source=in_source)
    yield _shown(document.article.text if in_source else document.text, int(offset))
    (found,) = extractor.find([document])
    found = Teller(lexicon).relate(found)
    if cleaned is None:
        yield from (f"taken out by {r.rule}" for r in document.removals if r.source_start <= source < r.source_end)
    else:
        rows = [row for row in explain(found, lexicon) if row.start <= cleaned < row.end]
        yield from _winners(rows)
        decisions = [d for d in NameRecognizer(lexicon).decide(document) if d.start <= cleaned < d.end]
        yield from _voices(document, decisions, lexicon)
        voted = {voice.rule_id for decision in decisions for voice in decision.voices}
        for family in FAMILIES:
            yield from _nearest(family, _looks_of(family, found, cleaned, lexicon, voted=voted), rows)
    yield from _nearest("furniture", _looks_of("furniture", found, source, lexicon), ())


def _offsets(document: Document, offset: int, *, in_source: bool) -> tuple[int | None, int]:
    """The offset in the cleaned text, None for what cleaning took out, and in the source. Raises UsageError beyond the end."""
    length = len(document.article.text if in_source else document.text)
    if offset >= length:
        which = "source" if in_source else "cleaned text"
        raise UsageError(f"the {which} of {document.article.source} has {length} characters, none at {offset}")
    if in_source:
        return _cleaned(document, offset), offset
    return offset, document.to_source.source_span(offset, offset + 1)[0]


def _shown(text: str, at: int) -> str:
    shown = text[max(0, at - AROUND) : at] + "⟨" + text[at] + "⟩" + text[at + 1 : at + AROUND]
    return shown.replace("\n", " ")


def _cleaned(document: Document, offset: int) -> int | None:
    """The cleaned offset of a source offset, None for what cleaning took out."""
    for piece in document.to_source.pieces:
        if piece.source_start <= offset < piece.source_start + piece.source_length:
            return min(piece.start + offset - piece.source_start, piece.start + piece.length - 1)
    return None


def _winners(rows: Sequence[Explained]) -> Iterator[str]:
    for row in rows:
        because = f", because {row.reason}" if row.reason else ""
        yield f"won: {row.kind} [{row.text}] = {row.value} by {row.source}{because}"
    if not rows:
        yield "nothing stands there"


def _voices(document: Document, decisions: Sequence[Decision], lexicon: Lexicon) -> Iterator[str]:
    """What gazetteer, context rules and the article say of names there; the network's voice is in the line above."""
    bias = read_weights(lexicon.words["names_weights"]).bias
    for decision in decisions:
        sums = ", ".join(f"{voice.rule_id} {voice.weight:+.1f}" for voice in decision.voices)
        text = document.text[decision.start : decision.end]
        yield f"votes without the network for {decision.type} [{text}]: {sums}, bias {bias:+.1f} → {decision.total:+.1f}"


def _looks_of(family: Family, found: Extraction, at: int, lexicon: Lexicon, *, voted: Container[str] = ()) -> Iterator[Look]:
    for sight in Eyes(lexicon).see(family, found):
        place = sight.find(at)
        if place is None:
            continue
        for theme in (theme for theme in THEMES if family_of(theme) == family):
            file = lexicon.rules[theme]
            if family == "furniture":
                yield from look_at_line(file, sight, place)
                continue
            inside = [rule for rule in file.rules if rule.stands is None]
            back = BACK.get(family, FAR_BACK)
            yield from look_over(file, inside, sight, place, back=back, written=found.document.text)
            if (name := _name_at(found, at, sight, lexicon)) is not None:
                yield from look_beside(file, [rule for rule in file.rules if rule.stands], sight, name, voted=voted)


def _name_at(found: Extraction, at: int, sight: Sight, lexicon: Lexicon) -> Span | None:
    """The run of capitals at the place, beside which cues are looked for."""
    if sight.masked is not None:
        return None
    return next((chunk for chunk in find_chunks(lexicon, found.document) if chunk.start <= at < chunk.end), None)


def _nearest(family: Family, looks: Iterator[Look], rows: Sequence[Explained]) -> Iterator[str]:
    """The looks that came nearest; of those that matched and did not win, to which rule they lost."""
    winners = {row.source.split()[1] for row in rows if row.source.startswith("rule ")} | {row.source for row in rows}
    ordered = sorted(looks, key=lambda look: (look.distance, -look.read, look.rule.id))[:NEAREST]
    won = next((look for look in ordered if look.rule.id in winners and not look.distance), None)
    for look in ordered:
        lost = won and look is not won and not look.distance and family in ("amounts", "dates")
        yield f"{look.rule.id}: {look.what}" + (f", {_lost(look, won)}" if lost and won else "")


def _lost(look: Look, won: Look) -> str:
    if look.rule.priority < won.rule.priority:
        return f"loses to {won.rule.id}, which has {won.rule.priority}"
    return f"loses to {won.rule.id}, which " + ("reads more" if look.read < won.read else "stands first")
