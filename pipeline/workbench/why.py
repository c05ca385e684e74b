"""Why a span is what it is: who looked at it, which condition failed for those that came near, who won and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import _compiler, _parser  # type: ignore[attr-defined]

from pipeline.errors import UsageError
from pipeline.explain import explain
from pipeline.extract import Extractor
from pipeline.lexicon import Lexicon, Rule, RuleFile, load_lexicon
from pipeline.lexicon.conditions import Conditions, surroundings
from pipeline.model import Article, Document, Issue
from pipeline.read import read_articles
from pipeline.recognize.names import NameRecognizer
from pipeline.recognize.scan import lowered
from pipeline.recognize.weights import read_weights
from pipeline.settings import Settings
from pipeline.workbench.rivals import SCANNED

BEFORE, NEAREST = 40, 5
"""Characters before the place at which a rule may begin; rules shown that came near."""
_WORD_START = re.compile(r"(?<!\w)\S|(?<=')\w")


@dataclass(frozen=True, slots=True)
class Look:
    """One rule's look at the place: how much of the text it read, and how near it came.

    `distance` is 0 where it matched with its contexts, 1 where only a context failed, 2 where it stopped on the way.
    """

    rule_id: str
    read: str
    distance: int
    what: str


def why(place: str, settings: Settings) -> Iterator[str]:
    """Lines on `FILE:OFFSET`, an offset in the cleaned text of the file's first article. Raises UsageError for no such place.

    First what the span was taken for, then who spoke for it, then the rules that looked at it and what stopped them.
    """
    file, _, offset = place.rpartition(":")
    if not file or not offset.isdigit():
        raise UsageError(f"{place!r} is no place: write FILE:OFFSET, such as article.txt:120")
    lexicon = load_lexicon(settings.rules)
    extractor = Extractor(lexicon, settings)
    document = extractor.clean(_first(file, settings))
    if isinstance(document, Issue):
        raise UsageError(document.detail)
    at = int(offset)
    if at >= len(document.text):
        raise UsageError(f"the cleaned text of {file} has {len(document.text)} characters, none at {at}")
    shown = document.text[max(0, at - BEFORE) : at] + "⟨" + document.text[at] + "⟩" + document.text[at + 1 : at + BEFORE]
    yield shown.replace("\n", " ")
    yield from _winners(document, at, extractor, lexicon)
    yield from _voices(document, at, lexicon)
    for theme in SCANNED:
        yield from _looks_of(lexicon.rules[theme], document, at)


def _first(file: str, settings: Settings) -> Article:
    for item in read_articles([file], settings=settings):
        if isinstance(item, Article):
            return item
        raise UsageError(item.detail)
    raise UsageError(f"{file} holds no article")


def _winners(document: Document, at: int, extractor: Extractor, lexicon: Lexicon) -> Iterator[str]:
    (found,) = extractor.vote(list(extractor.find([document])))
    rows = [row for row in explain(extractor.relate(found), lexicon) if row.start <= at < row.end]
    for row in rows:
        because = f", because {row.reason}" if row.reason else ""
        yield f"won: {row.kind} [{row.text}] = {row.value} by {row.source}{because}"
    if not rows:
        yield "nothing stands there"


def _voices(document: Document, at: int, lexicon: Lexicon) -> Iterator[str]:
    """What gazetteer, context rules and the article say of names there; the network's voice is in the line above."""
    bias = read_weights(lexicon.words["names_weights"]).bias
    for decision in NameRecognizer(lexicon).decide(document):
        if decision.start <= at < decision.end:
            sums = ", ".join(f"{voice.rule_id} {voice.weight:+.1f}" for voice in decision.voices)
            text = document.text[decision.start : decision.end]
            yield f"votes without the network for {decision.type} [{text}]: {sums}, bias {bias:+.1f} → {decision.total:+.1f}"


def _looks_of(file: RuleFile, document: Document, at: int) -> Iterator[str]:
    looks = [look for rule in file.rules for look in _look(file, rule, document, at)]
    for look in sorted(looks, key=lambda look: (look.distance, -len(look.read), look.rule_id))[:NEAREST]:
        yield f"{look.rule_id}: {look.what}"


def _look(file: RuleFile, rule: Rule, document: Document, at: int) -> Iterator[Look]:
    """The rule's best try among the words that may begin a span over the place, if it reads as far as the place."""
    starts = [at - back for back in range(min(BEFORE, at) + 1) if _WORD_START.match(document.folded, at - back)]
    tries = [_try(file, rule, document, start) for start in starts]
    reaching = [one for one, end in tries if end > at]
    if reaching:
        yield min(reaching, key=lambda look: (look.distance, -len(look.read)))


def _try(file: RuleFile, rule: Rule, document: Document, start: int) -> tuple[Look, int]:
    """What the rule makes of the text from `start`: matched, matched but for a context, or how far it read and what it missed."""
    folded = document.folded
    text = lowered(folded) if rule.ignore_case else folded
    if match := re.compile(file.pattern(rule)).match(text, start):
        failed = _failed_context(file, rule, document, *match.span())
        what = f"reads [{match[0]}], priority {rule.priority}" + (f", but {failed}" if failed else "")
        return Look(rule.id, match[0], 1 if failed else 0, what), match.end()
    tree = _parser.parse(file.pattern(rule))
    for length in range(len(tree) - 1, 0, -1):
        if (part := _compiler.compile(tree[:length]).match(text, start)) and part.end() > start:
            following = folded[part.end() : part.end() + 15].replace("\n", "⏎")
            what = f"reads [{part[0]}], part {length} of {len(tree)}, then stops at « {following} »"
            return Look(rule.id, part[0], 2, what), part.end() + 1
    return Look(rule.id, "", 2, "does not begin there"), start


def _failed_context(file: RuleFile, rule: Rule, document: Document, start: int, end: int) -> str | None:
    """The condition that fails, with what stands there: « unless before » holds, all others do not."""
    failing = Conditions(file, rule).failing(document.folded, start, end, surroundings(document))
    if failing is None:
        return None
    before, after = document.folded[max(0, start - 20) : start], document.folded[end : end + 20]
    there = {"before": f": « {before} » stands before it", "after": f": « {after} » stands behind it"}
    return f"{failing} {'holds' if failing.startswith('unless') else 'fails'}{there.get(failing.split()[-1], '')}"
