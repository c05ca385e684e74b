"""Commands that show: one article explained, the tables described, a run measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import AsJson, Rules, SettingsFile, failing, printing, read_settings, reporting


def explain(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A file with one article (the first one is shown).")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="The text itself, instead of a file.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="Publication day, month or year: 2024-03-01, 2024-03.")
    ] = None,
    rules: Rules = None,
    settings: SettingsFile = None,
) -> None:
    """Show one article with each span marked, and each span's value, entity and rule.

    Example: veille explain --text "Lumio a levé 15 M€ lundi." --published 2024-03-01
    """
    from pipeline.explain import explain_one

    with failing(reporting()):
        shown = explain_one(file, text, published=published, settings=read_settings(rules, file=settings))
    printing().print(shown)


def schema(
    as_json: AsJson = False,
) -> None:
    """Print the tables and their columns, with types and descriptions (as JSON: a Frictionless Table Schema for each)."""
    from pipeline.tables.describe import schema_json, schema_markdown

    typer.echo(schema_json() if as_json else schema_markdown())


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file: one annotated article a line, as JSON.")],
    outputs: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that veille run wrote for the same articles.")] = Path(
        "outputs"
    ),
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR", help="Another run's folder, to compare with.")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="FILE", help="Where to write every error as an HTML page; else OUT/errors.html."),
    ] = None,
    per_rule: Annotated[bool, typer.Option("--per-rule", help="Show what each rule found, and how much of it is right.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure a run against gold: precision, recall, F1 with intervals, and errors by kind, all of them on a page to read."""
    from pipeline.report.scores import error_page, rule_table, score_table, scores_json
    from pipeline.score import evaluate as measure
    from pipeline.tables.derived import ERRORS

    console, page = reporting(), page or outputs / ERRORS
    with failing(console):
        ours = measure(gold, outputs)
        theirs = measure(gold, against) if against else None
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(error_page(ours), encoding="utf-8")
    if ours.absent:
        some = ", ".join(ours.absent[:5]) + ", …" * (len(ours.absent) > 5)
        console.print(f"all is missed in what {outputs} does not hold: {some}", highlight=False, soft_wrap=True)
    if as_json:
        typer.echo(scores_json(ours))
    else:
        printing().print(score_table(ours, theirs))
        if per_rule:
            printing().print(rule_table(ours))
        console.print(f"every error in its sentence: {page}", highlight=False, soft_wrap=True)
