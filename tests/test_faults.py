"""What the machine does to a run: a full disk, a folder that is read-only, a damaged file, a clock that goes back."""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.job import run
from pipeline.tables.schemas import TABLES

ARTICLE = "Lumio lève 15 millions d'euros, a annoncé lundi sa directrice générale, Anne Kerval."
MOUNTS = ["unshare", "--mount", "--map-root-user"]
may_mount = pytest.mark.skipif(
    not shutil.which("unshare") or subprocess.run([*MOUNTS, "true"], capture_output=True, check=False).returncode != 0,
    reason="this machine lets nobody mount a disk of their own",
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "lumio.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def tables(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.parquet").read_bytes() for name in TABLES}


def shell(script: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """The script done in a mount namespace of its own, `veille` being the command."""
    veille = f'veille() {{ "{sys.executable}" -m pipeline "$@"; }}\n'
    command = [*MOUNTS, "sh", "-c", veille + script, "sh", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@may_mount
def test_a_full_disk_leaves_the_tables_and_says_so(article: Path, tmp_path: Path) -> None:
    """The disk is full but for four kilobytes when the second run begins."""
    script = """
        mount -t tmpfs -o size=8m tmpfs "$2" && veille run "$1" -o "$2/out" -q || exit 99
        cp -rL "$2/out" "$3/before"
        head -c "$(( $(df -k --output=avail "$2" | tail -1) * 1024 - 4096 ))" /dev/zero > "$2/fill"
        echo " Cnil, Orbello, Brest et Nantes." >> "$1"
        veille run "$1" -o "$2/out"; code=$?
        diff -r -x .veille "$2/out/" "$3/before/" && echo "exit $code"
    """
    (tmp_path / "disk").mkdir()
    done = shell(script, article, tmp_path / "disk", tmp_path)
    assert done.stdout == "exit 5\n", done.stderr
    assert "No space left on device; the tables there are as they were: free some space, or write elsewhere" in done.stderr
    assert "Traceback" not in done.stderr


@may_mount
def test_a_read_only_folder_is_told_before_any_work(article: Path, tmp_path: Path) -> None:
    script = (
        'mount -t tmpfs -o ro tmpfs "$2" && veille run "$1" -o "$2"; echo "exit $?"; veille run "$1" -o "$2/new"; echo "exit $?"'
    )
    (tmp_path / "disk").mkdir()
    done = shell(script, article, tmp_path / "disk")
    assert done.stdout == "exit 5\nexit 5\n"
    assert done.stderr.count("Read-only file system; the tables there are as they were: make it writable for this user") == 2


def test_a_file_that_may_not_grow_leaves_the_tables(article: Path, tmp_path: Path) -> None:
    run([article], tmp_path / "out")
    before = tables(tmp_path / "out")
    article.write_text(f"{ARTICLE} La Cnil enquête.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", str(article), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500)),
    )
    assert (done.returncode, "File too large; the tables there are as they were" in done.stderr) == (5, True), done.stderr
    assert tables(tmp_path / "out") == before


def test_a_truncated_table_of_an_earlier_run_is_named_with_the_way_out(article: Path, tmp_path: Path) -> None:
    run([article], tmp_path / "out")
    damaged = tmp_path / "out" / "entities.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    with pytest.raises(UsageError, match=r"entities\.parquet is damaged .*: put it back from a backup, or remove the folder"):
        run([article], tmp_path / "out")


def test_a_clock_that_goes_back_changes_no_table(article: Path, tmp_path: Path) -> None:
    hours = count()
    back = run(
        [article], tmp_path / "forth", clock=lambda: dt.datetime(2026, 11, 1, tzinfo=dt.UTC) - dt.timedelta(hours=next(hours))
    )
    run([article], tmp_path / "once", clock=lambda: dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    assert tables(tmp_path / "forth") == tables(tmp_path / "once")
    assert set(back.summary["seconds"].values()) == {0.0}
