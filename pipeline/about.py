"""What this installation is: version, model, fingerprint of the rules."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from pipeline.lexicon import DATA, load_lexicon


@cache
def model_fingerprint() -> str:
    """The first 16 hexadecimal digits of the SHA-256 over the shipped model's files."""
    digest = hashlib.sha256()
    for path in sorted((DATA / "model").rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def describe_version() -> str:
    """One line: « veille 0.1.0, model 3f…, rules 9c… »."""
    return f"veille {version('veille')}, model {model_fingerprint()}, rules {load_lexicon().fingerprint}"
