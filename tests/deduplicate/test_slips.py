"""Slips of the pen: which two names are one with a letter wrong, and the keys by which the two are brought together."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.slips import is_slip, is_slip_beside, slip_keys, sound


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        pytest.param("Ostrale", "Ostrane", True, id="one letter of seven"),
        pytest.param("Ostrae", "Ostran", True, id="one letter of six"),
        pytest.param("Lumia", "Lumio", False, id="one letter of five"),
        pytest.param("Ostrane", "Ostran", True, id="a letter left out, six stay"),
        pytest.param("Lumio", "Lumion", False, id="a letter left out, five stay"),
        pytest.param("Brumevol", "Brumavel", False, id="two letters of eight"),
        pytest.param("Pantographe", "Pantografe", True, id="two letters of a long word"),
        pytest.param("Brumevald", "Brumavold", True, id="two letters of nine"),
        pytest.param("Pantographe", "Pantigrafe", False, id="three letters of a long word"),
        pytest.param("Ostrane", "Osrtane", True, id="two letters the wrong way round"),
        pytest.param("Bstrane", "Ostrane", False, id="another first letter"),
        pytest.param("OSTRANE", "Ostrané", False, id="the same but for case and accents"),
        pytest.param("Ostrale Marine", "Ostrane Marine", True, id="one word of two"),
        pytest.param("Ostrale Marina", "Ostrane Marine", False, id="both words of two"),
        pytest.param("Ostrale", "Ostrane Marine", False, id="a word more"),
        pytest.param("Kestrel 12", "Kestral 12", True, id="a version that stays"),
        pytest.param("Kestrel12", "Kestrel13", False, id="two versions"),
    ],
)
def test_a_slip_is_a_letter_or_two_of_one_long_word(left: str, right: str, is_one: bool) -> None:
    assert (is_slip(left, right), is_slip(right, left)) == (is_one, is_one)


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        pytest.param("Nils Vorlande", "Nils Vorlandi", True, id="the surname"),
        pytest.param("Nils Erik Vorlande", "Nils Erik Vorlandi", True, id="the last of three words"),
        pytest.param("Solenne Vorlande", "Solenna Vorlande", False, id="the given name"),
        pytest.param("Vorlande", "Vorlandi", False, id="a surname alone"),
    ],
)
def test_of_a_person_the_last_word_alone_may_differ(left: str, right: str, is_one: bool) -> None:
    assert is_slip(left, right, person=True) == is_one


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        pytest.param("Alpha Alpha", "Aleph Alpha", True, id="two letters off"),
        pytest.param("Brume Nord", "Brame Nord", True, id="one letter off"),
        pytest.param("Quai Aleph", "Quai Alpha", True, id="the second word"),
        pytest.param("Quai Nord", "Quoi Nord", True, id="four letters"),
        pytest.param("Lys Nord", "Les Nord", False, id="three letters"),
        pytest.param("Alfo Alpha", "Aleph Alpha", False, id="three letters off"),
        pytest.param("Dataris Nord", "Data Nord", False, id="letters added at the end"),
        pytest.param("Orume Nord", "Brume Nord", False, id="another first letter"),
        pytest.param("Brume Nord", "Brume Nord", False, id="the same name"),
        pytest.param("Brume Sord", "Brame Nord", False, id="no word in common"),
        pytest.param("Brame", "Brume", False, id="one word"),
        pytest.param("Brume Nord Est", "Brame Nord Est", False, id="three words"),
        pytest.param("Brume Nord", "Brame Nord Est", False, id="a word more"),
    ],
)
def test_a_name_of_two_words_may_be_two_letters_off_in_one(left: str, right: str, is_one: bool) -> None:
    assert (is_slip_beside(left, right), is_slip_beside(right, left)) == (is_one, is_one)


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        pytest.param("Pantographe", "Pantografe", True, id="what sounds alike"),
        pytest.param("Brumeval", "Brumaval", True, id="another vowel"),
        pytest.param("Ostravine", "Ostraline", True, id="another consonant inside the word"),
        pytest.param("Quai Nord", "Quai Mord", True, id="a consonant of two words"),
        pytest.param("Halage des Quais du Nord Est", "Halage des Quais du Bord Est", True, id="a consonant of six words"),
        pytest.param("Halage des Quais du Nord Est Bis", "Halage des Quais du Bord Est Bis", True, id="a consonant of seven"),
        pytest.param("Ostrane", "Brumeval", False, id="nothing alike"),
        pytest.param("Quai Nord", "Pont Est", False, id="two words, nothing alike"),
        pytest.param("Quai Nord", "Nord Pont", False, id="a word in common, in another place"),
        pytest.param("Ostrale", "Ostribune", False, id="a beginning alone"),
        pytest.param("Ostrane", "Ost des quais et des ponts du Nord bis Orane", False, id="one word and many"),
    ],
)
def test_a_name_meets_its_slips_and_few_others(left: str, right: str, meet: bool) -> None:
    assert (not set(slip_keys(left)).isdisjoint(slip_keys(right))) == meet


@pytest.mark.parametrize(
    ("folded", "heard"),
    [
        pytest.param("pantographe", "pntgrf", id="vowels left out, ph is f"),
        pytest.param("ostrick", "strk", id="ck is k"),
        pytest.param("quetta", "kt", id="qu is k, a double letter is one"),
        pytest.param("chestrel", "kstrl", id="ch is k"),
        pytest.param("cambraq", "kmbrk", id="c and q are k"),
        pytest.param("zathor", "str", id="z is s, h is not heard"),
    ],
)
def test_a_name_sounds_as_its_consonants(folded: str, heard: str) -> None:
    assert sound(folded) == heard
