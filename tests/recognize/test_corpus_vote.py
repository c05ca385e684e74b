"""What the corpus says about a name, whatever the order of its articles."""

from __future__ import annotations

from collections import Counter

from pipeline.clean.plain import plain_document
from pipeline.model import EntityType, Mention
from pipeline.recognize.corpus_vote import CorpusVote, count_votes


def mention(text: str, name: str, kind: EntityType, score: float) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, "model", "model", score)


def test_votes_of_articles_add_up_in_any_order() -> None:
    texts = ["Merlodia est là.", "Voici Merlodia.", "Avec Merlodia."]
    votes = [count_votes(plain_document(t), [mention(t, "Merlodia", "ORG", 0.95)]) for t in texts]
    assert sum(votes, Counter()) == sum(reversed(votes), Counter()) == {("Merlodia", "ORG"): 3}


def test_an_article_that_hesitates_takes_the_type_that_the_corpus_agrees_on() -> None:
    text = "On parle de Merlodia."
    vote = CorpusVote(Counter({("Merlodia", "ORG"): 4}))
    (revised,) = vote.apply(plain_document(text), [mention(text, "Merlodia", "PER", 0.6)])
    assert (revised.type, revised.method, revised.rule_id) == ("ORG", "consistency", "agreed-by-corpus")


def test_an_article_that_is_sure_keeps_its_own_type() -> None:
    text = "On parle de Merlodia."
    sure = mention(text, "Merlodia", "LOC", 0.97)
    assert CorpusVote(Counter({("Merlodia", "ORG"): 4})).apply(plain_document(text), [sure]) == (sure,)


def test_a_name_that_the_corpus_knows_is_found_where_the_article_missed_it() -> None:
    vote = CorpusVote(Counter({("Merlodia", "ORG"): 3, ("Tribor", "ORG"): 2}))
    found = vote.apply(plain_document("Avec Merlodia et Tribor."), ())
    assert [(m.text, m.type, m.rule_id) for m in found] == [("Merlodia", "ORG", "agreed-by-corpus")]


def test_a_form_on_which_the_corpus_is_split_decides_nothing() -> None:
    vote = CorpusVote(Counter({("Vannelle", "ORG"): 4, ("Vannelle", "LOC"): 3}))
    assert vote.apply(plain_document("Avec Vannelle."), ()) == ()
