"""The local names of all articles, counted: each distinct one once, and in which articles it stands."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.decisions import reference
from pipeline.deduplicate.known import Name
from pipeline.deduplicate.local_names import LocalNames

MOST_ARTICLES = 20
"""Of a name's articles so many are looked at for what stands beside it."""

Before = Callable[[str], Mapping[Name, str]]
"""What the run before linked an article's short forms to: article id → (type, text) → the entity's name."""


def nothing_before(_: str) -> Mapping[Name, str]:
    """What a first run knows of the run before."""
    return MappingProxyType({})


class Form(NamedTuple):
    """A name as articles write it, and what they take it for. `before` is the entity that the run before linked it to.

    `article` is the one article that means by its full name what no other does, by decision.
    """

    type: str
    text: str
    full: str
    carries: bool
    before: str | None
    article: str | None = None

    @property
    def written(self) -> Name:
        return self.type, self.text

    @property
    def key(self) -> Name:
        return self.type, self.full if self.article is None else f"{self.full} ({self.article})"


@dataclass(frozen=True, slots=True)
class Forms:
    """What turns the names of an article into forms: what the run before linked them to, which of them decisions single out."""

    before: Before
    singled_out: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, article: LocalNames) -> Iterator[Form]:
        """The form of each name; what it was linked to counts only where the article itself leaves it open."""
        before, singled = self.before(article.article_id), self.singled_out.get(article.article_id, ())
        for name in article.names:
            linked = before.get(name.form) if before and name.text == name.full else None
            alone = article.article_id if singled and reference(f"{name.type}:{name.full}") in singled else None
            yield Form(name.type, name.text, name.full, name.carries, linked, alone)


@dataclass(slots=True)
class Gathered:
    """All distinct forms by number, how many mentions each has, what rules and articles say that it is, and its articles.

    `forms_at` and `articles_at` run in step: a form stands in that article, which goes by its place in the order of ids.
    """

    numbers: dict[Form, int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    kinds: Counter[tuple[int, str]] = field(default_factory=Counter)
    roles: dict[int, frozenset[str]] = field(default_factory=dict)
    renamings: list[Evidence] = field(default_factory=list)
    apart: set[tuple[Name, Name]] = field(default_factory=set)
    forms_at: Any = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    articles_at: Any = field(default_factory=lambda: np.empty(0, dtype=np.int32))


def gather_names(articles: Iterable[LocalNames], forms: Forms) -> Gathered:
    """The names of all articles, read once, in any order."""
    found, ids = Gathered(), list[str]()
    numbers, counts = found.numbers, found.counts
    forms_at, articles_at = array("i"), array("i")
    for place, article in enumerate(articles):
        ids.append(article.article_id)
        found.renamings += article.renamings
        found.apart.update(article.apart)
        for name, form in zip(article.names, forms.of(article), strict=True):
            number = numbers.setdefault(form, len(counts))
            if number == len(counts):
                counts.append(0)
            counts[number] += name.count
            if name.kind:
                found.kinds[number, name.kind] += name.count
            if name.roles:
                found.roles[number] = found.roles.get(number, frozenset()).union(name.roles)
            forms_at.append(number)
            articles_at.append(place)
    rank = np.empty(len(ids), dtype=np.int32)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    found.forms_at = np.frombuffer(forms_at, dtype=np.int32)
    found.articles_at = rank[np.frombuffer(articles_at, dtype=np.int32)]
    return found


class Beside:
    """Which names stand in an article together. Articles count by id, so that their order does not matter."""

    def __init__(self, gathered: Gathered, names: Sequence[Name], keys: Sequence[Name]):
        """`keys` gives each form its full name, which is one of `names`; these are sorted."""
        place = {name: number for number, name in enumerate(names)}
        of_form = np.array([place[key] for key in keys], dtype=np.int32)
        named, articles = of_form[gathered.forms_at], gathered.articles_at
        self._names = names
        self._articles, self._first_article = _grouped(named, articles, len(names))
        self._beside, self._first_name = _grouped(articles, named, int(articles.max(initial=-1)) + 1)

    def count(self, name: Name) -> int:
        """In how many articles the name stands."""
        place = self._place(name)
        return 0 if place is None else int(self._first_article[place + 1] - self._first_article[place])

    def company_of(self, name: Name) -> frozenset[Name]:
        """The names that stand in an article with this one."""
        place = self._place(name)
        if place is None:
            return frozenset()
        start, end = self._first_article[place : place + 2]
        articles = self._articles[start : min(end, start + MOST_ARTICLES)]
        others = {int(n) for a in articles for n in self._beside[self._first_name[a] : self._first_name[a + 1]]}
        return frozenset(self._names[other] for other in others if other != place)

    def shared(self, left: Name, right: Name) -> Sequence[Name]:
        """The names that stand in an article with the one and in an article with the other, sorted."""
        return sorted(self.company_of(left) & self.company_of(right))

    def _place(self, name: Name) -> int | None:
        """Where the name stands among all; None where it does not."""
        place = bisect_left(self._names, name)
        return place if place < len(self._names) and self._names[place] == name else None


def _grouped(keys: Any, values: Any, count: int) -> tuple[Any, Any]:
    """The distinct values of each key in order, one after another, and where those of each of `count` keys start."""
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])
    return values[new].astype(np.int32), np.searchsorted(keys[new], np.arange(count + 1))
