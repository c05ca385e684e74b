"""A run's tables measured against gold: precision, recall, F1 with intervals, and every error with its kind.

The gold format and what counts as right are described in `corpus/README.md`; in short: names by type and exact offsets,
amounts and dates by overlapping span and equal value, quotations by four fifths of their span, roles by span and person,
events by type, nearness and half of their participants. Offsets are those of the source text.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pipeline.b_cubed import BCubed, b_cubed
from pipeline.gold import read_gold
from pipeline.model import AMOUNT_KINDS, DATE_KINDS, ENTITY_TYPES
from pipeline.rule_scores import RuleScore, score_rules
from pipeline.tables.read import read_arrow, rows_by_article
from pipeline.text import fold_name

Item = Mapping[str, Any]
Names = Mapping[str, frozenset[str]]
ErrorKind = Literal["missed", "invented", "boundary", "type", "value"]
RESAMPLES = 1000
_EVENT_REACH = 200
_QUOTE_SHARE = Decimal("0.8")
_TOLERANCE = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Error:
    """One difference from the gold: what was expected and what was found, either of which may be None."""

    layer: str
    kind: ErrorKind
    article_id: str
    start: int
    end: int
    expected: str | None
    found: str | None
    rule_id: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, invented and missed items of one layer in one article or many."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.invented + other.invented, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.invented) if self.right + self.invented else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / total if (total := 2 * self.right + self.invented + self.missed) else 0.0


@dataclass(frozen=True, slots=True)
class LayerScore:
    """One layer over all articles, with the 95 % interval of F1 when articles are drawn anew."""

    layer: str
    counts: Counts
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all layers, in order, all errors, by article and place, and what each rule had in it."""

    scores: tuple[LayerScore, ...]
    errors: tuple[Error, ...]
    resolution: BCubed
    rules: tuple[RuleScore, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layer:
    """What is compared: the gold's list and its kind, the table's, and when two items are the same."""

    name: str
    gold: str
    table: str
    column: str | None
    kind: str | None
    same: Callable[[_Article, Item, Item], bool]

    def wanted(self, gold: Item) -> list[Item]:
        return [item for item in gold[self.gold] if self.column is None or item[self.column] == self.kind]

    def found(self, rows: Sequence[Item]) -> list[Item]:
        return [row for row in rows if self.column is None or row[self.column] == self.kind]


@dataclass(frozen=True, slots=True)
class _Article:
    """One article: every name of each found entity, and every form that the gold gives a canonical name."""

    names: Names
    forms: Mapping[str, frozenset[str]]

    def is_same(self, canonical: str | None, entity_id: str | None, said: str | None = None) -> bool:
        found = self.names.get(entity_id or "", frozenset({fold_name(said)} if said else ()))
        if canonical is None:
            return not found
        return bool((self.forms.get(canonical, frozenset()) | {fold_name(canonical)}) & found)


def evaluate(gold: Path, outputs: Path) -> Evaluation:
    """The evaluation of the tables in `outputs` against the gold file. Raises DataError for a line that is not gold."""
    articles = tuple(read_gold(gold))
    tables = {layer.table: rows_by_article(outputs, layer.table) for layer in LAYERS}
    names = {
        row["entity_id"]: frozenset(fold_name(name) for name in (row["name"], *(row["aliases"] or ())))
        for row in read_arrow(outputs, "entities").to_pylist()
    }
    counts: dict[str, list[Counts]] = defaultdict(list)
    errors: list[Error] = []
    by_rule: Counter[tuple[str, str, bool]] = Counter()
    for article in articles:
        context = _Article(names, _forms(article))
        for layer in LAYERS:
            if layer.gold in article:
                one, wrong, found_by = _compare(layer, article, _placed(article, tables[layer.table][article["doc_id"]]), context)
                counts[layer.name].append(one)
                errors += wrong
                by_rule.update((layer.name, rule_id, right) for rule_id, right in found_by)
    scores = tuple(_summed(name, counts[name]) for name in counts)
    resolution = b_cubed(articles, tables["mentions"])
    wanted = {score.layer: score.counts.right + score.counts.missed for score in scores}
    return Evaluation(scores, tuple(errors), resolution, tuple(score_rules(by_rule, wanted)))


def _placed(article: Item, rows: Sequence[Item]) -> Sequence[Item]:
    """The rows by the text that the gold marks: the source, or the cleaned text where it was exported from tables."""
    if article.get("offsets") != "cleaned":
        return rows
    return [{**row, "source_start": row["start"], "source_end": row["end"]} for row in rows]


def _forms(article: Item) -> Mapping[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for entity in article.get("entities", ()):
        if entity.get("canonical"):
            forms[entity["canonical"]] |= {fold_name(entity["canonical"]), fold_name(entity["text"])}
    return {canonical: frozenset(names) for canonical, names in forms.items()}


def _compare(
    layer: _Layer, gold: Item, rows: Sequence[Item], context: _Article
) -> tuple[Counts, list[Error], list[tuple[str, bool]]]:
    """The counts of one layer in one article, its errors, and for each row its rule and whether it is right."""
    free = layer.found(rows)
    missed = []
    found_by: list[tuple[str, bool]] = []
    wanted = layer.wanted(gold)
    for item in wanted:
        options = [row for row in free if layer.same(context, item, row)]
        if options:
            best = max(options, key=lambda row: _shared(item, row))
            free.remove(best)
            found_by.append((best["rule_id"], True))
        else:
            missed.append(item)
    counts = Counts(right=len(wanted) - len(missed), invented=len(free), missed=len(missed))
    found_by += [(row["rule_id"], False) for row in free]
    return counts, list(_explain(layer, gold["doc_id"], missed, free, rows)), found_by


def _explain(layer: _Layer, article_id: str, missed: list[Item], invented: list[Item], rows: Sequence[Item]) -> Iterator[Error]:
    """Pair what was missed with what stands there instead, and name the kind of error."""
    unpaired = list(invented)
    for item in missed:
        near = next((row for row in (*unpaired, *rows) if _shared(item, row) > 0), None)
        if near in unpaired:
            unpaired.remove(near)
        kind: ErrorKind = "missed"
        if near is not None:
            exact = (item["start"], item["end"]) == (near["source_start"], near["source_end"])
            same_kind = layer.column is None or near[layer.column] == item[layer.column]
            kind = "type" if not same_kind else "value" if exact or layer.gold != "entities" else "boundary"
        yield Error(
            layer.name,
            kind,
            article_id,
            item["start"],
            item["end"],
            _shown(item),
            _shown(near),
            near["rule_id"] if near else None,
        )
    for row in unpaired:
        start, end = row["source_start"], row["source_end"]
        yield Error(layer.name, "invented", article_id, start, end, None, _shown(row), row.get("rule_id"))


_SHOWN = ("text", "type", "kind", "value", "min", "max", "unit", "speaker", "person", "org", "agents", "targets", "canonical")


def _shown(item: Item | None) -> str | None:
    return None if item is None else " · ".join(str(item[key]) for key in _SHOWN if item.get(key) not in (None, [], ""))


def _summed(layer: str, per_article: Sequence[Counts]) -> LayerScore:
    draw = random.Random(layer)
    values = sorted(sum(draw.choices(per_article, k=len(per_article)), Counts()).f1 for _ in range(RESAMPLES))
    cut = RESAMPLES * 25 // 1000
    return LayerScore(layer, sum(per_article, Counts()), values[cut], values[-cut - 1])


def _shared(gold: Item, row: Item) -> int:
    return int(min(gold["end"], row["source_end"]) - max(gold["start"], row["source_start"]))


def _same_place(_: _Article, gold: Item, row: Item) -> bool:
    return bool((gold["start"], gold["end"]) == (row["source_start"], row["source_end"]))


def _overlapping(_: _Article, gold: Item, row: Item) -> bool:
    return _shared(gold, row) > 0


def _same_amount(_: _Article, gold: Item, row: Item) -> bool:
    wanted = {bound: Decimal(gold[bound]) for bound in ("min", "max") if gold[bound] is not None}
    close = all(abs(value - row[bound]) <= abs(value) * _TOLERANCE for bound, value in wanted.items())
    return _shared(gold, row) > 0 and close and (gold["kind"] == "quantity" or gold["unit"] == row["unit"])


def _same_date(_: _Article, gold: Item, row: Item) -> bool:
    return _shared(gold, row) > 0 and bool(gold["value"] == row["value"])


def _same_quote(article: _Article, gold: Item, row: Item, *, speaker: bool) -> bool:
    union = max(gold["end"], row["source_end"]) - min(gold["start"], row["source_start"])
    near = _shared(gold, row) >= _QUOTE_SHARE * union
    return near and (not speaker or article.is_same(gold["speaker"], row["speaker_entity_id"], row["speaker"]))


def _same_role(article: _Article, gold: Item, row: Item, *, org: bool) -> bool:
    holds = _shared(gold, row) > 0 and article.is_same(gold["person"], row["person_entity_id"])
    return holds and (not org or article.is_same(gold["org"], row["org_entity_id"]))


def _same_event(article: _Article, gold: Item, row: Item) -> bool:
    wanted = [*gold["agents"], *gold["targets"]]
    found = [*(row["agents"] or ()), *(row["targets"] or ())]
    shared = sum(any(article.is_same(name, entity) for entity in found) for name in wanted)
    return gold["type"] == row["type"] and _shared(gold, row) >= -_EVENT_REACH and 2 * shared >= len(wanted)


LAYERS: tuple[_Layer, ...] = (
    *(_Layer(kind, "entities", "mentions", "type", kind, _same_place) for kind in ENTITY_TYPES),
    *(_Layer(kind, "amounts", "amounts", "kind", kind, _same_amount) for kind in AMOUNT_KINDS),
    *(_Layer(f"{kind}_span", "amounts", "amounts", "kind", kind, _overlapping) for kind in AMOUNT_KINDS),
    *(_Layer(kind, "dates", "dates", "kind", kind, _same_date) for kind in DATE_KINDS),
    *(_Layer(f"{kind}_span", "dates", "dates", "kind", kind, _overlapping) for kind in DATE_KINDS),
    _Layer("quote", "quotes", "quotes", None, None, partial(_same_quote, speaker=False)),
    _Layer("quote_speaker", "quotes", "quotes", None, None, partial(_same_quote, speaker=True)),
    _Layer("role", "roles", "roles", None, None, partial(_same_role, org=False)),
    _Layer("role_org", "roles", "roles", None, None, partial(_same_role, org=True)),
    _Layer("event", "events", "events", None, None, _same_event),
)


def count_errors(evaluation: Evaluation) -> Mapping[str, Counter[str]]:
    """How many errors of each kind each layer has."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for error in evaluation.errors:
        counts[error.layer][error.kind] += 1
    return counts
