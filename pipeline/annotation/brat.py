"""brat's standoff format: a folder with a text and its annotations for each article. It counts code points and holds overlaps.

A line of an .ann file holds no line end, so that a span over several lines is written in fragments, one a line, and read as one
from the first to the last. Each annotation's id stands in a note; what brat has no room for stands in `veille.jsonl`, by file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from pipeline.annotation.marks import LAYER_OF, Mark, Marked
from pipeline.errors import DataError

BESIDE = "veille.jsonl"
_LINE = re.compile(r"[^\n\r]+")


def write_brat(articles: Sequence[Marked], to: Path) -> None:
    """The folder, with the labels that brat needs to know (annotation.conf) and the order of the articles."""
    to.mkdir(parents=True, exist_ok=True)
    rows = []
    for marked in articles:
        name = quote(marked.doc_id, safe=" ")
        (to / f"{name}.txt").write_bytes(marked.text.encode())
        (to / f"{name}.ann").write_bytes("".join(_lines(marked)).encode())
        rows.append(json.dumps({"file": name, "origin": marked.origin}, ensure_ascii=False) + "\n")
    (to / BESIDE).write_bytes("".join(rows).encode())
    labels = "".join(f"{label}\n" for label in LAYER_OF)
    (to / "annotation.conf").write_text(f"[entities]\n{labels}\n[relations]\n\n[events]\n\n[attributes]\n", encoding="utf-8")


def read_brat(path: Path) -> Iterator[Marked]:
    """The articles of the folder in the order in which they were exported, then others by name."""
    rows = (path / BESIDE).read_text(encoding="utf-8").split("\n") if (path / BESIDE).is_file() else []
    origins = {row["file"]: row["origin"] for row in map(json.loads, filter(None, rows))}
    names = [text.stem for text in sorted(path.glob("*.txt"))]
    for name in (*(n for n in origins if n in names), *(n for n in names if n not in origins)):
        text = (path / f"{name}.txt").read_bytes().decode()
        yield Marked(unquote(name), text, tuple(_marks(path / f"{name}.ann")), origins.get(name))


def _lines(marked: Marked) -> Iterator[str]:
    for number, mark in enumerate(marked.marks, 1):
        pieces = list(_LINE.finditer(marked.text, mark.start, mark.end))
        places = ";".join(f"{piece.start()} {piece.end()}" for piece in pieces)
        yield f"T{number}\t{mark.label} {places}\t{' '.join(piece[0] for piece in pieces)}\n"
        yield f"#{number}\tAnnotatorNotes T{number}\t{mark.id}\n"


def _marks(path: Path) -> Iterator[Mark]:
    """The text-bound annotations with the ids of their notes; relations and attributes made in brat are left."""
    if not path.is_file():
        return
    rows = [line.split("\t") for line in path.read_bytes().decode().split("\n") if line.strip()]
    notes = {row[1].partition(" ")[2]: row[2] for row in rows if row[0].startswith("#") and len(row) > 2}
    for number, row in enumerate(rows, 1):
        if row[0].startswith("T"):
            label, _, places = row[1].partition(" ")
            bounds = [int(bound) for bound in re.findall(r"\d+", places)]
            if len(bounds) < 2:
                raise DataError(path, f"no place in {row[1]!r}", line=number, mend="write LABEL START END")
            yield Mark(notes.get(row[0]), bounds[0], bounds[-1], label)
