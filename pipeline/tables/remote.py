"""An output folder at an address (`s3://bucket/tables/`): a run works on a copy on this machine, and gives back what is new.

    OUT/current.json      which set of tables holds, and which rows are kept for the next run
    OUT/sets/<id>/        the tables of one run, never changed; the set before stays for those who are reading it
    OUT/store/            the rows that are kept (`.veille/store` of a folder), each file written once
    OUT/decisions.csv     what people decided
    OUT/lock              who writes

An object store knows neither links nor renames, but one small object is replaced whole or not at all. So all else is written
first, under names that nothing uses yet, and `current.json` last: whoever reads gets the old set or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.address import CURRENT, HADOOP, HIDDEN, SETS, STORE, faults, is_address, opening
from pipeline.errors import BusyError, OutputError, UsageError
from pipeline.tables.folder import digest_of

LOCK, DECISIONS = "lock", "decisions.csv"
_NOTE, _BEGUN = "fetched", " begun"
"""The file of a copy that says which set it is of, and whether a run began to change it."""


class Remote:
    """The objects below an address, by their path below it."""

    def __init__(self, address: str):
        import fsspec

        with opening(address):
            self.files, root = fsspec.url_to_fs(address)
        self.address, self._root = address, root.rstrip("/")
        self._renames = address.partition("://")[0] in HADOOP

    def at(self, path: str) -> str:
        """The object's name for the driver."""
        return f"{self._root}/{path}"

    def read(self, path: str) -> bytes | None:
        """The object, None where there is none."""
        try:
            return self.files.cat_file(self.at(path))  # type: ignore[no-any-return]
        except FileNotFoundError:
            return None

    def write(self, path: str, content: bytes) -> None:
        """Put the object in the place of what is there."""
        self._make_room(path)
        if self._renames:
            self._put(path, content, overwrite=True)
        else:
            self.files.pipe_file(self.at(path), content)

    def create(self, path: str, content: bytes) -> bool:
        """Write the object if there is none yet; whether that was so."""
        self._make_room(path)
        try:
            if self._renames:
                self._put(path, content, overwrite=False)
            else:
                with self.files.open(self.at(path), "xb") as stream:
                    stream.write(content)
        except FileExistsError:
            return False
        return True

    def fetch(self, path: str, to: Path) -> None:
        """Copy the object to a file, which appears when it is whole."""
        to.parent.mkdir(parents=True, exist_ok=True)
        staged = to.with_name(f"{to.name}.part")
        self.files.get_file(self.at(path), str(staged))
        staged.replace(to)

    def send(self, file: Path, path: str) -> None:
        """Copy the file to the object."""
        self._make_room(path)
        self.files.put_file(str(file), self.at(path))

    def list(self, folder: str) -> list[str]:
        """The objects below a folder, by name."""
        self.files.invalidate_cache()
        found = self.files.find(self.at(folder))
        return sorted(PurePosixPath(name).relative_to(PurePosixPath(self._root)).as_posix() for name in found)

    def remove(self, path: str) -> None:
        """Remove the object, if it is there."""
        with suppress(FileNotFoundError):
            self.files.rm_file(self.at(path))

    def _put(self, path: str, content: bytes, *, overwrite: bool) -> None:
        """Write a file of HDFS, which is there before it is whole, beside its place, and rename it."""
        staged = f"{path}.{socket.gethostname()}.{os.getpid()}"
        self.files.pipe_file(self.at(staged), content)
        try:
            self.files.mv(self.at(staged), self.at(path), overwrite=overwrite)
        except OSError:
            self.remove(staged)
            raise

    def _make_room(self, path: str) -> None:
        """Make the folder of an object, where the driver knows folders."""
        self.files.makedirs(self.files._parent(self.at(path)), exist_ok=True)


@contextmanager
def mirrored(address: str, *, wait: float = 0, forgetting: bool = False) -> Iterator[Path]:
    """A copy of the output folder at the address, to work on; what is new in it is there when the block ends well.

    The copy stays in the cache folder of this machine (XDG_CACHE_HOME), so that the next run fetches only what it lacks, and one
    that was killed goes on. `forgetting` leaves nothing of the set before to its readers.
    Raises BusyError where another run holds the address after `wait` seconds, OutputError where it cannot be written.
    """
    remote, copy = Remote(address), copy_of(address)
    with _told(address), _held(remote, wait):
        told = json.loads(remote.read(CURRENT) or b"{}")
        _fetch(remote, copy, told)
        yield copy
        _publish(copy, remote, {} if forgetting else told)


def copy_of(address: str) -> Path:
    """Where this machine keeps its copy of what is at the address."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "veille" / hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:16]


def current_set(address: str) -> tuple[Any, str]:
    """The file system of an address, and its folder of the current tables. Raises UsageError where there are none."""
    remote = Remote(address)
    told = json.loads(remote.read(CURRENT) or b"{}")
    if not told:
        raise UsageError(f"{address} holds no tables: is it the address that `veille run` wrote to?")
    return remote.files, remote.at(f"{SETS}/{told['set']}")


@contextmanager
def tables_at(place: str) -> Iterator[Path]:
    """The folder of tables at a path, or a copy of those at an address, which goes away with the block.

    Raises UsageError where the address holds none, OutputError where it cannot be read.
    """
    if not is_address(place):
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="veille-") as folder:
        with _told(place):
            remote = Remote(place)
            _, current = current_set(place)
            for name in remote.list(current.removeprefix(remote.at(""))):
                remote.fetch(name, Path(folder) / PurePosixPath(remote.at(name)).relative_to(current))
            if (decided := remote.read(DECISIONS)) is not None:
                (Path(folder) / DECISIONS).write_bytes(decided)
        yield Path(folder)


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except faults() as error:
        raise OutputError(f"{address}: {error}; the tables there are as they were: mend that and run again") from error


@contextmanager
def _held(remote: Remote, wait: float) -> Iterator[None]:
    """Nobody else writes there meanwhile. A lock that a dead process of this machine left is taken over."""
    own = {"host": socket.gethostname(), "process": os.getpid()}
    waited = 0.0
    while not remote.create(LOCK, json.dumps(own).encode()):
        holder = json.loads(remote.read(LOCK) or b"{}")
        if holder.get("host") == own["host"] and not _is_alive(holder["process"]):
            remote.remove(LOCK)
        elif waited >= wait:
            who = f"process {holder.get('process')} of {holder.get('host')}"
            mend = f"wait for it (--wait SECONDS); if it is dead, remove {remote.address.rstrip('/')}/{LOCK}"
            raise BusyError(f"{remote.address}: another run ({who}) is writing there; {mend}")
        else:
            time.sleep(1)
            waited += 1
    try:
        yield
    finally:
        remote.remove(LOCK)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _fetch(remote: Remote, copy: Path, told: Mapping[str, Any]) -> None:
    """Bring the copy to what the address holds. Rows of a run that began with the same and was killed stay; others go."""
    note, kept, current = copy / HIDDEN / _NOTE, copy / HIDDEN / STORE, str(told.get("set"))
    based = note.read_text(encoding="utf-8") if note.is_file() else ""
    if based != current:
        for path in (*copy.glob("*"), *(copy / HIDDEN).glob("*")):
            if path.name not in (HIDDEN, STORE, LOCK):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for name in remote.list(f"{SETS}/{current}") if told else ():
            remote.fetch(name, copy / PurePosixPath(name).relative_to(f"{SETS}/{current}"))
    if based.removesuffix(_BEGUN) != current:
        for path in [path for path in kept.rglob("*.parquet") if path.relative_to(kept).as_posix() not in told.get(STORE, ())]:
            path.unlink()
    for name in told.get(STORE, ()):
        if not (kept / name).exists():
            remote.fetch(f"{STORE}/{name}", kept / name)
    (copy / DECISIONS).unlink(missing_ok=True)
    note.parent.mkdir(parents=True, exist_ok=True)
    if (decided := remote.read(DECISIONS)) is not None:
        (copy / DECISIONS).write_bytes(decided)
    note.write_text(current + _BEGUN, encoding="utf-8")


def _publish(copy: Path, remote: Remote, before: Mapping[str, Any]) -> None:
    """Send what is new in the copy, then say that it holds, then remove what nobody reads any more."""
    kept = copy / HIDDEN / STORE
    rows = sorted(path.relative_to(kept).as_posix() for path in kept.rglob("*.parquet"))
    there = set(remote.list(STORE))
    for name in rows:
        if f"{STORE}/{name}" not in there:
            remote.send(kept / name, f"{STORE}/{name}")
    files = sorted(_files_of(copy))
    digest = hashlib.sha256(json.dumps([(name, digest_of(copy / name)) for name in files]).encode()).hexdigest()[:16]
    for name in files:
        remote.send(copy / name, f"{SETS}/{digest}/{name}")
    if (copy / DECISIONS).is_file() and remote.read(DECISIONS) is None:
        remote.send(copy / DECISIONS, DECISIONS)
    told = {"set": digest, "before": before.get("set"), STORE: rows}
    remote.write(CURRENT, (json.dumps(told, indent=1) + "\n").encode())
    held = tuple(f"{SETS}/{name}/" for name in (digest, before.get("set")) if name)
    for name in remote.list(SETS):
        if not name.startswith(held):
            remote.remove(name)
    for name in there - {f"{STORE}/{name}" for name in rows}:
        remote.remove(name)
    (copy / HIDDEN / _NOTE).write_text(digest, encoding="utf-8")


def _files_of(copy: Path) -> Iterator[str]:
    """The files of the tables, links followed."""
    for folder, below, names in os.walk(copy, followlinks=True):
        here = Path(folder).relative_to(copy)
        if here == Path():
            below[:] = [name for name in below if name != HIDDEN]
        yield from ((here / name).as_posix() for name in names if (here / name).as_posix() != DECISIONS)
