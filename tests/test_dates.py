"""The door `pipeline.dates`, and the proof of every date rule."""

from __future__ import annotations

import pytest

from pipeline.dates import DateFinder
from pipeline.lexicon import load_lexicon
from tests.rules import check_examples


@pytest.fixture(scope="module")
def finder() -> DateFinder:
    return DateFinder()


def test_every_rule_finds_its_examples_and_refuses_its_refusals(finder: DateFinder) -> None:
    def find(text: str, published: str | None) -> list[tuple[int, int, str]]:
        return [(r.mention.start, r.mention.end, r.value or "null") for r in finder.find(text, published=published)]

    check_examples(load_lexicon().rules["dates"], find)
