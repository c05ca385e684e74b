"""The start of a new rule: a commented file that checks and proves as it stands, to be changed line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import UsageError, nearest
from pipeline.lexicon import load_words
from pipeline.workbench.schema import rule_schema
from pipeline.workbench.themes import THEMES

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def write_skeleton(name: str, *, theme: str, folder: Path) -> Path:
    """The rule file of the theme in `folder` with a new rule `name`; a file that is there gets the rule at its end.

    Beside it stands the schema by which editors complete it. Raises UsageError for a name or theme that cannot be.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no rule id: write it in lower case with hyphens, such as org-unicorn")
    starts: Mapping[str, Mapping[str, str]] = load_words("skeletons")["themes"]
    if theme not in starts:
        raise UsageError(f"no theme {theme!r}: {nearest(theme, THEMES)}")
    path = folder / "rules" / f"{theme}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.read_text(encoding="utf-8") if path.exists() else str(load_words("skeletons")["head"])
    if re.search(rf"^ *- id: {re.escape(name)}$", written, re.MULTILINE):
        raise UsageError(f"{path} has a rule {name!r} already")
    (folder / "rules.schema.json").write_text(rule_schema(), encoding="utf-8")
    path.write_text(written.rstrip("\n") + "\n" + str(starts[theme]).replace("NAME", name), encoding="utf-8")
    return path
