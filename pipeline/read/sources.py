"""Inputs (files, folders, glob patterns, `-`) → the files to read, in one order whatever the order they were given in.

An address (`s3://bucket/new/`) is read like a path, by the driver that fsspec has for it.

A folder is read with everything below it but hidden files, what its `.veilleignore` excludes (the syntax of .gitignore), and
folders that a run wrote its tables to.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

import pathspec

from pipeline.address import HADOOP, is_address, is_of_a_run, opening
from pipeline.errors import UsageError
from pipeline.read.charset import without_halves
from pipeline.settings_file import NAME as SETTINGS_FILE

STDIN = "-"
IGNORE_FILE = ".veilleignore"
PACKINGS = (".gz", ".zst")

Ignore = tuple[PurePosixPath, pathspec.GitIgnoreSpec]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One file to read. `name` is how reports call it, `key` the article id of a file that holds one article.

    `suffix` is the format's, lower case; `packing` is what it is packed in (« depeches.jsonl.gz »: « .jsonl » in « .gz »).
    """

    name: str
    key: str
    path: Path
    suffix: str
    packing: str = ""


def find_sources(inputs: Sequence[str | Path]) -> tuple[Source, ...]:
    """All files that `inputs` name but `veille.toml`, each once, sorted by name. Raises UsageError for one that is not there."""
    found: dict[Path, Source] = {}
    for given in map(str, inputs):
        for source in _expand(given):
            place = source.path if source.name == STDIN else source.path.resolve()
            found[place] = min(source, found.get(place, source))
    return tuple(sorted(source for source in found.values() if source.path.name != SETTINGS_FILE))


def make_source(path: Path, *, base: Path) -> Source:
    """The source at `path`; its key is the path below `base` without suffixes (« presse/2024/a.txt.gz » → « 2024/a »).

    Bytes of a name that are no UTF-8 show as U+FFFD.
    """
    key = PurePosixPath(path.relative_to(base).as_posix())
    packing = key.suffix.lower() if key.suffix.lower() in PACKINGS else ""
    inner = key.with_suffix("") if packing else key
    suffix = inner.suffix.lower()
    bare = inner.with_suffix("") if suffix else inner
    return Source(without_halves(_name_of(path)), without_halves(bare.as_posix()), path, suffix, packing)


def _open(given: str) -> Path:
    """What is given as a path. Raises UsageError for an address for which there is no driver."""
    if not is_address(given):
        return Path(given)
    from upath import UPath

    with opening(given):
        path = UPath(given.rstrip("/") if given.startswith(HADOOP) else given)
        with suppress(FileNotFoundError):
            path.stat()  # path.exists() says no where nobody answers, too
        return cast(Path, path)


def _name_of(path: Path) -> str:
    """How reports call the place. A path of HDFS does not say on which host it is, but its files do."""
    files = getattr(path, "fs", None)
    return str(files.unstrip_protocol(path.path)) if files and path.protocol in HADOOP else path.as_posix()  # type: ignore[attr-defined]


def _expand(given: str) -> Iterator[Source]:
    path = _open(given)
    if given == STDIN:
        yield Source(STDIN, "stdin", path, ".jsonl")
    elif path.is_dir():
        yield from _walk(path, path, ())
    elif path.is_file():
        yield make_source(path, base=path.parent)
    elif path.exists():
        raise UsageError(f"{given} is a pipe or a device, not a file; give - to read standard input")
    elif glob.has_magic(given):
        yield from _matching(given, _fixed_part(path))
    else:
        raise UsageError(f"no such file or folder: {given}")


def _matching(pattern: str, base: Path) -> Iterator[Source]:
    """The files that the pattern names, and all that is below the folders that it names."""
    matches = list(_glob(pattern, base))
    if not matches:
        raise UsageError(f"no file or folder matches: {pattern}")
    for match in matches:
        if match.is_dir():
            yield from _walk(match, base, ())
        elif match.is_file():
            yield make_source(match, base=base)


def _glob(pattern: str, base: Path) -> Iterable[Path]:
    if is_address(pattern):
        within, whole = (str(path.path) for path in (base, _open(pattern)))  # type: ignore[attr-defined]
        return base.glob(whole.removeprefix(within).strip("/"))
    return map(Path, glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)


def _walk(folder: Path, base: Path, ignores: tuple[Ignore, ...]) -> Iterator[Source]:
    here = PurePosixPath(folder.relative_to(base).as_posix())
    try:
        paths = sorted(folder.iterdir())
        if (listing := folder / IGNORE_FILE).is_file():
            spec = pathspec.GitIgnoreSpec.from_lines(listing.read_text(encoding="utf-8", errors="replace").splitlines())
            ignores = (*ignores, (here, spec))
    except OSError:  # reading it as a file says why it cannot be read
        yield Source(without_halves(_name_of(folder)), without_halves(here.as_posix()), folder, "")
        return
    if folder != base and is_of_a_run({path.name for path in paths}):
        return
    for path in paths:
        place = PurePosixPath(path.relative_to(base).as_posix())
        if path.name.startswith(".") or _is_ignored(place, path.is_dir(), ignores):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, base, ignores)
        elif path.is_file():
            yield make_source(path, base=base)


def _is_ignored(place: PurePosixPath, is_folder: bool, ignores: tuple[Ignore, ...]) -> bool:
    """The innermost file that has a say decides, as in git."""
    for root, spec in reversed(ignores):
        verdict = spec.check_file(place.relative_to(root).as_posix() + "/" * is_folder).include
        if verdict is not None:
            return verdict
    return False


def _fixed_part(pattern: Path) -> Path:
    """The folder above the first part of `pattern` that holds a wildcard."""
    while glob.has_magic(pattern.as_posix()):
        pattern = pattern.parent
    return pattern
