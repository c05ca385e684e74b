"""The command line: it parses, calls one function, reports and sets the exit code.

Exit codes: 0 all well · 1 a bug · 2 wrong usage or bad data files · 3 done, but some articles were refused · 4 the run yielded
other than its bounds expect · 5 the disk refuses (full, read-only, not this user's) · 6 another run is writing there ·
130 interrupted · 143 terminated.
After all but 0 and 3 the tables are as they were.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import diff, entities, export, forget, inspect, redact, report, rules, run, train

app = typer.Typer(
    name="veille",
    help="Turn raw French tech-policy news into tidy tables: names, amounts, dates, quotes, roles and events.",
    no_args_is_help=True,
    rich_markup_mode="markdown",  # else « [report] » of an extra is taken for a style
    add_completion=True,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("forget")(forget.forget)
app.command("explain")(inspect.explain)
app.command("schema")(inspect.schema)
app.command("evaluate")(inspect.evaluate)
app.command("diff")(diff.diff)
app.add_typer(entities.app, name="entities")
app.add_typer(rules.app, name="rules")
app.command("export")(export.export)
app.command("import")(export.import_)
app.command("report")(report.report)
app.command("redact")(redact.redact)
app.command("train")(train.train)
app.command("train-events")(train.train_events)


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
