"""Corrections in gold become examples and refusals of the researcher's own rules, shown first and written when asked."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.workbench.adopt import Adopted, find_proof, write_proof
from pipeline.workbench.check import read_folder
from pipeline.workbench.prove import prove_folder

LEXICON = load_lexicon()
NAMES = """# our companies
about: farms
rules:
  - id: org-farm-before
    finds: ORG
    stands: before
    phrases: [ferme verticale]   # a cue
    weight: 2.6
    examples:
      - "La ferme verticale [Salicorne] recrute."
"""
DATES = """rules:
  - id: date-fair
    finds: date
    phrases: [à la Foire aux Écrans]
    assigns: {value: "2024-06"}
    examples: ["Elle parle [à la Foire aux Écrans](2024-06)."]
"""
TEXT = "La ferme verticale Brumeline ouvre. La ferme verticale Mars Attaque ouvre. Elle ira à la Foire aux Écrans le 3 mai."

FAIR = "Elle ira [à la Foire aux Écrans](2024-06) le [3 mai](2024-05-03)."


def item(words: str, **said: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **said}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    article = {
        "doc_id": "a",
        "published": "2024-03-01",
        "text": TEXT,
        "entities": [item("Brumeline", type="ORG", canonical="Brumeline")],
        "dates": [
            item("à la Foire aux Écrans", kind="date", value="2024-06"),
            item("3 mai", kind="date", value="2024-05-03"),
        ],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_sentences_of_gold_become_proof_once(gold: Path, tmp_path: Path) -> None:
    rules = tmp_path / "my-rules" / "rules"
    rules.mkdir(parents=True)
    (rules / "names_organisations.yaml").write_text(NAMES, encoding="utf-8")
    (rules / "dates.yaml").write_text(DATES, encoding="utf-8")
    adopted = find_proof(gold, tmp_path / "my-rules", LEXICON, clock=time.process_time)
    assert adopted == (
        Adopted(
            "dates", "date-fair", "example", "Elle ira [à la Foire aux Écrans](2024-06) le [3 mai](2024-05-03).", "2024-03-01"
        ),
        Adopted("names_organisations", "org-farm-before", "example", "La ferme verticale [Brumeline] ouvre."),
        Adopted("names_organisations", "org-farm-before", "refusal", "La ferme verticale Mars Attaque ouvre."),
    )
    assert (rules / "dates.yaml").read_text(encoding="utf-8") == DATES
    write_proof(adopted[:2], tmp_path / "my-rules")
    written = (rules / "names_organisations.yaml").read_text(encoding="utf-8")
    assert written == NAMES + "      - La ferme verticale [Brumeline] ouvre.\n"
    folder = read_folder(tmp_path / "my-rules", LEXICON)
    assert (folder.mistakes, prove_folder(folder).failures) == ((), ())
    assert find_proof(gold, tmp_path / "my-rules", LEXICON, clock=time.process_time) == adopted[2:]
