"""A new rule is fit to use as it is written, whatever its theme, so that each change shows what it does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.lexicon import load_lexicon, load_words
from pipeline.workbench.check import check_folder, read_folder
from pipeline.workbench.prove import prove_folder
from pipeline.workbench.skeleton import write_skeleton

LEXICON = load_lexicon()


@pytest.mark.parametrize("theme", load_words("skeletons")["themes"])
def test_a_new_rule_checks_and_proves_as_it_stands(theme: str, tmp_path: Path) -> None:
    write_skeleton("my-rule", theme=theme, folder=tmp_path)
    folder = read_folder(tmp_path, LEXICON)
    assert check_folder(folder, LEXICON, time.process_time) == ()
    proved = prove_folder(folder)
    assert (proved.rules, proved.failures) == (1, ())


def test_a_second_rule_is_put_behind_the_first(tmp_path: Path) -> None:
    write_skeleton("first-rule", theme="dates", folder=tmp_path)
    path = write_skeleton("second-rule", theme="dates", folder=tmp_path)
    assert [rule.id for rule in read_folder(tmp_path, LEXICON).own["dates"].rules] == ["first-rule", "second-rule"]
    with pytest.raises(UsageError, match=f"{path} has a rule 'first-rule' already"):
        write_skeleton("first-rule", theme="dates", folder=tmp_path)


@pytest.mark.parametrize(
    ("name", "theme", "message"),
    [
        pytest.param("My Rule", "dates", "'My Rule' is no rule id", id="no id"),
        pytest.param("my-rule", "date", "no theme 'date': did you mean 'dates'", id="no theme"),
    ],
)
def test_what_cannot_be_a_rule_is_not_written(name: str, theme: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        write_skeleton(name, theme=theme, folder=tmp_path)
