"""Names → entities: short forms find their full name, full names that are one thing form groups, groups get ids for life."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.decisions import Decision
from pipeline.deduplicate.evidence import FEATURES, Names, carried, tell_apart
from pipeline.deduplicate.ids import Minted, Previous, Unnamed, mint
from pipeline.deduplicate.index import FullName, Guide
from pipeline.deduplicate.keys import MergingWords, is_acronym, is_short_form
from pipeline.deduplicate.known import Known, Name
from pipeline.deduplicate.obey import Orders, read_orders
from pipeline.deduplicate.renamed import find_renamings
from pipeline.deduplicate.within import full_names
from pipeline.lexicon import GazetteerEntry, Lexicon
from pipeline.model import Entity, EntityType, Link, Mention

__all__ = ["ArticleNames", "Resolution", "resolve_entities"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, sorted by id, one link a mention, by article and place, and decisions that named nobody."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    idle: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Full names that are one thing: the name it goes by, the name it was minted from, its forms, what the gazetteer knows."""

    type: EntityType
    name: str
    first_name: str
    members: tuple[str, ...]
    forms: tuple[str, ...]
    entry: GazetteerEntry | None


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups of names, and for each name the surest evidence that ties it to its group."""

    groups: Groups
    reasons: Mapping[Name, Evidence]


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides how a group is called: the gazetteer, people, and the names that articles say were given up."""

    known: Known
    orders: Orders
    given_up: frozenset[Name]


Placed = tuple[Mention, FullName]
Read = tuple[ArticleNames, tuple[Placed, ...]]
Forms = Mapping[Name, Counter[str]]


def resolve_entities(
    articles: Iterable[ArticleNames],
    lexicon: Lexicon,
    *,
    previous: Sequence[Previous] = (),
    decisions: Sequence[Decision] = (),
) -> Resolution:
    """The entities of all mentions, whatever the order of the articles. Ids of `previous` stay, `decisions` are obeyed."""
    words = MergingWords.read(lexicon.words)
    known = Known.of(lexicon.gazetteer, words.body_heads)
    guide = Guide.of(words, known)
    read = [(a, tuple(zip(a.mentions, full_names(a, guide), strict=True))) for a in sorted(articles, key=lambda a: a.article_id)]
    orders = read_orders(decisions, _forms_to_decide(read, known), previous)
    read = [(article, tuple(orders.part(mention, full) for mention, full in placed)) for article, placed in read]
    names = _names(read, guide)
    evidence = [pair for feature in FEATURES for pair in feature(names)]
    renamings = [pair for article, _ in read for pair in find_renamings(article, known, words)]
    joined = _join(names, [*evidence, *renamings], orders, _short_forms(read))
    read = [(article, tuple(_remembered(article, *pair, joined, names) for pair in placed)) for article, placed in read]
    groups = _groups(joined, _forms(read), Naming(known, orders, frozenset(pair.right for pair in renamings)))
    minted = mint([Unnamed(g.type, g.first_name, (g.name, *g.members), g.forms) for g in groups], previous)
    return _resolution(read, groups, minted, joined, orders)


def _names(read: Sequence[Read], guide: Guide) -> Names:
    places: dict[Name, list[int]] = defaultdict(list)
    beside = []
    for number, (_, placed) in enumerate(read):
        here = sorted({full.key for _, full in placed})
        beside.append(here)
        for name in here:
            places[name].append(number)
    return Names(sorted(places), guide.known, guide.words, places, beside)


def _forms_to_decide(read: Sequence[Read], known: Known) -> Iterable[Name]:
    """Every name that a decision may speak of: full names, names as written, and what the gazetteer calls them."""
    for _, placed in read:
        for mention, full in placed:
            for name in (full.key, (mention.type, mention.text)):
                yield name
                if entry := known.entry(name):
                    yield entry.type, entry.canonical


def _short_forms(read: Iterable[Read]) -> Mapping[Name, set[Name]]:
    """The full names that each short form stands for in some article, where it may stand for them elsewhere."""
    fulls: dict[Name, set[Name]] = defaultdict(set)
    for _, placed in read:
        for mention, full in placed:
            if full.carries:
                fulls[mention.type, mention.text].add(full.key)
    return fulls


def _join(names: Names, evidence: Sequence[Evidence], orders: Orders, short_forms: Mapping[Name, set[Name]]) -> Joined:
    """The names joined: decisions first, then all evidence, then short forms whose full names turned out to be one thing."""
    spoken_of = {*names.names, *(name for pair in (*evidence, *orders.same) for name in (pair.left, pair.right))}
    known = {name: entry.canonical for name in spoken_of if (entry := names.known.entry(name))}
    groups = Groups(known, different=orders.different, against=tell_apart(names.words))
    groups.join(orders.same, decided=True)
    groups.join(evidence)
    more = tuple(carried(short_forms, groups.find, names))
    groups.join(more)
    return Joined(groups, _reasons((*evidence, *more), groups))


def _reasons(evidence: Iterable[Evidence], groups: Groups) -> Mapping[Name, Evidence]:
    """For each name the surest evidence that ties it to its group."""
    reasons: dict[Name, Evidence] = {}
    for pair in sorted(evidence, key=lambda e: e.rank):
        if groups.find(pair.left) == groups.find(pair.right):
            reasons.setdefault(pair.right, pair)
            reasons.setdefault(pair.left, pair)
    return reasons


def _remembered(article: ArticleNames, mention: Mention, full: FullName, joined: Joined, names: Names) -> Placed:
    """A short form that the articles now leave open keeps what the run before linked it to (« Lefebvre » of two)."""
    before = mention.type, article.before.get((mention.start, mention.end, mention.type), mention.text)
    groups = joined.groups
    settled = full.name != mention.text or before == full.key or names.known.entry(full.key)
    if settled or before not in names.places or not is_short_form(mention.text, before[1]):
        return mention, full
    if groups.find(before) == groups.find(full.key) or groups.are_enemies(before, full.key):
        return mention, full
    return mention, replace(full, name=before[1], score=0.7, reason=f"linked to {before[1]} in the run before")


def _forms(read: Iterable[Read]) -> Forms:
    forms: dict[Name, Counter[str]] = defaultdict(Counter)
    for _, placed in read:
        for mention, full in placed:
            forms[full.key][mention.text] += 1
    return forms


def _groups(joined: Joined, forms: Forms, naming: Naming) -> tuple[Group, ...]:
    members: dict[Name, list[Name]] = defaultdict(list)
    for name in sorted(forms):
        members[joined.groups.find(name)].append(name)
    taken: set[Name] = set()
    groups = []
    for root, group in sorted(members.items(), key=lambda item: (-sum(forms[n].total() for n in item[1]), item[0])):
        things: list[Name] = [(root[0], thing) for thing in sorted(joined.groups.things(root)) if (root[0], thing) not in taken]
        thing = min(things, key=lambda t: (-forms.get(t, Counter()).total(), t), default=None)
        entry = naming.known.entry(thing) if thing else None
        taken |= set(things)
        groups.append(_named(root, group, entry, forms, naming))
    return tuple(sorted(groups, key=lambda g: (g.type, g.name, g.members)))


def _named(root: Name, members: Sequence[Name], entry: GazetteerEntry | None, forms: Forms, naming: Naming) -> Group:
    """A group under the name that a person gave it, else the gazetteer's, else the full name that most mentions stand for.

    Acronyms and names in capitals come after others, a name that was given up comes last.
    """
    called = naming.orders.called

    def rank(name: Name) -> tuple[bool, bool, bool, int, int, str]:
        text = name[1]
        return name not in naming.given_up, not is_acronym(text), not text.isupper(), forms[name].total(), len(text), text

    first = entry.canonical if entry else max(members, key=rank)[1]
    name = next((called[m].right for m in (*members, (root[0], first)) if m in called), first)
    seen = {form for member in members for form in (member[1], *forms[member])} | {first}
    return Group(cast(EntityType, root[0]), name, first, tuple(m[1] for m in members), tuple(sorted(seen)), entry)


def _resolution(
    read: Sequence[Read], groups: Sequence[Group], minted: Sequence[Minted], joined: Joined, orders: Orders
) -> Resolution:
    home: dict[Name, int] = {(group.type, member): place for place, group in enumerate(groups) for member in group.members}
    links = []
    for article, placed in read:
        for mention, full in placed:
            place = home[full.key]
            score, reason = _why(mention, full, groups[place], joined.reasons.get(full.key))
            links.append(Link(article.article_id, mention, minted[place].entity_id, score, orders.say(full, reason)))
    kinds = _assigned_kinds(links)
    entities = sorted((_entity(group, id_, kinds) for group, id_ in zip(groups, minted, strict=True)), key=lambda e: e.entity_id)
    return Resolution(tuple(entities), tuple(links), orders.idle)


def _why(mention: Mention, full: FullName, group: Group, pair: Evidence | None) -> tuple[float, str]:
    if full.name == group.first_name or pair is None:
        return full.score, full.reason
    reason = pair.reason if full.name == mention.text else f"{full.reason}; {pair.reason}"
    return min(full.score, pair.score), reason


def _assigned_kinds(links: Sequence[Link]) -> Mapping[str, str]:
    """The kind that rules give each entity most often (« la licorne Lumio » → unicorn), the first by name of equals."""
    counts: dict[str, Counter[str]] = {}
    for link in links:
        if kind := link.mention.parts.get("kind"):
            counts.setdefault(link.entity_id, Counter())[kind] += 1
    return {entity_id: min(kinds, key=lambda kind: (-kinds[kind], kind)) for entity_id, kinds in counts.items()}


def _entity(group: Group, minted: Minted, kinds: Mapping[str, str]) -> Entity:
    return Entity(
        minted.entity_id,
        group.type,
        group.name,
        aliases=tuple(form for form in group.forms if form != group.name),
        wikidata=group.entry.wikidata if group.entry else None,
        country=group.entry.country if group.entry else None,
        kind=kinds.get(minted.entity_id) or (group.entry.kind if group.entry else None),
        former_ids=minted.former_ids,
    )
