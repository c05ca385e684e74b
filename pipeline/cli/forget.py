"""`veille forget`: articles out of the tables, and out of all that a run keeps for the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import Quiet, Rules, SettingsFile, failing, now, read_settings, reporting


def forget(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles: the column article_id of the table articles.")],
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="DIR", help="Folder that veille run wrote to, or its address (s3://…).")
    ],
    rules: Rules = None,
    settings: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Take articles out of the tables, with everything that came from them alone.

    Pages and exports inside DIR go too, as they show them: make them anew. Give the rules and settings of the run, else all
    articles are read anew. An article that still stands in a file comes back when that file is given to `veille run` again: take
    it out there first. Example: veille forget 2024/lettre-17 --out tables/
    """
    from pipeline import job
    from pipeline.tables.derived import find_derived

    console = reporting(quiet=quiet)
    with failing(console):
        shown = find_derived(Path(out))
        result = job.forget(ids, out, settings=read_settings(rules, file=settings), clock=now)
    console.print(f"{len(set(ids))} forgotten, {result.summary['articles']['written']} articles left")
    if shown:
        console.print(f"gone too, as they showed them: {', '.join(path.name for path in shown)}; make them anew")
