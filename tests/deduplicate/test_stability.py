"""Ids for life: articles come in any order and in batches of any size, and no id changes but by a listed merge."""

from __future__ import annotations

import datetime as dt
import pickle
import random
from collections import defaultdict
from dataclasses import replace

import pytest

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.entities import Guide, Resolution, merge_names, read_local_names, resolve_entities
from pipeline.deduplicate.gathered import Before
from pipeline.deduplicate.ids import Previous
from pipeline.deduplicate.keys import is_short_form
from pipeline.deduplicate.retired import NONE_RETIRED, Retired, digest
from pipeline.lexicon import Lexicon
from pipeline.model import Entity
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked

CORPUS = [
    marked("a", "[ORG Lunaris AI] lève. [ORG Lunaris] recrute, dit [PER Anne Lefebvre]."),
    marked("b", "[ORG Lunaris] signe avec [PER Hugo Lefebvre]. [PER Lefebvre] s'en va."),
    marked("c", "[ORG Brumeval SAS] écrit au [ORG PPE] depuis [LOC Orange]."),
    marked("d", "[ORG BRUMEVAL] quitte [ORG Orange], dit [PER A. Lefebvre]."),
    marked("e", "[PER Lefebvre] se tait. L'[ORG OCP] aussi."),
    marked("f", "L'[ORG Office central des passerelles] ([ORG OCP]) enquête sur [ORG Lunaris Group]."),
    marked("g", "L'[ORG Observatoire du commerce portuaire] ([ORG OCP]) répond. [ORG Vélora] (ex-[ORG Brumeval]) aussi."),
    marked("h", "La [LAW proposition de loi Marnier] déplaît à [PER K. Vorland] et au [ORG Parti populaire européen]."),
    marked("i", "La [LAW loi Marnier] plaît à [PER Kai Vorland], pas à [PER Karl Vorland]."),
    marked("j", "[ORG Pantographe] et [ORG Vélora] signent. [ORG Pantographe] aussi. [ORG Pantografe] tarde."),
    marked(
        "k",
        "Un compte [PRODUCT Twitter], un compte [PRODUCT X], [PRODUCT Vélora Kestrel] et [PRODUCT Kestrel]. [ORG Vélora] publie.",
    ),
    marked("l", "[PRODUCT Kestrel 2] et [PRODUCT Kestrel 3] sortent chez [ORG Lunaris]."),
]
"""Short forms, acronyms, surnames and slips that mean one thing until another article comes."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The lexicon with the gazetteers that the corpus speaks of, so that many runs take little time."""
    whole = built_in_lexicon()
    sources = ("parties.csv", "products-software.csv", "places-fr.csv")
    return replace(whole, gazetteer=tuple(entry for entry in whole.gazetteer if entry.source in sources))


def previous(resolution: Resolution, day: int) -> list[Previous]:
    return [Previous(entity, dt.date(2024, 1, day)) for entity in resolution.entities]


def memory(run: Resolution) -> Before:
    """What the run linked the short forms of each article to, as the next run reads it from its output folder."""
    called = {entity.entity_id: entity.name for entity in run.entities}
    linked: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in run.links:
        linked[link.article_id][link.mention.type, link.mention.text].add(called[link.entity_id])
    return lambda article_id: {
        form: name
        for form, names in linked[article_id].items()
        for name in names
        if len(names) == 1 and name != form[1] and is_short_form(form[1], name)
    }


def after(retired: Retired, before: Resolution, now: Resolution) -> Retired:
    """The ids that are retired after a run."""
    alive = {entity_id for entity in now.entities for entity_id in (entity.entity_id, *entity.former_ids)}
    return retired.after([entity for entity in before.entities if entity.entity_id not in alive], alive)


def batches(seed: int) -> list[list[ArticleNames]]:
    """The corpus in a random order, growing by one to four articles at a time."""
    chance = random.Random(seed)
    order = CORPUS.copy()
    chance.shuffle(order)
    sizes = [chance.randint(1, 4)]
    while sizes[-1] < len(order):
        sizes.append(min(len(order), sizes[-1] + chance.randint(1, 4)))
    return [order[:size] for size in sizes]


def places(run: Resolution) -> dict[tuple[str, int], str]:
    return {(link.article_id, link.mention.start): link.entity_id for link in run.links}


@pytest.mark.parametrize("seed", range(20))
def test_no_id_changes_but_by_a_listed_merge(lexicon: Lexicon, seed: int) -> None:
    run = Resolution((), ())
    for day, articles in enumerate(batches(seed), 1):
        before = run
        run = resolve_entities(articles, lexicon, previous=previous(before, day), before=memory(before))
        heir = {old: entity.entity_id for entity in run.entities for old in (entity.entity_id, *entity.former_ids)}
        now = places(run)
        assert {place: heir.get(old) for place, old in places(before).items()} == {place: now[place] for place in places(before)}


def test_the_order_of_articles_does_not_matter(lexicon: Lexicon) -> None:
    expected = resolve_entities(CORPUS, lexicon)
    for seed in range(20):
        shuffled = CORPUS.copy()
        random.Random(seed).shuffle(shuffled)
        assert resolve_entities(shuffled, lexicon) == expected


def test_articles_read_before_are_merged_from_what_was_kept_of_them(lexicon: Lexicon) -> None:
    guide = Guide.load(lexicon)
    local = [read_local_names(article, guide) for article in CORPUS]
    stored = [pickle.loads(pickle.dumps(names)) for names in reversed(local)]
    merged, again = merge_names(local, guide), merge_names(stored, guide)
    assert (again.entities, again.meanings) == (merged.entities, merged.meanings)
    links = {names.article_id: again.links(names) for names in stored}
    assert [
        (names.article_id, mention, links[names.article_id][number].entity_id)
        for article, names in zip(CORPUS, local, strict=True)
        for mention, number in zip(article.mentions, names.numbers, strict=True)
    ] == [(link.article_id, link.mention, link.entity_id) for link in resolve_entities(CORPUS, lexicon).links]


def test_a_run_repeated_changes_nothing(lexicon: Lexicon) -> None:
    first = resolve_entities(CORPUS, lexicon)
    assert resolve_entities(CORPUS, lexicon, previous=previous(first, 1), before=memory(first)) == first


def test_a_merge_keeps_the_older_id_and_lists_the_other(lexicon: Lexicon) -> None:
    apart = [
        Previous(Entity("org:lunaris", "ORG", "Lunaris"), dt.date(2023, 5, 1)),
        Previous(Entity("org:lunaris-ai", "ORG", "Lunaris AI", former_ids=("org:lunaris-labs",)), dt.date(2024, 2, 1)),
    ]
    (entity,) = resolve_entities([marked("a", "[ORG Lunaris AI] et [ORG Lunaris]")], lexicon, previous=apart).entities
    assert (entity.entity_id, entity.former_ids) == ("org:lunaris", ("org:lunaris-ai", "org:lunaris-labs"))


def test_changed_rules_keep_the_id_with_the_name(lexicon: Lexicon) -> None:
    wrong = [Previous(Entity("org:kestrane", "ORG", "Kestrane", aliases=("Kestrel Marine",)), dt.date(2023, 5, 1))]
    entities = resolve_entities([marked("a", "[ORG Kestrane] et [ORG Kestrel Marine]")], lexicon, previous=wrong).entities
    assert [(e.entity_id, e.name) for e in entities] == [("org:kestrane", "Kestrane"), ("org:kestrel-marine", "Kestrel Marine")]


def test_an_entity_that_is_named_no_more_comes_back_with_its_id(lexicon: Lexicon) -> None:
    """Lunaris AI has an id that its short name gave it, Brumeval a number: they go one by one, and come back in another order."""
    older = [
        Previous(Entity("org:lunaris", "ORG", "Lunaris"), dt.date(2020, 1, 1)),
        Previous(Entity("org:brumeval-2", "ORG", "Brumeval"), dt.date(2020, 1, 1)),
    ]
    articles = [
        marked("a", "[ORG Lunaris AI] recrute. [ORG Lunaris] paie [PER Anne Kerval]."),
        marked("b", "[ORG Brumeval] écrit à [PER Hugo Kerval]."),
        marked("c", "[ORG Ostrane] écrit à [PER Anne Kerval]."),
    ]
    first = resolve_entities(articles, lexicon, previous=older)
    assert [entity.entity_id for entity in first.entities] == [
        *("org:brumeval-2", "org:lunaris", "org:ostrane", "per:anne-kerval", "per:hugo-kerval")
    ]
    retired, earlier = NONE_RETIRED, first
    for kept in ("bc", "c", "ac", "a", "", "b", "abc"):
        now = [article for article in articles if article.article_id in kept]
        run = resolve_entities(now, lexicon, previous=previous(earlier, 1), retired=retired)
        retired, earlier = after(retired, earlier, run), run
        assert places(run) == {place: entity_id for place, entity_id in places(first).items() if place[0] in kept}
    assert retired == NONE_RETIRED


def test_a_retired_id_goes_to_nobody_else(lexicon: Lexicon) -> None:
    """« Vélora » is named no more, and « Velora! » of the same slug is no name that it went by."""
    gone = resolve_entities([marked("a", "[ORG Vélora] et [ORG Ostrane]")], lexicon)
    now = resolve_entities([marked("b", "[ORG Ostrane]")], lexicon, previous=previous(gone, 1))
    retired = after(NONE_RETIRED, gone, now)
    assert list(retired.names) == [digest("org:velora")]
    for text, entity_id in (("[PER Vélora]", "per:velora"), ("[ORG Vélora]", "org:velora"), ("[ORG VELORA]", "org:velora")):
        assert places(resolve_entities([marked("c", text)], lexicon, retired=retired)) == {("c", 0): entity_id}
    kept = Retired({digest("org:velora"): frozenset()})
    assert places(resolve_entities([marked("c", "[ORG Vélora]")], lexicon, retired=kept)) == {("c", 0): "org:velora-2"}


def test_an_id_once_given_goes_to_nobody_else(lexicon: Lexicon) -> None:
    gone = [Previous(Entity("org:velora", "ORG", "Ostrane", former_ids=("org:brumeval",)), dt.date(2023, 5, 1))]
    articles = [marked("a", "[ORG Ostrane], [ORG Vélora] et [ORG Brumeval]")]
    assert [(e.entity_id, e.name) for e in resolve_entities(articles, lexicon, previous=gone).entities] == [
        ("org:brumeval-2", "Brumeval"),
        ("org:velora", "Ostrane"),
        ("org:velora-2", "Vélora"),
    ]
