"""The output folder: one run at a time writes to it, and a new set of files takes the place of the old one in one step.

    OUT/mentions.parquet -> .veille/current/mentions.parquet    what readers open
    OUT/.veille/current  -> a                                   the set that holds
    OUT/.veille/a, OUT/.veille/b                                the two places for a set; the idle one is written to
    OUT/.veille/lock                                            held by the run that writes

`current` is replaced by one rename(2), which is atomic: whoever opens a table gets the old set or the new one, whenever the run
is killed. Kubernetes publishes its config maps in the same way. A file system without symbolic links gets plain files, replaced
one by one (`run.json` last); what a crash leaves half done there, the next run finishes first.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.address import HIDDEN
from pipeline.errors import BusyError, OutputError, UsageError
from pipeline.refusals import ASTRAY, CLOSED, FULL

_SLOTS = ("a", "b")


@contextmanager
def locked(out: Path, *, wait: float = 0) -> Iterator[None]:
    """Nobody else writes to `out` meanwhile. The kernel ends the lock with the process, so that a killed run never blocks.

    Raises UsageError where `out` is a file, BusyError where another run still holds it after `wait` seconds, and OutputError
    where the folder cannot be written or the disk is full, in the block too.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give a folder to write to")
    note = out / HIDDEN / "lock"
    with _told(out, FULL | CLOSED | ASTRAY | {errno.ENOENT}):
        note.parent.mkdir(parents=True, exist_ok=True)
        try:
            held = FileLock(note).acquire(timeout=wait)
        except Timeout as error:
            holder = note.read_text(encoding="utf-8") or "just starting"
            what = f"another run ({holder}) is writing there; wait for it (--wait SECONDS), or write elsewhere (--out)"
            raise BusyError(f"{out}: {what}") from error
    with held, _told(out, FULL | {errno.EROFS}):
        note.write_text(f"process {os.getpid()}", encoding="utf-8")
        _finish(out)
        yield


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """An empty folder for a new set of files. When the block ends well they take the place of the old set, all at once."""
    with _told(out, FULL | CLOSED):
        new = out / HIDDEN / next(slot for slot in _SLOTS if slot != _current(out))
        try:
            _remove(new)
            new.mkdir(parents=True)
            yield new
            _flush(new)
        except BaseException:
            _remove(new)
            raise
        _publish(out, new)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _told(out: Path, refusals: Collection[int | None]) -> Iterator[None]:
    """Tell what the disk refuses in words that say what to do."""
    try:
        yield
    except OSError as error:
        if error.errno not in refusals:
            raise
        mends = ((FULL, "free some space"), (CLOSED, "make it writable for this user"))
        mend = next((mend for codes, mend in mends if error.errno in codes), "make it a folder")
        what = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(f"{out}: {what}; the tables there are as they were: {mend}, or write elsewhere (--out)") from error


def _current(out: Path) -> str | None:
    link = out / HIDDEN / "current"
    return link.readlink().name if link.is_symlink() else None


def _publish(out: Path, new: Path) -> None:
    """Make the files of `new` those of `out`."""
    if not _may_link(out):
        (out / HIDDEN / "noted").write_text(new.name, encoding="utf-8")
        (out / HIDDEN / "noted").replace(out / HIDDEN / "unfinished")
        _finish(out)
        return
    if _current(out) is None:
        _hold(out, (path.name for path in new.iterdir()))
    old = out / HIDDEN / str(_current(out))
    for path in (*old.iterdir(), *new.iterdir()):
        _link(out, path.name, f"{HIDDEN}/current/{path.name}")
    _link(out, f"{HIDDEN}/current", new.name)
    _sync(out / HIDDEN)
    for path in [p for p in out.iterdir() if p.is_symlink() and p.readlink().parts[:2] == (HIDDEN, "current")]:
        if not path.exists():
            path.unlink()
    shutil.rmtree(old, ignore_errors=True)


def _hold(out: Path, names: Iterable[str]) -> None:
    """Make a copy of the plain files that an older version wrote the set that holds, so that links can take their places."""
    held = out / HIDDEN / "before"
    _remove(held)
    held.mkdir()
    _remove(out / HIDDEN / "current")
    stems = {name.removesuffix(".parquet") for name in names}
    for path in out.iterdir():
        if path.name.removesuffix(".parquet") in stems and not path.is_symlink():
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, held / path.name)
    _link(out, f"{HIDDEN}/current", held.name)


def _link(out: Path, name: str, target: str) -> None:
    """Make `name` in `out` a link to `target`, in place of what is there."""
    path, staged = out / name, out / HIDDEN / "link"
    if path.is_symlink() and str(path.readlink()) == target:
        return
    _remove(staged)
    staged.symlink_to(target)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    staged.replace(path)


def _may_link(out: Path) -> bool:
    """Whether the file system knows symbolic links."""
    try:
        _link(out, f"{HIDDEN}/probe", "a")
    except OSError:
        return False
    _remove(out / HIDDEN / "probe")
    return True


def _finish(out: Path) -> None:
    """Move the files of a complete set into place where there are no links, and what an earlier run left of that."""
    note = out / HIDDEN / "unfinished"
    if note.is_file():
        new = out / HIDDEN / note.read_text(encoding="utf-8")
        for path in sorted(new.iterdir(), key=lambda path: (path.name == "run.json", path.name)):
            _remove(out / path.name) if path.is_dir() else None
            path.replace(out / path.name)
        note.unlink()
        _remove(new)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Have all of the folder on the disk, so that a power cut after the switch finds it whole."""
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
