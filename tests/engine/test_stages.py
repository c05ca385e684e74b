"""What each stage depends on: nothing that it reads is left out of its fingerprint, and what a rule cannot touch stays."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean.corpus import ArticleLines
from pipeline.engine import stages
from pipeline.engine.batches import Tools
from pipeline.engine.stages import CODE, DECIDING, LIBRARIES, Stages
from pipeline.job import run
from pipeline.lexicon import Lexicon, load_rules
from pipeline.lexicon.folders import override
from pipeline.settings import Settings
from pipeline.store.articles import CUTTING
from pipeline.tables.read import read_arrow
from tests.engine.test_incremental import ARTICLES, LEXICON, tables, write

ROOT = Path(__file__).parents[2] / "pipeline"
RUNS_THROUGH = {
    "cut": ("clean.corpus",),
    "cleaned": ("clean.cleaner", "clean", "store.articles", "deduplicate.copies"),
    "named": ("recognize.names", "recognize.model", "recognize.corpus_vote"),
    "dated": ("recognize.dates", "normalize.dates.reader"),
    "counted": ("recognize.amounts", "normalize.amounts", "normalize.rates"),
    "told": (
        "recognize.quotes",
        "recognize.quotes_indirect",
        "recognize.roles",
        "recognize.events",
        "recognize.relations.antecedents",
        "recognize.corpus_vote",
        "deduplicate.local_names",
    ),
}
"""The modules that `extract` and `engine.batches` call in each stage, and where lines are cut."""
EVERYWHERE = {"pyarrow", "pydantic", "ruamel", "srsly", "threadpoolctl", "yaml"}
"""Libraries that change no result: they carry and check values."""
READ_DATA = {"load_lexicon", "load_words", "load_yaml", "load_rules", "load_gazetteer", "DATA"}
MAY_READ_DATA = {"clean/sentences.py", "recognize/network.py"}
"""The finder for those who have no lexicon, and the model, which has a fingerprint of its own."""


def module(name: str) -> Path | None:
    path = ROOT / name.replace(".", "/")
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reached(stage: str) -> tuple[set[str], set[str]]:
    """The modules of the package and the libraries that a stage runs through."""
    ways: list[Path] = [path for name in RUNS_THROUGH[stage] if (path := module(name))]
    own, libraries = set[Path](), set[str]()
    while ways:
        path = ways.pop()
        if path not in own:
            own.add(path)
            for name in imported(path):
                inside = module(name.removeprefix("pipeline.")) if name.startswith("pipeline.") else None
                ways += [inside] if inside else []
                libraries |= set() if name.startswith("pipeline") else {name.split(".")[0]}
    return {path.relative_to(ROOT).as_posix() for path in own}, libraries - set(sys.stdlib_module_names)


@pytest.mark.parametrize("stage", CODE)
def test_all_code_that_a_stage_runs_through_counts(stage: str) -> None:
    own, _ = reached(stage)
    assert {name for name in own if not any(name == place or name.startswith(f"{place}/") for place in CODE[stage])} == set()


@pytest.mark.parametrize("stage", LIBRARIES)
def test_all_libraries_that_a_stage_runs_through_count(stage: str) -> None:
    _, libraries = reached(stage)
    packages = packages_distributions()
    counted = {name.lower() for name in LIBRARIES[stage]}
    missing = {name for name in libraries if not {p.replace("_", "-").lower() for p in packages[name]} & counted}
    assert missing - EVERYWHERE == set()


def test_all_code_that_cuts_lines_counts() -> None:
    own, libraries = reached("cut")
    counted = {name for name in own if any(name == place or name.startswith(f"{place}/") for place in CUTTING)}
    assert (own - counted, libraries) == (set(), set())


def test_changed_code_has_the_lines_of_all_articles_cut_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the bytes are those of a run from scratch."""
    monkeypatch.chdir(tmp_path)
    footer = "Le Goéland, la presse au vent"
    rows = [{**row, "outlet": "Le Goéland", "text": f"{row['text']}\n\n{footer}"} for row in ARTICLES[:5]]
    file = write(Path("in.jsonl"), rows)
    run([file], "out")
    assert run([], "out").summary["made"]["cleaned"] == 0
    monkeypatch.setattr("pipeline.engine.plan.code_fingerprint", lambda *_: "changed")
    monkeypatch.setattr("pipeline.store.articles.lines_of", lambda _: ArticleLines(frozenset(), 0))
    assert run([], "out").summary["made"]["cleaned"] == 5
    assert run([], "out").summary["made"]["cleaned"] == 0
    run([file], "whole")
    assert tables(Path("out")) == tables(Path("whole"))
    assert footer in (read_arrow("out", "articles")["text"].to_pylist())[0]


def test_no_stage_reads_data_but_through_its_part_of_the_lexicon() -> None:
    folders = ("clean", "recognize", "normalize", "deduplicate")
    reading = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if READ_DATA & {name.rpartition(".")[2] for name in imported(path)}
    }
    assert reading == MAY_READ_DATA


def with_rule(theme: str, text: str) -> Lexicon:
    """The built-in rules with one more, or another, of that theme."""
    path = Path("rules") / f"{theme}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    file = override(LEXICON.rules[theme], load_rules(path, LEXICON.rules[theme]))
    return replace(LEXICON, rules={**LEXICON.rules, theme: file})


def with_words(name: str, **words: Any) -> Lexicon:
    return replace(LEXICON, words={**LEXICON.words, name: {**LEXICON.words[name], **words}})


def with_entry(canonical: str) -> Lexicon:
    first = LEXICON.gazetteer[0]
    return replace(LEXICON, gazetteer=(*LEXICON.gazetteer, replace(first, canonical=canonical, aliases=(), former=())))


FURNITURE = "rules: [{id: line-of-the-coast, finds: furniture, assigns: {scope: line}, phrases: [journal de la côte]}]"
DATE = "rules: [{id: date-of-the-fair, finds: date, phrases: [devant la presse], assigns: {value: '2024-05-22'}}]"
SUM = "rules: [{id: counted-posts, finds: quantity, reads: quantity, priority: 90, pattern: '{start}{number:bare} postes avant'}]"
EVENT = "rules: [{id: funding-aim, finds: funding, phrases: [vise], assigns: {subject: targets, types: ORG, needs: targets}}]"


def changed(lexicon: Lexicon) -> set[str]:
    before, after = (Stages.of(one, Settings()) for one in (LEXICON, lexicon))
    return {name for name in Stages.__slots__ if getattr(before, name) != getattr(after, name)}


def own_rule(theme: str, **values: Any) -> Lexicon:
    """The built-in rules, of which the first of that theme has other values."""
    file = LEXICON.rules[theme]
    rules = (file.rules[0].model_copy(update=values), *file.rules[1:])
    return replace(LEXICON, rules={**LEXICON.rules, theme: replace(file, rules=rules)})


def edits() -> Mapping[str, tuple[Lexicon, set[str]]]:
    """Edited data by kind, and the stages that read it."""
    return {
        "furniture": (own_rule("boilerplate", priority=99), {"cleaned"}),
        "publication": (own_rule("publication", priority=99), {"cleaned"}),
        "names": (own_rule("names_organisations", priority=99), {"named"}),
        "dates": (own_rule("dates", priority=99), {"dated"}),
        "amounts": (own_rule("amounts", priority=99), {"counted"}),
        "quotes": (own_rule("quotes", priority=99), {"told"}),
        "roles": (own_rule("roles", priority=99), {"told"}),
        "events": (own_rule("events", priority=99), {"told"}),
        "examples": (own_rule("dates", examples=("Rien [lundi].",), refusals=("Rien.",), note="why"), set()),
        "merging": (with_words("merging", small_words=["de"]), {"told"}),
        "given names": (with_words("names_given", either=["Camille"]), {"cleaned", "named", "told"}),
        "currencies": (with_words("currencies", more=["sou"]), {"counted"}),
        "gazetteer": (with_entry("Orbello"), {"named", "told"}),
    }


@pytest.mark.parametrize("kind", edits())
def test_an_edit_changes_the_stages_that_read_it_and_no_other(kind: str) -> None:
    lexicon, touched = edits()[kind]
    assert changed(lexicon) == touched


def test_the_settings_that_decide_what_an_article_yields_count_where_they_do() -> None:
    before, after = (Stages.of(LEXICON, Settings(max_article_chars=n)) for n in (1000, 2000))
    assert (before.cleaned == after.cleaned, before.named == after.named) == (False, True)
    assert Stages.of(LEXICON, Settings(batch_size=3)) == Stages.of(LEXICON, Settings())


def test_every_setting_that_cleaning_heeds_decides() -> None:
    heeded = {
        node.attr
        for path in (ROOT / "clean").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in Settings.model_fields and ast.unparse(node.value).endswith("settings")
    }
    assert heeded == set(DECIDING)


def test_code_counts_where_it_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Stages.of(LEXICON, Settings())
    monkeypatch.setattr(stages, "code_fingerprint", lambda *places: str("deduplicate" in places))
    after = Stages.of(LEXICON, Settings())
    assert before.told != after.told


def test_the_model_counts_where_names_and_events_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Stages.of(LEXICON, Settings())
    monkeypatch.setattr(stages, "model_fingerprint", lambda: "another")
    after = Stages.of(LEXICON, Settings())
    assert {name for name in Stages.__slots__ if getattr(before, name) != getattr(after, name)} == {"named", "told"}


MADE = {
    "cleaned": {"cleaned": 16, "named": 16, "found": 16},
    "named": {"cleaned": 0, "named": 16, "found": 16},
    "dated": {"cleaned": 0, "named": 0, "found": 16},
    "counted": {"cleaned": 0, "named": 0, "found": 16},
    "told": {"cleaned": 0, "named": 0, "found": 0},
}


@pytest.mark.parametrize(
    ("stage", "theme", "rule"),
    [
        pytest.param("cleaned", "boilerplate", FURNITURE, id="furniture"),
        pytest.param("dated", "dates", DATE, id="dates"),
        pytest.param("counted", "amounts", SUM, id="amounts"),
        pytest.param("told", "events", EVENT, id="events"),
        pytest.param("named", "gazetteer", "Orbello", id="gazetteer"),
    ],
)
def test_an_edited_rule_has_done_again_what_it_can_touch(
    stage: str, theme: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the bytes are those of a run from scratch under the new rule."""
    monkeypatch.chdir(tmp_path)
    file, lexicon = write(Path("in.jsonl"), ARTICLES), with_entry(rule) if theme == "gazetteer" else with_rule(theme, rule)

    def under(rules: Lexicon, out: str) -> Mapping[str, int]:
        tools = Tools(rules, Settings(), today=None)
        monkeypatch.setattr("pipeline.job.load_lexicon", lambda _: rules)
        monkeypatch.setattr("pipeline.job.Tools", lambda *_, **__: tools)
        return run([file], out).summary["made"]  # type: ignore[no-any-return]

    under(LEXICON, "out")
    made = dict(under(lexicon, "out"))
    assert made.pop("told") >= 16
    assert made == MADE[stage]
    under(lexicon, "whole")
    assert tables(Path("out")) == tables(Path("whole"))
