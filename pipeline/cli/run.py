"""`veille run`: articles in, tables out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
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
from pipeline.cli.logs import log_lines, log_result, measured
from pipeline.cli.signals import held_back
from pipeline.garbage import making_what_stays

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.job import RunResult
    from pipeline.settings import Settings


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT", help="Files, folders, globs or addresses (s3://…) of articles; - reads JSONL from standard input."
    ),
]
Out = Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="Folder to write the tables to, or its address (s3://…).")]
Previous = Annotated[
    str | None,
    typer.Option(
        "--previous", metavar="DIR", help="Folder or address of the run whose entity ids to keep (default: the one in --out)."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", help="Processes that read articles (default: cores, where there is much)."),
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers are to read the articles.")
]
Wait = Annotated[
    float | None,
    typer.Option("--wait", metavar="SECONDS", help="Wait so long for another run that writes to the same folder."),
]
Redact = Annotated[
    Literal["PER"] | None, typer.Option("--redact", help="Write a placeholder for each person; see docs/privacy.md.")
]
Log = Annotated[
    Literal["text", "json"], typer.Option("--log", help="What to tell on standard error: text, or JSON lines for machines.")
]
Metrics = Annotated[
    Path | None, typer.Option("--metrics", metavar="FILE", help="Write the figures of the run as Prometheus reads them.")
]
SummaryAsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")]


def run(
    inputs: Inputs,
    out: Out,
    rules: Rules = None,
    previous: Previous = None,
    settings: SettingsFile = None,
    changes: Changes = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    wait: Wait = None,
    redact: Redact = None,
    redact_key: RedactKey = None,
    log: Log = "text",
    metrics: Metrics = None,
    as_json: SummaryAsJson = False,
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
    telling = nullcontext(log_lines()) if as_lines else _shown(console)
    with failing(console, as_lines=as_lines), measured(metrics) as summary:  # the metrics tell how it failed, or fail
        with failing(console, as_lines=as_lines), telling as progress:
            read = _settings(read_settings(rules, file=settings, inputs=inputs, changes=_given(changes, chosen)))
            _call_workers(read)
            work = _work(read, redacted=redact is not None, key=redact_key)
            result = work(inputs, out, settings=read, previous=previous, progress=progress, clock=now)
        summary.update(result.summary)
        if as_lines:
            log_result(summary, result["issues"].to_pylist())
        if as_json:
            typer.echo(json.dumps(summary, ensure_ascii=False, indent=2, default=str))
        else:
            console.print(_closing_table(summary, out))
        raise typer.Exit(REFUSED if summary["articles"]["refused"] else 0)


def _call_workers(settings: Settings) -> None:
    """Have what workers need load from now on, where one article is enough to call them: it takes as long as all until then."""
    if settings.workers > 1 and settings.parallel_from == 1 and settings.scheduler is None:
        from pipeline.engine.forking import prepare

        prepare(settings, now().date())


def _work(settings: Settings, *, redacted: bool, key: Path | None) -> Callable[..., RunResult]:
    """What runs: with the key in the file where no name of a person is to be written. Of pandas only a cluster makes use."""
    with held_back(), making_what_stays(), _as_without_pandas() if settings.scheduler is None else nullcontext():
        from pipeline import job
        from pipeline.redact import run_redacted

    return partial(run_redacted, key=read_key(key)) if redacted else job.run


class _NoPandas:
    """Where it is among the finders of modules, pandas is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is not looked for", name=name)


@contextmanager
def _as_without_pandas() -> Iterator[None]:
    """pyarrow does not find pandas when it first looks for it, and goes on without: it would import it, for a sixth of a second,
    to tell its frames from lists. Where it is asked for a frame it looks again."""
    sys.meta_path.insert(0, _NoPandas)
    try:
        yield
    finally:
        sys.meta_path.remove(_NoPandas)


def _given(changes: list[str] | None, chosen: Mapping[str, object]) -> list[str]:
    """The changes of `--set`, then those that options of their own make (`wait` → « wait=60 »), which win."""
    return [*(changes or ()), *(f"{name}={value}" for name, value in chosen.items() if value is not None)]


def _settings(read: Settings) -> Settings:
    """The settings, with a process for each core where nobody said how many."""
    if "workers" in read.model_fields_set:
        return read
    return read.model_copy(update={"workers": os.cpu_count() or 1})


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
    refused, new = articles["refused"], summary["new"]["articles"]
    table.add_row("articles", f"{articles['read']} read, {new} new, {refused} refused, {articles['copies']} near-copies")
    table.add_row("rows", ", ".join(f"{count} {name}" for name, count in rows.items()))
    table.add_row("seconds", ", ".join(f"{stage} {spent:.1f}" for stage, spent in seconds.items()))
    table.add_row("written to", str(out))
    if not articles["read"]:
        table.add_row("", "no article was found: are the inputs empty, or does a .veilleignore leave all out?")
    if refused:
        table.add_row("", f"why articles were refused stands in the table issues of {out}")
    return table
