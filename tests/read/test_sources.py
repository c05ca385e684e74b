"""Inputs name files: each once, in one order, without what .veilleignore excludes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.read.sources import find_sources


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "presse/2024/c.jsonl.gz",
        "presse/d.TXT",
        ".caché.txt",
        "veille.toml",
        "brouillons/e.txt",
        "brouillons/garder.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Texte.", encoding="utf-8")
    (tmp_path / ".veilleignore").write_text("brouillons/*\n!brouillons/garder.txt\n", encoding="utf-8")
    (tmp_path / "presse" / ".veilleignore").write_text("*.TXT\n", encoding="utf-8")
    return tmp_path


def keys(*inputs: Path | str) -> list[str]:
    return [source.key for source in find_sources(inputs)]


def test_a_folder_gives_what_stands_below_it(corpus: Path) -> None:
    assert keys(corpus) == ["a", "b", "brouillons/garder", "presse/2024/c"]


@pytest.mark.parametrize("kept", [[".veille/lock"], ["current.json", "sets/a/mentions.parquet", "store/rows"]])
def test_tables_that_a_run_wrote_among_the_articles_are_no_articles(corpus: Path, kept: list[str]) -> None:
    """`veille run . --out tables/`, the second time: nor are the pages made of them."""
    for name in ("mentions.parquet", "run.json", "report/index.html", *kept):
        (corpus / "tables" / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / "tables" / name).write_text("{}", encoding="utf-8")
    assert keys(corpus) == ["a", "b", "brouillons/garder", "presse/2024/c"]
    assert keys(f"{corpus}/tab*", corpus / "b.txt") == ["b"]


def test_a_file_is_read_once_however_often_it_is_named(corpus: Path) -> None:
    assert keys(corpus / "b.txt", corpus, corpus / "a.md") == keys(corpus)


def test_the_order_of_inputs_does_not_matter(corpus: Path) -> None:
    one, other = corpus / "b.txt", corpus / "presse" / "d.TXT"
    assert find_sources([one, other]) == find_sources([other, one])


def test_a_pattern_is_expanded_and_ids_begin_below_its_fixed_part(corpus: Path) -> None:
    assert keys(f"{corpus}/presse/**/*.gz") == ["2024/c"]


def test_a_pattern_may_name_folders(corpus: Path) -> None:
    """Everything below them is read, each file once."""
    assert keys(f"{corpus}/*") == ["a", "b", "brouillons/e", "brouillons/garder", "presse/2024/c"]


def test_a_pattern_that_names_nothing_is_a_wrong_question(corpus: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder matches"):
        find_sources([f"{corpus}/*.parquet"])


def test_packing_and_format_are_told_apart(corpus: Path) -> None:
    [source] = find_sources([f"{corpus}/presse/2024/c.jsonl.gz"])
    assert (source.suffix, source.packing) == (".jsonl", ".gz")


def test_a_path_that_is_not_there_is_a_wrong_question(corpus: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        find_sources([corpus / "rien.txt"])


def test_a_folder_that_may_not_be_searched_is_read_as_a_file_which_says_so(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_file = Path.is_file

    def refuse(path: Path) -> bool:
        if path.parent == corpus / "presse":
            raise PermissionError(path)
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refuse)
    assert keys(corpus) == ["a", "b", "brouillons/garder", "presse"]
