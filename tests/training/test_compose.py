"""Invented articles."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from pipeline.errors import DataError
from pipeline.lexicon import DATA
from pipeline.training.compose import Composer, load_topic
from pipeline.training.french import Member
from pipeline.training.marked import read_marks


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(DATA / "training")


def company(name: str, short: str | None = None) -> Member:
    return Member("ORG", "", name, short or name)


def authority(determiner: str, name: str) -> Member:
    return Member("ORG", determiner, name, name)


FRAMES = {
    "a capital at the start": ("{R} juge.", {"R": authority("la", "Cnil")}, "La [Cnil](ORG) juge."),
    "de le": ("L'avis de {R}.", {"R": authority("le", "Garante")}, "L'avis du [Garante](ORG)."),
    "à les": ("Il parle à {K}.", {"K": Member("LOC", "les", "Pays-Bas", "Pays-Bas")}, "Il parle aux [Pays-Bas](LOC)."),
    "de before a vowel": ("Le patron de {A}.", {"A": company("Orbello")}, "Le patron d'[Orbello](ORG)."),
    "que before a vowel": ("Il sait que {A} ment.", {"A": company("Orbello")}, "Il sait qu'[Orbello](ORG) ment."),
    "in a country": ("Elle vit {K.in}.", {"K": Member("LOC", "l'", "Italie", "Italie")}, "Elle vit en [Italie](LOC)."),
    "agreement": ("{P:Il|Elle} rit.", {"P": Member("PER", "", "Anne Roy", "Roy", "Anne", female=True)}, "Elle rit."),
    "a title": ("{P.t} rit.", {"P": Member("PER", "", "Anne Roy", "Roy", "Anne", female=True)}, "Mme [Roy](PER) rit."),
    "initials": ("{P.i} rit.", {"P": Member("PER", "", "Anne Roy", "Roy", "Anne", female=True)}, "[A. Roy](PER) rit."),
    "a service of the firm's name": ("Une panne de {A.o}.", {"A": company("Vif")}, "Une panne de [Vif](PRODUCT)."),
    "a pair": ("L'accord {A}-{B}.", {"A": company("Orbello"), "B": company("Vif")}, "L'accord [Orbello](ORG)-[Vif](ORG)."),
}


@pytest.mark.parametrize(("frame", "cast", "expected"), FRAMES.values(), ids=FRAMES.keys())
def test_a_frame_is_filled_in_good_french(composer: Composer, frame: str, cast: dict[str, Member], expected: str) -> None:
    assert composer.realize(frame, cast, Random(3)) == expected


def test_the_same_seed_gives_the_same_articles(composer: Composer) -> None:
    first, second = (list(islice(composer.articles(Random(7)), 5)) for _ in range(2))
    assert first == second


def test_articles_hold_no_unfilled_slot_or_mark_and_names_hold_no_line_break(composer: Composer) -> None:
    for article in islice(composer.articles(Random(11)), 300):
        names = [article.text[name.start : name.end] for name in article.names]
        assert not re.search(r"[{}~]|@ |\]\(", article.text), article.text
        assert names == [name.strip() for name in names]
        assert not [name for name in names if not name or "\n" in name]


def test_every_frame_can_be_filled(composer: Composer) -> None:
    for topic in (*composer._special, composer._common):
        for frame in (frame for frames in topic.frames.values() for frame in frames):
            assert read_marks(composer.realize(frame, {}, Random(5))).text, frame


def test_a_slot_that_nothing_fills_is_refused_with_its_place(tmp_path: Path, composer: Composer) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("# a comment\nH: {A} lève {monney}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"odd\.txt:2:13: unknown slot \{monney\}"):
        load_topic(path, composer.grammar, {"A": {}})
