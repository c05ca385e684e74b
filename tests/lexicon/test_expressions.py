"""The expression for a list of words: it finds what the words in a row would find, the longest first."""

from __future__ import annotations

import re

import pytest

from pipeline.lexicon.expressions import Expression, any_of, by_first_letter, with_closing_lookahead, with_few_repeats

LISTS = {
    "no word begins another": (["maire", "juge"], "juge|maire"),
    "words that begin alike": (["ministre", "militant"], "mi(?:litant|nistre)"),
    "a word that begins others": (["sénat", "sénateur", "sénatrice"], "sénat(?:eur|rice|)"),
    "signs that an expression reads": (["p.-d.g.", "p."], r"p\.(?:\-d\.g\.|)"),
    "the same word twice": (["juge", "juge"], "juge"),
    "one word": (["ministre"], "ministre"),
    "no word at all": (["", "de "], r"de\ |"),
}


@pytest.mark.parametrize(("words", "expression"), LISTS.values(), ids=LISTS.keys())
def test_words_that_begin_alike_are_one_branch(words: list[str], expression: str) -> None:
    assert any_of(words) == expression


@pytest.mark.parametrize("text", ["la sénatrice", "le sénat", "le sénateur", "les sénateurs-maires", "un sénatus-consulte"])
def test_the_longest_word_that_fits_is_found(text: str) -> None:
    words = ["sénat", "sénateur", "sénatrice", "sénateurs", "maire", "maires"]
    in_a_row = "|".join(sorted(words, key=len, reverse=True))
    for behind in ("", r"(?!\w)", "s?(?![\\w-])"):
        found = [m.span() for m in re.finditer(f"(?:{any_of(words)}){behind}", text)]
        assert found == [m.span() for m in re.finditer(f"(?:{in_a_row}){behind}", text)]


LOOKAHEADS = {
    "the last group": (r"mars(?= \d)", r"mars(?: \d)"),
    "the last of the last group": (r"(?:mars|avril(?= \d))", r"(?:mars|avril(?: \d))"),
    "one that something follows": (r"mars(?= \d) 2", r"mars(?= \d) 2"),
    "one of several branches": (r"mars(?= \d)|avril", r"mars(?= \d)|avril"),
    "one that is repeated": (r"(?:mars(?= ))+", r"(?:mars(?= ))+"),
    "one that denies": (r"mars(?! \d)", r"mars(?! \d)"),
}


@pytest.mark.parametrize(("pattern", "consuming"), LOOKAHEADS.values(), ids=LOOKAHEADS.keys())
def test_a_lookahead_that_closes_the_pattern_consumes(pattern: str, consuming: str) -> None:
    assert with_closing_lookahead(pattern) == consuming


REPEATS = {
    "few, counted": (r"\d{1,3}(?: \d{3}){0,2}", r"\d{1,3}(?: \d{3}){0,2}"),
    "many or none": (r"(?: \w+){0,13}", r"(?: \w+)*"),
    "many, one at least": (r"\d{1,18}", r"\d+"),
    "no end": (r"\d{2,}", r"\d{2,}"),
}


@pytest.mark.parametrize(("pattern", "loose"), REPEATS.values(), ids=REPEATS.keys())
def test_what_may_stand_often_may_stand_without_end(pattern: str, loose: str) -> None:
    assert with_few_repeats(pattern) == loose


BRANCHES = {
    "one letter each": ("maire|juge", "maire|juge"),
    "two that begin alike, apart": ("maires?|juges?|ministres?", "m(?:aires?|inistres?)|juges?"),
    "bars within groups and classes": ("a(?:b|c)|a[|]d|e", "a(?:(?:b|c)|[|]d)|e"),
    "a first letter that may be missing": ("maire|m?oire|ministre", "maire|m?oire|ministre"),
    "a branch that begins with a group keeps its place": ("ab|(?:x|a)c|ad|ae", "ab|(?:x|a)c|a(?:d|e)"),
}


@pytest.mark.parametrize(("expression", "together"), BRANCHES.values(), ids=BRANCHES.keys())
def test_branches_that_begin_alike_are_one(expression: str, together: str) -> None:
    assert by_first_letter(expression) == together
    for text in ("maires", "ministre", "oire", "ae", "ac", "ad", "a|d", "juges"):
        found, expected = (re.search(f"(?:{one})$", text) for one in (together, expression))
        assert (found and found.span()) == (expected and expected.span())


def test_an_expression_is_compiled_when_it_is_used_first() -> None:
    expression = Expression("(amende", re.IGNORECASE)
    with pytest.raises(re.error, match="missing"):
        _ = expression.compiled
    amende = Expression("amende", re.IGNORECASE)
    assert amende.compiled.fullmatch("AMENDE")
    assert amende.compiled is amende.compiled
