"""Pages of the site that the code writes itself, so that they cannot differ from it: commands, tables, the notebook, run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from nbconvert import MarkdownExporter
from running import run_notebook

from pipeline.tables.describe import schema_markdown

COMMANDS = (sys.executable, "-m", "typer", "pipeline.cli", "utils", "docs", "--name", "veille", "--title", "Commands")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """The files of the site, with those that are made here."""
    for path, content in (*_reference(), *_notebook("analyse")):
        files.append(File.generated(config, path, content=content))
    return files


def _reference() -> Iterator[tuple[str, str]]:
    yield "commands.md", subprocess.run(COMMANDS, capture_output=True, text=True, check=True).stdout
    yield "tables.md", f"# Tables\n\n{schema_markdown()}"


def _notebook(name: str) -> Iterator[tuple[str, str | bytes]]:
    """The page of a notebook and its plots, run on the tables of the corpus."""
    with tempfile.TemporaryDirectory() as out:
        book = run_notebook(name, Path(out))
    page, made = MarkdownExporter().from_notebook_node(book, resources={"output_files_dir": name})
    yield f"{name}.md", page
    yield from made["outputs"].items()
