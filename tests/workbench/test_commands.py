"""`veille rules` as its users meet it: what it prints where, and the code it leaves with."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app


def rules(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["rules", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_a_new_rule_is_written_checked_and_proved(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "dates.yaml"
    assert rules("new", "date-feast", "--theme", "dates", "--in", tmp_path) == (0, f"{path}\n", "")
    assert rules("check", tmp_path) == (0, "1 rules and 0 entries of gazetteers are well\n", "")
    assert rules("test", tmp_path) == (0, "1 rules hold in 2 sentences\n", "")
    path.write_text(path.read_text(encoding="utf-8").replace("phrases:", "phrase:"), encoding="utf-8")
    code, out, err = rules("check", tmp_path)
    assert (code, err) == (2, "1 mistakes\n")
    assert out == f"{path}:8:3: unknown key 'phrase' (did you mean 'phrases'?)\n"


def test_without_a_folder_the_one_of_the_settings_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rules("new", "date-feast", "--theme", "dates", "--in", "ours")
    Path("veille.toml").write_text('rules = ["ours"]', encoding="utf-8")
    assert rules("check") == (0, "1 rules and 0 entries of gazetteers are well\n", "")
    Path("veille.toml").write_text('rules = ["ours", "theirs"]', encoding="utf-8")
    code, out, err = rules("test")
    assert (code, out, "2 folders of rules: say which (ours, theirs)" in " ".join(err.split())) == (2, "", True)


def test_a_folder_that_is_not_there_leaves_with_2(tmp_path: Path) -> None:
    code, out, err = rules("check", tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert "no such folder of rules" in err
