"""How well mentions are grouped into entities: B-cubed and pairs, against the canonical names of a gold file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.text import fold_name

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BCubed:
    """How well mentions found at the right place are grouped into entities (Bagga and Baldwin 1998).

    `recall_all` counts the mentions that were not found as lost. `pairs` is the F1 of pairs of mentions taken for one thing.
    """

    precision: float
    recall: float
    recall_all: float
    pairs: float = 0.0


def b_cubed(articles: Sequence[Item], mentions: Mapping[str, Sequence[Item]]) -> BCubed:
    """Precision and recall of the entities over all gold mentions that have a canonical name."""
    both: Counter[tuple[str, str]] = Counter()
    everyone: Counter[str] = Counter()
    for article in articles:
        found = {(m["type"], m["source_start"], m["source_end"]): m["entity_id"] for m in mentions[article["doc_id"]]}
        for entity in article.get("entities", ()):
            if entity.get("canonical"):
                cluster = f"{entity['type']}:{fold_name(entity['canonical'])}"
                everyone[cluster] += 1
                if entity_id := found.get((entity["type"], entity["start"], entity["end"])):
                    both[cluster, entity_id] += 1
    gold, ours = Counter[str](), Counter[str]()
    for (cluster, entity_id), n in both.items():
        gold[cluster] += n
        ours[entity_id] += n
    total = both.total()
    if not total:
        return BCubed(0.0, 0.0, 0.0)
    return BCubed(
        precision=sum(n * n / ours[entity_id] for (_, entity_id), n in both.items()) / total,
        recall=sum(n * n / gold[cluster] for (cluster, _), n in both.items()) / total,
        recall_all=sum(n * n / everyone[cluster] for (cluster, _), n in both.items()) / everyone.total(),
        pairs=_pair_f1(both.values(), gold.values(), ours.values()),
    )


def _pair_f1(both: Iterable[int], gold: Iterable[int], ours: Iterable[int]) -> float:
    """The F1 of pairs of mentions, from the sizes of the shared clusters, of the gold's and of ours."""
    shared, wanted, found = (sum(n * (n - 1) // 2 for n in sizes) for sizes in (both, gold, ours))
    return 2 * shared / (wanted + found) if wanted + found else 1.0
