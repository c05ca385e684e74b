"""YAML with places: what words stand for, where keys and values are said to stand, and what is refused where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DataError
from pipeline.lexicon.documents import load_yaml, place_of, refuse_unknown

TOWNS = """\
# towns
Lyon: {people: 522000, on: [Rhône, Saône]}
Brest:
  - &coast mer
  - "12"
Nice: *coast
"""


def load(folder: Path, text: str) -> Any:
    path = folder / "towns.yaml"
    path.write_text(text, encoding="utf-8")
    return load_yaml(path)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("oui", "oui"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("''", ""),
        ("12", 12),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("-3", -3),
        ("007", 7),
        ("0x1f", 31),
        ("0o17", 15),
        ("2.5", 2.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.2.3", "1.2.3"),
        ("12:30", "12:30"),
        ("2024-03-01", "2024-03-01"),
        ("1_000", "1_000"),
        ("<<", "<<"),
        ("-", [None]),
        ("[1, deux]", [1, "deux"]),
        ("|\n  un\n  deux\n", "un\ndeux\n"),
    ],
)
def test_a_value_is_read_as_yaml_1_2_has_it(tmp_path: Path, written: str, value: object) -> None:
    read = load(tmp_path, f"key: {written}" if written != "-" else "key:\n-")["key"]
    assert (read, type(read)) == (value, type(read) if isinstance(value, list) else type(value))


@pytest.mark.parametrize(
    ("way", "line", "column"),
    [
        ((), 2, 1),
        (("Lyon",), 2, 7),
        (("Lyon", "people"), 2, 16),
        (("Lyon", "on", 1), 2, 36),
        (("Brest",), 4, 3),
        (("Brest", 0), 4, 5),
        (("Brest", 1), 5, 5),
        (("Nice",), 6, 7),
        (("Brest", 7), 4, 3),
        (("Paris",), 2, 1),
    ],
)
def test_a_place_is_where_the_value_begins(tmp_path: Path, way: tuple[str | int, ...], line: int, column: int) -> None:
    place = place_of(tmp_path, load(tmp_path, TOWNS), *way)
    assert (place.line, place.column) == (line, column)


def test_an_unknown_key_is_refused_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"towns.yaml:6:1: unknown key 'Nice' \(did you mean 'Nise'\?\)"):
        refuse_unknown(tmp_path / "towns.yaml", load(tmp_path, TOWNS), ("Lyon", "Brest", "Nise"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "towns.yaml: the file is empty", id="empty"),
        pytest.param(
            "a: [1\nb: 2\n", "towns.yaml:2:2: did not find expected ',' or ']' while parsing a flow sequence (line 1)", id="open"
        ),
        pytest.param("a: 1\na: 2\n", "towns.yaml:2:1: key 'a' stands on line 1 already", id="key twice"),
        pytest.param("a: 1\n---\nb: 2\n", "towns.yaml:3:1: a second document (make it a file of its own)", id="two documents"),
        pytest.param("? [a]\n: 1\n", "towns.yaml:1:3: a key that is a list or a mapping (put it in quotation marks)", id="key"),
        pytest.param("a: !set 1\n", "towns.yaml:1:4: tag !set, which is not known (leave it out)", id="tag"),
        pytest.param("a: *b\n", "towns.yaml:1:4: alias *b of nothing that stands above it", id="alias of nothing"),
        pytest.param("a: &b [*b]\n", "towns.yaml:1:8: alias *b in an alias (write out what it stands for)", id="alias of itself"),
        pytest.param("a: \0\n", "towns.yaml:1:4: character U+0000, which no YAML file may hold (take it out)", id="character"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        load(tmp_path, text)
    assert str(caught.value) == f"{tmp_path}/{message}"


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "towns.yaml").write_bytes("a: Orléans".encode("latin-1"))
    with pytest.raises(DataError, match=r"towns.yaml:1: not UTF-8 \(byte 6\) \(save the file as UTF-8\)"):
        load_yaml(tmp_path / "towns.yaml")
