"""Names → entities: short forms find their full name, full names that are one thing form groups, groups get ids for life.

In two steps, so that articles already read cost next to nothing:

    guide = Guide.load(lexicon)
    local = read_local_names(ArticleNames(article_id, mentions, text, published), guide)   # one article alone: store it
    merged = merge_names(all_local, guide, previous=…, decisions=…, before=…, retired=…)   # all articles, each read once
    merged.entities                                                                        # sorted by id
    merged.links(local)                                                                    # one for each of local.names

`local.numbers[i]` says which of `local.names` (and of `merged.links(local)`) the article's i-th mention is, so that mentions
find their entity by a join. `merge_names` takes the articles in any order, from a generator if need be, and keeps of them
their distinct names, and eight bytes for each name and article. `resolve_entities` does it all for articles in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.decisions import Decision
from pipeline.deduplicate.gathered import Before, nothing_before
from pipeline.deduplicate.ids import Previous
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.local_names import LocalName, LocalNames, read_local_names
from pipeline.deduplicate.merge import LocalLink, Merged, merge_names
from pipeline.deduplicate.retired import NONE_RETIRED, Retired
from pipeline.lexicon import Lexicon
from pipeline.model import Entity, Link

__all__ = [
    "ArticleNames",
    "Before",
    "Guide",
    "LocalLink",
    "LocalName",
    "LocalNames",
    "Merged",
    "Resolution",
    "merge_names",
    "read_local_names",
    "resolve_entities",
]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, sorted by id, one link a mention, by article and place, and decisions that named nobody."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    idle: tuple[Decision, ...] = ()


def resolve_entities(
    articles: Iterable[ArticleNames],
    lexicon: Lexicon,
    *,
    previous: Sequence[Previous] = (),
    decisions: Sequence[Decision] = (),
    before: Before = nothing_before,
    retired: Retired = NONE_RETIRED,
) -> Resolution:
    """The entities of all mentions, whatever the order of the articles. Ids of `previous` stay, `decisions` are obeyed."""
    guide = Guide.load(lexicon)
    ordered = sorted(articles, key=lambda a: a.article_id)
    local = [read_local_names(article, guide) for article in ordered]
    merged = merge_names(local, guide, previous=previous, decisions=decisions, before=before, retired=retired)
    links = []
    for article, names in zip(ordered, local, strict=True):
        found = merged.links(names)
        for mention, number in zip(article.mentions, names.numbers, strict=True):
            link = found[number]
            links.append(Link(article.article_id, mention, link.entity_id, link.score, link.reason))
    return Resolution(merged.entities, tuple(links), merged.idle)
