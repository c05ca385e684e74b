"""What is made of a run's tables and stands beside them: pages, exports, errors. It goes when what it shows must go."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

REPORT, REPORT_MARK = "report", ".veille-report"
"""The folder of pages, and a file that says that a folder is one, which may be replaced; no other folder is."""
ERRORS = "errors.html"
"""The page of errors that an evaluation writes unless another is named."""
EXPORTS: Mapping[str, str] = MappingProxyType(
    {
        "duckdb": "veille.duckdb",
        "sqlite": "veille.sqlite",
        "csv": "csv",
        "xlsx": "veille.xlsx",
        "brat": "brat",
        "doccano": "doccano.jsonl",
        "label-studio": "label-studio.json",
        "prodigy": "prodigy.jsonl",
        "conll": "veille.conll",
        "spacy": "veille.spacy",
    }
)
"""By format the file, or the folder, that an export is written to unless another is named."""
_OURS = frozenset({".csv", ".ann", ".txt", ".conf", ".jsonl"})
"""What exports write into a folder; anything else there is somebody else's."""


def find_derived(out: Path) -> list[Path]:
    """The pages and exports that stand in the folder of a run under the names that they have unless told otherwise."""
    report = out / REPORT
    found = [report] if (report / REPORT_MARK).exists() else []
    return [*found, *(out / name for name in (ERRORS, *EXPORTS.values()) if (out / name).exists())]


def remove_derived(out: Path) -> None:
    """Remove them."""
    for path in find_derived(out):
        if path.name == REPORT:
            shutil.rmtree(path)
        elif path.is_dir():
            _empty(path)
        else:
            path.unlink()


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.suffix in _OURS:
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()
