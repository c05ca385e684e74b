"""Texts that are made to cost stay cheap, or are refused by a limit of the settings; `make bench-hostile` measures them whole."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path

import pytest

from benchmarks.hostile.attacks import PARAGRAPH, build_attacks, french_prose
from pipeline.clean import Cleaner
from pipeline.errors import ArticleError
from pipeline.extract import Analyzer, load
from pipeline.lexicon import load_lexicon
from pipeline.model import Article, Issue
from pipeline.read import read_articles
from pipeline.settings import Settings

SIZE = 20_000
PATIENCE = 1.5
"""CPU seconds; prose of that size takes a fiftieth of it to clean, a text that costs the square of its length far more."""


@cache
def cleaner() -> Cleaner:
    ready = Cleaner(load_lexicon(), settings=Settings(refuse_languages=False, max_density=1))
    ready.clean(Article("a", "a.txt", PARAGRAPH + "mot " * 99))
    return ready


@cache
def analyzer() -> Analyzer:
    analyze = load(Settings(refuse_languages=False, max_density=1))
    analyze(PARAGRAPH + "Mot " * 99)
    return analyze


def seconds(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


@pytest.mark.parametrize("name", [name for name, _ in build_attacks(SIZE)])
def test_cleaning_is_cheap_whatever_repeats(name: str) -> None:
    text = dict(build_attacks(SIZE))[name]()
    clean = cleaner().clean
    assert seconds(lambda: clean(Article("a", "a.txt", text))) < PATIENCE


@pytest.mark.parametrize("name", ["capital words", "full stops", "names and verbs", "roles", "nested quotes"])
def test_reading_costs_no_more_than_three_times_prose(name: str) -> None:
    """With room for the noise of a small measure."""
    text, prose = dict(build_attacks(SIZE))[name](), french_prose(SIZE)
    analyze = analyzer()
    assert seconds(lambda: analyze(text)) < 3 * seconds(lambda: analyze(prose)) + PATIENCE


@pytest.mark.parametrize("text", ["1" * 1_000_000, "l'" * 500_000, french_prose(400_000)], ids=["digits", "elisions", "prose"])
def test_what_is_longer_than_an_article_is_refused(text: str) -> None:
    with pytest.raises(ArticleError, match="more than 300000; split it or raise max_article_chars"):
        cleaner().clean(Article("a", "a.txt", text))


def test_empty_articles_are_an_issue_each(tmp_path: Path) -> None:
    rows = (json.dumps({"id": str(number), "text": ""}) for number in range(20_000))
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    items = list(read_articles([tmp_path], settings=Settings()))
    assert {item.code for item in items if isinstance(item, Issue)} == {"missing_field"}
    assert len(items) == 20_000
