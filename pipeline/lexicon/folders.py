"""Folders of data: the built-in one, those of a project, and those that installed packages offer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.about import DATA, data_files, rules_fingerprint
from pipeline.errors import DataError, nearest
from pipeline.lexicon.documents import load_yaml
from pipeline.lexicon.gazetteer import load_gazetteer
from pipeline.lexicon.model import GazetteerEntry, Lexicon, RuleFile
from pipeline.lexicon.rules import load_rules, proven

OFFERED = "veille.rules"
"""The entry points by which a package offers a folder of rules: a name, and the package that holds the folder."""


def load_lexicon(folders: tuple[Path, ...] = ()) -> Lexicon:
    """The built-in data and then each of `folders`, whose rules replace those of the same id. Raises DataError."""
    rules: dict[str, RuleFile] = {}
    gazetteer: list[GazetteerEntry] = []
    words: dict[str, Mapping[str, Any]] = {}
    further = tuple(map(find_folder, folders))
    for root in (DATA, *further):
        for path in data_files(root):
            if path.parent.name == "gazetteers":
                gazetteer += load_gazetteer(path)
            elif path.parent.name == "rules":
                if root is not DATA and path.stem not in rules:
                    raise unread(path, tuple(rules))
                base, compiles = _lender(path.stem, rules), proven if root is DATA else re.compile
                rules[path.stem] = override(rules.get(path.stem), load_rules(path, base, compiles=compiles))
            else:
                words[path.stem] = MappingProxyType(load_yaml(path))
    _refuse_repeated_ids(rules)
    return Lexicon(MappingProxyType(rules), tuple(gazetteer), MappingProxyType(words), rules_fingerprint(further))


def _lender(theme: str, rules: Mapping[str, RuleFile]) -> RuleFile | None:
    """The file whose atoms a rule file may use: that of its theme read before it; for the first of a names_… theme, names."""
    return rules.get(theme) or (rules.get("names") if theme.startswith("names_") else None)


def load_words(name: str) -> Mapping[str, Any]:
    """One of the built-in word lists, for those who need no other data. Raises DataError."""
    return MappingProxyType(load_yaml(DATA / "words" / f"{name}.yaml"))


def find_folder(named: Path) -> Path:
    """The folder itself, or the one that an installed package offers under that name.

    Raises DataError for neither, and for a folder in which nothing would be read.
    """
    folder = named if named.is_dir() else _offered(named)
    if not any(data_files(folder)):
        mend = "put rules/<theme>.yaml, gazetteers/<name>.csv or words/<name>.yaml into it"
        raise DataError(named, "no rules, gazetteers or word lists in it", mend=mend)
    return folder


def unread(path: Path, themes: Sequence[str]) -> DataError:
    """The mistake of a rule file whose theme is none of `themes`."""
    return DataError(path, f"nothing reads rules of the theme {path.stem!r}", mend=nearest(path.stem, themes))


def _offered(named: Path) -> Path:
    offered = {point.name: point for point in entry_points(group=OFFERED)}
    if point := offered.get(str(named)):
        return Path(str(files(point.value)))
    mend = nearest(str(named), tuple(sorted(offered))) if offered else None
    raise DataError(named, "no such folder of rules", mend=mend)


def override(base: RuleFile | None, new: RuleFile) -> RuleFile:
    """The theme's rules with those of `new` behind them, which replace the rules of the same id."""
    if base is None:
        return new
    replaced = {rule.id for rule in new.rules}
    kept = tuple(rule for rule in base.rules if rule.id not in replaced)
    places = MappingProxyType({**base.places, **new.places})
    return replace(new, about=base.about, published=base.published, rules=kept + new.rules, places=places)


def _refuse_repeated_ids(rules: Mapping[str, RuleFile]) -> None:
    seen: dict[str, RuleFile] = {}
    for file in rules.values():
        for rule in file.rules:
            if first := seen.get(rule.id):
                raise file.places[rule.id].wrong(f"rule id {rule.id!r} stands in {first.path.name} already")
            seen[rule.id] = file
