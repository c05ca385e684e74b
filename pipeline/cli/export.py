"""`veille export` and `veille import`: the tables and gold for other programs, and what people marked there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from pipeline.cli.common import failing, reporting, tables_of

if TYPE_CHECKING:
    from pipeline.tables.export import Format as Tables


def export(
    source: Annotated[
        str,
        typer.Argument(
            metavar="OUT|GOLD", help="Folder that veille run wrote to, or its address; for annotation tools also a gold file."
        ),
    ],
    fmt: Annotated[
        Literal["duckdb", "sqlite", "csv", "xlsx", "brat", "doccano", "label-studio", "prodigy", "conll", "spacy"],
        typer.Option("--format", "-f", help="What to write."),
    ],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help="File to write, a folder for csv and brat (default: inside OUT).")
    ] = None,
) -> None:
    """Write the tables for other programs, or the articles with their marks for annotation tools.

    Databases have keys and, as sheets do, the views money_by_company, quotes_by_person and events_timeline, beside originals and
    story_sums. CSV and XLSX cells never start a formula; duckdb and xlsx need: pip install 'veille[report]'. What comes back from
    a tool: veille import.
    Example: veille export outputs/ --format duckdb
    """
    from pipeline.annotation.files import FORMATS, export_annotations
    from pipeline.tables.export import export_tables

    with failing(reporting()), tables_of(source, to) as place:
        if fmt in FORMATS:
            typer.echo(export_annotations(place, fmt, to))
        else:
            typer.echo(export_tables(place, cast("Tables", fmt), to))


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of an annotation tool; for brat its folder.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="GOLD", help="Gold file to write, an article a line.")],
    fmt: Annotated[
        Literal["brat", "doccano", "label-studio", "prodigy", "conll", "spacy"] | None,
        typer.Option("--format", "-f", help="The format, where the file does not tell it."),
    ] = None,
) -> None:
    """Read what people marked, as gold: the same offsets, ids and values where nothing was changed.

    Example: veille import outputs/label-studio.json --out gold.jsonl
    """
    from pipeline.annotation.files import import_annotations

    with failing(reporting()):
        typer.echo(f"{import_annotations(files, out, fmt=fmt)} articles in {out}")
