"""`veille report`: a run as pages to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import Tables, failing, reporting, tables_of


def report(
    out: Tables,
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Folder to write (default: OUT/report).")] = None,
) -> None:
    """Write a run as a folder of pages that open from disk: no network, no server.

    Needs: pip install 'veille[report]'. Example: veille report outputs/
    """
    from pipeline.report.site import write_report

    with failing(reporting()), tables_of(out, to) as folder:
        typer.echo(write_report(folder, to))
