"""What a name tells of its bearer: a man or a woman, what kind of body."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.recognize.relations.name_hints import NameHints

HINTS = NameHints(load_lexicon())


@pytest.mark.parametrize(
    ("name", "told", "likely"),
    [
        ("Nora Belkacem", "feminine", "feminine"),
        ("Paul Verdier", "masculine", None),
        ("Ormeline Verdier", None, "feminine"),
        ("Nora", None, None),
    ],
    ids=["a woman's name", "a man's name", "an ending", "one word may be a surname"],
)
def test_a_given_name_tells_or_makes_likely_who_bears_it(name: str, told: str | None, likely: str | None) -> None:
    assert (HINTS.gender(name), HINTS.gender_by_ending(name)) == (told, likely)


@pytest.mark.parametrize(
    ("name", "kind", "known"),
    [
        ("Cnil", "authority", True),
        ("Agence France-Presse", "media", True),
        ("Autorité des écluses", "authority", True),
        ("Amicale des écluses", "association", True),
        ("Hautes-Écluses", "company", False),
        ("Orvenne", "company", False),
    ],
    ids=["by the gazetteer", "a medium", "by its words", "an association", "in a place's name", "else a company"],
)
def test_a_body_s_kind_is_known_by_its_name_or_a_company(name: str, kind: str, known: bool) -> None:
    assert (HINTS.kind_of_body(name), HINTS.knows_body(name), HINTS.is_medium(name)) == (kind, known, kind == "media")


def test_a_body_of_the_gazetteer_goes_by_the_nouns_of_its_kind() -> None:
    assert [HINTS.may_be_called(name, "banque publique") for name in ("Bpifrance", "Orvenne")] == [True, False]
