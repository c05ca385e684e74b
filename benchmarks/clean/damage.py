"""French that was really misread: the sentences of the bodies through four charsets, once and twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ruamel.yaml import YAML

from benchmarks.clean.cases import HERE
from pipeline.clean.draft import Draft, apply_edits
from pipeline.clean.encoding import CHARSETS, EncodingRepair

PATHS = (*((charset,) for charset in CHARSETS), *product(CHARSETS, repeat=2))


def build_damaged() -> Iterator[tuple[str, str]]:
    """Each damaged text with what was meant."""
    for article in YAML(typ="safe").load((HERE / "bodies.yaml").read_text(encoding="utf-8")):
        for meant in article["body"]:
            for path in PATHS:
                damaged = meant
                for charset in path:
                    damaged = damaged.encode("utf-8").decode(charset)
                if damaged != meant:
                    yield damaged, meant


def share_restored() -> tuple[float, int]:
    """How many come back to the letter, and of how many."""
    repair, cases = EncodingRepair(), list(build_damaged())
    restored = sum(apply_edits(Draft.of(damaged), repair.find(damaged)).text == meant for damaged, meant in cases)
    return restored / len(cases), len(cases)
