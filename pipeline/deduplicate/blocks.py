"""What a reason to take two names for one thing is made of, so that no step looks at more names than those that share a key.

    keys      the keys by which others find a name, from the name alone
    compare   the pairs among the names that share a key
    settle    pairs that hang on what stands beside the two names in articles: those of one name, with what articles say

The last is asked of few: of most pairs nothing is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.known import Name


class Candidate(NamedTuple):
    """Two names of a type that a feature takes for one thing: how sure that is (0..1), why, and whose company it hangs on.

    It hangs on no company where `beside` is None.
    """

    feature: str
    type: str
    left: str
    right: str
    score: float
    reason: str
    beside_type: str | None = None
    beside: str | None = None

    @property
    def evidence(self) -> Evidence:
        """The pair for good, for its reason."""
        return Evidence((self.type, self.left), (self.type, self.right), self.score, self.reason)


class Asked(NamedTuple):
    """A candidate, and what articles say: whether `beside` stands in an article with the right name, and names that both meet.

    Of these the first two are told, sorted by type. `articles` are in how many articles the left name and the right one stand,
    `roles` what is said there that they are (« pdg »).
    """

    candidate: Candidate
    is_beside: bool
    shared: Sequence[str]
    articles: tuple[int, int]
    roles: tuple[Collection[str], Collection[str]]


Settle = Callable[[Sequence[Asked], Guide], Evidence | None]


def if_beside(asked: Sequence[Asked], _: Guide) -> Evidence | None:
    """The pair, if it is the only one of its right name, which stands in an article with what it hangs on."""
    return _the_only(asked) if any(each.is_beside for each in asked) else None


def if_shared(asked: Sequence[Asked], _: Guide) -> Evidence | None:
    """The pair, if it is the only one of its right name, which has a name beside it that stands beside another such, too."""
    return _the_only(asked) if any(each.shared for each in asked) else None


def _the_only(asked: Sequence[Asked]) -> Evidence | None:
    return asked[0].candidate.evidence if len({each.candidate.left for each in asked}) == 1 else None


@dataclass(frozen=True, slots=True)
class Feature:
    """A kind of reason by its name, which is a word; see above for its steps.

    `keys` may be empty words; the names that `compare` gets with a key are sorted. `tells_alone` is True where a name tells
    something that no other shares the key with.
    """

    name: str
    keys: Callable[[Name, Guide], Iterable[str]]
    compare: Callable[[str, Sequence[Name], Guide], Iterator[Candidate]]
    settle: Settle = if_beside
    tells_alone: bool = False


def same_key(name: str, key: Callable[[Name, Guide], str | None], *, score: float, reason: str) -> Feature:
    """The feature that takes all names of a type and key for one thing."""

    def keys(named: Name, guide: Guide) -> Iterator[str]:
        if value := key(named, guide):
            yield f"{named[0]} {value}"

    def compare(_: str, names: Sequence[Name], __: Guide) -> Iterator[Candidate]:
        (kind, first), *others = names
        for _, other in others:
            yield Candidate(name, kind, first, other, score, f"{other} is {first}: {reason}")

    return Feature(name, keys, compare)
