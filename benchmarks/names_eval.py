"""What each part of the names brings: F1 on exact spans, without each part in turn, with calibration error and speed.

    python benchmarks/names_eval.py GOLD.jsonl [MORE.jsonl …] [--model FOLDER] [--errors] [--fit] [--only PART …]

Texts are cleaned as in a run and compared by the offsets of the source. `--errors` prints what was missed and invented,
`--fit` the curves of calibration that the gold asks for.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.clean import Cleaner
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import ENTITY_TYPES, Article, Document, Mention
from pipeline.recognize.ballot import Decision
from pipeline.recognize.calibration import company, expected_calibration_error, fit
from pipeline.recognize.model import NameModel
from pipeline.recognize.names import PARTS, NameRecognizer, Part

Gold = dict[str, Any]
Place = tuple[int, int, str]


def read_gold(paths: Iterable[Path]) -> list[Gold]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def clean(golds: Sequence[Gold], lexicon: Lexicon) -> list[Document]:
    cleaner = Cleaner(lexicon)
    articles = (Article(g["doc_id"], "gold", g["text"], published=g.get("published")) for g in golds)
    return [cleaner.clean(article) for article in articles]


def source_places(document: Document, mentions: Iterable[Mention]) -> dict[Place, Mention]:
    return {(*document.to_source.source_span(m.start, m.end), m.type): m for m in mentions}


def gold_places(gold: Gold) -> set[Place]:
    return {(e["start"], e["end"], e["type"]) for e in gold["entities"] if e["type"] in ENTITY_TYPES}


def count(golds: Sequence[Gold], found: Sequence[dict[Place, Mention]]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for gold, places in zip(golds, found, strict=True):
        expected = gold_places(gold)
        for kind, group in (
            ("right", expected & set(places)),
            ("missed", expected - set(places)),
            ("invented", set(places) - expected),
        ):
            counts.update((place[2], kind) for place in group)
    return counts


def f1(counts: Counter[tuple[str, str]], types: Iterable[str]) -> float:
    right, missed, invented = (sum(counts[t, kind] for t in types) for kind in ("right", "missed", "invented"))
    return 2 * right / (2 * right + missed + invented) if right else 0.0


def show(label: str, counts: Counter[tuple[str, str]]) -> None:
    scores = " ".join(f"{f1(counts, (t,)):8.3f}" for t in ENTITY_TYPES)
    print(f"{label:<28} {scores} {f1(counts, ENTITY_TYPES):8.3f}")


def print_errors(golds: Sequence[Gold], found: Sequence[dict[Place, Mention]]) -> None:
    for gold, places in zip(golds, found, strict=True):
        expected = gold_places(gold)
        for place in sorted(expected ^ set(places)):
            start, end, kind = place
            text = gold["text"]
            shown = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
            why = f"{places[place].rule_id} {places[place].score}" if place in places else ""
            print(f"{gold['doc_id'][:28]:<28} {'missed' if place in expected else 'invented':<8} {kind:<7} {why:<34} {shown!r}")


def print_calibration(golds: Sequence[Gold], found: Sequence[dict[Place, Mention]]) -> None:
    pairs = [
        (m.score or 0.0, place in gold_places(g)) for g, places in zip(golds, found, strict=True) for place, m in places.items()
    ]
    print(f"expected calibration error {expected_calibration_error(pairs):.4f} over {len(pairs)} names")


def print_fit(golds: Sequence[Gold], documents: Sequence[Document], decided: Sequence[Sequence[Decision]]) -> None:
    pairs: dict[str, list[tuple[float, bool]]] = {}
    for gold, document, decisions in zip(golds, documents, decided, strict=True):
        places = gold_places(gold)
        for decision in decisions:
            right = (*document.to_source.source_span(decision.start, decision.end), decision.type) in places
            pairs.setdefault(company(decision), []).append((decision.total, right))
    for name in sorted(pairs):
        slope, intercept = fit(pairs[name])
        print(f"  {name}: {{slope: {slope:.2f}, intercept: {intercept:.2f}}}  # {len(pairs[name])} names")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--only", nargs="*", choices=PARTS, help="one row, with these parts alone")
    args = parser.parse_args()
    lexicon, golds = load_lexicon(), read_gold(args.gold)
    documents = clean(golds, lexicon)
    model = NameModel(args.model) if args.model else NameModel()
    list(model.find(documents[:1]))
    start = time.process_time()
    model_mentions = list(model.find(documents))
    seconds = time.process_time() - start
    size = sum(len(d.text.encode()) for d in documents)

    print(f"{'':<28} " + " ".join(f"{t:>8}" for t in (*ENTITY_TYPES, "all")))
    show("the model alone", count(golds, [source_places(d, m) for d, m in zip(documents, model_mentions, strict=True)]))
    rows: list[tuple[str, tuple[Part, ...]]] = [("all parts", PARTS)]
    rows += [(f"without {part}", tuple(p for p in PARTS if p != part)) for part in PARTS]
    if args.only is not None:
        rows = [("only " + " ".join(args.only), tuple(args.only))]
    for number, (label, parts) in enumerate(rows):
        names = NameRecognizer(lexicon, parts=parts)
        begin = time.process_time()
        mentions = [names.resolve(d, m if "model" in parts else ()) for d, m in zip(documents, model_mentions, strict=True)]
        took = time.process_time() - begin
        found = [source_places(d, m) for d, m in zip(documents, mentions, strict=True)]
        show(label, count(golds, found))
        if number == 0:
            summary = (found, took)
    found, took = summary
    print_calibration(golds, found)
    print(f"model {size / seconds / 1e6:.2f} MB/s, everything else {size / took / 1e6:.2f} MB/s")
    if args.fit:
        print_fit(
            golds, documents, [NameRecognizer(lexicon).decide(d, m) for d, m in zip(documents, model_mentions, strict=True)]
        )
    if args.errors:
        print_errors(golds, found)


if __name__ == "__main__":
    main()
