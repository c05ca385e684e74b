"""`veille diff`: what changed from one run to another."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from pipeline.cli.common import AsJson, failing, printing, reporting


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Folder of the earlier run, or its address.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Folder of the later run, or its address.")],
    rows: Annotated[
        list[str] | None, typer.Option("--rows", metavar="TABLE", help="List the rows of this table one by one. Repeatable.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List entities merged, split and renamed with the cause, and how many rows came, went and changed in each table.

    With --rows also which, each with its cause. Example: veille diff tables-monday/ tables-friday/ --rows dates
    """
    from pipeline.changes import changed_rows
    from pipeline.compare import compare_runs, describe
    from pipeline.errors import UsageError, nearest
    from pipeline.tables.remote import tables_at
    from pipeline.tables.schemas import TABLES

    with failing(reporting()):
        for table in rows or ():
            if table not in TABLES:
                raise UsageError(f"no table {table!r} ({nearest(table, tuple(TABLES))})")
        with tables_at(old) as before, tables_at(new) as after:
            comparison = compare_runs(before, after)
            changes = [change for table in rows or () for change in changed_rows(before, after, table)]
    if as_json:
        typer.echo(comparison.as_json() if not rows else json.dumps([asdict(change) for change in changes], ensure_ascii=False))
        return
    console = printing()
    for line in describe(comparison):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for change in changes:
        line = f"{change.table} {change.change} {change.key} « {change.says} »: {change.cause}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
