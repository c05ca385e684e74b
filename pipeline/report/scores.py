"""An evaluation, shown: as a table for the terminal, as JSON, as a page of all errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from rich.table import Table

from pipeline.score import Error, Evaluation, LayerScore, count_errors


def score_table(ours: Evaluation, theirs: Evaluation | None = None) -> Table:
    """One line a layer: precision, recall, F1 with its 95 % interval, errors by kind, and the change from the other run."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("layer", "P", "R", "F1", "95 %", "gold", "errors", *(["change"] if theirs else [])):
        table.add_column(column, justify="left" if column in ("layer", "errors") else "right")
    other = {score.layer: score for score in theirs.scores} if theirs else {}
    kinds = count_errors(ours)
    for score in ours.scores:
        errors = ", ".join(f"{n} {kind}" for kind, n in kinds.get(score.layer, {}).items())
        change = [f"{score.counts.f1 - other[score.layer].counts.f1:+.3f}"] if score.layer in other else []
        table.add_row(*_cells(score), errors, *change)
    b = ours.resolution
    table.add_row(
        "entities (B³)",
        f"{b.precision:.3f}",
        f"{b.recall:.3f}",
        "",
        "",
        "",
        f"recall with missed names {b.recall_all:.3f}, F1 of pairs {b.pairs:.3f}",
    )
    return table


def rule_table(evaluation: Evaluation) -> Table:
    """One line a layer and rule: what it found, how much of it is right (P), and its share of what there was (R)."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("layer", "rule", "found", "right", "P", "R"):
        table.add_column(column, justify="left" if column in ("layer", "rule") else "right")
    for rule in evaluation.rules:
        found = rule.right + rule.wrong
        share = f"{rule.right / rule.wanted:.3f}" if rule.wanted else ""
        table.add_row(rule.layer, rule.rule_id, str(found), str(rule.right), f"{rule.right / found:.3f}", share)
    return table


def _cells(score: LayerScore) -> tuple[str, ...]:
    c = score.counts
    interval = f"{score.low:.2f}–{score.high:.2f}"
    return score.layer, f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}", interval, str(c.right + c.missed)


def scores_json(evaluation: Evaluation) -> str:
    """The scores as one JSON object by layer."""
    layers = {
        s.layer: {"p": s.counts.precision, "r": s.counts.recall, "f": s.counts.f1, "low": s.low, "high": s.high}
        for s in evaluation.scores
    }
    b = evaluation.resolution
    return json.dumps(
        {**layers, "entities": {"p": b.precision, "r": b.recall, "r_all": b.recall_all, "pairs_f": b.pairs}}, indent=2
    )


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Errors</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:15px/1.5 system-ui;max-width:75rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #8884;
vertical-align:top}}</style><h1>Errors</h1>{sections}</html>
"""


def error_page(evaluation: Evaluation) -> str:
    """Every error as one HTML page, by layer: kind, place, what was expected, what stands there instead, and the rule."""
    layers = dict.fromkeys(error.layer for error in evaluation.errors)
    return _PAGE.format(sections="".join(_section(layer, evaluation) for layer in layers))


def _section(layer: str, evaluation: Evaluation) -> str:
    rows = "".join(_row(error) for error in evaluation.errors if error.layer == layer)
    head = "<tr><th>kind<th>article<th>expected<th>found<th>rule</tr>"
    return f"<h2>{escape(layer)}</h2><table>{head}{rows}</table>"


def _row(error: Error) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}" for cell in _texts(error)) + "</tr>"


def _texts(error: Error) -> Iterator[str]:
    yield error.kind
    yield f"{error.article_id} {error.start}–{error.end}"
    yield error.expected or ""
    yield error.found or ""
    yield error.rule_id or ""
