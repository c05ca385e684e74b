"""CoNLL columns: a token a line with its offsets, and a column of BIO tags for each list of the article.

A column holds no overlaps and no span that begins or ends in a space: such items are left out of it, are named in the comment
`beside`, and come back as they were. Tokens are cut where a span begins or ends. Comments hold the text and all else, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.annotation.marks import LABEL_KEYS, LAYER_OF, Mark, Marked, mark_article
from pipeline.errors import DataError

_TOKEN = re.compile(r"\w+|[^\w\s]")
_COMMENT = re.compile(r"^# (newdoc|text|beside|origin) = (.*)$", re.MULTILINE)
_COLUMNS = ("FORM", "START", "END", *(layer.upper() for layer in LABEL_KEYS))


def write_conll(articles: Sequence[Marked], to: Path) -> None:
    """One file; articles begin with a comment `newdoc`, lines of the text are parted by an empty line."""
    to.write_bytes("".join(line for marked in articles for line in _lines(marked)).encode())


def read_conll(path: Path) -> Iterator[Marked]:
    """The articles. A tag that continues a span nobody began begins one, as is usual."""
    for number, block in _articles(path):
        head = {key: json.loads(value) for key, value in _COMMENT.findall(block)}
        if missing := [key for key in ("newdoc", "text") if key not in head]:
            raise DataError(path, f"no comment {missing[0]!r}", line=number, mend="keep the comments of the export")
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        marks = [mark for column, _ in enumerate(LABEL_KEYS, 3) for mark in _spans(rows, column)]
        if origin := head.get("origin"):
            beside = set(head.get("beside", ()))
            marks += [mark for mark in mark_article({**origin, "text": head["text"]}).marks if mark.id in beside]
        yield Marked(head["newdoc"], head["text"], tuple(marks), origin)


def _articles(path: Path) -> Iterator[tuple[int, str]]:
    """Each article's lines, with the number of the first."""
    text = path.read_bytes().decode()
    starts = [match.start() for match in re.finditer(r"^# newdoc = ", text, re.MULTILINE)]
    if not starts:
        raise DataError(path, "no article in it", mend="keep the comments of the export: # newdoc = …")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text.count("\n", 0, start) + 1, text[start:end]


def _lines(marked: Marked) -> Iterator[str]:
    held = {layer: _apart(marked, layer) for layer in LABEL_KEYS}
    beside = [m.id for m in marked.marks if m not in held[LAYER_OF[m.label]]]
    head = {"newdoc": marked.doc_id, "text": marked.text, "beside": beside, "origin": marked.origin}
    yield from (f"# {key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    yield f"# columns = {' '.join(_COLUMNS)}\n"
    tags = {layer: _tags(marks) for layer, marks in held.items()}
    last = 0
    for start, end in _tokens(marked):
        if "\n" in marked.text[last:start]:
            yield "\n"
        last = end
        row = (_tag(tags[layer], start) for layer in LABEL_KEYS)
        yield "\t".join((marked.text[start:end], str(start), str(end), *row)) + "\n"
    yield "\n"


def _apart(marked: Marked, layer: str) -> list[Mark]:
    """The marks of the list that a column can hold: of those that overlap, the first and longest."""
    kept: list[Mark] = []
    for mark in sorted((m for m in marked.marks if LAYER_OF[m.label] == layer), key=lambda m: (m.start, -m.end)):
        words = marked.text[mark.start : mark.end]
        if words == words.strip() and (not kept or kept[-1].end <= mark.start):
            kept.append(mark)
    return kept


def _tags(marks: Sequence[Mark]) -> Mapping[int, tuple[str, bool]]:
    return {at: (mark.label, at == mark.start) for mark in marks for at in range(mark.start, mark.end)}


def _tag(tags: Mapping[int, tuple[str, bool]], start: int) -> str:
    if start not in tags:
        return "O"
    label, begins = tags[start]
    return f"{'B' if begins else 'I'}-{label}"


def _tokens(marked: Marked) -> Iterator[tuple[int, int]]:
    """Words and signs, cut where marks begin and end."""
    cuts = sorted({bound for mark in marked.marks for bound in (mark.start, mark.end)})
    for token in _TOKEN.finditer(marked.text):
        inner = [cut for cut in cuts if token.start() < cut < token.end()]
        yield from zip((token.start(), *inner), (*inner, token.end()), strict=True)


def _spans(rows: Sequence[Sequence[str]], column: int) -> Iterator[Mark]:
    start, end, label = 0, 0, ""
    for row in (*rows, ("", "0", "0", *("O" for _ in LABEL_KEYS))):
        place, _, kind = row[column].partition("-")
        if label and (place != "I" or kind != label):
            yield Mark(None, start, end, label)
            label = ""
        if place != "O" and not label:
            start, label = int(row[1]), kind
        end = int(row[2])
