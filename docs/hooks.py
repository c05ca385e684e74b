"""Pages of the site that the code writes itself, so that they cannot differ from it: the commands and the tables."""

from __future__ import annotations

import subprocess
import sys

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from pipeline.tables.describe import schema_markdown

COMMANDS = (sys.executable, "-m", "typer", "pipeline.cli", "utils", "docs", "--name", "veille", "--title", "Commands")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """The files of the site, with `commands.md` and `tables.md`."""
    commands = subprocess.run(COMMANDS, capture_output=True, text=True, check=True).stdout
    pages = {"commands.md": commands, "tables.md": f"# Tables\n\n{schema_markdown()}"}
    for name, content in pages.items():
        files.append(File.generated(config, name, content=content))
    return files
