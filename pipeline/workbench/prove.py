"""The proof of a whole folder: every example and refusal of its rules, without the trained network."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.errors import DataError
from pipeline.workbench.check import Folder
from pipeline.workbench.themes import THEMES, Readers


@dataclass(frozen=True, slots=True)
class Proved:
    """How many rules and sentences were tried, and every failure with the place of its rule."""

    rules: int
    sentences: int
    failures: tuple[DataError, ...]


def prove_folder(folder: Folder) -> Proved:
    """Every sentence of the folder's own rules, read with all rules that a run with it would have."""
    failures: list[DataError] = []
    rules = sentences = 0
    readers = Readers(folder.lexicon)
    for theme, file in folder.own.items():
        if theme not in THEMES or not file.rules:
            continue
        prove = readers.proof_of(theme)
        read_as = replace(file, published=file.published or folder.lexicon.rules[theme].published)
        for rule in file.rules:
            rules, sentences = rules + 1, sentences + len(rule.examples) + len(rule.refusals)
            failures += [file.places[rule.id].wrong(f"rule {rule.id!r}: {f.text!r} {f.what}") for f in prove(read_as, rule)]
    return Proved(rules, sentences, tuple(failures))
