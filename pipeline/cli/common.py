"""What all commands share: exit codes, options, consoles, and the way errors become one line."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.signals import ENDING, Stopped, stoppable

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.settings import Settings

USAGE, REFUSED, BOUNDS, OUTPUT, BUSY = 2, 3, 4, 5, 6
STOPPED = 128
"""And the number of the signal, as shells have it."""

Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Folder of your own rules and gazetteers, beside the built-in ones. Repeatable."),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="Settings (default: veille.toml here, else beside the articles)."),
]
Changes = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A setting that wins over the file's. Repeatable.")
]
RedactKey = Annotated[
    Path | None,
    typer.Option("--redact-key", metavar="FILE", help="A secret of yours that keeps the placeholders the same from run to run."),
]
Tables = Annotated[str, typer.Argument(metavar="OUT", help="Folder that veille run wrote to, or its address (s3://…).")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON on standard output.")]


def reporting(*, quiet: bool = False) -> Console:
    """The console that talks to people: standard error."""
    from rich.console import Console

    return Console(stderr=True, quiet=quiet, emoji=False)


def printing() -> Console:
    """The console for what was asked for: standard output, wide where it is no terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160, emoji=False)


def read_settings(
    rules: list[Path] | None, *, file: Path | None = None, inputs: Sequence[str] = (), changes: Sequence[str] = ()
) -> Settings:
    """The settings of the command: those of the file, then those of the command line (`NAME=VALUE`), which win."""
    from pipeline.settings_file import find_settings, load_settings, read_change

    given = dict(map(read_change, changes)) | ({"rules": rules} if rules else {})
    return load_settings(file or find_settings(inputs), given)


def read_key(file: Path | None) -> bytes | None:
    """The secret in the file. Raises UsageError for one that is not there or too short to be one."""
    if file is None:
        return None
    if not file.is_file() or len(key := file.read_bytes().strip()) < 16:
        from pipeline.errors import UsageError

        raise UsageError(f"{file}: no secret of 16 bytes or more; make one: openssl rand -hex 32 > {file}")
    return key


def now() -> dt.datetime:
    """The time: the only place that asks a clock."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def tables_of(place: str, to: Path | None) -> Iterator[Path]:
    """The folder of a run's tables, copied here from an address. Raises UsageError where what is made of them (None: beside
    them) would have to be written to one."""
    from pipeline.address import is_address
    from pipeline.errors import UsageError
    from pipeline.tables.remote import tables_at

    if is_address(place) and to is None:
        raise UsageError(f"{place} is an address: say with --to where on this machine to write")
    with tables_at(place) as folder:
        yield folder


@contextmanager
def failing(console: Console, *, as_lines: bool = False) -> Iterator[None]:
    """Turn what veille raises on purpose, what the disk refuses, and what ends it from outside into one line and an exit code.

    `as_lines`: the line is one of the log, as JSON.
    """
    from pipeline.errors import BoundsError, BusyError, OutputError, VeilleError
    from pipeline.refusals import ASTRAY, CLOSED, FULL

    def tell(message: str, code: int) -> typer.Exit:
        console.quiet = as_lines
        console.print(f"veille: {message}", style="red", markup=False, highlight=False, soft_wrap=True)
        if as_lines:
            logging.getLogger("veille").error("failed", extra={"fields": {"message": message, "code": code}})
        return typer.Exit(code)

    codes = {BoundsError: BOUNDS, BusyError: BUSY, OutputError: OUTPUT}
    try:
        with stoppable():
            yield
    except VeilleError as error:
        raise tell(str(error), codes.get(type(error), USAGE)) from error
    except OSError as error:
        if error.errno not in FULL | CLOSED | ASTRAY:
            raise
        raise tell(": ".join(filter(None, (error.filename, error.strerror))), OUTPUT) from error
    except Stopped as error:
        raise tell(f"{ENDING[error.signal]}; no table is half written", STOPPED + error.signal) from error
