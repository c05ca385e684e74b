"""`veille export` to annotation tools and `veille import` from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from pipeline.annotation.brat import BESIDE, read_brat, write_brat
from pipeline.annotation.conll import read_conll, write_conll
from pipeline.annotation.docbin import read_docbin, write_docbin
from pipeline.annotation.from_tables import annotated_articles
from pipeline.annotation.jsons import (
    read_doccano,
    read_label_studio,
    read_prodigy,
    write_doccano,
    write_label_studio,
    write_prodigy,
)
from pipeline.annotation.marks import Item, Marked, mark_article, read_article
from pipeline.errors import DataError, UsageError
from pipeline.gold import read_gold
from pipeline.tables.derived import EXPORTS

Format = Literal["brat", "doccano", "label-studio", "prodigy", "conll", "spacy"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Form(NamedTuple):
    """One format: how it is written and how it is read."""

    write: Callable[[Sequence[Marked], Path], None]
    read: Callable[[Path], Iterator[Marked]]


FORMS: Mapping[Format, Form] = {
    "brat": Form(write_brat, read_brat),
    "doccano": Form(write_doccano, read_doccano),
    "label-studio": Form(write_label_studio, read_label_studio),
    "prodigy": Form(write_prodigy, read_prodigy),
    "conll": Form(write_conll, read_conll),
    "spacy": Form(write_docbin, read_docbin),
}


def export_annotations(source: Path, fmt: Format, to: Path | None = None) -> Path:
    """Where the articles of a run's folder, or of a gold file, were written to (by default into or beside it).

    Raises UsageError for a source that is neither.
    """
    articles = read_gold(source) if source.is_file() else annotated_articles(source)
    goal = to or (source.parent if source.is_file() else source) / EXPORTS[fmt]
    goal.parent.mkdir(parents=True, exist_ok=True)
    FORMS[fmt].write([mark_article(article) for article in articles], goal)
    return goal


def import_annotations(paths: Sequence[Path], out: Path, *, fmt: Format | None = None) -> int:
    """How many articles were written to the gold file `out`, in the order of the files. Raises UsageError."""
    articles = [article for path in paths for article in _read(path, fmt)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(_lines(articles)), encoding="utf-8")
    return len(articles)


def find_format(path: Path) -> Format:
    """The format of a file that `veille export` or a tool wrote. Raises UsageError where it cannot be told."""
    if path.is_dir():
        return "brat"
    by_suffix: Mapping[str, Format] = {".conll": "conll", ".spacy": "spacy", ".json": "label-studio"}
    if path.suffix in by_suffix:
        return by_suffix[path.suffix]
    if path.suffix == ".jsonl" and path.is_file():
        with path.open(encoding="utf-8", errors="replace") as lines:
            return "prodigy" if '"spans":' in lines.readline() else "doccano"
    raise UsageError(f"{path}: the format cannot be told: name it with --format {'|'.join(FORMATS)}")


def _read(path: Path, fmt: Format | None) -> Iterator[Item]:
    if not path.exists():
        raise UsageError(f"no such file: {path}")
    form = fmt or find_format(path)
    if form == "brat" and not (path / BESIDE).is_file() and not any(path.glob("*.ann")):
        raise UsageError(f"{path} holds no .ann files")
    try:
        yield from map(read_article, FORMS[form].read(path))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(path, f"not as {form} writes it: {error!r}") from error


def _lines(articles: Iterable[Item]) -> Iterator[str]:
    for article in articles:
        yield json.dumps(article, ensure_ascii=False) + "\n"
