"""Marked texts out of corpora."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon import DATA
from pipeline.model import Span
from pipeline.training.marked import Name, read_marks
from pipeline.training.sources import load_notes, read_own, read_popcorn, read_winer

NOTES = load_notes(DATA / "training" / "sources.yaml")


def entity(text: str, name: str, type_: str) -> dict[str, Any]:
    return {"start": text.index(name), "end": text.index(name) + len(name), "text": name, "type": type_}


def write_lines(path: Path, text: str, *entities: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"doc_id": "a", "text": text, "entities": entities}, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_gold_is_read_with_its_typography_folded(tmp_path: Path) -> None:
    text = "L’avis d’Orbello\u00a0AI."
    [marked] = read_own(write_lines(tmp_path / "gold.jsonl", text, entity(text, "Orbello\u00a0AI", "ORG")))
    assert marked == read_marks("L'avis d'[Orbello AI](ORG).")


def test_laws_are_unknown_in_winer_as_it_leaves_them_out(tmp_path: Path) -> None:
    text = "Anne Roy défend la loi Travail à Nantes.\u2028"
    path = write_lines(tmp_path / "winer.jsonl", text, entity(text, "Anne Roy", "PER"), entity(text, "Nantes", "LOC"))
    [marked] = read_winer(path, NOTES["winer"])
    assert (marked.names, marked.unknown) == ((Name(0, 8, "PER"), Name(33, 39, "LOC")), (Span(19, 30),))


def test_names_that_winer_types_otherwise_are_retyped_or_unknown(tmp_path: Path) -> None:
    text = "L'Élysée répond à Google."
    path = write_lines(tmp_path / "winer.jsonl", text, entity(text, "Élysée", "LOC"), entity(text, "Google", "PRODUCT"))
    [marked] = read_winer(path, NOTES["winer"])
    assert (marked.names, marked.unknown) == ((Name(2, 8, "ORG"),), (Span(18, 24),))


REPORTS = {
    "a person by first and last name": (
        "Mme Adel Bru est là.",
        {"CIVILIAN": ["Adel Bru"], "LASTNAME_0": ["Bru"]},
        "Mme [Adel Bru](PER) est là.",
    ),
    "no person by a noun": ("La victime est là.", {"CIVILIAN": ["victime"]}, "La victime est là."),
    "no person by a pronoun": ("Elle est là.", {"CIVILIAN": ["Elle"]}, "Elle est là."),
    "an organisation": ("La firme SMT paie.", {"NON_GOVERNMENTAL_ORGANISATION": ["SMT", "firme"]}, "La firme [SMT](ORG) paie."),
    "no organisation by its noun": ("Police en vue.", {"NON_MILITARY_GOVERNMENT_ORGANISATION": ["Police"]}, "Police en vue."),
    "a ministry": (
        "Le Ministère de la Santé dort.",
        {"NON_MILITARY_GOVERNMENT_ORGANISATION": ["Ministère de la Santé"]},
        "Le [Ministère de la Santé](ORG) dort.",
    ),
    "a place": ("Dans la ville de Brest.", {"PLACE": ["ville", "Brest"]}, "Dans la ville de [Brest](LOC)."),
}


@pytest.mark.parametrize(("text", "chains", "expected"), REPORTS.values(), ids=REPORTS.keys())
def test_popcorn_gives_its_proper_names(tmp_path: Path, text: str, chains: dict[str, list[str]], expected: str) -> None:
    entities = [
        {"type": kind, "mentions": [{"value": m, "start": text.index(m), "end": text.index(m) + len(m)} for m in mentions]}
        for kind, mentions in chains.items()
    ]
    path = tmp_path / "popcorn.json"
    path.write_text(json.dumps({"1": {"text": text, "entities": entities}}), encoding="utf-8")
    [marked] = read_popcorn(path, NOTES["popcorn"])
    assert (marked.text, marked.names) == (read_marks(expected).text, read_marks(expected).names)
