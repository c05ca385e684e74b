"""`veille export`: the tables for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.cli.common import failing, reporting


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that veille run wrote to.")],
    fmt: Annotated[Literal["duckdb", "sqlite", "csv", "xlsx"], typer.Option("--format", "-f", help="What to write.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help="File to write, a folder for csv (default: inside OUT).")
    ] = None,
) -> None:
    """Write the tables for other programs, with keys and three views: money_by_company, quotes_by_person, events_timeline.

    CSV and XLSX cells never start a formula. duckdb and xlsx need: pip install 'veille[report]'.
    Example: veille export outputs/ --format duckdb
    """
    from pipeline.tables.export import export_tables

    with failing(reporting()):
        typer.echo(export_tables(out, fmt, to))
