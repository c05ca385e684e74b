"""The corpus, built from its marked articles.

python -m corpus.build             write the articles, their gold and .veilleignore below corpus/
python -m corpus.build --doubts    print what an annotator may have left unmarked, and write nothing
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from corpus.doubts import find_doubts
from corpus.formats import extracted_lines, write_csv, write_front_matter, write_jsonl, write_page, write_parquet
from corpus.marks import Marked, MarkError, gold_layers, parse_marks

HERE = Path(__file__).parent
HALVES = ("develop", "check")
TRAIN = "train"
"""Articles that only the network is trained on: they have gold, and no file that a run reads."""
FIELDS = {"id", "published", "genre", "invented", "format", "title", "url", "outlet", "authors", "encoding"}
BUNDLES = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}
IGNORED = ("/gold/", "/marked/", "/*.py", "/README.md", "/.veilleignore", "__pycache__/")


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the corpus: its part, its front matter, the text its gold counts in with its marks, its page's lines."""

    part: str
    front: dict[str, Any]
    marked: Marked
    page: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The format: txt, md, html, jsonl, csv or parquet."""
        return str(self.front["format"])

    @property
    def doc_id(self) -> str:
        """The article_id that a run over corpus/ gives: a row's id, else the path without its suffix."""
        return str(self.front["id"]) if self.kind in BUNDLES else f"{self.part}/{self.front['id']}"


def build(marked_folder: Path = HERE / "marked") -> dict[str, bytes]:
    """Every file that the marked articles yield: its path below corpus/ → its bytes."""
    files = {".veilleignore": "".join(line + "\n" for line in IGNORED).encode()}
    for part in (*HALVES, TRAIN):
        if pieces := read_part(part, marked_folder):
            files |= (_article_files(pieces) if part in HALVES else {}) | {f"gold/{part}.jsonl": _gold(pieces)}
    return files


def read_part(part: str, marked_folder: Path = HERE / "marked") -> list[Piece]:
    """The articles of one part, by file name. Raises MarkError, naming file and line, where a mark cannot be right."""
    return [_read_piece(path, part) for path in sorted((marked_folder / part).glob("*.txt"))]


def _read_piece(path: Path, part: str) -> Piece:
    head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    front, first_line = _read_front(head, path), head.count("\n") + 4
    if front["format"] == "md":
        prefix = write_front_matter(front)
        return Piece(part, front, parse_marks(prefix + body, name=path.name, first_line=first_line - prefix.count("\n")))
    marked = parse_marks(body, name=path.name, first_line=first_line)
    if front["format"] != "html":
        return Piece(part, front, marked)
    page = tuple(line for line in marked.text.split("\n") if line.strip())
    return Piece(part, front, parse_marks("\n".join(extracted_lines(body.split("\n"))), name=path.name), page)


def _read_front(head: str, path: Path) -> dict[str, Any]:
    front: dict[str, Any] = YAML(typ="safe").load(head)
    if unknown := sorted(front.keys() - FIELDS):
        raise MarkError(f"{path.name}:1: unknown field {unknown[0]!r} in the front matter")
    if front["id"] != path.stem:
        raise MarkError(f"{path.name}:1: the id {front['id']!r} is not the file's name")
    front["published"] = str(front["published"]) if front["published"] else None
    return front


def _article_files(pieces: list[Piece]) -> dict[str, bytes]:
    part, files = pieces[0].part, {}
    for piece in pieces:
        path = f"{part}/{piece.front['id']}.{piece.kind}"
        if piece.kind == "html":
            files[path] = write_page(piece.page, piece.front).encode()
        elif piece.kind not in BUNDLES:
            files[path] = piece.marked.text.encode(piece.front.get("encoding", "utf-8"))
    for kind, write in BUNDLES.items():
        if rows := [_bundle_row(piece) for piece in pieces if piece.kind == kind]:
            files[f"{part}/articles.{kind}"] = write(rows)
    return files


def _bundle_row(piece: Piece) -> dict[str, Any]:
    front = piece.front
    row = {key: front.get(key) for key in ("id", "title", "published", "url", "outlet")}
    return row | {"authors": list(front.get("authors") or []), "text": piece.marked.text}


def _gold(pieces: list[Piece]) -> bytes:
    lines = []
    for piece in sorted(pieces, key=lambda piece: piece.doc_id):
        known = {key: piece.front[key] for key in ("published", "genre", "invented")}
        row = {"doc_id": piece.doc_id, **known, "text": piece.marked.text, **gold_layers(piece.marked)}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def main(arguments: list[str]) -> int:
    """Write the corpus, or print the doubts; 2 where a mark cannot be right."""
    try:
        if arguments == ["--doubts"]:
            for part in (*HALVES, TRAIN):
                for piece in read_part(part):
                    print("\n".join(find_doubts(piece.marked)))
            return 0
        files = build()
    except MarkError as error:
        print(error, file=sys.stderr)
        return 2
    for name, content in files.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
