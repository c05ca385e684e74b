"""`veille report`: a run as pages to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import failing, reporting


def report(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that veille run wrote to.")],
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Folder to write (default: OUT/report).")] = None,
) -> None:
    """Write a run as a folder of pages that open from disk: no network, no server.

    Needs: pip install 'veille[report]'. Example: veille report outputs/
    """
    from pipeline.report.site import write_report

    with failing(reporting()):
        typer.echo(write_report(out, to))
