"""Within one article: each short form finds the full name it stands for."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.deduplicate.index import ArticleIndex, FullName
from pipeline.deduplicate.people import given_name, surname
from pipeline.deduplicate.short_forms import (
    body_head,
    doubtful,
    first_words,
    introduced,
    misspelled,
    misspelled_known,
    proposed,
    spelled,
)
from pipeline.model import Mention

Step = Callable[[Mention, ArticleIndex], FullName | None]
STEPS: tuple[Step, ...] = (
    surname,
    given_name,
    doubtful,
    body_head,
    introduced,
    proposed,
    first_words,
    spelled,
    misspelled,
    misspelled_known,
)


def full_names(index: ArticleIndex) -> tuple[FullName, ...]:
    """One full name a mention of the article, in their order; the first of `STEPS` that knows one decides."""
    return tuple(_full_name(mention, index) for mention in index.article.mentions)


def _full_name(mention: Mention, index: ArticleIndex) -> FullName:
    for step in STEPS:
        if full := step(mention, index):
            return full
    rivals = index.guide.known.claimants((mention.type, mention.text))
    doubt = f", which may be {' or '.join(e.canonical for e in rivals)}" if len(rivals) > 1 and not index.entry(mention) else ""
    return FullName(mention.type, mention.text, 0.8, f"named {mention.text}{doubt}")
