"""The names of all articles → entities, and what each form of a name means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.decisions import Decision, singled_out
from pipeline.deduplicate.evidence import carried, find_evidence, tell_apart
from pipeline.deduplicate.gathered import Before, Beside, Form, Forms, Gathered, gather_names, nothing_before
from pipeline.deduplicate.ids import Minted, Previous, mint
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.keys import is_short_form
from pipeline.deduplicate.known import Known, Name
from pipeline.deduplicate.local_names import LocalName, LocalNames
from pipeline.deduplicate.naming import Group, Naming, Spellings, make_entity, name_groups
from pipeline.deduplicate.obey import Orders, read_orders
from pipeline.deduplicate.retired import NONE_RETIRED, Retired
from pipeline.model import Entity


@dataclass(frozen=True, slots=True)
class LocalLink:
    """The entity of one article's name, how sure that is (0..1), and why."""

    entity_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What all articles together say of a form: its entity, and what is to be added to the article's own reason.

    `instead` takes the place of what the article says. `tie` is the evidence that ties the full name to the entity, the only
    reason where the form is that full name (`is_full`).
    """

    entity_id: str
    is_full: bool
    instead: tuple[float, str] | None = None
    tie: Evidence | None = None
    notes: Sequence[str] = ()

    def link(self, name: LocalName) -> LocalLink:
        """The entity of an article's name of that form, with all reasons."""
        score, reason = self.instead or (name.score, name.reason)
        if self.tie:
            score = min(score, self.tie.score)
            reason = self.tie.reason if self.is_full else f"{reason}; {self.tie.reason}"
        return LocalLink(self.entity_id, score, "; ".join((reason, *self.notes)) if self.notes else reason)


@dataclass(frozen=True, slots=True)
class Merged:
    """The entities of all articles, sorted by id, decisions that named nobody, and what each form means."""

    entities: tuple[Entity, ...]
    idle: tuple[Decision, ...]
    meanings: Mapping[Form, Meaning]
    forms: Forms

    def links(self, article: LocalNames) -> tuple[LocalLink, ...]:
        """One link for each of the article's names, in their order."""
        formed = zip(article.names, self.forms.of(article), strict=True)
        return tuple(self.meanings[form].link(name) for name, form in formed)


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups of names, and for each name the surest evidence that ties it to its group."""

    groups: Groups
    ties: Mapping[Name, Evidence]


@dataclass(frozen=True, slots=True)
class Settled:
    """The groups with their ids, and the place of each full name's group among them."""

    groups: Sequence[Group]
    ids: Sequence[Minted]
    home: Mapping[Name, int]

    @classmethod
    def of(cls, groups: Sequence[Group], ids: Sequence[Minted]) -> Settled:
        home: dict[Name, int] = {(group.type, member): place for place, group in enumerate(groups) for member in group.members}
        return cls(groups, ids, home)


def merge_names(
    articles: Iterable[LocalNames],
    guide: Guide,
    *,
    previous: Sequence[Previous] = (),
    decisions: Sequence[Decision] = (),
    before: Before = nothing_before,
    retired: Retired = NONE_RETIRED,
) -> Merged:
    """The entities of all articles' names, whatever their order. Ids of `previous` stay, `decisions` are obeyed.

    Ids that are `retired` come back with what they named, and go to nothing else.
    """
    read = Forms(before, singled_out(decisions))
    return merge_gathered(gather_names(articles, read), guide, read, previous=previous, decisions=decisions, retired=retired)


def merge_gathered(
    gathered: Gathered,
    guide: Guide,
    read: Forms,
    *,
    previous: Sequence[Previous] = (),
    decisions: Sequence[Decision] = (),
    retired: Retired = NONE_RETIRED,
) -> Merged:
    """The same from names that are counted already, by the forms that `read` makes of them."""
    orders = read_orders(decisions, _forms_to_decide(gathered, guide.known), previous)
    keys = [form.key if form.article else orders.key_of(form.written, form.key) for form in gathered.numbers]
    joined, kept = _compared(gathered, keys, guide, orders)
    naming = Naming(guide.known, orders, frozenset(pair.right for pair in gathered.renamings))
    named = name_groups(joined.groups, _spellings(gathered, kept), naming)
    settled = Settled.of(named, mint([group.unnamed for group in named], previous, retired))
    meanings = {
        form: _meaning(form, key, now, settled, joined, orders)
        for form, key, now in zip(gathered.numbers, keys, kept, strict=True)
    }
    return Merged(_entities(settled, gathered, kept), orders.idle, meanings, read)


def _compared(gathered: Gathered, keys: Sequence[Name], guide: Guide, orders: Orders) -> tuple[Joined, Sequence[Name]]:
    """The names joined, and the full name that each form keeps. What helps to compare them is let go."""
    every = sorted(set(keys))
    beside = Beside(gathered, every, keys)
    evidence = [*find_evidence(every, _roles(gathered, keys), beside, guide), *gathered.renamings]
    groups, known = _opened(every, evidence, gathered, guide, orders), guide.known
    groups.join(evidence)
    more = tuple(carried(_short_forms(gathered, keys), groups, known, beside))
    groups.join(more)
    joined = Joined(groups, _ties((*evidence, *more), groups))
    kept = [_remembered(form, key, groups, beside, known) for form, key in zip(gathered.numbers, keys, strict=True)]
    return joined, kept


def _forms_to_decide(gathered: Gathered, known: Known) -> Iterator[Name]:
    """Every name that a decision may speak of: full names, names as written, and what the gazetteer calls them."""
    for form in gathered.numbers:
        for name in (form.key, form.written):
            yield name
            if entry := known.entry(name):
                yield entry.type, entry.canonical


def _roles(gathered: Gathered, keys: Sequence[Name]) -> Mapping[Name, frozenset[str]]:
    roles: dict[Name, frozenset[str]] = {}
    for number, words in gathered.roles.items():
        others = roles.get(keys[number])
        roles[keys[number]] = others | words if others else words
    return roles


def _short_forms(gathered: Gathered, keys: Sequence[Name]) -> Mapping[Name, set[Name]]:
    """The full names that each short form stands for in some article, where it may stand for them elsewhere."""
    fulls: dict[Name, set[Name]] = defaultdict(set)
    for form, key in zip(gathered.numbers, keys, strict=True):
        if form.carries and key == form.key:
            fulls[form.written].add(key)
    return fulls


def _opened(names: Sequence[Name], evidence: Sequence[Evidence], gathered: Gathered, guide: Guide, orders: Orders) -> Groups:
    """The groups in which decisions alone have joined names. Then comes all evidence, then short forms whose full names turned
    out to be one thing."""
    spoken_of = {*names, *(name for pair in (*evidence, *orders.same) for name in (pair.left, pair.right))}
    known = {name: entry.canonical for name in spoken_of if (entry := guide.known.entry(name))}
    groups = Groups(known, different=(*orders.different, *gathered.apart), against=tell_apart(guide.words))
    groups.join(orders.same, decided=True)
    return groups


def _ties(evidence: Iterable[Evidence], groups: Groups) -> Mapping[Name, Evidence]:
    """For each name the surest evidence that ties it to its group."""
    ties: dict[Name, Evidence] = {}
    for pair in sorted(evidence, key=lambda e: e.rank):
        if groups.find(pair.left) == groups.find(pair.right):
            ties.setdefault(pair.right, pair)
            ties.setdefault(pair.left, pair)
    return ties


def _remembered(form: Form, key: Name, groups: Groups, beside: Beside, known: Known) -> Name:
    """A short form that the articles now leave open keeps what the run before linked it to (« Lefebvre » of two)."""
    before = form.type, form.before or ""
    if key != form.written or before == key or not beside.count(before) or known.entry(key):
        return key
    if groups.find(before) == groups.find(key) or groups.are_enemies(before, key) or not is_short_form(form.text, before[1]):
        return key
    return before


def _spellings(gathered: Gathered, keys: Iterable[Name]) -> Spellings:
    spellings: dict[Name, Counter[str]] = defaultdict(Counter)
    for form, key, count in zip(gathered.numbers, keys, gathered.counts, strict=True):
        spellings[key][form.text] += count
    return spellings


def _meaning(form: Form, key: Name, now: Name, settled: Settled, joined: Joined, orders: Orders) -> Meaning:
    place = settled.home[now]
    instead = None
    if now != key:
        instead = 0.7, f"linked to {now[1]} in the run before"
    elif key != form.key:
        instead = 1.0, f"named {form.text}"
    tie = joined.ties.get(now) if now[1] != settled.groups[place].first_name else None
    notes = orders.notes.get(now, ())
    return Meaning(settled.ids[place].entity_id, now == form.written, instead, tie, notes)


def _entities(settled: Settled, gathered: Gathered, keys: Sequence[Name]) -> tuple[Entity, ...]:
    """The entities by id, each of the kind that rules give it most often (« la licorne Lumio »), the first by name of equals."""
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    for (form, kind), count in gathered.kinds.items():
        kinds[settled.home[keys[form]]][kind] += count
    said = {place: min(found, key=lambda kind: (-found[kind], kind)) for place, found in kinds.items()}
    made = (make_entity(g, m, said.get(n)) for n, (g, m) in enumerate(zip(settled.groups, settled.ids, strict=True)))
    return tuple(sorted(made, key=lambda entity: entity.entity_id))
