"""Quotes, roles and events against gold, with the gold's own names as input: what the relation rules alone are worth.

    python benchmarks/relations_eval.py GOLD.jsonl … [--errors quote|quote_speaker|role|role_org|event] [--rules]

A quote is right where the spans share 80 % of their union, a role where spans overlap and the person is the same, an event
where the type is the same, the triggers are at most 200 characters apart and half of the participants are shared. `--rules`
counts for each rule how many of its rows were right: what `pipeline/data/words/relations_calibration.yaml` holds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.clean.plain import plain_document
from pipeline.gold import read_gold
from pipeline.lexicon import load_lexicon
from pipeline.model import Amount, DateReading, Document, Event, Mention, Quote, Role
from pipeline.recognize.events import EventRecognizer
from pipeline.recognize.quotes import QuoteRecognizer
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.scores import speaker_key
from pipeline.recognize.roles import RoleRecognizer
from pipeline.text import fold_name

Gold = dict[str, Any]


def main() -> int:
    """Print one line a layer: precision, recall, F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--errors", default="")
    parser.add_argument("--rules", action="store_true", help="count right rows by rule")
    args = parser.parse_args()
    lexicon = load_lexicon()
    finders: dict[str, Any] = {
        "quote": QuoteRecognizer(lexicon),
        "role": RoleRecognizer(lexicon),
        "event": EventRecognizer(lexicon),
    }
    counts: dict[str, list[int]] = {}
    rules: dict[str, dict[str, list[int]]] = {}
    seconds: dict[str, float] = {}
    chars = 0
    for article in (article for path in args.gold for article in read_gold(path)):
        document, mentions, amounts, dates = given(article)
        chars += len(document.text)
        for layer, finder in finders.items():
            started = time.process_time()
            found = finder.find(document, mentions, amounts, dates) if layer == "event" else finder.find(document, mentions)
            seconds[layer] = seconds.get(layer, 0.0) + time.process_time() - started
            if layer == "event":
                found = tuple(e for e in found if e.modality == "asserted")
            for name, same in SAME[layer]:
                errors = compare(article, found, same, counts.setdefault(name, [0, 0, 0]), layer)
                if name in CALIBRATED:
                    count_rules(article, found, same, rules.setdefault(layer, {}), layer)
                if args.errors == name:
                    sys.stdout.writelines(f"{article['doc_id']} {error}\n" for error in errors)
    if args.rules:
        write_rules(rules)
    else:
        write_scores(counts)
        for layer, spent in seconds.items():
            sys.stdout.write(f"{layer:<15} {chars / spent / 1e6:.2f} M characters a second\n")
    return 0


def write_scores(counts: Mapping[str, Sequence[int]]) -> None:
    """One line each: precision, recall, F1, how many the gold has and how many were found."""
    for name, (tp, wrong, missed) in counts.items():
        p, r = tp / max(1, tp + wrong), tp / max(1, tp + missed)
        f1 = 2 * p * r / max(1e-9, p + r)
        sys.stdout.write(f"{name:<15} {p:6.3f} {r:6.3f} {f1:6.3f} {tp + missed:5d} {tp + wrong:5d}\n")


def given(article: Gold) -> tuple[Document, tuple[Mention, ...], tuple[Amount, ...], tuple[DateReading, ...]]:
    """One gold article as what the recognizers take in."""
    document = plain_document(article["text"], published=article.get("published"))

    def make(item: Mapping[str, Any], kind: Any) -> Mention:
        return Mention(item["start"], item["end"], item["text"], kind, "gold", canonical=item.get("canonical"))

    mentions = tuple(make(e, e["type"]) for e in sorted(article["entities"], key=lambda e: e["start"]))
    amounts = tuple(
        Amount(make(a, a["kind"]), a["kind"], Decimal(a["min"]), Decimal(a["max"]), a["unit"], a.get("qualifier"))
        for a in sorted(article["amounts"], key=lambda a: a["start"])
    )
    dates = tuple(
        DateReading(make(d, d["kind"]), d["kind"], d["value"], reason="gold")
        for d in sorted(article["dates"], key=lambda d: d["start"])
    )
    return document, mentions, amounts, dates


def compare(
    article: Gold, found: Sequence[Any], same: Callable[[Gold, Any, Gold], bool], counts: list[int], layer: str
) -> list[str]:
    """Match each gold row with one found row; adds to counts (right, invented, missed) and returns the errors."""
    free, errors = list(found), []
    for gold in article[layer + "s"]:
        options = [f for f in free if same(gold, f, article)]
        if options:
            free.remove(max(options, key=lambda f: min(gold["end"], f.end) - max(gold["start"], f.start)))
            counts[0] += 1
        else:
            counts[2] += 1
            errors.append(f"missed   {show(article['text'], gold['start'], gold['end'])} {rest(gold)}")
    counts[1] += len(free)
    return errors + [f"invented {show(article['text'], f.start, f.end)} {said(f)}" for f in free]


def count_rules(
    article: Gold, found: Sequence[Any], same: Callable[[Gold, Any, Gold], bool], counts: dict[str, list[int]], layer: str
) -> None:
    """Add to the counts of each rule how many of its rows some gold row agrees with, and how many it has."""
    for row in found:
        key = speaker_key(row.rule_id, Resolution(row.speaker_mention, row.reason)) if layer == "quote" else row.rule_id
        count = counts.setdefault(key, [0, 0])
        count[0] += any(same(gold, row, article) for gold in article[layer + "s"])
        count[1] += 1


def write_rules(rules: dict[str, dict[str, list[int]]]) -> None:
    """Print the counts as the calibration file has them."""
    for layer, counts in rules.items():
        sys.stdout.write(f"  {layer}:\n")
        sys.stdout.writelines(f"    {key}: {counts[key]}\n" for key in sorted(counts))


def show(text: str, start: int, end: int) -> str:
    """The span with what stands around it."""
    return (text[max(0, start - 50) : start] + "[" + text[start:end][:90] + "]" + text[end : end + 50]).replace("\n", "¶")


def rest(gold: Gold) -> dict[str, Any]:
    """What the gold row says besides its place."""
    return {k: v for k, v in gold.items() if k not in ("start", "end", "text")}


def said(found: Quote | Role | Event) -> str:
    """What the found row says besides its place."""
    if isinstance(found, Quote):
        return f"speaker={found.speaker} {found.rule_id} ({found.reason})"
    if isinstance(found, Role):
        return f"{found.rule_id} {name_of(found.person)} / {found.org and name_of(found.org)}"
    agents, targets = ([name_of(m) for m in named] for named in (found.agents, found.targets))
    return f"{found.type} {found.rule_id} {agents} -> {targets}"


def same_name(gold: str | None, mention: Mention | None) -> bool:
    """True where gold and found name the same, or neither names anybody."""
    if gold is None or mention is None:
        return gold is None and mention is None
    return fold_name(gold) in (fold_name(name_of(mention)), fold_name(mention.text))


def shares(gold: Gold, found: Any) -> int:
    """The characters that both spans hold; negative: how far they are apart."""
    return int(min(gold["end"], found.end) - max(gold["start"], found.start))


def same_quote(gold: Gold, found: Quote, _: Gold) -> bool:
    """The quote's criterion."""
    return bool(shares(gold, found) >= 0.8 * (max(gold["end"], found.end) - min(gold["start"], found.start)))


def same_role(gold: Gold, found: Role, _: Gold) -> bool:
    """The role's criterion."""
    return shares(gold, found) > 0 and same_name(gold["person"], found.person)


def same_event(gold: Gold, found: Event, _: Gold) -> bool:
    """The event's criterion."""
    wanted = gold["agents"] + gold["targets"]
    got = (*found.agents, *found.targets)
    shared = sum(any(same_name(name, m) for m in got) for name in wanted)
    return gold["type"] == found.type and shares(gold, found) >= -200 and (not wanted or 2 * shared >= len(wanted))


SAME: dict[str, tuple[tuple[str, Callable[[Gold, Any, Gold], bool]], ...]] = {
    "quote": (
        ("quote", same_quote),
        ("quote_speaker", lambda g, f, a: same_quote(g, f, a) and same_name(g["speaker"], f.speaker_mention)),
    ),
    "role": (("role", same_role), ("role_org", lambda g, f, a: same_role(g, f, a) and same_name(g["org"], f.org))),
    "event": (("event", same_event),),
}

CALIBRATED = ("quote_speaker", "role_org", "event")

if __name__ == "__main__":
    sys.exit(main())
