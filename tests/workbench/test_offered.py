"""A package offers a folder of rules, and a run names it like a folder."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.lexicon import load_lexicon
from pipeline.lexicon.folders import OFFERED, find_folder

ENTRIES = "canonical,type,kind\nSalicorne,ORG,farm\n"


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "farm_rules"
    (package / "gazetteers").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "gazetteers" / "farms.csv").write_text(ENTRIES, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    points = {OFFERED: (EntryPoint("farms", "farm_rules", OFFERED),)}
    monkeypatch.setattr("pipeline.lexicon.folders.entry_points", lambda *, group: points[group])
    return package


def test_rules_of_a_package_are_used_by_their_name(offered: Path) -> None:
    entry = load_lexicon((Path("farms"),)).gazetteer[-1]
    assert (entry.canonical, entry.kind, entry.source) == ("Salicorne", "farm", "farms.csv")


def test_a_name_that_no_package_offers_is_told_with_the_nearest(offered: Path) -> None:
    with pytest.raises(DataError, match=r"farm: no such folder of rules \(did you mean 'farms'\?\)"):
        find_folder(Path("farm"))
