"""Data files are checked when they are read: a mistake names its file, its line and the likely mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.lexicon import Example, load_gazetteer, load_lexicon, load_rules

RULES = """about: sums
atoms:
  digits: '\\d+'
rules:
  - id: euros
    finds: money
    pattern: '{number:digits} €'
    examples: ['Il a [15 €](15 EUR).']
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_atom_is_put_into_a_pattern_as_a_named_group(tmp_path: Path) -> None:
    file = load_rules(write(tmp_path, "sums.yaml", RULES))
    assert file.pattern(file.rules[0]) == r"(?P<number>\d+) €"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("finds:", "find:", "sums.yaml:6:5: unknown key 'find' (did you mean 'finds'?)", id="unknown key"),
        pytest.param(
            "{number:digits}",
            "{number:digit}",
            "sums.yaml:7:14: unknown atom 'digit' (did you mean 'digits'?)",
            id="unknown atom",
        ),
        pytest.param("{number:digits} €", "(€", "sums.yaml:7:14: rule 'euros': missing )", id="bad expression"),
        pytest.param(
            "{number:digits} €", "(?i)€", "sums.yaml:7:14: rule 'euros': global flags not at the start", id="flags for all"
        ),
        pytest.param("[15 €](15 EUR)", "15 €", "sums.yaml:8:16: no [marked] span", id="an example without a mark"),
        pytest.param("id: euros", "id: Euros", "sums.yaml:5:9: id:", id="an id that is not kebab-case"),
        pytest.param("about: sums", "about: [", "sums.yaml:3:9: did not find expected ',' or ']'", id="broken YAML"),
    ],
)
def test_a_mistake_in_a_rule_file_names_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write(tmp_path, "sums.yaml", RULES.replace(old, new))
    with pytest.raises(DataError) as caught:
        load_rules(path)
    assert message in str(caught.value)


def test_marks_give_spans_of_the_plain_sentence() -> None:
    example = Example(text="Elle lève [15 M€](15000000 EUR) [lundi].")
    assert example.plain == "Elle lève 15 M€ lundi."
    assert example.expected == ((10, 15, "15000000 EUR"), (16, 21, None))


HEADER = "canonical,type,kind,country,since,aliases,needs_context,former,wikidata\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            HEADER + "Lumio,ORGA,company,FR,,,,,\n", "names.csv:2: unknown type 'ORGA' (did you mean 'ORG'?)", id="type"
        ),
        pytest.param(HEADER.replace("kind", "kinds"), "names.csv:1: unknown column 'kinds' (did you mean 'kind'?)", id="column"),
        pytest.param(
            HEADER + "Lumio,ORG,,,,Lum,Lux,,\n", "needs_context names 'Lux', which is no form of 'Lumio'", id="stray form"
        ),
        pytest.param(
            HEADER + "Lumio,ORG,,,,Lum,,,\nLumen,ORG,,,,Lum,,,\n", "names.csv:3: alias 'Lum' stands on line 2", id="twice"
        ),
    ],
)
def test_a_mistake_in_a_gazetteer_names_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, "names.csv", text)
    with pytest.raises(DataError) as caught:
        list(load_gazetteer(path))
    assert message in str(caught.value)


def test_a_folder_of_rules_replaces_a_rule_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    built_in = load_lexicon()
    theme, file = next(iter(built_in.rules.items()))
    changed = file.rules[0].id
    write(
        tmp_path / "rules",
        f"{theme}.yaml",
        f"about: mine\nrules:\n  - id: {changed}\n    finds: money\n    reads: money\n    phrases: [abc]\n",
    )
    extended = load_lexicon((tmp_path,))
    (rule,) = (r for r in extended.rules[theme].rules if r.id == changed)
    assert rule.phrases == ("abc",)
    assert len(extended.rules[theme].rules) == len(file.rules)
    assert extended.fingerprint != built_in.fingerprint
