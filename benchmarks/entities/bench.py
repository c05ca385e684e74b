"""How merging scales: seconds of one core, memory, B-cubed and what the blocks lose, for 10 000 to 1 000 000 distinct names.

python -m benchmarks.entities.bench                     the table, each size in a process of its own
python -m benchmarks.entities.bench --sizes 10000       one size
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.entities.generate import Form, make_articles, make_forms
from pipeline.deduplicate.entities import Resolution, resolve_entities
from pipeline.deduplicate.features import SMALL_BLOCK
from pipeline.deduplicate.keys import MergingWords, law_key, read_person, spellings, squash, strip_legal_form
from pipeline.deduplicate.slips import slip_keys
from pipeline.lexicon import load_lexicon
from pipeline.text import fold_name

SIZES = (10_000, 100_000, 1_000_000)
COLUMNS = (
    *("distinct names", "mentions", "entities", "CPU seconds", "µs / (n log2 n)", "peak MiB"),
    *("B-cubed P", "B-cubed R", "blocking recall", "true pairs lost"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one)))
        return
    print(f"| {' | '.join(COLUMNS)} |")
    print("| --- " * len(COLUMNS) + "|")
    for size in args.sizes:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.entities.bench", "--one", str(size)], check=True, capture_output=True, text=True
        )
        found = json.loads(run.stdout)
        lost = ", ".join(f"{kind} {count}" for kind, count in found["lost"].items()) or "none"
        print(
            f"| {found['names']} | {found['mentions']} | {found['entities']} | {found['seconds']:.1f} | {found['unit']:.2f} | "
            f"{found['mib']:.0f} | {found['precision']:.4f} | {found['recall']:.4f} | {found['blocking']:.4f} | {lost} |",
            flush=True,
        )


def measure(size: int) -> dict[str, object]:
    """One size: generated, merged, scored."""
    lexicon = load_lexicon()
    forms = make_forms(size)
    articles = list(make_articles(forms))
    start = time.process_time()
    resolution = resolve_entities(articles, lexicon)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    precision, recall = score(resolution, forms)
    blocking, lost = block_recall(forms, MergingWords.read(lexicon.words))
    names = len({(form.type, form.text) for form in forms})
    return {
        "names": names,
        "mentions": len(resolution.links),
        "entities": len(resolution.entities),
        "seconds": seconds,
        "unit": seconds * 1e6 / (names * math.log2(names)),
        "mib": peak,
        "precision": precision,
        "recall": recall,
        "blocking": blocking,
        "lost": lost,
    }


def score(resolution: Resolution, forms: Iterable[Form]) -> tuple[float, float]:
    """B-cubed precision and recall over all mentions whose form is one thing's alone."""
    owners: dict[tuple[str, str], set[int]] = defaultdict(set)
    for form in forms:
        owners[form.type, form.text].add(form.thing)
    pairs = Counter(
        (next(iter(things)), link.entity_id)
        for link in resolution.links
        if len(things := owners[link.mention.type, link.mention.text]) == 1
    )
    wanted, found = Counter[int](), Counter[str]()
    for (thing, entity), count in pairs.items():
        wanted[thing] += count
        found[entity] += count
    total = pairs.total()
    precision = sum(count * count / found[entity] for (_, entity), count in pairs.items()) / total
    recall = sum(count * count / wanted[thing] for (thing, _), count in pairs.items()) / total
    return precision, recall


def block_recall(forms: Iterable[Form], words: MergingWords) -> tuple[float, Mapping[str, int]]:
    """The share of true pairs (a thing's first form and a variant) that some block brings together, and the pairs lost by kind.

    A block of more names than are compared pair by pair brings nobody together, but where its key alone decides.
    """
    by_thing: dict[int, list[Form]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for form in forms:
        by_thing[form.thing].append(form)
        sizes.update({key for key, compared in block_keys(form, words) if compared})
    lost: Counter[str] = Counter()
    total = 0
    for first, *variants in by_thing.values():
        keys = {key for key, compared in block_keys(first, words) if not compared or sizes[key] <= SMALL_BLOCK}
        for variant in variants:
            total += 1
            if keys.isdisjoint(key for key, _ in block_keys(variant, words)):
                lost[variant.variant] += 1
    return 1 - lost.total() / total, dict(sorted(lost.items()))


def block_keys(form: Form, words: MergingWords) -> Iterator[tuple[str, bool]]:
    """The keys under which a name is compared with others; True where those of one key are compared pair by pair."""
    folded = fold_name(form.text)
    yield f"letters {folded}", False
    if form.type != "PER":
        yield f"squashed {squash(form.text)}", False
        yield f"acronym {folded}", False
        yield from ((f"acronym {spelling}", False) for spelling in spellings(form.text, words))
    if form.type == "ORG":
        yield f"legal {strip_legal_form(form.text, words)}", False
        parts = folded.split()
        yield f"short {folded}", False
        if len(parts) > 1 and parts[0] in words.company_heads:
            yield f"short {' '.join(parts[1:])}", False
    if form.type == "LAW":
        yield f"law {law_key(form.text, words)}", False
    if form.type == "PER":
        yield f"surname {read_person(form.text, words).surname}", True
    yield from ((f"slip {key}", True) for key in slip_keys(form.text))


if __name__ == "__main__":
    main()
