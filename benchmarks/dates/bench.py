"""Scores veille and its peers on French dates: `python -m benchmarks.dates.bench --specs DIR --chrono FILE`.

Each peer gets an environment of its own below `--home` (made once), reads cases as JSON lines on its standard input and
writes what it finds. `--specs` is the folder of the French cases of Recognizers-Text (`DateParser.json`, …), `--chrono` the
file of chrono's French cases; both may be left out. Prints the table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.dates.cases import Case, read_chrono, read_own
from benchmarks.dates.score import Found, score
from benchmarks.dates.specs import read_specs
from pipeline.dates import DateFinder

HERE = Path(__file__).parent
TIMEOUT = 900


@dataclass(frozen=True)
class Peer:
    """A tool, what its environment needs, and the script that runs it there."""

    name: str
    script: str
    packages: tuple[str, ...]


PEERS = (
    Peer("dateparser 1.5, search_dates", "run_dateparser.py", ("dateparser==1.5.0",)),
    Peer("EDS-NLP 0.23, eds.dates", "run_edsnlp.py", ("edsnlp==0.23.0",)),
    Peer("timexy 0.1.3", "run_timexy.py", ("timexy==0.1.3", "spacy<3.8", "click")),
    Peer("chrono-node 2.10, fr", "run_chrono.mjs", ("chrono-node@2.10.3",)),
    Peer("Recognizers-Text JS 1.3, fr", "run_recognizers.mjs", ("@microsoft/recognizers-text-date-time@1.3.1",)),
)


def main() -> int:
    """Print one row a tool and set; 1 where a peer could not be run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--specs", type=Path)
    parser.add_argument("--chrono", type=Path)
    parser.add_argument("--home", type=Path, default=Path("outputs/bench-dates"))
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    sets = {"own": list(read_own(HERE / "sentences.jsonl"))}
    sets |= {"specs": list(read_specs(args.specs))} if args.specs else {}
    sets |= {"chrono": list(read_chrono(args.chrono))} if args.chrono else {}
    print(_head(sets))
    failed = _row("veille", sets, _run_veille(sets))
    for peer in PEERS:
        if not args.only or peer.script.removeprefix("run_").split(".")[0] in args.only:
            failed += _row(peer.name, sets, _run_peer(peer, args.home, sets))
    return min(failed, 1)


Answers = dict[str, list[Found]]


def _head(sets: dict[str, list[Case]]) -> str:
    columns = [f"{name} {kind}" for name in sets for kind in _kinds(name)]
    sizes = ", ".join(f"{name}: {len(cases)} sentences" for name, cases in sets.items())
    return (
        f"F1 of found spans / of found spans with the right value ({sizes}).\n\n"
        f"| tool | {' | '.join(columns)} | characters a second |\n|---|{'---|' * len(columns)}---|"
    )


def _kinds(name: str) -> tuple[str, ...]:
    return ("date",) if name == "chrono" else ("date", "duration", "set")


def _row(tool: str, sets: dict[str, list[Case]], ran: tuple[Answers, float] | None) -> int:
    if ran is None:
        print(f"| {tool} | could not be run |")
        return 1
    answers, seconds = ran
    cells = []
    for name, cases in sets.items():
        answered = [(case, answers.get(case["id"], [])) for case in cases]
        for kind in _kinds(name):
            got = score(answered, kind)
            cells.append(f"{got.span:.2f} / {got.value:.2f}")
    characters = sum(len(case["text"]) for cases in sets.values() for case in cases)
    print(f"| {tool} | {' | '.join(cells)} | {characters / seconds:,.0f} |", flush=True)
    return 0


def _run_veille(sets: dict[str, list[Case]]) -> tuple[Answers, float]:
    finder = DateFinder()
    finder.find("Lundi 1er janvier 2024, pendant deux heures, chaque année.", published="2024-01-01")
    start, answers = time.perf_counter(), {}
    for cases in sets.values():
        for case in cases:
            readings = finder.find(case["text"], published=case["published"])
            answers[case["id"]] = [Found(start=r.mention.start, end=r.mention.end, kind=r.kind, value=r.value) for r in readings]
    return answers, time.perf_counter() - start


def _run_peer(peer: Peer, home: Path, sets: dict[str, list[Case]]) -> tuple[Answers, float] | None:
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for cases in sets.values() for case in cases)
    try:
        command, folder = _set_up(peer, home)
        start = time.perf_counter()
        ran = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=folder, timeout=TIMEOUT, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{peer.name}: {error} {getattr(error, 'stderr', '') or ''}"[-600:], file=sys.stderr)
        return None
    seconds = time.perf_counter() - start
    return {answer["id"]: answer["found"] for answer in map(json.loads, ran.stdout.splitlines())}, seconds


def _set_up(peer: Peer, home: Path) -> tuple[list[str], Path]:
    """The command that runs a peer and its folder, with its packages installed there."""
    folder = (home / peer.script.split(".")[0]).resolve()
    script = folder / peer.script
    folder.mkdir(parents=True, exist_ok=True)
    script.write_text((HERE / "peers" / peer.script).read_text(encoding="utf-8"), encoding="utf-8")
    ready = folder / "ready"
    if peer.script.endswith(".mjs"):
        if not ready.exists():
            subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), *peer.packages], check=True, timeout=TIMEOUT)
        command = ["node", str(script)]
    else:
        python = folder / "venv" / "bin" / "python"
        if not ready.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, timeout=TIMEOUT)
            subprocess.run([str(python), "-m", "pip", "install", "-q", *peer.packages], check=True, timeout=TIMEOUT)
        command = [str(python), str(script)]
    ready.touch()
    return command, folder


if __name__ == "__main__":
    sys.exit(main())
