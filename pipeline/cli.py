"""The command line: it parses, calls one function, reports and sets the exit code.

Exit codes: 0 all well · 2 wrong usage or bad data files · 3 done, but some articles were refused · 130 interrupted.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    name="veille",
    help="Turn raw French tech-policy news into tidy tables: names, amounts, dates, quotes, roles and events.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
USAGE, REFUSED, INTERRUPTED = 2, 3, 130

Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Folder of your own rules and gazetteers, beside the built-in ones. Repeatable."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline.about import describe_version

        typer.echo(describe_version())
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print version, model and rules fingerprint.")
    ] = False,
) -> None:
    """Turn raw French tech-policy news into tidy tables: names, amounts, dates, quotes, roles and events."""


@app.command("run")
def run_command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders or globs of articles; - reads JSONL from standard input."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write the tables to.")],
    rules: Rules = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read articles and write the tables.

    Reads .txt, .md (with front matter), .html, .jsonl, .csv, .parquet and folders of them. Rows need the fields id and text, and
    may have title, published, url, outlet and authors. Example: veille run articles/ --out tables/
    """
    from pipeline.job import run

    console = _console(quiet)
    with _failing(console), _progress(console) as progress:
        result = run(inputs, out, settings=_settings(rules), progress=progress, clock=_now)
    if as_json:
        typer.echo(json.dumps(dict(result.summary), ensure_ascii=False, indent=2, default=str))
    else:
        console.print(_closing_table(result.summary, out))
    raise typer.Exit(REFUSED if result.summary["articles"]["refused"] else 0)


@app.command("explain")
def explain_command(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A file with one article (the first one is shown).")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="The text itself, instead of a file.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="Publication day, month or year: 2024-03-01, 2024-03.")
    ] = None,
    rules: Rules = None,
) -> None:
    """Show one article with each span marked, and each span's value, entity and rule.

    Example: veille explain --text "Lumio lève 15 M€ lundi." --published 2024-03-01
    """
    from rich.console import Console

    from pipeline.explain import explain_one

    console = _console(quiet=False)
    with _failing(console):
        shown = explain_one(file, text, published=published, settings=_settings(rules))
    Console(width=None if sys.stdout.isatty() else 160).print(shown)


@app.command("schema")
def schema_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON (a Frictionless Table Schema for each table).")] = False,
) -> None:
    """Print the tables and their columns, with types and descriptions."""
    from pipeline.tables.describe import schema_json, schema_markdown

    typer.echo(schema_json() if as_json else schema_markdown())


@app.command("evaluate")
def evaluate_command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file: one annotated article a line, as JSON.")],
    outputs: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that veille run wrote for the same articles.")],
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR", help="Another run's folder, to compare with.")
    ] = None,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Write every error to an HTML page.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Measure a run against gold: precision, recall, F1 with intervals, and errors by kind."""
    from pipeline.report.scores import error_page, score_table, scores_json
    from pipeline.score import evaluate

    console = _console(quiet=False)
    with _failing(console):
        ours = evaluate(gold, outputs)
        theirs = evaluate(gold, against) if against else None
    if page:
        page.write_text(error_page(ours), encoding="utf-8")
    if as_json:
        typer.echo(scores_json(ours))
    else:
        from rich.console import Console

        Console(width=None if sys.stdout.isatty() else 120).print(score_table(ours, theirs))


def _console(quiet: bool) -> Console:
    from rich.console import Console

    return Console(stderr=True, quiet=quiet)


def _settings(rules: list[Path] | None) -> Any:
    from pipeline.settings import Settings

    return Settings(rules=tuple(rules or ()))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@contextmanager
def _failing(console: Console) -> Iterator[None]:
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


@contextmanager
def _progress(console: Console) -> Iterator[Any]:
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
        task = bar.add_task("articles", total=None, refused=0, rate="")

        def update(done: int, total: int, refused: int) -> None:
            speed = bar.tasks[task].speed
            bar.update(task, completed=done, total=total, refused=refused, rate=f"{speed:.1f}/s" if speed else "")

        yield update


def _closing_table(summary: Any, out: Path) -> Any:
    from rich.table import Table

    articles, rows, seconds = summary["articles"], summary["rows"], summary["seconds"]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("articles", f"{articles['read']} read, {articles['refused']} refused, {articles['copies']} near-copies")
    table.add_row("rows", ", ".join(f"{count} {name}" for name, count in rows.items()))
    table.add_row("seconds", ", ".join(f"{stage} {spent:.1f}" for stage, spent in seconds.items()))
    table.add_row("written to", str(out))
    if articles["refused"]:
        table.add_row("", f"why articles were refused stands in {out / 'issues.parquet'}")
    return table
