"""What merging keeps of one article: its names as it writes them, each with the full name it stands for there.

All of it depends on the article alone (and on the rules), and is made of plain values: it can be stored, and merged again
with the names of articles to come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.index import ArticleIndex, Guide
from pipeline.deduplicate.known import Name
from pipeline.deduplicate.renamed import find_renamings
from pipeline.deduplicate.within import full_names


@dataclass(frozen=True, slots=True)
class LocalName:
    """A name as an article writes it, the full name that it stands for there, how sure that is (0..1), and why.

    « Zenner » stands for « Kai Zenner ». `carries` is True where the short form stands for the same thing in other articles;
    `kind` is what a rule says of the thing (« unicorn »), `roles` are words for what the article says it is (« pdg »), sorted;
    `count` is how many mentions are such.
    """

    type: str
    text: str
    full: str
    score: float
    reason: str
    carries: bool
    kind: str | None
    roles: tuple[str, ...] = ()
    count: int = 1

    @property
    def form(self) -> Name:
        """The name as it is written, with its type."""
        return self.type, self.text

    @property
    def key(self) -> Name:
        """The full name, with its type."""
        return self.type, self.full


@dataclass(frozen=True, slots=True)
class LocalNames:
    """An article's names, each once. `numbers` gives the number of each mention's name, in the order of the mentions.

    `renamings` are pairs of names that the article says to be one thing's, `apart` pairs that it uses as two.
    """

    article_id: str
    names: tuple[LocalName, ...]
    numbers: tuple[int, ...]
    renamings: tuple[Evidence, ...]
    apart: tuple[tuple[Name, Name], ...]


def read_local_names(article: ArticleNames, guide: Guide) -> LocalNames:
    """The names of one article, in the order in which they first stand there."""
    index = ArticleIndex.of(article, guide)
    each = [
        LocalName(mention.type, mention.text, full.name, full.score, full.reason, full.carries, mention.parts.get("kind"))
        for mention, full in zip(article.mentions, full_names(index), strict=True)
    ]
    counts, roles = Counter(each), _roles(each, article, guide)
    numbers = {name: number for number, name in enumerate(counts)}
    return LocalNames(
        article.article_id,
        tuple(replace(name, roles=roles.get(name, ()), count=count) for name, count in counts.items()),
        tuple(numbers[name] for name in each),
        tuple(find_renamings(article, guide.known, guide.words)),
        tuple(sorted(index.apart)),
    )


def _roles(names: Sequence[LocalName], article: ArticleNames, guide: Guide) -> Mapping[LocalName, tuple[str, ...]]:
    found: dict[LocalName, frozenset[str]] = {}
    for name, mention in zip(names, article.mentions, strict=True):
        if roles := article.roles_of(mention, guide.words):
            found[name] = found.get(name, frozenset()) | roles
    return {name: tuple(sorted(roles)) for name, roles in found.items()}
