"""What this installation is: version, model, fingerprint of the rules. Imports nothing heavy: `veille --version` waits for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def data_files(root: Path) -> Iterator[Path]:
    """The gazetteers, rule files and word lists of a folder, in the order in which they are read."""
    for folder, suffix in (("gazetteers", ".csv"), ("rules", ".yaml"), ("words", ".yaml")):
        yield from sorted((root / folder).glob(f"*{suffix}"))


def rules_fingerprint(folders: Iterable[Path] = ()) -> str:
    """The first 16 hexadecimal digits of the SHA-256 over the built-in data and that of `folders`."""
    digest = hashlib.sha256()
    for root in (DATA, *folders):
        for path in data_files(root):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def model_fingerprint() -> str:
    """The first 16 hexadecimal digits of the SHA-256 over the shipped model's files."""
    digest = hashlib.sha256()
    for path in sorted((DATA / "model").rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def code_fingerprint(*places: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 over the package's Python files at these places (« clean », « text.py »)."""
    digest, root = hashlib.sha256(), DATA.parent
    for place in places:
        for path in sorted((root / place).rglob("*.py")) if (root / place).is_dir() else (root / place,):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def describe_version() -> str:
    """One line: « veille 0.1.0, model 3f…, rules 9c… »."""
    from importlib.metadata import version

    return f"veille {version('veille')}, model {model_fingerprint()}, rules {rules_fingerprint()}"
