"""Whenever a run is killed, its folder holds the old tables or the new ones, and the next run ends as an undisturbed one.

Three random kills by default; `make crash` does fifty (VEILLE_KILLS).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = int(os.environ.get("VEILLE_KILLS", "3"))
PLACES = ("Nantes", "Rennes", "Brest", "Lyon", "Metz", "Lille")


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = (
            f"Lumio {number} lève {number + 2} millions d'euros à {PLACES[number % 6]}, a annoncé lundi sa directrice générale, "
            f"Anne Kerval. « Nous recrutons {number + 3} personnes », ajoute-t-elle. La Cnil enquête sur Orbello depuis 2021."
        )
        (folder / f"{number:02}.txt").write_text("\n\n".join([text] * 5), encoding="utf-8")
    return folder


def start(source: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "run", str(source), "--out", str(out), "--log", "json", *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True)


def finish(source: Path, out: Path) -> None:
    with start(source, out) as run:
        _, told = run.communicate()
    assert run.returncode == 0, told


def tables(out: Path) -> dict[str, bytes]:
    """Every file of the set that is there, but the times of the run and the count of runs."""
    files = (path for path in out.rglob("[!.]*") if path.is_file() and ".veille" not in path.relative_to(out).parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.name != "run.json"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The articles, the folder of an earlier run on fewer of them, and the folder of an undisturbed run on all."""
    home = tmp_path_factory.mktemp("crash")
    few, source = write_articles(home / "few", 3), write_articles(home / "all", 12)
    for number in range(3):
        assert (few / f"{number:02}.txt").read_bytes() == (source / f"{number:02}.txt").read_bytes()
    finish(few, home / "old")
    shutil.copytree(home / "old", home / "new", symlinks=True)
    finish(source, home / "new")
    return source, home / "old", home / "new"


def test_fifty_kills_leave_no_mixture(folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    source, old, new = folders
    before, after = tables(old), tables(new)
    assert before != after
    out = tmp_path / "out"
    began = time.monotonic()
    finish(source, shutil.copytree(old, out, symlinks=True))
    lasts = time.monotonic() - began
    assert tables(out) == after
    moments = random.Random(12)
    for _ in range(KILLS):
        if tables(out) == after:
            shutil.rmtree(out)
            shutil.copytree(old, out, symlinks=True)
        with start(source, out) as run:
            time.sleep(moments.uniform(0, lasts * 1.1))
            os.killpg(run.pid, signal.SIGKILL)
        assert tables(out) in (before, after)
    finish(source, out)
    assert tables(out) == after


@pytest.mark.parametrize(("sent", "code", "told"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")])
def test_a_run_that_is_stopped_says_so(
    folders: tuple[Path, Path, Path], tmp_path: Path, sent: signal.Signals, code: int, told: str
) -> None:
    source, old, _ = folders
    out = shutil.copytree(old, tmp_path / "out", symlinks=True)
    with start(source, out) as run:
        assert run.stderr is not None
        assert json.loads(run.stderr.readline())["event"] == "run started"
        time.sleep(0.5)
        run.send_signal(sent)
        last = json.loads(run.stderr.read().splitlines()[-1])
    assert (run.returncode, last["event"], last["code"]) == (code, "failed", code)
    assert last["message"] == f"{told}; no table is half written"
    assert tables(out) == tables(old)


def test_workers_say_nothing_of_an_interrupt(folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """A terminal sends it to them as well, be it while they load; the run alone speaks, in lines of JSON."""
    source, _, _ = folders
    with start(source, tmp_path / "out", "--workers", "2") as run:
        assert run.stderr is not None
        said = [run.stderr.readline()]
        time.sleep(0.5)
        os.killpg(run.pid, signal.SIGINT)
        said += run.stderr.read().splitlines()
    assert [json.loads(line)["event"] for line in said][-1] == "failed"
