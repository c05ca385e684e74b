"""What a run holds of each article beside what is on disk: it bounds how many articles one machine can take."""

from __future__ import annotations

import gc
import hashlib
import tracemalloc

import pyarrow as pa

from pipeline.engine.plan import Plan
from pipeline.store.corpus import Corpus, Deliveries, assemble
from pipeline.store.keys import KeySet

ARTICLES = 20_000
MOST_BYTES = 250
"""What an article may take before it is found: its id, source and key, two keys in the plan, and one where what is stored is
looked up."""


def held(count: int) -> tuple[Corpus, Plan, KeySet]:
    read = Deliveries(turn=1)
    read.open("in.jsonl", stamp=None)
    for number in range(count):
        read.add(f"a{number:07}", hashlib.sha256(str(number).encode()).hexdigest()[:32], 400)
    corpus = assemble(read.table())
    plan = Plan(corpus.members)
    return corpus, plan, KeySet(plan.keys)


def test_an_article_takes_few_bytes() -> None:
    held(10)
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0] + pa.total_allocated_bytes()
        kept = held(ARTICLES)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] + pa.total_allocated_bytes() - before
    finally:
        tracemalloc.stop()
    assert len(kept[1]) == ARTICLES
    assert grown / ARTICLES < MOST_BYTES
