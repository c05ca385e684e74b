"""What all articles are asked, answered by a cluster of two workers on this machine and by one process: memory, time, and whether
the tables are the same bytes.

    python -m benchmarks.speed.cluster [--articles 10100] [--short]

The text is that of `benchmarks.speed.run`, or the short articles of `benchmarks.speed.memory`. The articles are found by a run
before: what is measured is the next one, which finds nothing new. Up to 10 000 articles the workers would not be asked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.speed.memory import ROOT, articles, write_articles
from benchmarks.speed.run import generate

DASK = (sys.executable, "-m", "dask")
Processes = dict[str, subprocess.Popen[bytes]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_100)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args(arguments)
    rows = articles(given.articles) if given.short else generate(ROOT / "corpus" / "gold", given.articles)
    with tempfile.TemporaryDirectory() as folder:
        file, out = write_articles(rows, Path(folder) / "in.jsonl"), Path(folder) / "out"
        order = ["run", str(file), "--out", str(out), "--quiet"]
        ended(veille(*order, "--workers", "2"))
        measured = {"one process": ended(veille(*order, "--workers", "1"))}
        stages, tables = [read_stages(out)], [read_tables(out)]
        with cluster(Path(folder) / "scheduler.json") as (address, processes):
            measured["the run"] = ended(veille(*order, "--scheduler", address))
        measured |= {name: ended(process, killed=True) for name, process in processes.items()}
        stages, tables = [*stages, read_stages(out)], [*tables, read_tables(out)]
    print("| | processor s | peak MB |\n|---|---:|---:|")
    for name, (seconds, peak) in measured.items():
        print(f"| {name} | {seconds:.1f} | {peak:.0f} |")
    print("\n| stage | one process s | cluster s |\n|---|---:|---:|")
    for name in stages[0]:
        print(f"| {name} | {stages[0][name]:.1f} | {stages[1][name]:.1f} |")
    print("\nThe tables are the same bytes." if tables[0] == tables[1] else "\nThe tables differ.")


def veille(*arguments: str) -> subprocess.Popen[bytes]:
    """A command at work."""
    return subprocess.Popen([sys.executable, "-m", "pipeline", *arguments], cwd=ROOT)


@contextmanager
def cluster(told: Path) -> Iterator[tuple[str, Processes]]:
    """The address of a scheduler, which it writes to `told`, and its processes with those of two workers, killed at the end."""
    scheduler = [*DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
    worker = [*DASK, "worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    quiet = os.environ | {"DASK_LOGGING__DISTRIBUTED": "critical"}
    processes = {"scheduler": subprocess.Popen(scheduler, cwd=ROOT, env=quiet)}
    while not told.is_file():
        time.sleep(0.1)
    processes |= {name: subprocess.Popen(worker, cwd=ROOT, env=quiet) for name in ("a worker", "the other")}
    try:
        yield json.loads(told.read_text(encoding="utf-8"))["address"], processes
    finally:
        for process in processes.values():
            process.kill()


def ended(process: subprocess.Popen[bytes], *, killed: bool = False) -> tuple[float, float]:
    """Processor seconds and peak memory in MB of a process, once it has ended."""
    _, status, used = os.wait4(process.pid, 0)
    if not killed and (code := os.waitstatus_to_exitcode(status)):
        raise subprocess.CalledProcessError(code, process.args)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def read_stages(out: Path) -> Mapping[str, float]:
    """The seconds of each stage of the last run."""
    seconds: Mapping[str, float] = json.loads((out / "run.json").read_text(encoding="utf-8"))["seconds"]
    return seconds


def read_tables(out: Path) -> Mapping[str, bytes]:
    """The files of the tables, of which large ones are folders."""
    files = (file for pattern in ("[!.]*.parquet", "[!.]*/*.parquet") for file in out.glob(pattern))
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


if __name__ == "__main__":
    main()
