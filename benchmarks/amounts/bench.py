"""Amounts: veille beside its peers, on the project's own sentences and, where given, on Recognizers-Text's French cases.

    python -m benchmarks.amounts.bench [--peers FOLDER] [--specs FOLDER] [--only NAME]

Prints a Markdown table. Environments are made below FOLDER (default `.venv/peers`); a peer that cannot be installed is named
with the reason and left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.amounts.marks import KINDS, load_sentences, score
from benchmarks.amounts.specs import LEFT_OUT, is_right, load_cases
from benchmarks.amounts.tools import ROOT, TOOLS, Tool, ask, install


def main() -> int:
    """0 where every tool answered but for those that few machines can run, 1 where another had to be left out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers")
    parser.add_argument("--specs", type=Path, default=None)
    parser.add_argument("--only", default=None)
    args = parser.parse_args()
    cases = load_cases(args.specs) if args.specs else {}
    kinds = [heading for kind in KINDS for heading in (kind, "places")]
    _print_row(["tool", *kinds, *cases, "characters a second"])
    _print_row(["---"] * (len(kinds) + len(cases) + 2))
    missing = 0
    for tool in TOOLS:
        if args.only and args.only.lower() not in tool.name.lower():
            continue
        try:
            _print_row([tool.name, *_measure(tool, args.peers, args.specs)])
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            missing += not tool.optional
            sys.stdout.write(f"{tool.name} left out: {error}\n")
    for name in cases:
        sys.stdout.write(f"Left out on purpose in {name}: {LEFT_OUT[name]}\n")
    return 1 if missing else 0


def _measure(tool: Tool, peers: Path, specs: Path | None) -> list[str]:
    """The tool's row: F1 of values and places by kind, cases right by file, speed."""
    command = install(tool, peers)
    sentences = load_sentences()
    found, seconds = ask(command, [text for text, _ in sentences])
    by_text = {text: hits for (text, _), hits in zip(sentences, found, strict=True)}
    scores = score(sentences, by_text.__getitem__)
    cells = [f"{value:.2f}" for kind in KINDS for value in (scores[kind].f1, scores[kind].span_f1)]
    for cases in (load_cases(specs) if specs else {}).values():
        hits, _ = ask(command, [case.text for case in cases])
        cells.append(f"{sum(map(is_right, cases, hits))}/{len(cases)}")
    return [*cells, f"{sum(len(text) for text, _ in sentences) / seconds:,.0f}".replace(",", " ")]


def _print_row(cells: list[str]) -> None:
    sys.stdout.write("| " + " | ".join(cells) + " |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
