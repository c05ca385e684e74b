"""Comparison keys: what two names of one thing have in common, by the word lists that ship with veille."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.keys import (
    MergingWords,
    PersonName,
    initials,
    is_acronym,
    is_short_form,
    law_key,
    may_be_acronym,
    may_be_one,
    may_spell,
    read_person,
    spellings,
    squash,
    strip_legal_form,
)
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def words() -> MergingWords:
    return MergingWords.read(built_in_lexicon().words)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        pytest.param("Brumeval SAS", "brumeval", id="at the end"),
        pytest.param("Brumeval S.A.S.", "brumeval", id="with dots"),
        pytest.param("Brumeval Co., Ltd.", "brumeval", id="two of them"),
        pytest.param("Quai Nord SAS", "quai nord", id="behind two words"),
        pytest.param("SA Brumeval", "sa brumeval", id="not at the beginning"),
        pytest.param("SAS", "sas", id="never the whole name"),
        pytest.param("Vélora.io", "velora io", id="a dot inside"),
    ],
)
def test_a_legal_form_is_taken_off_the_end(words: MergingWords, name: str, bare: str) -> None:
    assert strip_legal_form(name, words) == bare


def test_a_squashed_name_has_no_spaces() -> None:
    assert squash("Open Kestrel-Marine  Été") == "openkestrelmarineete"


@pytest.mark.parametrize(
    ("law", "key"),
    [
        pytest.param("règlement (UE) 2031/12", "2031/12", id="a number"),
        pytest.param("directive 2031-1207 sur les écluses", "2031/1207", id="a number with a hyphen"),
        pytest.param("proposition de loi Marnier", "marnier", id="what it is called on its way"),
        pytest.param("avant-projet de loi sur les quais", "sur les quais", id="before its way"),
        pytest.param("projet de loi", "loi", id="never nothing"),
        pytest.param("code des écluses", "code des ecluses", id="a title alone"),
    ],
)
def test_a_law_goes_by_its_number_or_by_its_own_title(words: MergingWords, law: str, key: str) -> None:
    assert law_key(law, words) == key


@pytest.mark.parametrize(
    ("name", "acronyms"),
    [
        pytest.param("Parti des haleurs européens", ["phe", "pdhe"], id="with its small words and without"),
        pytest.param("Bureau Ostre", ["bo"], id="no small word"),
        pytest.param("Brumeval", [], id="one word"),
    ],
)
def test_the_acronyms_that_a_name_may_go_by(words: MergingWords, name: str, acronyms: list[str]) -> None:
    assert list(spellings(name, words)) == acronyms


def test_initials_pass_over_small_words(words: MergingWords) -> None:
    assert initials("Ligue des Écluses et de la Batellerie", words) == "leb"


@pytest.mark.parametrize(
    ("acronym", "name", "may"),
    [
        pytest.param("BNF", "Bundesamt für Notfallfunk", True, id="letters of a compound"),
        pytest.param("ODC", "Office des canaux", True, id="a small word among them"),
        pytest.param("O.D.C.", "Office des canaux", True, id="dots"),
        pytest.param("OFC", "Office des canaux", True, id="two of three begin words"),
        pytest.param("OFFI", "Office canaux", False, id="one of four begins a word"),
        pytest.param("OFCN", "Office des canaux", True, id="half of the letters begin words"),
        pytest.param("OFCNX", "Office des canaux", False, id="less than half"),
        pytest.param("FC", "Office des canaux", False, id="the first word is not begun"),
        pytest.param("OCD", "Office des canaux", False, id="another order"),
        pytest.param("OZ", "Office des canaux", False, id="a letter that is not there"),
        pytest.param("OF", "Office", False, id="one word"),
        pytest.param("&", "Office des canaux", False, id="no letter"),
        pytest.param("LLLL", "Ligue locale", False, id="a letter too many"),
        pytest.param("LL", "Ligue locale", True, id="the same letter twice"),
        pytest.param("OFO", "Office fédéral ouvert", True, id="a first letter that begins another word too"),
        pytest.param("ODDC", "Office des dunes et canaux", True, id="a letter that begins two words"),
        pytest.param("OS", "Ostre nord", True, id="the second letter of the first word"),
    ],
)
def test_an_acronym_in_brackets_may_take_letters_from_inside_words(acronym: str, name: str, may: bool) -> None:
    assert may_spell(acronym, name) == may


@pytest.mark.parametrize(
    ("name", "strictly", "loosely"),
    [
        pytest.param("CMA", True, True, id="capitals"),
        pytest.param("G7", True, True, id="a digit"),
        pytest.param("Q&L", True, True, id="« & »"),
        pytest.param("A. L.-V.", True, True, id="a person's"),
        pytest.param("ABCDEFG", True, True, id="seven letters"),
        pytest.param("ABCDEFGH", False, True, id="eight letters"),
        pytest.param("ABCDEFGHI", False, False, id="nine letters"),
        pytest.param("A", False, False, id="one letter"),
        pytest.param("Arc", False, True, id="a word of three letters"),
        pytest.param("Ar", False, False, id="a word of two"),
        pytest.param("Arcomaux", False, True, id="a word of eight letters"),
        pytest.param("Arcomauxe", False, False, id="a word of nine"),
        pytest.param("arcom", False, False, id="small letters"),
        pytest.param("CMA-CGM", False, False, id="a hyphen"),
        pytest.param("Arc2", False, False, id="a word with a digit"),
        pytest.param("CMA CGM", False, False, id="two words"),
    ],
)
def test_what_looks_like_an_acronym(name: str, strictly: bool, loosely: bool) -> None:
    assert (is_acronym(name), may_be_acronym(name)) == (strictly, loosely)


@pytest.mark.parametrize(
    ("one", "other", "is_short"),
    [
        pytest.param("Vorland", "Nils Vorland", True, id="the last word"),
        pytest.param("Lunaris", "Lunaris Quantique", True, id="the first word"),
        pytest.param("Delacour Moore", "Hank Delacour Moore", True, id="the last two words"),
        pytest.param("Erik", "Nils Erik Vorland", False, id="a word in the middle"),
        pytest.param("BDT", "Bureau des Tours", True, id="an acronym"),
        pytest.param("Brumevald", "BRUMEVALD", False, id="the same word"),
        pytest.param("Brumeval", "Ostrane", False, id="another name"),
        pytest.param("…", "Ostrane", False, id="no letter"),
    ],
)
def test_what_is_short_for_what(one: str, other: str, is_short: bool) -> None:
    assert (is_short_form(one, other), is_short_form(other, one)) == (is_short, is_short)


def test_an_initial_is_short_for_a_given_name() -> None:
    assert is_short_form("N. Vorland", "Nils Vorland")


@pytest.mark.parametrize(
    ("name", "given", "surname"),
    [
        pytest.param("Solène Kerbrat", ("solene",), "kerbrat", id="given name and surname"),
        pytest.param("Kerbrat", (), "kerbrat", id="a single word is a surname"),
        pytest.param("Ursula von der Kerbrat", ("ursula",), "von der kerbrat", id="particles"),
        pytest.param("Jean-Loup Vasseur", ("jean", "loup"), "vasseur", id="a compound given name"),
        pytest.param("J.-L. Vasseur", ("j", "l"), "vasseur", id="two initials"),
        pytest.param("J. L. Vasseur", ("j", "l"), "vasseur", id="two initials apart"),
        pytest.param("Ch. Vasseur", ("c",), "vasseur", id="two letters and a dot are an initial"),
        pytest.param("Hank Delacour Moore", ("hank",), "delacour moore", id="two surnames"),
        pytest.param("Me Anne Kerval", ("anne",), "kerval", id="a title"),
        pytest.param("M. le Dr Kerval", (), "le dr kerval", id="a title, then an article"),
        pytest.param("Nils L. Vorland", ("nils", "l"), "vorland", id="a second given name cut to its initial"),
        pytest.param("KERBRAT Anne", ("anne",), "kerbrat", id="surname first, in capitals"),
        pytest.param("KERBRAT ANNE", ("kerbrat",), "anne", id="all in capitals"),
        pytest.param("KERBRAT Xyle", ("kerbrat",), "xyle", id="capitals before what is no given name"),
        pytest.param("JL Anne", ("jl",), "anne", id="two capitals are no surname"),
        pytest.param("Anne\u00a0Kerval", ("anne",), "kerval", id="a space that does not break"),
        pytest.param("de Kerval", (), "de kerval", id="a particle and a surname"),
        pytest.param("Mme", (), "mme", id="a title alone"),
        pytest.param("…", (), "", id="no letter"),
    ],
)
def test_the_parts_of_a_person_s_name(words: MergingWords, name: str, given: tuple[str, ...], surname: str) -> None:
    assert read_person(name, words) == PersonName(given, surname)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        pytest.param("K. Vorland", "Kai Vorland", True, id="an initial"),
        pytest.param("Vorland", "Kai Vorland", True, id="no given name"),
        pytest.param("Max Vorland", "Maximilian Vorland", True, id="a given name cut short"),
        pytest.param("Jean Vorland", "Jeanne Vorland", False, id="a given name that begins another"),
        pytest.param("Jean Vorland", "Jean-Claude Vorland", False, id="half of a compound"),
        pytest.param("J. Vorland", "Jean-Claude Vorland", True, id="one initial of a compound"),
        pytest.param("J.-C. Vorland", "Jean-Claude Vorland", True, id="both initials of a compound"),
        pytest.param("J.-P. Vorland", "Jean-Claude Vorland", False, id="another second initial"),
        pytest.param("Kai Vorland", "Kai Vorlande", False, id="two surnames"),
        pytest.param("Nils Vorland", "Kai Vorland", False, id="two given names"),
        pytest.param("Nils L. Vorland", "Nils Vorland", True, id="a second given name, cut to its initial"),
        pytest.param("Nils L. Vorland", "Nora Vorland", False, id="two given names of one initial"),
    ],
)
def test_who_may_be_one_person(words: MergingWords, one: str, other: str, may: bool) -> None:
    a, b = read_person(one, words), read_person(other, words)
    assert (may_be_one(a, b, words), may_be_one(b, a, words)) == (may, may)


@pytest.mark.parametrize(
    ("tail", "nothing"),
    [
        (["sas"], True),
        (["france"], True),
        (["ai"], True),
        (["ai", "france"], True),
        (["labs"], False),
        (["ai", "capital"], False),
    ],
)
def test_what_a_longer_name_adds_may_tell_nothing(words: MergingWords, tail: list[str], nothing: bool) -> None:
    assert words.tells_nothing(tail) == nothing


def test_a_word_of_two_lists_is_in_neither() -> None:
    """« Dominique » may be a woman or a man: with « Mme » nobody of that name is left out."""
    given = {"female": ["Solène", "Camille"], "male": ["Nils", "Camille"], "either": ["Dominique"]}
    words = MergingWords.read({**built_in_lexicon().words, "names_given": given})
    assert dict(words.given_names) == {"solene": "female", "nils": "male", "dominique": "either"}
