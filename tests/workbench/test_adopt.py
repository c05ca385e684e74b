"""Corrections in gold become examples and refusals of the researcher's own rules, shown first and written when asked."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.workbench.adopt import find_proof, write_proof
from pipeline.workbench.adopted import Adopted, LeftOut
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


RELATIONS = {
    "quotes": """rules:
  - id: quote-according
    finds: speaker-source
    pattern: "(?P<cue>Parole de) (?={name})"
    priority: 97
    examples: ["Parole de Nora Belkacem : « [Nous irons au bout](Nora Belkacem) »."]
""",
    "roles": """rules:
  - id: role-crowned
    finds: role
    pattern: "(?P<person>{person}), sacrée (?P<role>{role}) par (?P<org>{body})"
    priority: 95
    examples: ["Nora Belkacem, sacrée [directrice](Nora Belkacem; Lumio) par Lumio, part."]
""",
    "events": """rules:
  - id: funding-picks
    finds: funding
    pattern: '(?<!\\w)(?P<finite>cueille)(?= {money})'
    priority: 60
    assigns: {subject: targets, from: agents, types: "ORG", needs: "targets"}
    examples: ["Lumio [cueille](Lumio) 12 millions d'euros."]
""",
}
TOLD = (
    "Salicorne cueille 3 millions d'euros. Brumeline cueille 2 millions d'euros. "
    "Lise Ondet, sacrée directrice par Salicorne, repart. Parole de Lise Ondet : « Le droit suffit à tous ». "
    "Elle a parlé longtemps. Parole de Salicorne : « Nous attendons la suite »."
)
NAMES_TOLD = (("Salicorne", "ORG"), ("Brumeline", "ORG"), ("Lise Ondet", "PER"))


def told(words: str, **said: Any) -> dict[str, Any]:
    start = TOLD.index(words)
    return {"start": start, "end": start + len(words), **said}


def test_relations_become_proof_with_their_cast(tmp_path: Path) -> None:
    folder = tmp_path / "my-rules"
    (folder / "rules").mkdir(parents=True)
    (folder / "gazetteers").mkdir()
    for theme, rules in RELATIONS.items():
        (folder / "rules" / f"{theme}.yaml").write_text(rules, encoding="utf-8")
    rows = "".join(f"{name},{kind}\n" for name, kind in NAMES_TOLD)
    (folder / "gazetteers" / "ours.csv").write_text("canonical,type\n" + rows, encoding="utf-8")
    article = {
        "doc_id": "a",
        "published": "2024-03-01",
        "text": TOLD,
        "entities": [
            {"start": m.start(), "end": m.end(), "text": name, "type": kind, "canonical": name}
            for name, kind in NAMES_TOLD
            for m in re.finditer(name, TOLD)
        ],
        "quotes": [
            told("Le droit suffit à tous", speaker="Lise Ondet"),
            told("Nous attendons la suite", speaker="Lise Ondet"),
        ],
        "roles": [told("directrice", person="Lise Ondet", org="Salicorne")],
        "events": [told("cueille", type="funding", agents=[], targets=["Salicorne"])],
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    ondet, salicorne, brumeline = ("PER", "Lise Ondet"), ("ORG", "Salicorne"), ("ORG", "Brumeline")
    proof = find_proof(gold, folder, LEXICON, clock=time.process_time)
    assert sorted(proof, key=lambda one: (one.theme, one.text)) == [
        Adopted("events", "funding-picks", "refusal", "Brumeline cueille 2 millions d'euros.", cast=(brumeline,)),
        Adopted("events", "funding-picks", "example", "Salicorne [cueille](Salicorne) 3 millions d'euros.", cast=(salicorne,)),
        Adopted(
            "quotes",
            "quote-according",
            "example",
            "Parole de Lise Ondet : « [Le droit suffit à tous](Lise Ondet) ».",
            cast=(ondet,),
        ),
        LeftOut("quotes", "quote-according", "Parole de Salicorne : « Nous attendons la suite ».", "it does not name Lise Ondet"),
        Adopted(
            "roles",
            "role-crowned",
            "example",
            "Lise Ondet, sacrée [directrice](Lise Ondet; Salicorne) par Salicorne, repart.",
            cast=(salicorne, ondet),
        ),
    ]
    adopted = [one for one in proof if isinstance(one, Adopted)]
    write_proof([one for one in adopted if one.kind == "example"], folder)
    assert (folder / "words" / "cast.yaml").read_text(encoding="utf-8") == "ORG:\n  - Salicorne\nPER:\n  - Lise Ondet\n"
    proved = read_folder(folder, LEXICON)
    assert (proved.mistakes, prove_folder(proved).failures) == ((), ())
    write_proof([one for one in adopted if one.kind == "refusal"], folder)
    (failure,) = prove_folder(read_folder(folder, LEXICON)).failures
    assert "Brumeline cueille 2 millions d'euros." in str(failure)


def test_rules_for_what_gold_does_not_mark_are_left_out_aloud(gold: Path, tmp_path: Path) -> None:
    rules = tmp_path / "my-rules" / "rules"
    rules.mkdir(parents=True)
    (rules / "dates.yaml").write_text(DATES, encoding="utf-8")
    furniture = 'id: menu-ours, finds: furniture, phrases: [Nos criées], assigns: {scope: weak}, examples: ["[Nos criées]"]'
    (rules / "boilerplate.yaml").write_text(f"rules:\n  - {{{furniture}}}\n", encoding="utf-8")
    proof = find_proof(gold, tmp_path / "my-rules", LEXICON, clock=time.process_time)
    assert [one for one in proof if isinstance(one, LeftOut)] == [
        LeftOut("boilerplate", "menu-ours", "every sentence", "gold does not mark what it finds")
    ]
