"""A new set of files takes the place of the old one in one step, whenever the process is killed; one run at a time writes."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pipeline.errors import BusyError, OutputError, UsageError
from pipeline.tables.folder import locked, replaced

OLD = {"names.parquet": "old", "run.json": "old", "sums.parquet": "old", "gone.parquet": "old"}
NEW = {"names.parquet": "new", "run.json": "new", "sums/part-0.parquet": "new", "sums/part-1.parquet": "new"}
KILLED = 9
EVENTS = {
    "open",
    "os.rename",
    "os.symlink",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "shutil.copyfile",
    "shutil.rmtree",
    "os.listdir",
}


def write(out: Path, files: Mapping[str, str]) -> None:
    with replaced(out) as folder:
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")


def seen(out: Path) -> dict[str, str]:
    """What a reader finds in the folder: path → content, links followed."""
    paths = (Path(folder, name) for folder, _, names in os.walk(out, followlinks=True) for name in names)
    shown = (path for path in paths if ".veille" not in path.relative_to(out).parts and path.exists())
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in shown}


def plain(out: Path) -> None:
    for name, content in OLD.items():
        (out / name).write_text(content, encoding="utf-8")


def published(out: Path) -> None:
    write(out, OLD)


def twice(out: Path) -> None:
    write(out, NEW)
    write(out, OLD)


def copied(out: Path) -> None:
    """A folder that was copied with all links followed."""
    write(out.parent / "first", OLD)
    shutil.copytree(out.parent / "first", out, dirs_exist_ok=True)


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Whether `work`, done in a process of its own, was killed before its file operation number `step`."""
    child = os.fork()
    if child == 0:
        gc.disable()  # what other tests have left may wait, as it goes, for threads that are not here
        left = iter(range(step))

        def kill(event: str, _: object) -> None:
            if event in EVENTS and next(left, None) is None:
                os._exit(KILLED)

        sys.addaudithook(kill)
        work()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


def every_kill(out: Path, before: Callable[[Path], None], work: Callable[[], None]) -> Iterator[int]:
    """Each step at which `work` can be killed, `out` being as that leaves it."""
    for step in range(10_000):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        before(out)
        if not killed_at(step, work):
            return
        yield step


@pytest.mark.parametrize("before", [published, twice, plain, copied])
def test_a_kill_at_any_step_leaves_the_old_set_or_the_new_one(before: Callable[[Path], None], tmp_path: Path) -> None:
    out, left = tmp_path / "out", []
    for _ in every_kill(out, before, lambda: write(out, NEW)):
        left.append(seen(out))
        write(out, NEW)
        assert seen(out) == NEW | ({"gone.parquet": "old"} if before in (plain, copied) else {})
    assert left.index(OLD) == 0
    assert all(one in (OLD, NEW, NEW | {"gone.parquet": "old"}) for one in left)


def test_without_links_the_next_run_finishes_what_was_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    out, mixed = tmp_path / "out", 0
    for _ in every_kill(out, plain, lambda: write(out, NEW)):
        mixed += seen(out) not in (OLD, NEW)
        with locked(out):
            rest = {name: content for name, content in seen(out).items() if name not in ("gone.parquet", "sums.parquet")}
            assert rest in (NEW, {"names.parquet": "old", "run.json": "old"})
    assert mixed, "no kill fell into the switch: the test proves nothing"


def test_what_is_not_of_the_set_stays(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    (tmp_path / "decisions.csv").write_text("left,right", encoding="utf-8")
    write(tmp_path, NEW)
    assert seen(tmp_path) == NEW | {"decisions.csv": "left,right"}


def break_off(out: Path, error: Exception) -> None:
    """Begin to write the new set, and fail."""
    with replaced(out) as folder:
        (folder / "names.parquet").write_text("new", encoding="utf-8")
        raise error


def test_a_set_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    with pytest.raises(ZeroDivisionError):
        break_off(tmp_path, ZeroDivisionError())
    assert seen(tmp_path) == OLD
    assert sorted(path.name for path in (tmp_path / ".veille").iterdir()) == ["a", "current"]


def test_the_folder_can_be_copied_and_moved(tmp_path: Path) -> None:
    write(tmp_path / "out", NEW)
    shutil.copytree(tmp_path / "out", tmp_path / "copy", symlinks=True)
    (tmp_path / "out").rename(tmp_path / "moved")
    assert seen(tmp_path / "copy") == seen(tmp_path / "moved") == NEW


def test_a_second_run_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    with locked(tmp_path):
        script = (
            f"from pathlib import Path; from pipeline.tables.folder import locked; locked(Path({str(tmp_path)!r})).__enter__()"
        )
        second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert f"BusyError: {tmp_path}: another run (process {os.getpid()}) is writing there; wait for it" in second.stderr


def test_a_second_run_waits_when_told_to(tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from pipeline.tables.folder import locked
with locked(Path({str(tmp_path)!r})):
    print("held", flush=True)
    time.sleep(0.5)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with locked(tmp_path, wait=60):
            assert first.wait() == 0


def test_a_killed_run_does_not_block_the_next(tmp_path: Path) -> None:
    assert killed_at(10, lambda: locked(tmp_path).__enter__() or os._exit(KILLED))
    with locked(tmp_path):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file; give a folder"), locked(tmp_path / "out"):
        pass


def below_a_file(place: Path) -> Path:
    place.write_text("", encoding="utf-8")
    return place / "out"


def behind_a_dead_link(place: Path) -> Path:
    place.symlink_to(place.with_name("unmounted"))
    return place


@pytest.mark.parametrize("make", [below_a_file, behind_a_dead_link])
def test_where_no_folder_can_be_it_is_told(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="the tables there are as they were: make it a folder"),
        locked(make(tmp_path / "place")),
    ):
        pass


def test_a_full_disk_is_told_and_leaves_the_old_set(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    with pytest.raises(OutputError, match="No space left on device; the tables there are as they were: free some space"):
        break_off(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert seen(tmp_path) == OLD


def test_another_fault_of_the_system_goes_on_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path):
        (tmp_path / "nowhere").read_text(encoding="utf-8")


def test_busy_is_an_output_error() -> None:
    assert issubclass(BusyError, OutputError)
