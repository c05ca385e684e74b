"""What people write is read as UTF-8, whatever put a byte order mark in front; another charset is named with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.deduplicate.decisions import load_decisions
from pipeline.errors import DataError
from pipeline.gold import read_gold
from pipeline.lexicon import load_gazetteer
from pipeline.lexicon.documents import load_yaml
from pipeline.settings_file import load_settings

READERS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "rules.yaml": (load_yaml, "about: maïs\n"),
    "ours.csv": (lambda path: list(load_gazetteer(path)), "canonical,type,kind\nMaïs,ORG,farm\n"),
    "veille.toml": (lambda path: load_settings(path, {}), "wait = 1 # maïs\n"),
    "decisions.csv": (load_decisions, "left,right,judgement,why\norg:a,org:b,same,maïs\n"),
    "gold.jsonl": (lambda path: list(read_gold(path)), '{"doc_id": "a", "text": "maïs"}\n'),
}


@pytest.mark.parametrize("name", READERS)
def test_a_byte_order_mark_is_none_of_the_text(name: str, tmp_path: Path) -> None:
    read, text = READERS[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    plain = read(tmp_path / name)
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    assert plain == read(tmp_path / name) != ()


@pytest.mark.parametrize("name", READERS)
def test_another_charset_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    read, text = READERS[name]
    (tmp_path / name).write_text(text, encoding="cp1252")
    line = text[: text.lower().index("maïs")].count("\n") + 1
    with pytest.raises(DataError, match=rf"{name}:{line}: not UTF-8 \(byte \d+\) \(save the file as UTF-8\)"):
        read(tmp_path / name)
