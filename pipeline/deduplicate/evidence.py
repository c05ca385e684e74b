"""The evidence that names are one thing: names are compared block by block, what is left open is asked of articles.

Each step sees but what has one key in common, so that it can be taken in memory, out of core, or on many machines; here is how
they follow each other in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from pipeline.deduplicate.blocks import Asked, Candidate, Feature
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.features import FEATURES, PRODUCT_WITH_MAKER, with_makers
from pipeline.deduplicate.gathered import Beside
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.known import Name

_BY_NAME = {feature.name: feature for feature in FEATURES}
TELLING_ALONE = tuple(feature.name for feature in FEATURES if feature.tells_alone)
"""The features by which a name tells something where no other shares the key with it."""


def blocks_of(name: Name, guide: Guide, features: Iterable[Feature] = FEATURES) -> Iterator[str]:
    """The blocks in which a name is compared (« form ORG alphabet » of Alphabet Inc)."""
    for feature in features:
        for key in feature.keys(name, guide):
            yield f"{feature.name} {key}"


def compare(block: str, names: Sequence[Name], guide: Guide) -> Iterator[Candidate]:
    """What the names of a block, sorted and all of them, tell of each other."""
    feature, _, key = block.partition(" ")
    if len(names) > 1 or feature in TELLING_ALONE:
        yield from _BY_NAME[feature].compare(key, names, guide)


def settle(asked: Sequence[Asked], guide: Guide) -> Evidence | None:
    """What candidates of one feature and right name, all of them, come to when articles have been asked."""
    return _BY_NAME[asked[0].candidate.feature].settle(asked, guide)


def find_evidence(
    names: Sequence[Name],
    roles: Mapping[Name, Collection[str]],
    beside: Beside,
    guide: Guide,
    *,
    features: Iterable[Feature] = FEATURES,
) -> list[Evidence]:
    """The evidence among all names, which are sorted; `roles` are words for what articles say that they are."""
    blocks: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        for block in blocks_of(name, guide, features):
            blocks[block].append(name)
    found = [candidate for block, members in blocks.items() for candidate in compare(block, members, guide)]
    halves = _together(found, lambda c: c.left if c.feature == PRODUCT_WITH_MAKER.name else None)
    whole = [c for c in found if c.feature != PRODUCT_WITH_MAKER.name]
    whole += chain.from_iterable(map(with_makers, halves))
    open_ones = _together(whole, lambda c: (c.feature, c.type, c.right) if c.beside is not None else None)
    settled = (settle([_ask(candidate, roles, beside) for candidate in some], guide) for some in open_ones)
    return [*(c.evidence for c in whole if c.beside is None), *filter(None, settled)]


def _together(candidates: Iterable[Candidate], key: Callable[[Candidate], Hashable]) -> Collection[list[Candidate]]:
    """The candidates that have the same key, if they have one."""
    found: dict[Hashable, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if (value := key(candidate)) is not None:
            found[value].append(candidate)
    return found.values()


def _ask(candidate: Candidate, roles: Mapping[Name, Collection[str]], beside: Beside) -> Asked:
    left, right = (candidate.type, candidate.left), (candidate.type, candidate.right)
    other = candidate.beside_type or "", candidate.beside or ""
    return Asked(
        candidate,
        other in beside.company_of(right),
        [text for _, text in beside.shared(right, other)[:2]],
        (beside.count(left), beside.count(right)),
        (roles.get(left, ()), roles.get(right, ())),
    )
