"""Learning from the proof of rules; and that the weights that ship were learned from the files that ship."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.lexicon import load_lexicon
from pipeline.recognize.network import MODEL
from pipeline.recognize.triggers import FILE
from pipeline.training.triggers import TriggerFit
from pipeline.workbench.event_words import NOTE, digest_proof, learn_events, proof_articles

GOLD = Path(__file__).parents[2] / "corpus" / "gold" / "train.jsonl"
LEXICON = load_lexicon()


def test_the_weights_that_ship_were_learned_from_the_files_that_ship() -> None:
    note = json.loads((MODEL / NOTE).read_text(encoding="utf-8"))
    made_of = {GOLD.name: hashlib.sha256(GOLD.read_bytes()).hexdigest(), "proof": digest_proof(LEXICON)}
    told = "articles or proof of events changed: `veille train-events` learns anew, in half a minute"
    assert note == {"fit": str(TriggerFit()), "made of": made_of}, told


def test_examples_tell_of_what_their_rule_finds_and_refusals_of_nothing() -> None:
    file = LEXICON.rules["events"]
    rule = next(rule for rule in file.rules if rule.id == "funding-learned")
    lexicon = replace(LEXICON, rules={**LEXICON.rules, "events": replace(file, rules=(rule,))})
    [example, refusal, *_] = proof_articles(lexicon, learned=True)
    assert example == {
        "text": "Brise Capital a glissé 3 millions d'euros dans le capital de Nubéo.",
        "entities": [{"start": 0, "end": 13, "type": "ORG"}, {"start": 61, "end": 66, "type": "ORG"}],
        "amounts": [{"start": 23, "end": 41, "kind": "money"}],
        "dates": [],
        "events": [{"start": 16, "end": 22, "type": "funding"}],
    }
    assert (refusal["text"], refusal["events"]) == ("Nubéo vend 3 millions de tickets.", [])
    assert list(proof_articles(lexicon, learned=False)) == []
    more = replace(file, rules=(rule.model_copy(update={"refusals": (*rule.refusals, "Nubéo dort.")}),))
    assert digest_proof(replace(lexicon, rules={"events": more})) != digest_proof(lexicon)


def test_what_was_learned_says_from_what(tmp_path: Path) -> None:
    gold = tmp_path / "own.jsonl"
    gold.write_text(
        json.dumps({"doc_id": "a", "text": "Rien.", "entities": [], "amounts": [], "dates": [], "events": []}), encoding="utf-8"
    )
    fit = TriggerFit(steps=1)
    assert learn_events([gold], out=tmp_path / "out", fit=fit) > 700
    note = json.loads((tmp_path / "out" / NOTE).read_text(encoding="utf-8"))
    assert note["fit"] == str(fit)
    assert note["made of"]["own.jsonl"] == hashlib.sha256(gold.read_bytes()).hexdigest()
    assert (tmp_path / "out" / FILE).is_file()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such gold file"):
        learn_events([tmp_path / "gold.jsonl"], out=tmp_path)
