"""Whether articles in the order of their length cost less than as they come: CPU of the same rows, in pairs, in a warm process.

    python -m benchmarks.speed.lengths articles.jsonl [--batch 64] [--pairs 5]

The network reads one text at a time and pads none, so nothing says that it should.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from benchmarks.speed.contender import rows
from pipeline.engine.batches import TO_FIND, Tools, find
from pipeline.engine.workers import batches_of, done, load_to_stay
from pipeline.lexicon import load_lexicon
from pipeline.model import Article
from pipeline.settings import Settings
from pipeline.store.articles import article_rows


def to_find(articles: Sequence[Article]) -> pa.Table:
    """The articles as a worker is given them."""
    stored = article_rows(articles).to_pylist()
    return pa.Table.from_pylist([{**row, "source": "", "document": row["key"], "repeated": []} for row in stored], schema=TO_FIND)


def seconds(table: pa.Table, tools: Tools, batch: int) -> float:
    """CPU seconds of all that is found and told of the articles."""
    start = time.process_time()
    for part in batches_of([table], size=batch, count=len(table)):
        done(find, part, tools)
    return time.process_time() - start


def main() -> None:
    """Print the medians, and the median of what order saves in a pair."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path)
    asked.add_argument("--batch", type=int, default=64)
    asked.add_argument("--pairs", type=int, default=5)
    given = asked.parse_args()
    articles = [Article(f"a{n}", "", row["text"], published=row.get("published")) for n, row in enumerate(rows(given.articles))]
    tools = load_to_stay(lambda: Tools(load_lexicon(), Settings(batch_size=given.batch), today=None))
    came, ordered = to_find(articles), to_find(sorted(articles, key=lambda article: len(article.text)))
    seconds(came, tools, given.batch)
    pairs = []
    for number in range(given.pairs):
        first, second = (seconds(table, tools, given.batch) for table in ((came, ordered) if number % 2 else (ordered, came)))
        pairs.append((first, second) if number % 2 else (second, first))
    saved = statistics.median(1 - after / before for before, after in pairs)
    before, after = (1000 * statistics.median(column) / len(articles) for column in zip(*pairs, strict=True))
    told = f"{before:.2f} ms each as they come, {after:.2f} by length: {saved:+.1%} saved"
    print(f"{len(articles)} articles, {given.batch} a batch: {told}")


if __name__ == "__main__":
    main()
