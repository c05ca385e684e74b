"""Patterns tried, places explained and rules counted on a small corpus."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.lexicon import load_lexicon
from pipeline.settings import Settings
from pipeline.workbench.statistics import RuleStatistics, count_rules
from pipeline.workbench.trial import Context, try_pattern
from pipeline.workbench.why import why

LEXICON, SETTINGS = load_lexicon(), Settings()
TEXT = "La licorne lyonnaise Ostrea recrute depuis le 12 mars prochain. La version 2019 est partie, dit-elle à tous."


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "ostrea.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_a_pattern_is_shown_in_context(article: str) -> None:
    (hit,) = try_pattern("licorne (?:[a-z]+ )?{capital}", article, theme="names", lexicon=LEXICON, settings=SETTINGS)
    assert hit == Context(
        hit.article_id, 3, "La ", "licorne lyonnaise Ostrea", " recrute depuis le 12 mars prochain. La version 20"
    )


@pytest.mark.parametrize(
    ("pattern", "theme", "message"),
    [
        pytest.param("(", "names", "'\\(' is no regular expression: missing \\)", id="no expression"),
        pytest.param("a", "name", "no theme 'name': did you mean 'names'", id="no theme"),
    ],
)
def test_what_cannot_be_tried_says_why(pattern: str, theme: str, message: str, article: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(try_pattern(pattern, article, theme=theme, lexicon=LEXICON, settings=SETTINGS))


def test_a_place_tells_who_won_and_what_stopped_the_others(article: str) -> None:
    told = list(why(f"{article}:{TEXT.index('2019')}", SETTINGS))
    assert told[1] == "nothing stands there"
    assert any(line.startswith("date-year-of-noun: reads [2019], priority 49, but unless before holds: ") for line in told)
    won = list(why(f"{article}:{TEXT.index('mars')}", SETTINGS))
    assert "date-day" in won[1]
    assert won[1].startswith("won: date [12 mars prochain] = ")


@pytest.mark.parametrize("place", ["", ":3", "ostrea", "ostrea:x"])
def test_what_is_no_place_says_so(place: str) -> None:
    with pytest.raises(UsageError, match="is no place"):
        list(why(place, SETTINGS))


def test_rules_are_counted_and_measured_on_gold(tmp_path: Path) -> None:
    start = TEXT.index("Ostrea")
    gold = {"doc_id": "a", "text": TEXT, "entities": [{"start": start, "end": start + 6, "type": "ORG"}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold) + "\n", encoding="utf-8")
    counted = {row.rule_id: row for row in count_rules(str(path), LEXICON, settings=SETTINGS, clock=time.process_time)}
    assert counted["org-kind-before"] == RuleStatistics("org-kind-before", 1, 0, 1, 0, 1, 1, None)
    assert (counted["date-day"].hits, counted["date-day"].right, counted["date-day"].wanted) == (1, 0, 0)
