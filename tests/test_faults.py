"""What the machine does to a run: a full disk, a folder that is read-only, a damaged file, a clock that goes back."""

from __future__ import annotations

import datetime as dt
import errno
import os
import resource
import shutil
import subprocess
import sys
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.job import run
from pipeline.lexicon import Lexicon, load_lexicon
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


@may_mount
def test_whatever_writes_to_a_read_only_place_says_so_in_a_line(article: Path, tmp_path: Path) -> None:
    script = """
        mount -t tmpfs tmpfs "$2" && veille run "$1" -o "$2/out" -q && echo '{"doc_id": "lumio", "text": ""}' > "$2/gold"
        veille export "$2/out" -f label-studio && mount -o remount,ro "$2"
        say() { veille "$@"; echo "exit $?"; }
        say report "$2/out"
        for format in duckdb sqlite csv xlsx brat spacy; do say export "$2/out" -f $format; done
        say import "$2/out/label-studio.json" -o "$2/new"
        say evaluate "$2/gold" "$2/out"
        say rules new date-fair --theme dates --in "$2/rules"
        say run "$1" -o "$3/new" --metrics "$2/veille.prom"
    """
    (tmp_path / "disk").mkdir()
    done = shell(script, article, tmp_path / "disk", tmp_path)
    assert done.stdout.splitlines()[1:] == ["exit 5"] * 11, done.stderr
    assert [line.partition(": Read-only file system")[1:] for line in done.stderr.splitlines()] == [
        (": Read-only file system", "")
    ] * 11
    assert not (tmp_path / "new").exists()


def test_a_file_that_may_not_be_read_is_refused_and_the_others_go_on(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = article.with_name("closed.txt")
    closed.write_text("Orbello recrute.", encoding="utf-8")
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse)
    result = run([article.parent], tmp_path / "out")
    assert [(row["source"], row["code"], row["fatal"]) for row in result["issues"].to_pylist()] == [
        (str(closed), "unreadable", True)
    ]
    assert result["articles"]["article_id"].to_pylist() == ["lumio"]


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


@pytest.mark.parametrize(
    ("file", "way_out"),
    [
        pytest.param(".corpus.parquet", "or remove it and give all articles again", id="what was read"),
        pytest.param(".veille/store/articles/*/*.parquet", None, id="articles that are kept"),
        pytest.param(".veille/store/findings/*/*.parquet", None, id="what they yielded"),
        pytest.param(".veille/store/tellings/*/*.parquet", None, id="what is told of them"),
        pytest.param("run.json", "or remove it and run again", id="the summary"),
        pytest.param("retired.csv", "or remove it: ids that were retired may come back", id="retired ids"),
        pytest.param("amounts.parquet", None, id="a table that the next run does not read"),
    ],
)
def test_a_damaged_file_of_the_state_is_named_with_the_way_out(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, way_out: str | None
) -> None:
    """And the way out is one; what is kept of articles that are given again is made again without a word of the user."""
    monkeypatch.setattr("pipeline.job.load_lexicon", lexicon)
    out = shutil.copytree(kept, tmp_path / "out", symlinks=True)
    [path] = out.glob(file) if "*" in file else [out / file]
    for content in (b"", b"PAR1 and no more", bytes(range(256))):
        path.write_bytes(content)
        if way_out:
            with pytest.raises(UsageError, match=rf"{path.name} is damaged.+: put it back from a backup, {way_out}"):
                run([kept.parent / "in" / "lumio.txt"], out)
    if way_out:
        path.unlink()
    run([kept.parent / "in" / "lumio.txt"], out)
    assert tables(out) == tables(kept)


@cache
def lexicon(folders: tuple[Path, ...]) -> Lexicon:
    """Loaded once: a run takes longer for that than for all else here."""
    return load_lexicon(folders)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run on the article."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "in").mkdir()
    (folder / "in" / "lumio.txt").write_text(ARTICLE, encoding="utf-8")
    run([folder / "in" / "lumio.txt"], folder / "out")
    return folder / "out"
