"""`veille diff`: what changed from one run to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import AsJson, failing, printing, reporting


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of the earlier run.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of the later run.")],
    as_json: AsJson = False,
) -> None:
    """List entities merged, split and renamed with the cause, and rows added, lost and changed in each table.

    Example: veille diff tables-monday/ tables-friday/
    """
    from pipeline.compare import compare_runs, describe

    with failing(reporting()):
        comparison = compare_runs(old, new)
    if as_json:
        typer.echo(comparison.as_json())
        return
    console = printing()
    for line in describe(comparison):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
