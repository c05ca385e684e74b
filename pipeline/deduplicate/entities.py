"""Names → entities: short forms find their full name, full names that are one thing form groups, groups get ids for life."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.evidence import FEATURES, Known, Name, Names
from pipeline.deduplicate.ids import Minted, Previous, mint
from pipeline.deduplicate.keys import MergingWords, is_acronym
from pipeline.deduplicate.within import FullName, full_names
from pipeline.lexicon import GazetteerEntry, Lexicon
from pipeline.model import Entity, EntityType, Link, Mention


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """What merging sees of an article."""

    article_id: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, sorted by id, and one link a mention, by article and place."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Full names that are one thing: the name it goes by, what the gazetteer knows of it, every form in the corpus."""

    type: EntityType
    name: str
    members: tuple[str, ...]
    forms: tuple[str, ...]
    entry: GazetteerEntry | None


Read = tuple[ArticleNames, tuple[tuple[Mention, FullName], ...]]
Forms = Mapping[Name, Counter[str]]


def resolve_entities(articles: Iterable[ArticleNames], lexicon: Lexicon, *, previous: Sequence[Previous] = ()) -> Resolution:
    """The entities of all mentions, whatever the order of the articles. Ids of `previous` entities are kept."""
    words, known = MergingWords.read(lexicon.words["merging"]), Known.of(lexicon.gazetteer)
    read = [(a, tuple(zip(a.mentions, full_names(a.mentions, words), strict=True))) for a in articles]
    read.sort(key=lambda item: item[0].article_id)
    forms = _forms(read)
    names = Names(sorted(forms), known, words, _neighbours(read))
    evidence = [pair for feature in FEATURES for pair in feature(names)]
    joined = _join(names, evidence)
    groups = _groups(names, joined, forms)
    minted = _mint(groups, previous)
    group_of: dict[Name, Group] = {(group.type, member): group for group in groups for member in group.members}
    reasons = _reasons(evidence, joined)
    links = []
    for article, mentions in read:
        for mention, full in mentions:
            name = full.type, full.name
            group = group_of[name]
            score, reason = _why(mention, full, group, reasons.get(name))
            links.append(Link(article.article_id, mention, minted[group.type, group.name].entity_id, score, reason))
    entities = sorted((_entity(group, minted[group.type, group.name]) for group in groups), key=lambda e: e.entity_id)
    return Resolution(tuple(entities), tuple(links))


def _forms(read: Iterable[Read]) -> Forms:
    forms: dict[Name, Counter[str]] = defaultdict(Counter)
    for _, mentions in read:
        for mention, full in mentions:
            forms[full.type, full.name][mention.text] += 1
    return forms


def _neighbours(read: Iterable[Read]) -> Mapping[Name, frozenset[Name]]:
    """Which names stand in an article with an acronym: the only ones that are asked for."""
    beside: dict[Name, set[Name]] = defaultdict(set)
    for _, mentions in read:
        names = {(full.type, full.name) for _, full in mentions}
        for name in names:
            if is_acronym(name[1]):
                beside[name] |= names - {name}
    return {name: frozenset(others) for name, others in beside.items()}


def _join(names: Names, evidence: Sequence[Evidence]) -> Groups:
    """The names joined by all evidence; two things that the gazetteer tells apart stay apart."""
    spoken_of = {*names.names, *(name for pair in evidence for name in (pair.left, pair.right))}
    groups = Groups({name: entry.canonical for name in spoken_of if (entry := names.known.entry(name))})
    groups.join(evidence)
    return groups


def _groups(names: Names, joined: Groups, forms: Forms) -> tuple[Group, ...]:
    members: dict[Name, list[Name]] = defaultdict(list)
    for name in names.names:
        members[joined.find(name)].append(name)
    return tuple(_named(root, group, joined.thing(root), names.known, forms) for root, group in members.items())


def _named(root: Name, members: Sequence[Name], thing: str | None, known: Known, forms: Forms) -> Group:
    """A group under the gazetteer's name, else the full name that most mentions stand for, an acronym last of all."""
    entry = known.entry((root[0], thing)) if thing else None
    rank = lambda name: (not is_acronym(name[1]), forms[name].total(), len(name[1]), name[1])  # noqa: E731
    name = entry.canonical if entry else max(members, key=rank)[1]
    seen = {form for member in members for form in (member[1], *forms[member])}
    return Group(cast(EntityType, root[0]), name, tuple(m[1] for m in members), tuple(sorted(seen)), entry)


def _mint(groups: Iterable[Group], previous: Sequence[Previous]) -> Mapping[Name, Minted]:
    minted: dict[Name, Minted] = {}
    by_type: dict[EntityType, dict[str, Sequence[str]]] = defaultdict(dict)
    for group in groups:
        by_type[group.type][group.name] = group.forms
    for kind, named in by_type.items():
        minted |= {(kind, name): value for name, value in mint(named, kind, previous).items()}
    return minted


def _reasons(evidence: Iterable[Evidence], joined: Groups) -> Mapping[Name, Evidence]:
    """For each name the surest evidence that ties it to its group."""
    reasons: dict[Name, Evidence] = {}
    for pair in sorted(evidence, key=lambda e: (-e.score, e.left, e.right, e.reason)):
        if joined.find(pair.left) == joined.find(pair.right):
            reasons.setdefault(pair.right, pair)
            reasons.setdefault(pair.left, pair)
    return reasons


def _why(mention: Mention, full: FullName, group: Group, pair: Evidence | None) -> tuple[float, str]:
    if full.name == group.name or pair is None:
        return full.score, full.reason
    reason = pair.reason if full.name == mention.text else f"{full.reason}; {pair.reason}"
    return min(full.score, pair.score), reason


def _entity(group: Group, minted: Minted) -> Entity:
    return Entity(
        minted.entity_id,
        group.type,
        group.name,
        aliases=tuple(form for form in group.forms if form != group.name),
        wikidata=group.entry.wikidata if group.entry else None,
        country=group.entry.country if group.entry else None,
        kind=group.entry.kind if group.entry else None,
        former_ids=minted.former_ids,
    )
