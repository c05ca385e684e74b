"""The command is there at once: help and version load nothing heavy, and a run says so before it loads its model."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"dask", "distributed", "duckdb", "numpy", "pandas", "pyarrow", "ruamel", "spacy", "trafilatura", "yaml"}
LIMIT = 0.9
"""Seconds of processor time: three times what a quiet machine needs, for those that are not quiet."""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    script = f"""
import sys
from typer.testing import CliRunner
from pipeline.cli import app
assert CliRunner().invoke(app, {arguments!r}).exit_code == 0
print(*sys.modules)
"""
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert {name.split(".")[0] for name in loaded.split()} & HEAVY == set()


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_cost_little(argument: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "pipeline", argument], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime < LIMIT


def test_the_package_alone_loads_nothing_of_its_own() -> None:
    """Its name is imported before `main` can catch an interrupt."""
    script = "import sys, pipeline; print([name for name in sys.modules if name.startswith('pipeline.')])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_run_speaks_before_it_loads(tmp_path: Path) -> None:
    """The first line of the log comes while next to no processor time is spent."""
    command = [sys.executable, "-m", "pipeline", "run", "-", "--out", str(tmp_path), "--log", "json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        first = json.loads(run.stderr.readline())
        spent = Path(f"/proc/{run.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11:13]
        run.kill()
    assert first["event"] == "run started"
    assert sum(map(int, spent)) / os.sysconf("SC_CLK_TCK") < LIMIT


def test_a_run_loads_no_library_that_it_has_no_use_for(tmp_path: Path) -> None:
    """pandas comes with pyarrow, the others with spaCy's command line; whoever asks for a frame or for spaCy's then has them."""
    (tmp_path / "a.txt").write_text("Lumio a levé 15 M€ lundi à Nantes, a annoncé la start-up.", encoding="utf-8")
    script = f"""
import sys
from typer.testing import CliRunner
from pipeline.cli import app
assert CliRunner().invoke(app, ["run", {str(tmp_path / "a.txt")!r}, "--out", {str(tmp_path / "out")!r}]).exit_code == 0
print(*sorted({{"jinja2", "pandas", "requests", "spacy", "spacy.cli", "weasel"}} & set(sys.modules)))
import pipeline, spacy, spacy.cli
print(pipeline.read_table({str(tmp_path / "out")!r}, "amounts")["text"].tolist(), "spacy_version" in spacy.info(silent=True))
print(spacy.cli.info is sys.modules["spacy.cli.info"].info)
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert told == "spacy\n['15 M€'] True\nTrue\n"
