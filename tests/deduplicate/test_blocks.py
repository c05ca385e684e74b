"""What features are made of: names that share a key are compared, pairs left open hang on what articles say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.deduplicate.blocks import Asked, Candidate, Settle, if_beside, if_shared, same_key
from pipeline.deduplicate.entities import Guide
from pipeline.deduplicate.evidence import blocks_of, compare
from pipeline.text import fold_name
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.load(built_in_lexicon())


def asked(left: str, *, is_beside: bool = False, shared: Sequence[str] = ()) -> Asked:
    """A surname, and who may be meant by it."""
    candidate = Candidate("any", "PER", left, "Vorland", 0.7, f"Vorland is {left}", "PER", left)
    return Asked(candidate, is_beside, shared, (1, 1), ((), ()))


@pytest.mark.parametrize(
    ("settle", "candidates", "left"),
    [
        pytest.param(if_beside, [asked("Kai Vorland", is_beside=True)], "Kai Vorland", id="beside one another"),
        pytest.param(if_beside, [asked("Kai Vorland", shared=["Brest"])], None, id="never beside one another"),
        pytest.param(
            if_beside, [asked("Kai Vorland"), asked("Kai Vorland", is_beside=True)], "Kai Vorland", id="beside one of two"
        ),
        pytest.param(if_beside, [asked("Kai Vorland", is_beside=True), asked("Karl Vorland")], None, id="one of two names"),
        pytest.param(if_shared, [asked("Kai Vorland", shared=["Brest"])], "Kai Vorland", id="both beside another"),
        pytest.param(if_shared, [asked("Kai Vorland", is_beside=True)], None, id="both beside nothing else"),
    ],
)
def test_what_is_left_open_hangs_on_what_articles_say(
    settle: Settle, candidates: list[Asked], left: str | None, guide: Guide
) -> None:
    found = settle(candidates, guide)
    assert (found and found.left[1]) == left


def test_all_names_of_a_key_are_tied_to_the_first(guide: Guide) -> None:
    feature = same_key("fold", lambda name, _: fold_name(name[1]), score=0.5, reason="so")
    names = [("ORG", name) for name in ("LUMIO", "Lumio", "lumio")]
    assert {key for name in names for key in feature.keys(name, guide)} == {"ORG lumio"}
    assert [(c.left, c.right, c.score, c.reason, c.beside) for c in feature.compare("ORG lumio", names, guide)] == [
        ("LUMIO", "Lumio", 0.5, "Lumio is LUMIO: so", None),
        ("LUMIO", "lumio", 0.5, "lumio is LUMIO: so", None),
    ]


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        pytest.param(
            ("ORG", "Ostrane France"),
            [
                *("letters ORG ostrane france", "spaces ORG ostranefrance", "form ORG ostrane france"),
                *("short ostrane france", "branch ostrane france", "branch ostrane"),
                "product maker ostrane france",
                *("slip ORG sound strn frnk", "slip ORG rest * france", "slip ORG rest ostrane *"),
            ],
            id="company",
        ),
        pytest.param(
            ("PER", "Kai Vorland"),
            [
                *("letters PER kai vorland", "person PER kai | vorland", "initials vorland"),
                *("slip PER sound k vrlnd", "slip PER rest * vorland", "slip PER rest kai *"),
            ],
            id="person",
        ),
        pytest.param(
            ("PRODUCT", "Vélora Kestrel"),
            [
                *("letters PRODUCT velora kestrel", "spaces PRODUCT velorakestrel", "product product velora kestrel"),
                *("product maker velora", "product product kestrel"),
                *("slip PRODUCT sound vlr kstrl", "slip PRODUCT rest * kestrel", "slip PRODUCT rest velora *"),
            ],
            id="product",
        ),
        pytest.param(
            ("LOC", "Grand Ostre"), ["letters LOC grand ostre", "spaces LOC grandostre"], id="a place is no slip of another"
        ),
    ],
)
def test_where_a_name_is_compared(name: tuple[str, str], blocks: list[str], guide: Guide) -> None:
    assert list(blocks_of(name, guide)) == blocks


def test_a_name_alone_in_its_block_tells_but_what_the_gazetteer_knows(guide: Guide) -> None:
    name = ("PRODUCT", "Twitter")
    assert "entry PRODUCT X" in blocks_of(name, guide)
    assert [c.feature for block in blocks_of(name, guide) for c in compare(block, [name], guide)] == ["entry"]


@pytest.mark.parametrize(("others", "pairs"), [(48, ["K. Vorland"]), (49, [])], ids=["of fifty", "of more"])
def test_a_surname_of_more_than_fifty_identifies_nobody(others: int, pairs: list[str], guide: Guide) -> None:
    family = [("PER", f"Anne{chr(ord('b') + n // 10)}{chr(ord('b') + n % 10)} Vorland") for n in range(others)]
    found = compare("initials vorland", sorted([*family, ("PER", "K. Vorland"), ("PER", "Kai Vorland")]), guide)
    assert [candidate.right for candidate in found] == pairs
