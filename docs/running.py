"""A notebook of ours, run on the tables of the corpus."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

import pipeline

ROOT = Path(__file__).parent.parent


def run_notebook(name: str, out: Path) -> NotebookNode:
    """The notebook with its outputs; the tables of `corpus/` that it asks are written to `out`."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    with contextlib.chdir(ROOT):
        pipeline.run(["corpus"], out)
        os.environ["VEILLE_OUT"] = str(out)  # the kernel inherits it
        NotebookClient(book).execute()
    return book
