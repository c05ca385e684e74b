"""The names of all articles, counted: each form once, and what stands beside it in which articles."""

from __future__ import annotations

import random

import pytest

from pipeline.deduplicate.gathered import Beside, Form, Forms, Gathered, gather_names, nothing_before
from pipeline.deduplicate.known import Name
from pipeline.deduplicate.local_names import LocalName, LocalNames


def local(article_id: str, *names: str, count: int = 1, kind: str | None = None, roles: tuple[str, ...] = ()) -> LocalNames:
    """An article of companies that stand for themselves; « Lumio=Lumio SAS » is a short form."""
    forms = [name.partition("=")[::2] for name in names]
    each = tuple(LocalName("ORG", text, full or text, 0.8, "named", bool(full), kind, roles, count) for text, full in forms)
    return LocalNames(article_id, each, tuple(range(len(each))), (), ())


def form(text: str, full: str | None = None, before: str | None = None, article: str | None = None) -> Form:
    return Form("ORG", text, full or text, full is not None, before, article)


PLAIN = Forms(nothing_before)
ARTICLES = [local("a", "Lumio", "Ostre=Ostrane"), local("c", "Lumio"), local("b", "Lumio", "Nubeo", "Ostre=Ostrane", count=3)]


def beside(gathered: Gathered) -> Beside:
    keys = [found.key for found in gathered.numbers]
    return Beside(gathered, sorted(set(keys)), keys)


def test_each_form_is_counted() -> None:
    found = gather_names(ARTICLES, PLAIN)
    assert dict(zip(found.numbers, found.counts, strict=True)) == {
        form("Lumio"): 5,
        form("Ostre", "Ostrane"): 4,
        form("Nubeo"): 3,
    }


def test_what_rules_and_articles_say_of_a_form_adds_up() -> None:
    articles = [
        local("a", "Lumio", kind="media", roles=("pdg",), count=2),
        local("b", "Lumio", kind="media", roles=("juge",)),
        local("c", "Lumio", kind="startup"),
        local("d", "Nubeo"),
    ]
    found = gather_names(articles, PLAIN)
    assert (dict(found.kinds), found.roles) == ({(0, "media"): 3, (0, "startup"): 1}, {0: {"pdg", "juge"}})


@pytest.mark.parametrize(
    ("name", "articles", "company"),
    [
        ("Lumio", 3, ["Nubeo", "Ostrane"]),
        ("Ostrane", 2, ["Lumio", "Nubeo"]),
        ("Nubeo", 1, ["Lumio", "Ostrane"]),
        ("Vélora", 0, []),
    ],
)
def test_what_stands_beside_a_name_in_whatever_order(name: str, articles: int, company: list[str]) -> None:
    for seed in range(4):
        shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
        by_name = beside(gather_names(shuffled, PLAIN))
        found = sorted(text for _, text in by_name.company_of(("ORG", name)))
        assert (by_name.count(("ORG", name)), found) == (articles, company)


def test_of_a_name_s_articles_the_first_twenty_tell_what_stands_beside_it() -> None:
    articles = [local(f"{n:02}", "Lumio", f"Beside {n:02}") for n in range(25)]
    by_name = beside(gather_names(articles[::-1], PLAIN))
    assert sorted(text for _, text in by_name.company_of(("ORG", "Lumio"))) == [f"Beside {n:02}" for n in range(20)]
    assert by_name.count(("ORG", "Lumio")) == 25


def test_two_forms_of_one_name_in_an_article_are_one_article() -> None:
    by_name = beside(gather_names([local("a", "Ostrane", "Ostre=Ostrane", "Nubeo")], PLAIN))
    name: Name = ("ORG", "Ostrane")
    assert (by_name.count(name), by_name.company_of(name)) == (1, {("ORG", "Nubeo")})


def test_nothing_is_gathered_from_nothing() -> None:
    found = gather_names([], PLAIN)
    assert (found.numbers, beside(found).company_of(("ORG", "Lumio"))) == ({}, frozenset())


def test_what_the_run_before_linked_counts_where_the_article_leaves_it_open() -> None:
    before = {"a": {("ORG", "Ostre"): "Ostrane"}, "b": {("ORG", "Ostre"): "Ostrane"}}
    forms = Forms(lambda article_id: before.get(article_id, {}))
    articles = [local("a", "Ostre", "Lumio"), local("b", "Ostre=Ostre Marine"), local("c", "Ostre")]
    assert [list(forms.of(article)) for article in articles] == [
        [form("Ostre", before="Ostrane"), form("Lumio")],
        [form("Ostre", "Ostre Marine")],
        [form("Ostre")],
    ]


def test_a_name_that_a_decision_singles_out_is_that_of_one_article() -> None:
    forms = Forms(nothing_before, {"b": frozenset({"org:ostrane"})})
    assert [found.key for article in ARTICLES for found in forms.of(article)] == [
        *(("ORG", "Lumio"), ("ORG", "Ostrane"), ("ORG", "Lumio")),
        *(("ORG", "Lumio"), ("ORG", "Nubeo"), ("ORG", "Ostrane (b)")),
    ]


def test_a_form_is_written_one_way_and_stands_for_another() -> None:
    assert [(f.written, f.key) for f in (form("Ostre", "Ostrane"), form("Ostre", "Ostrane", article="b"))] == [
        (("ORG", "Ostre"), ("ORG", "Ostrane")),
        (("ORG", "Ostre"), ("ORG", "Ostrane (b)")),
    ]
