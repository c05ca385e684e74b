"""What all commands share: exit codes, options, consoles, and the way errors become one line."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.settings import Settings

USAGE, REFUSED, INTERRUPTED = 2, 3, 130

Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Folder of your own rules and gazetteers, beside the built-in ones. Repeatable."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON on standard output.")]


def reporting(*, quiet: bool = False) -> Console:
    """The console that talks to people: standard error."""
    from rich.console import Console

    return Console(stderr=True, quiet=quiet)


def printing() -> Console:
    """The console for what was asked for: standard output, wide where it is no terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160)


def read_settings(rules: list[Path] | None) -> Settings:
    """The settings of the command."""
    from pipeline.settings import Settings

    return Settings(rules=tuple(rules or ()))


def now() -> dt.datetime:
    """The time: the only place that asks a clock."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def failing(console: Console) -> Iterator[None]:
    """Turn the errors that veille raises on purpose into one line and an exit code."""
    from pipeline.errors import VeilleError

    try:
        yield
    except VeilleError as error:
        console.quiet = False
        console.print(f"veille: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(USAGE) from error
    except KeyboardInterrupt as error:
        console.print("veille: interrupted; the tables of the run before are untouched", style="yellow")
        raise typer.Exit(INTERRUPTED) from error
