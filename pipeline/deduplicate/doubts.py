"""Pairs that a person should look at: entities that may be one, and names that were linked on little evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.deduplicate.features import SMALL_BLOCK
from pipeline.deduplicate.keys import MergingWords, is_acronym, may_be_one, read_person, spellings
from pipeline.deduplicate.slips import is_slip, slip_keys
from pipeline.text import fold_name


@dataclass(frozen=True, slots=True)
class Profile:
    """What judging a pair needs of an entity. `known` is True for a thing of the gazetteer: two of them are never in doubt."""

    entity_id: str
    type: str
    name: str
    n_mentions: int
    known: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two references that may be one, how likely that is (0..1), and why. `merged` says what the run took them for."""

    left: str
    right: str
    score: float
    reason: str
    merged: bool = False


Suspicion = Callable[[Sequence[Profile], MergingWords], Iterator[Doubt]]


def one_slip_apart(profiles: Sequence[Profile], _: MergingWords) -> Iterator[Doubt]:
    """Names that differ in a letter or two."""
    for block in _blocks(profiles, lambda p: slip_keys(p.name)):
        for left, right in _pairs(block):
            if is_slip(left.name, right.name, person=left.type == "PER"):
                yield Doubt(left.entity_id, right.entity_id, 0.6, f"{left.name} and {right.name} are one slip apart")


def one_surname(profiles: Sequence[Profile], words: MergingWords) -> Iterator[Doubt]:
    """People of one surname whose given names do not tell them apart."""
    people = [p for p in profiles if p.type == "PER"]
    for block in _blocks(people, lambda p: (read_person(p.name, words).surname,)):
        for left, right in _pairs(block):
            if may_be_one(read_person(left.name, words), read_person(right.name, words), words):
                yield Doubt(left.entity_id, right.entity_id, 0.5, f"{left.name} and {right.name} share a surname")


def spelled_by_initials(profiles: Sequence[Profile], words: MergingWords) -> Iterator[Doubt]:
    """An acronym and a name that its letters begin."""
    full: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        for spelling in spellings(profile.name, words):
            full[profile.type, spelling].append(profile)
    for profile in profiles:
        if is_acronym(profile.name):
            for other in full.get((profile.type, fold_name(profile.name)), [])[:SMALL_BLOCK]:
                if not (profile.known and other.known):
                    yield Doubt(other.entity_id, profile.entity_id, 0.5, f"{profile.name} may be the initials of {other.name}")


def first_words_of(profiles: Sequence[Profile], _: MergingWords) -> Iterator[Doubt]:
    """A body, company or law and a longer name that begins with its own."""
    by_name = {(p.type, fold_name(p.name)): p for p in profiles if p.type in ("ORG", "LAW")}
    for (kind, folded), longer in sorted(by_name.items()):
        parts = folded.split()
        for length in range(1, len(parts)):
            short = by_name.get((kind, " ".join(parts[:length])))
            if short and not (short.known and longer.known):
                yield Doubt(longer.entity_id, short.entity_id, 0.4, f"{short.name} may be short for {longer.name}")


SUSPICIONS: tuple[Suspicion, ...] = (one_slip_apart, one_surname, spelled_by_initials, first_words_of)


def find_doubts(profiles: Iterable[Profile], words: MergingWords) -> tuple[Doubt, ...]:
    """Every pair in doubt once, for its best reason; the likeliest first, then those that most mentions depend on."""
    ordered = sorted(profiles, key=lambda p: p.entity_id)
    weight = {p.entity_id: p.n_mentions for p in ordered}
    best: dict[frozenset[str], Doubt] = {}
    for suspicion in SUSPICIONS:
        for doubt in suspicion(ordered, words):
            pair = frozenset((doubt.left, doubt.right))
            if len(pair) == 2 and (pair not in best or doubt.score > best[pair].score):
                best[pair] = doubt
    return tuple(sorted(best.values(), key=lambda d: (-d.score, -min(weight[d.left], weight[d.right]), d.left, d.right)))


def _blocks(profiles: Iterable[Profile], keys: Callable[[Profile], Iterable[str]]) -> Iterator[Sequence[Profile]]:
    blocks: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in keys(profile):
            blocks[profile.type, key].append(profile)
    for _, block in sorted(blocks.items()):
        if 1 < len(block) <= SMALL_BLOCK:
            yield block


def _pairs(block: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    for number, left in enumerate(block):
        for right in block[number + 1 :]:
            if not (left.known and right.known):
                yield left, right
