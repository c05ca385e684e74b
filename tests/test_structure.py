"""The house: imports point downwards, stages do not know each other, heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "pipeline"
RANKS: tuple[tuple[str, ...], ...] = (
    ("columns", "source_map", "model", "errors", "garbage", "hadoop", "refusals", "text", "publication"),
    ("edited",),
    ("about", "address", "gold", "settings", "settings_file", "lexicon"),
    ("read", "clean", "recognize", "normalize", "deduplicate", "tables"),
    ("amounts", "bounds", "dates", "extract", "metrics", "previous", "stopwatch", "training"),
    ("question", "store"),
    ("linked",),
    ("retold",),
    ("gather",),
    ("engine",),
    ("components", "job", "train"),
    ("b_cubed", "layers", "redact", "rule_scores"),
    ("score", "explain", "changes", "compare", "review"),
    ("annotation", "workbench"),
    ("report",),
    ("cli",),
    ("__init__", "__main__"),
)
RANK = {name: rank for rank, names in enumerate(RANKS) for name in names}
STAGES = {"read", "clean", "recognize", "normalize", "deduplicate", "tables"}
AT_HOME = {
    "spacy": {"annotation", "components", "recognize", "train", "training"},
    "pyarrow": {"bounds", "columns", "engine", "gather", "job", "previous", "question", "read", "retold", "store", "tables"},
    "duckdb": {"engine", "gather", "job", "linked", "question", "report", "retold", "tables"},
    "distributed": {"engine"},
    "fsspec": {"hadoop", "tables"},
    "upath": {"hadoop", "read"},
}
MODULES = sorted(ROOT.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_downwards(path: Path) -> None:
    """A module imports only from its own folder and from lower ranks; stages never import each other."""
    here = place(path)
    theirs = {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")} - {here}
    upwards = {t for t in theirs if RANK[t] > RANK[here] or (here in STAGES and t in STAGES)}
    assert not upwards


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_at_home(path: Path) -> None:
    """spaCy is imported in recognize and training alone, pyarrow where tables are read and written."""
    libraries = {name.split(".")[0] for name in imports(path)}
    assert not {library for library, homes in AT_HOME.items() if library in libraries and place(path) not in homes}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_only_the_command_line_asks_for_the_time(path: Path) -> None:
    """Time comes in as an argument: no module but the command line calls a clock."""
    calls = [ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    clocks = {c for c in calls if re.search(r"\b(now|today|utcnow|monotonic|perf_counter)$", c) or c == "time.time"}
    assert place(path) == "cli" or not clocks
