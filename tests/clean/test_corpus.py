"""The lines of an article that may be furniture: how they are told apart."""

from __future__ import annotations

from pipeline.clean.corpus import RepeatedLines, lines_of
from pipeline.model import Article


def article(text: str) -> Article:
    return Article("a", "a.jsonl", text, outlet="Le Goéland")


def test_a_line_is_the_same_whatever_its_case_marks_and_numbers() -> None:
    repeated = RepeatedLines(frozenset(("Le Goéland", line) for line in lines_of(article("La presse au vent, 7 avis")).keys))
    assert repeated.holds("Le Goéland", "LA PRESSE – au vent ! 312 avis")
    assert not repeated.holds("Le Cormoran", "La presse au vent, 7 avis")


def test_quotations_and_lines_without_end_are_never_furniture() -> None:
    assert lines_of(article(f"« Nous attendons le décret », répète le maire.\n{'mot ' * 80}")).keys == frozenset()


def test_a_sentence_of_outlets_that_nobody_knows_may_be_anybodys() -> None:
    text = "Le groupe n'a pas souhaité commenter."
    assert lines_of(Article("a", "a.jsonl", text)).keys == frozenset()
    assert len(lines_of(Article("a", "a.jsonl", text.rstrip("."))).keys) == 1


def test_one_text_with_other_figures_has_one_longest_line() -> None:
    one, other = (f"Mer calme\n\nLe bulletin annonce pour demain une mer calme et {n} degrés." for n in (8, 12))
    assert lines_of(article(one)).longest == lines_of(article(other)).longest


def test_copies_of_an_article_have_one_longest_line() -> None:
    body = "La ville de Brest a reçu des capteurs de pluie, que ses agents poseront avant la fin de l'hiver."
    assert lines_of(article(body)).longest == lines_of(article(f"Titre\n\n{body}\n\nÀ lire aussi")).longest
