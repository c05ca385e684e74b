"""Names alike that an article uses side by side, and that are two things: « Vélora ouvre Vélora Labs »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.deduplicate.article import ArticleNames, name_of
from pipeline.deduplicate.keys import MergingWords
from pipeline.deduplicate.known import Known, Name
from pipeline.deduplicate.slips import is_slip
from pipeline.model import Mention
from pipeline.text import fold_name

_REACH = 200
SENTENCE_END = re.compile(r"[.!?;:](?:\s|$)|\n")


def find_apart(article: ArticleNames, known: Known, words: MergingWords) -> Iterator[tuple[Name, Name]]:
    """The pairs of names alike that the article uses as two: one begins with the other, or they are a slip apart.

    Nobody writes the short form first and the full name behind it in one sentence, nor joins the two with « et »; nobody slips
    where the right name stands in the same sentence (« Novalis attaque Novatis »).
    """
    if not article.text:
        return
    mentions = sorted((m for m in article.mentions if m.type in ("ORG", "PRODUCT")), key=lambda m: m.start)
    folded = [fold_name(m.text) for m in mentions]
    for number, first in enumerate(mentions):
        for place in range(number + 1, len(mentions)):
            second = mentions[place]
            if second.start - first.end > _REACH:
                break
            if second.type != first.type or folded[number][:1] != folded[place][:1] or folded[number] == folded[place]:
                continue
            between = article.between(first, second)
            if _goes_on(folded[number], folded[place], words):
                apart = _as_two(between, words, short_first=len(folded[number]) < len(folded[place]))
            else:
                apart = is_slip(first.text, second.text) and not SENTENCE_END.search(between)
            if apart:
                yield _pair(first, second, known)


def _goes_on(one: str, other: str, words: MergingWords) -> bool:
    """True where the longer name begins with the shorter and adds more than « SAS », « France », « AI »."""
    short, longer = sorted((one, other))
    return longer.startswith(short + " ") and not words.tells_nothing(longer[len(short) :].split())


def _as_two(between: str, words: MergingWords, *, short_first: bool) -> bool:
    if words.coordination.fullmatch(between):
        return True
    return short_first and not SENTENCE_END.search(between) and not words.same.match(between)


def _pair(first: Mention, second: Mention, known: Known) -> tuple[Name, Name]:
    left, right = sorted((name_of(first, known), name_of(second, known)))
    return left, right
