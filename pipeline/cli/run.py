"""`veille run`: articles in, tables out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.common import (
    REFUSED,
    Changes,
    Quiet,
    RedactKey,
    Rules,
    SettingsFile,
    failing,
    now,
    read_key,
    read_settings,
    reporting,
)
from pipeline.cli.logs import log_result, logged, measured

if TYPE_CHECKING:
    from rich.console import Console


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Files, folders, globs or addresses (s3://…) of articles; - reads JSONL from standard input."
        ),
    ],
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="DIR", help="Folder to write the tables to, or its address (s3://…).")
    ],
    rules: Rules = None,
    previous: Annotated[
        str | None,
        typer.Option(
            "--previous", metavar="DIR", help="Folder or address of the run whose entity ids to keep (default: the one in --out)."
        ),
    ] = None,
    settings: SettingsFile = None,
    changes: Changes = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", help="Processes that read articles (default: cores, where there is much)."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers are to read the articles.")
    ] = None,
    wait: Annotated[
        float | None,
        typer.Option("--wait", metavar="SECONDS", help="Wait so long for another run that writes to the same folder."),
    ] = None,
    redact: Annotated[
        Literal["PER"] | None, typer.Option("--redact", help="Write a placeholder for each person; see docs/privacy.md.")
    ] = None,
    redact_key: RedactKey = None,
    log: Annotated[
        Literal["text", "json"], typer.Option("--log", help="What to tell on standard error: text, or JSON lines for machines.")
    ] = "text",
    metrics: Annotated[
        Path | None, typer.Option("--metrics", metavar="FILE", help="Write the figures of the run as Prometheus reads them.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read articles and write the tables; those that stand in the folder already stay, and cost nothing again.

    Reads text, Markdown (with front matter), web pages, JSON Lines, CSV, Parquet, RSS and Atom feeds, WARC and WACZ, also packed
    (.gz, .zst, .zip), and folders of them. Rows need the fields id and text; title, published, url, outlet, authors may be there.

    Example: veille run articles/ --out tables/
    """
    as_lines = log == "json"
    console = reporting(quiet=quiet or as_lines)
    chosen = {"wait": wait, "workers": workers, "parallel_from": workers and 1, "scheduler": scheduler}
    given = [*(changes or ()), *(f"{name}={value}" for name, value in chosen.items() if value is not None)]
    with measured(metrics) as summary:
        with failing(console, as_lines=as_lines), logged() if as_lines else _shown(console) as progress:
            from pipeline import job
            from pipeline.redact import run_redacted

            read = read_settings(rules, file=settings, inputs=inputs, changes=given)
            if "workers" not in read.model_fields_set:
                read = read.model_copy(update={"workers": os.cpu_count() or 1})
            work = partial(run_redacted, key=read_key(redact_key)) if redact else job.run
            result = work(inputs, out, settings=read, previous=previous, progress=progress, clock=now)
        summary.update(result.summary)
        if as_lines:
            log_result(summary, result["issues"].to_pylist())
        if as_json:
            typer.echo(json.dumps(summary, ensure_ascii=False, indent=2, default=str))
        else:
            console.print(_closing_table(summary, out))
        raise typer.Exit(REFUSED if summary["articles"]["refused"] else 0)


@contextmanager
def _shown(console: Console) -> Iterator[Any]:
    """A callback that keeps a progress bar on standard error up to date; nothing off a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[refused]} refused"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("loading", total=None, refused=0, rate="")

        def update(done: int, total: int, refused: int) -> None:
            speed = bar.tasks[task].speed
            bar.update(
                task, description="articles", completed=done, total=total, refused=refused, rate=f"{speed:.1f}/s" if speed else ""
            )

        yield update


def _closing_table(summary: Any, out: str) -> Any:
    from rich.table import Table

    articles, rows, seconds = summary["articles"], summary["rows"], summary["seconds"]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("articles", f"{articles['read']} read, {articles['refused']} refused, {articles['copies']} near-copies")
    table.add_row("rows", ", ".join(f"{count} {name}" for name, count in rows.items()))
    table.add_row("seconds", ", ".join(f"{stage} {spent:.1f}" for stage, spent in seconds.items()))
    table.add_row("written to", str(out))
    if articles["refused"]:
        table.add_row("", f"why articles were refused stands in the table issues of {out}")
    return table
