"""What the corpus says about a name, whatever the order of its articles."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.clean.plain import plain_document
from pipeline.model import EntityType, Mention
from pipeline.recognize.corpus_vote import Openings, agreed_score, count_votes, opening, openings, revise, settle


def mention(text: str, name: str, kind: EntityType, score: float) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, "model", "model", score)


def test_votes_of_articles_add_up_in_any_order() -> None:
    texts = ["Merlodia est là.", "Voici Merlodia.", "Avec Merlodia."]
    votes = [count_votes(plain_document(t), [mention(t, "Merlodia", "ORG", 0.95)]) for t in texts]
    assert sum(votes, Counter()) == sum(reversed(votes), Counter()) == {("Merlodia", "ORG"): 3}


def test_three_articles_and_four_in_five_settle_a_form() -> None:
    votes = {("Merlodia", "ORG"): 4, ("Merlodia", "LOC"): 1, ("Tribor", "ORG"): 2, ("Vannelle", "ORG"): 4, ("Vannelle", "LOC"): 3}
    assert settle(Counter(votes)) == {"Merlodia": ("ORG", 0.8)}  # type: ignore[arg-type]


def test_an_article_that_hesitates_takes_the_type_that_the_corpus_agrees_on() -> None:
    text = "On parle de Merlodia."
    (revised,) = revise(plain_document(text), [mention(text, "Merlodia", "PER", 0.6)], {"Merlodia": "ORG"})
    assert (revised.type, revised.method, revised.rule_id) == ("ORG", "consistency", "agreed-by-corpus")


def test_an_article_that_is_sure_keeps_its_own_type() -> None:
    text = "On parle de Merlodia."
    sure = mention(text, "Merlodia", "LOC", 0.97)
    assert revise(plain_document(text), [sure], {"Merlodia": "ORG"}) == (sure,)


def test_a_name_that_the_corpus_knows_is_found_where_the_article_missed_it() -> None:
    found = revise(plain_document("Avec Merlodia et Tribor."), (), {"Merlodia": "ORG"})
    assert [(m.text, m.type, m.rule_id) for m in found] == [("Merlodia", "ORG", "agreed-by-corpus")]


def test_the_longest_of_names_that_overlap_is_taken_and_one_inside_a_word_is_none() -> None:
    text = "Avec Merlodia Conseil, sans Merlodiane."
    found = revise(plain_document(text), (), {"Merlodia": "ORG", "Merlodia Conseil": "ORG", "Conseil": "ORG"})
    assert [m.text for m in found] == ["Merlodia Conseil"]


def test_the_score_goes_down_with_the_share_of_articles_that_agree() -> None:
    assert agreed_score(0.8, 2 / 3) == 0.533


@pytest.mark.parametrize("form", ["Merlodia", "Vieux Port", "Port de Sète"])
def test_a_form_that_can_be_added_is_one_that_the_article_is_open_to(form: str) -> None:
    text = "Avec Merlodia, au Vieux Port de Sète."
    found = openings(plain_document(text), ())
    assert [m.text for m in revise(plain_document(text), (), {form: "LOC"})] == [form]
    assert opening(form) in found.words


def test_an_article_is_open_to_what_no_mention_holds_and_to_what_it_doubts() -> None:
    text = "Avec Merlodia et Tribor."
    doubted = mention(text, "Tribor", "PER", 0.5)
    assert openings(plain_document(text), [mention(text, "Merlodia", "ORG", 0.9), doubted]) == Openings(
        (("Tribor", "PER"),), ("Avec", "Avec Merlodia")
    )
