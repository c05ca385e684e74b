"""The settings file: found, read, beaten by the command line; a mistake names its line and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DataError, UsageError
from pipeline.settings import Bounds, Settings
from pipeline.settings_file import describe_settings, find_settings, load_settings, read_change

WRITTEN = """
rules = ["ours", "/theirs"]
max_article_chars = 500_000

[bounds]
min_articles = 10
min_rows_per_article = { mentions = 5 }
"""


def write(folder: Path, content: str) -> Path:
    path = folder / "veille.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_file_is_read_and_its_folders_are_beside_it(tmp_path: Path) -> None:
    bounds = Bounds(min_articles=10, min_rows_per_article={"mentions": 5})
    expected = Settings(rules=(tmp_path / "ours", Path("/theirs")), max_article_chars=500_000, bounds=bounds)
    assert load_settings(write(tmp_path, WRITTEN), {}) == expected


def test_the_command_line_wins(tmp_path: Path) -> None:
    given = {"rules": [Path("mine")], "bounds.min_articles": 3, "wait": 60}
    settings = load_settings(write(tmp_path, WRITTEN), given)
    assert (settings.rules, settings.bounds.min_articles, settings.wait) == ((Path("mine"),), 3, 60)
    assert settings.bounds.min_rows_per_article == {"mentions": 5}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("\nmax_artcle_chars = 1\n", "veille.toml:2: unknown setting 'max_artcle_chars' (did you mean 'max_article_chars'?)"),
        (
            "wait = 1\n[bounds]\n\nmin_article = 1",
            "veille.toml:4: unknown setting 'min_article' (did you mean 'min_articles'?)",
        ),
        (
            "bounds.min_rows_per_article = { mention = 1 }",
            "veille.toml:1: no table 'mention' has rows of one article (did you mean 'mentions'?)",
        ),
        ("bounds.max_refused = 5", "veille.toml:1: bounds.max_refused: input should be less than or equal to 1"),
        ("wait = 1\nbatch_size = 0", "veille.toml:2: batch_size: input should be greater than 0"),
        ("rules = 1", "veille.toml:1: rules: input should be a valid tuple"),
        ("a = 1\na = 2\n[b]", "veille.toml:2:6: Cannot overwrite a value"),
        ("a = [1,", "veille.toml: Invalid value"),
    ],
    ids=["unknown", "unknown bound", "no such table", "too large", "zero", "no list", "twice", "no TOML"],
)
def test_a_mistake_names_its_line_and_the_mend(content: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load_settings(write(tmp_path, content), {})
    assert str(caught.value) == f"{tmp_path}/{message}"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("wat=1", "unknown setting 'wat' (did you mean 'wait'?)"),
        ("bounds.max_refused=5", "bounds.max_refused: input should be less than or equal to 1"),
        ("wait=-1", "wait: input should be greater than or equal to 0"),
        ("wait", "'wait': give NAME=VALUE, such as max_article_chars=500000"),
        ("wait=soon", "wait: input should be a valid number, unable to parse string as a number"),
    ],
)
def test_a_mistake_on_the_command_line_is_wrong_usage(change: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(write(tmp_path, WRITTEN), dict([read_change(change)]))
    assert str(caught.value) == message


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such settings file"):
        load_settings(tmp_path / "nowhere.toml", {})


def test_the_working_folder_comes_before_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_settings(["articles"]) is None
    beside = write(Path("articles"), "")
    assert find_settings(["-", "articles"]) == find_settings(["articles/one.txt"]) == beside
    assert find_settings(["articles"]) != write(Path(), "") == find_settings(["articles"])


def test_every_setting_is_described() -> None:
    told = describe_settings()
    names = [*(name for name in Settings.model_fields if name != "bounds"), *(f"bounds.{name}" for name in Bounds.model_fields)]
    assert [line.split("`")[1] for line in told.splitlines()[2:]] == names
    assert "| `max_article_chars` | 300000 | Longer articles are refused (code too_long). |" in told


def test_the_page_tells_every_setting() -> None:
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page.partition("<!-- settings:begin -->\n")[2].partition("<!-- settings:end -->")[0] == describe_settings()
