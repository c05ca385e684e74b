"""The network of the README's row « fine-tuned on WiNER-fr alone »: nothing invented, nothing swapped, eight rounds.

python benchmarks/names/winer_alone.py WINER/train.jsonl OUT
python benchmarks/names_eval.py corpus/gold/check.jsonl --table --beside "fine-tuned on WiNER-fr alone=OUT"
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from pipeline.train import train
from pipeline.training.network import Fit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("winer", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        popcorn = Path(folder, "none.json")
        popcorn.write_text("{}", encoding="utf-8")
        train(winer=args.winer, popcorn=popcorn, own=(), out=args.out, fit=Fit(rounds=8, invented=0, swapped=0.0))


if __name__ == "__main__":
    main()
