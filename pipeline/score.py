"""A run's tables measured against gold: precision, recall, F1 with intervals, and every error with its kind.

What is compared, and what counts as right, stands in `pipeline/layers.py`.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.b_cubed import BCubed, b_cubed
from pipeline.errors import UsageError
from pipeline.gold import read_gold
from pipeline.layers import LAYERS, ArticleNames, Item, Layer, shared
from pipeline.rule_scores import RuleScore, score_rules
from pipeline.tables.read import read_arrow, rows_by_article
from pipeline.text import fold_name

ErrorKind = Literal["missed", "invented", "boundary", "type", "value"]
RESAMPLES = 1000


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
    """The scores of all layers, in order, all errors, by article and place, and what each rule had in it.

    `absent` are the articles of the gold that the tables do not hold, of which all is missed.
    """

    scores: tuple[LayerScore, ...]
    errors: tuple[Error, ...]
    resolution: BCubed
    rules: tuple[RuleScore, ...] = ()
    absent: tuple[str, ...] = ()


def evaluate(gold: Path, outputs: Path) -> Evaluation:
    """The evaluation of the tables in `outputs` against the gold file.

    Raises DataError for a line that is not gold, and UsageError where the tables hold none of its articles.
    """
    articles = tuple(read_gold(gold))
    absent = _absent(articles, outputs)
    if absent and len(absent) == len(articles):
        raise UsageError(f"{outputs} holds no article of {gold}, such as {absent[0]}: the ids must be the same")
    tables = {layer.table: rows_by_article(outputs, layer.table) for layer in LAYERS}
    names = {
        row["entity_id"]: frozenset(fold_name(name) for name in (row["name"], *(row["aliases"] or ())))
        for row in read_arrow(outputs, "entities").to_pylist()
    }
    counts: dict[str, list[Counts]] = defaultdict(list)
    errors: list[Error] = []
    by_rule: Counter[tuple[str, str, bool]] = Counter()
    for article in articles:
        context = ArticleNames(names, _forms(article))
        for layer in LAYERS:
            if layer.gold in article:
                one, wrong, found_by = _compare(layer, article, _placed(article, tables[layer.table][article["doc_id"]]), context)
                counts[layer.name].append(one)
                errors += wrong
                by_rule.update((layer.name, rule_id, right) for rule_id, right in found_by)
    scores = tuple(_summed(name, counts[name]) for name in counts)
    resolution = b_cubed(articles, tables["mentions"])
    wanted = {score.layer: score.counts.right + score.counts.missed for score in scores}
    return Evaluation(scores, tuple(errors), resolution, tuple(score_rules(by_rule, wanted)), absent)


def _absent(articles: Sequence[Item], outputs: Path) -> tuple[str, ...]:
    held = frozenset(read_arrow(outputs, "articles", columns=("article_id",))["article_id"].to_pylist())
    return tuple(article["doc_id"] for article in articles if article["doc_id"] not in held)


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
    layer: Layer, gold: Item, rows: Sequence[Item], context: ArticleNames
) -> tuple[Counts, list[Error], list[tuple[str, bool]]]:
    """The counts of one layer in one article, its errors, and for each row its rule and whether it is right."""
    free = layer.found(rows)
    missed = []
    found_by: list[tuple[str, bool]] = []
    wanted = layer.wanted(gold)
    for item in wanted:
        options = [row for row in free if layer.same(context, item, row)]
        if options:
            best = max(options, key=lambda row: shared(item, row))
            free.remove(best)
            found_by.append((best["rule_id"], True))
        else:
            missed.append(item)
    counts = Counts(right=len(wanted) - len(missed), invented=len(free), missed=len(missed))
    found_by += [(row["rule_id"], False) for row in free]
    return counts, list(_explain(layer, gold["doc_id"], missed, free, rows)), found_by


def _explain(layer: Layer, article_id: str, missed: list[Item], invented: list[Item], rows: Sequence[Item]) -> Iterator[Error]:
    """Pair what was missed with what stands there instead, and name the kind of error."""
    unpaired = list(invented)
    for item in missed:
        near = next((row for row in (*unpaired, *rows) if shared(item, row) > 0), None)
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


def count_errors(evaluation: Evaluation) -> Mapping[str, Counter[str]]:
    """How many errors of each kind each layer has."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for error in evaluation.errors:
        counts[error.layer][error.kind] += 1
    return counts
