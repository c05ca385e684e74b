"""An evaluation counts what is right, names what is wrong, and groups like B-cubed does."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.rule_scores import RuleScore
from pipeline.score import Counts, evaluate
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import replace_tables, to_arrow

TEXT = "Lumio lève 15 M€ lundi, selon Anne Kerval. Kerval dirige Lumio."
RUN = {"version": "1", "rules": "r", "model": "m", "licence": "l"}


def span(text: str, after: int = 0) -> dict[str, Any]:
    start = TEXT.index(text, after)
    return {"start": start, "end": start + len(text), "text": text}


GOLD = {
    "doc_id": "a",
    "published": "2024-03-01",
    "text": TEXT,
    "entities": [
        {**span("Lumio"), "type": "ORG", "canonical": "Lumio"},
        {**span("Anne Kerval"), "type": "PER", "canonical": "Anne Kerval"},
        {**span("Kerval", 40), "type": "PER", "canonical": "Anne Kerval"},
        {**span("Lumio", 40), "type": "ORG", "canonical": "Lumio"},
    ],
    "amounts": [{**span("15 M€"), "kind": "money", "min": "15000000", "max": "15000000", "unit": "EUR", "qualifier": None}],
    "dates": [{**span("lundi"), "kind": "date", "value": "2024-02-26"}],
    "quotes": [],
    "roles": [],
    "events": [{**span("lève"), "type": "funding", "agents": [], "targets": ["Lumio"], "amount": "15000000 EUR", "date": None}],
}


def row(table: str, **values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(TABLES[table].schema.names)
    place = {"source_start": values.get("start"), "source_end": values.get("end"), "article_id": "a", "rule_id": "rule"}
    return {**empty, **place, **values}


def found(table: str, text: str, after: int = 0, **values: Any) -> dict[str, Any]:
    return row(table, **span(text, after), **values)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """One name too short, one sum wrong, one date right, one event right, two people for one."""
    mentions = [
        found("mentions", "Lumio", mention_id="1", type="ORG", entity_id="org:lumio"),
        found("mentions", "Anne", mention_id="2", type="PER", entity_id="per:anne"),
        found("mentions", "Kerval", 40, mention_id="3", type="PER", entity_id="per:kerval"),
        found("mentions", "Lumio", 40, mention_id="4", type="ORG", entity_id="org:lumio-2"),
    ]
    amount = found("amounts", "15 M€", amount_id="1", kind="money", min=Decimal(15), max=Decimal(15), unit="EUR")
    rows = {
        "articles": [row("articles", text=TEXT)],
        "mentions": mentions,
        "amounts": [amount],
        "dates": [found("dates", "lundi", date_id="1", kind="date", value="2024-02-26")],
        "events": [found("events", "lève", event_id="1", type="funding", agents=[], targets=["org:lumio"])],
        "entities": [row("entities", entity_id="org:lumio", type="ORG", name="Lumio", aliases=[])],
    }
    known = {
        name: [{k: v for k, v in r.items() if k in TABLES[name].schema.names} for r in rows.get(name, [])] for name in TABLES
    }
    replace_tables({name: to_arrow(TABLES[name], known[name]) for name in TABLES}, tmp_path, run=RUN)
    return tmp_path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_counts_by_layer(gold: Path, outputs: Path) -> None:
    counts = {score.layer: score.counts for score in evaluate(gold, outputs).scores if score.counts != Counts()}
    assert counts == {
        "ORG": Counts(right=2),
        "PER": Counts(right=1, invented=1, missed=1),
        "money": Counts(invented=1, missed=1),
        "money_span": Counts(right=1),
        "date": Counts(right=1),
        "date_span": Counts(right=1),
        "event": Counts(right=1),
    }


def test_errors_have_a_kind(gold: Path, outputs: Path) -> None:
    errors = [(error.layer, error.kind, error.expected, error.found) for error in evaluate(gold, outputs).errors]
    assert errors == [
        ("PER", "boundary", "Anne Kerval · PER · Anne Kerval", "Anne · PER"),
        ("money", "value", "15 M€ · money · 15000000 · 15000000 · EUR", "15 M€ · money · 15.000000 · 15.000000 · EUR"),
    ]


def test_b_cubed(gold: Path, outputs: Path) -> None:
    """Two Lumio in two entities halve the recall; the person that was not found counts only in recall_all."""
    resolution = evaluate(gold, outputs).resolution
    assert resolution.precision == 1
    assert resolution.recall == pytest.approx((0.5 + 0.5 + 1) / 3)
    assert resolution.recall_all == pytest.approx((0.5 + 0.5 + 0.5) / 4)


def test_articles_that_no_table_holds_are_named(gold: Path, outputs: Path) -> None:
    assert evaluate(gold, outputs).absent == ()
    other = json.dumps(GOLD | {"doc_id": "press/a"}) + "\n"
    gold.write_text(json.dumps(GOLD) + "\n" + other, encoding="utf-8")
    both = evaluate(gold, outputs)
    assert (both.absent, both.scores[0].counts) == (("press/a",), Counts(right=2, missed=2))
    gold.write_text(other, encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds no article of .+gold\.jsonl, such as press/a: the ids must be the same"):
        evaluate(gold, outputs)


def test_each_rule_has_its_score(gold: Path, outputs: Path) -> None:
    rules = [rule for rule in evaluate(gold, outputs).rules if rule.layer in ("ORG", "PER", "money")]
    assert rules == [
        RuleScore("ORG", "rule", right=2, wrong=0, wanted=2),
        RuleScore("PER", "rule", right=1, wrong=1, wanted=2),
        RuleScore("money", "rule", right=0, wrong=1, wanted=1),
    ]
