"""Articles with their names marked: « La [ORG Commission européenne] et [PER Anne Kerval] »."""

from __future__ import annotations

import re

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.entities import Resolution
from pipeline.model import Mention

_MARK = re.compile(r"\[(ORG|PER|LOC|PRODUCT|LAW) ([^\[\]]+)\]")


def marked(article_id: str, text: str, *, published: str | None = None) -> ArticleNames:
    """The article without its marks, and the names that they tell."""
    plain, mentions, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        mentions.append(Mention(len(plain), len(plain) + len(mark[2]), mark[2], mark[1], "test"))
        plain += mark[2]
        at = mark.end()
    return ArticleNames(article_id, tuple(mentions), plain + text[at:], published)


def names(resolution: Resolution) -> list[tuple[str, str]]:
    """Each mention as written and the name of the entity that it is linked to, in the order of articles and text."""
    called = {entity.entity_id: entity.name for entity in resolution.entities}
    return [(link.mention.text, called[link.entity_id]) for link in resolution.links]
