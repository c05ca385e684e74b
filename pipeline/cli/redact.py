"""`veille redact`: a run without the names of persons, to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import RedactKey, Tables, failing, read_key, reporting, tables_of


def redact(
    out: Tables,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder to write the redacted tables to.")],
    redact_key: RedactKey = None,
) -> None:
    """Write the tables again with a placeholder for each person, in names, texts, titles, ids and addresses.

    What it takes out and what it cannot stands in docs/privacy.md. Example: veille redact tables/ --to public/
    """
    from pipeline.errors import UsageError
    from pipeline.redact import redact as write
    from pipeline.tables.folder import locked

    with failing(reporting()):
        if Path(out).resolve() == to.resolve():
            raise UsageError(f"{to}: give another folder than that of the run; to keep no names at all: veille run --redact PER")
        with tables_of(out, to) as folder, locked(to):
            write(folder, to, key=read_key(redact_key))
