"""The names of all articles in memory → entities, and what each form of a name means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.deduplicate.carried import needs_company
from pipeline.deduplicate.decisions import Decision, singled_out
from pipeline.deduplicate.evidence import find_evidence
from pipeline.deduplicate.gathered import Before, Beside, Form, Forms, Gathered, gather_names, nothing_before
from pipeline.deduplicate.ids import Previous, mint
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.known import Known, Name
from pipeline.deduplicate.local_names import LocalNames
from pipeline.deduplicate.naming import make_entity
from pipeline.deduplicate.obey import read_orders
from pipeline.deduplicate.regions import Counted, Meaning, Region, full_name, settle, stands_for
from pipeline.deduplicate.retired import NONE_RETIRED, Retired
from pipeline.model import Entity


@dataclass(frozen=True, slots=True)
class LocalLink:
    """The entity of one article's name, how sure that is (0..1), and why."""

    entity_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The entities of all articles, sorted by id, decisions that named nobody, and the entity and meaning of each form."""

    entities: tuple[Entity, ...]
    idle: tuple[Decision, ...]
    meanings: Mapping[Form, tuple[str, Meaning]]
    forms: Forms

    def links(self, article: LocalNames) -> tuple[LocalLink, ...]:
        """One link for each of the article's names, in their order."""
        formed = [(name, *self.meanings[form]) for name, form in zip(article.names, self.forms.of(article), strict=True)]
        return tuple(LocalLink(entity_id, *meaning.of(name)) for name, entity_id, meaning in formed)


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
    gathered = gather_names(articles, read)
    orders = read_orders(decisions, (name for form in gathered.numbers for name in to_decide(form, guide.known)), previous)
    keys = [full_name(form, orders) for form in gathered.numbers]
    settled = tuple(settle(_region(gathered, keys, guide), guide, orders))
    minted = mint([each.group.unnamed for each in settled], previous, retired)
    found = tuple(zip(settled, minted, strict=True))
    entities = sorted((make_entity(each.group, ids, each.kind) for each, ids in found), key=lambda entity: entity.entity_id)
    meanings = {form: (ids.entity_id, meaning) for each, ids in found for form, meaning in each.meanings}
    return Merged(tuple(entities), orders.idle, meanings, read)


def to_decide(form: Form, known: Known) -> Iterator[Name]:
    """Every name of a form that a decision may speak of: the full name, that which is written, what the gazetteer calls them."""
    for name in (form.key, form.written):
        yield name
        if entry := known.entry(name):
            yield entry.type, entry.canonical


def _region(gathered: Gathered, keys: Sequence[Name], guide: Guide) -> Region:
    """All names as one region, with what speaks for it that two are one."""
    kinds: dict[int, dict[str, int]] = defaultdict(dict)
    for (number, kind), count in gathered.kinds.items():
        kinds[number][kind] = count
    forms = [
        Counted(form, key, count, kinds.get(number))
        for (form, number), key, count in zip(gathered.numbers.items(), keys, gathered.counts, strict=True)
    ]
    every = sorted(set(keys))
    stands = Beside(gathered, every, keys)
    evidence = find_evidence(every, _roles(gathered, keys), stands, guide)
    pairs = {(each.form.written, each.key) for each in forms if stands_for(each) and needs_company(each.form.written)}
    beside = {pair for pair in pairs if stands.shared(*pair)}
    return Region(forms, evidence, gathered.renamings, gathered.apart, beside)


def _roles(gathered: Gathered, keys: Sequence[Name]) -> Mapping[Name, frozenset[str]]:
    roles: dict[Name, frozenset[str]] = {}
    for number, words in gathered.roles.items():
        others = roles.get(keys[number])
        roles[keys[number]] = others | words if others else words
    return roles
