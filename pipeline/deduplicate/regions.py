"""Names that may be one thing, with all that speaks for it and against → groups of names, and what each form means.

Two names have to do with each other only where pairs lead from one to the other: of what evidence ties, of a short form and its
full name, of a form and what the run before linked it to. So what is found in all names together is found in any part of them
that no such pair leaves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.deduplicate.carried import carried
from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.gathered import Form
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.keys import MergingWords, is_short_form, may_be_one, read_person
from pipeline.deduplicate.known import Known, Name
from pipeline.deduplicate.local_names import LocalName
from pipeline.deduplicate.naming import Group, Naming, Spellings, name_groups
from pipeline.deduplicate.obey import Orders


class Counted(NamedTuple):
    """A form with the full name under which it merges; its mentions, and of how many rules say what."""

    form: Form
    key: Name
    mentions: int
    kinds: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """All forms of some names, and the pairs of them that count.

    `apart` are names that articles use as two things, `beside` short forms and full names that share a name beside them.
    """

    forms: Sequence[Counted] = ()
    evidence: Sequence[Evidence] = ()
    renamings: Sequence[Evidence] = ()
    apart: Collection[tuple[Name, Name]] = ()
    beside: Collection[tuple[Name, Name]] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What all articles together add to what an article says of a form.

    `instead` takes the place of what the article says. `tie` is the evidence that ties the full name to its group, the only
    reason where the form is that full name (`is_full`).
    """

    is_full: bool
    instead: tuple[float, str] | None = None
    tie: Evidence | None = None
    notes: Sequence[str] = ()

    def of(self, name: LocalName) -> tuple[float, str]:
        """How sure the link of an article's name of that form is, and all reasons."""
        score, reason = self.instead or (name.score, name.reason)
        if self.tie:
            score = min(score, self.tie.score)
            reason = self.tie.reason if self.is_full else f"{reason}; {self.tie.reason}"
        return score, "; ".join((reason, *self.notes)) if self.notes else reason


@dataclass(frozen=True, slots=True)
class Settled:
    """A group, the kind that rules give it most often (« la licorne Lumio »; the first by name of equals), and what each of its
    forms means."""

    group: Group
    kind: str | None
    meanings: Sequence[tuple[Form, Meaning]]


@dataclass(frozen=True, slots=True)
class _Joined:
    """The groups of names, and for each name the surest evidence that ties it to its group."""

    names: Collection[Name]
    groups: Groups
    ties: Mapping[Name, Evidence] = field(default_factory=dict)


def full_name(form: Form, orders: Orders) -> Name:
    """The full name under which a form merges."""
    return form.key if form.article else orders.key_of(form.written, form.key)


def stands_for(counted: Counted) -> bool:
    """True for a short form that may stand for its full name in other articles too."""
    return counted.form.carries and counted.key == counted.form.key


def settle(region: Region, guide: Guide, orders: Orders) -> Iterator[Settled]:
    """The groups of the names."""
    joined = _join(region, guide, orders)
    kept = [_remembered(each, joined, guide.known) for each in region.forms]
    naming = Naming(guide.known, orders, frozenset(pair.right for pair in region.renamings))
    groups = name_groups(joined.groups, _spellings(region.forms, kept), naming)
    home: dict[Name, int] = {(group.type, member): place for place, group in enumerate(groups) for member in group.members}
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    meanings: Sequence[list[tuple[Form, Meaning]]] = [[] for _ in groups]
    for each, now in zip(region.forms, kept, strict=True):
        place = home[now]
        kinds[place].update(each.kinds or {})
        meanings[place].append((each.form, _meaning(each, now, groups[place], joined, orders)))
    for place, group in enumerate(groups):
        said = kinds[place]
        yield Settled(group, min(said, key=lambda kind: (-said[kind], kind), default=None), meanings[place])


def _join(region: Region, guide: Guide, orders: Orders) -> _Joined:
    """The names joined: decisions first, then all evidence, then short forms whose full names turned out to be one thing."""
    names, evidence = frozenset(each.key for each in region.forms), [*region.evidence, *region.renamings]
    spoken_of = {*names, *(name for pair in (*evidence, *orders.same) for name in (pair.left, pair.right))}
    known = {name: entry.canonical for name in spoken_of if (entry := guide.known.entry(name))}
    groups = Groups(known, different=(*orders.different, *region.apart), against=_tell_apart(guide.words))
    groups.join(orders.same, decided=True)
    groups.join(evidence)
    more = tuple(carried(_short_forms(region.forms), groups, names=names, known=guide.known, beside=region.beside))
    groups.join(more)
    return _Joined(names, groups, _ties((*evidence, *more), groups))


def _tell_apart(words: MergingWords) -> Callable[[Name, Name], bool]:
    """What refuses two people of two given names, whatever ties them."""

    def against(left: Name, right: Name) -> bool:
        if left[0] != "PER":
            return False
        a, b = read_person(left[1], words), read_person(right[1], words)
        return a.surname == b.surname and not may_be_one(a, b, words)

    return against


def _short_forms(forms: Iterable[Counted]) -> Mapping[Name, set[Name]]:
    """The full names that each short form stands for in some article, where it may stand for them elsewhere."""
    fulls: dict[Name, set[Name]] = defaultdict(set)
    for each in forms:
        if stands_for(each):
            fulls[each.form.written].add(each.key)
    return fulls


def _ties(evidence: Iterable[Evidence], groups: Groups) -> Mapping[Name, Evidence]:
    """For each name the surest evidence that ties it to its group."""
    ties: dict[Name, Evidence] = {}
    for pair in sorted(evidence, key=lambda e: e.rank):
        if groups.find(pair.left) == groups.find(pair.right):
            ties.setdefault(pair.right, pair)
            ties.setdefault(pair.left, pair)
    return ties


def _remembered(counted: Counted, joined: _Joined, known: Known) -> Name:
    """A short form that the articles now leave open keeps what the run before linked it to (« Lefebvre » of two)."""
    form, key = counted.form, counted.key
    before = form.type, form.before or ""
    if key != form.written or before == key or before not in joined.names or known.entry(key):
        return key
    groups = joined.groups
    if groups.find(before) == groups.find(key) or groups.are_enemies(before, key) or not is_short_form(form.text, before[1]):
        return key
    return before


def _spellings(forms: Iterable[Counted], keys: Iterable[Name]) -> Spellings:
    spellings: dict[Name, Counter[str]] = defaultdict(Counter)
    for each, key in zip(forms, keys, strict=True):
        spellings[key][each.form.text] += each.mentions
    return spellings


def _meaning(counted: Counted, now: Name, group: Group, joined: _Joined, orders: Orders) -> Meaning:
    form, key = counted.form, counted.key
    instead = None
    if now != key:
        instead = 0.7, f"linked to {now[1]} in the run before"
    elif key != form.key:
        instead = 1.0, f"named {form.text}"
    tie = joined.ties.get(now) if now[1] != group.first_name else None
    return Meaning(now == form.written, instead, tie, orders.notes.get(now, ()))
