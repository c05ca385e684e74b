"""Patterns tried, places explained and rules counted on a small corpus."""

from __future__ import annotations

import json
import time
from dataclasses import replace
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


STORY = """Publié le 12 mars 2024 à 9h15

La start-up Ostrea AI a levé 12 millions d'euros lundi auprès de Bpifrance.

Partager cet article avec vos amis. « Nous irons loin », a déclaré Solène Kerbrat, la PDG d'Ostrea AI.
"""
LOOKS = [
    pytest.param("Ostrea", "org-kind-before: its cue [start-up] stands before it, weight 2.6", id="a cue before a name"),
    pytest.param("Ostrea", "org-funding-after: its cue [ a levé] stands behind it, weight 2.6", id="a cue behind a name"),
    pytest.param("millions", "counted: reads [12 millions], priority 50, loses to money, which has 70", id="a rule that lost"),
    pytest.param("levé", "funding-raises: reads [levé], priority 60", id="a trigger"),
    pytest.param(
        "Nous",
        "quote-comes-to-say: reads [« Nous irons loin »,], part 2 of 5, then stops at « a déclaré Solène Ker » for want of ",
        id="a speaker",
    ),
    pytest.param("PDG", "role-apposition: reads [Solène Kerbrat, la PDG d'Ostrea AI], priority 80", id="a function"),
    pytest.param("Publié", "taken out by published-stamp", id="what was taken out"),
    pytest.param(
        "Partager", "share: reads [Partager cet article], but the line goes on: « avec vos amis. « Nou »", id="furniture"
    ),
]


@pytest.mark.parametrize(("word", "line"), LOOKS)
def test_all_families_say_how_near_they_came(word: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    told = list(why(f"{path}:{STORY.index(word) + 1}", SETTINGS, in_source=True))
    assert any(one.startswith(line) for one in told), told


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
    assert replace(counted["org-kind-before"], milliseconds_per_megabyte=0) == RuleStatistics(
        "org-kind-before", 1, 0, 1, 0, 1, 1, 0
    )
    assert set(counted) == {rule.id for file in LEXICON.rules.values() for rule in file.rules}
    assert (counted["date-day"].hits, counted["date-day"].right, counted["date-day"].wanted) == (1, None, None)


def test_a_learned_rule_is_tried_at_words_that_were_learned_to_tell_of_its_event(tmp_path: Path) -> None:
    text = "La Cnil a châtié Lumio de 3 millions d'euros. Lumio vend des tables à Nubéo."
    path = tmp_path / "fined.txt"
    path.write_text(text, encoding="utf-8")
    counted = count_rules(str(path), LEXICON, settings=SETTINGS, clock=time.process_time)
    assert [(row.rule_id, row.hits) for row in counted if row.rule_id.endswith("-learned") and row.hits] == [("fine-learned", 1)]
    told = why(f"{path}:{text.index('châtié')}", SETTINGS)
    assert [line for line in told if "-learned:" in line] == ["fine-learned: reads [châtié], priority 10"]
