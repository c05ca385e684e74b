"""The formats that are JSON: doccano and Prodigy (an article a line), Label Studio (one list of tasks). All count code points.

All three hold overlapping spans. What they cannot hold (values, speakers, who did what) stands under the key `veille` of each
line or task. Prodigy and doccano number or drop the ids of spans, so that spans are known by their place when they come back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.annotation.marks import LAYER_OF, Mark, Marked
from pipeline.edited import read_edited
from pipeline.errors import DataError

BESIDE = "veille"
"""The key under which everything stands that a format has no room for."""


def write_doccano(articles: Sequence[Marked], to: Path) -> None:
    """A line an article, with entities and no relations, as doccano's sequence labelling reads them."""
    _write_lines(to, (_doccano(number, marked) for number, marked in enumerate(articles, 1)))


def read_doccano(path: Path) -> Iterator[Marked]:
    """The articles, with labels as entities or as triples, and metadata at the top or under `meta`."""
    for line in _read_lines(path):
        entities = line.get("entities") or ()
        marks = [Mark(None, e["start_offset"], e["end_offset"], e["label"]) for e in entities]
        marks += [Mark(None, start, end, label) for start, end, label in line.get("label") or line.get("labels") or ()]
        yield _marked(line, marks)


def write_prodigy(articles: Sequence[Marked], to: Path) -> None:
    """A task a line, with spans."""
    _write_lines(to, (_prodigy(marked) for marked in articles))


def read_prodigy(path: Path) -> Iterator[Marked]:
    """The tasks that were not rejected or passed over."""
    for line in _read_lines(path):
        if line.get("answer", "accept") == "accept":
            yield _marked(line, [Mark(s.get("id"), s["start"], s["end"], s["label"]) for s in line.get("spans") or ()])


def write_label_studio(articles: Sequence[Marked], to: Path) -> None:
    """The list of tasks; beside it, as .xml, the labelling interface that it needs."""
    tasks = [_task(number, marked) for number, marked in enumerate(articles, 1)]
    to.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    labels = "".join(f'    <Label value="{label}"/>\n' for label in LAYER_OF)
    view = f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'
    to.with_suffix(".xml").write_text(view, encoding="utf-8")


def read_label_studio(path: Path) -> Iterator[Marked]:
    """The tasks, each with the last of its annotations that was not cancelled."""
    for task in _parsed(path, read_edited(path), None):
        done = [a for a in task.get("annotations") or task.get("predictions") or () if not a.get("was_cancelled")]
        results = done[-1]["result"] if done else ()
        regions = ((r.get("id"), r["value"]) for r in results if r.get("type") == "labels")
        marks = [Mark(id_, v["start"], v["end"], label) for id_, v in regions for label in v["labels"]]
        yield _marked(task["data"], marks)


def _doccano(number: int, marked: Marked) -> dict[str, Any]:
    entities = [
        {"id": n, "label": mark.label, "start_offset": mark.start, "end_offset": mark.end}
        for n, mark in enumerate(marked.marks, 1)
    ]
    return {"id": number, "text": marked.text, "entities": entities, "relations": [], "Comments": [], **_beside(marked)}


def _prodigy(marked: Marked) -> dict[str, Any]:
    spans = [{"start": m.start, "end": m.end, "label": m.label, "id": m.id} for m in marked.marks]
    return {"text": marked.text, "spans": spans, "meta": {"doc_id": marked.doc_id}, "answer": "accept", **_beside(marked)}


def _task(number: int, marked: Marked) -> dict[str, Any]:
    result = [
        {
            "id": mark.id,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": marked.text[mark.start : mark.end],
                "labels": [mark.label],
            },
        }
        for mark in marked.marks
    ]
    data = {"text": marked.text, **_beside(marked)}
    return {"id": number, "data": data, "annotations": [{"id": number, "result": result}]}


def _beside(marked: Marked) -> dict[str, Any]:
    return {BESIDE: {"doc_id": marked.doc_id, "origin": marked.origin}}


def _marked(holder: dict[str, Any], marks: Iterable[Mark]) -> Marked:
    inner: dict[str, Any] = next((holder[key] for key in ("meta", "metadata") if isinstance(holder.get(key), dict)), {})
    beside = holder.get(BESIDE) or inner.get(BESIDE) or {}
    doc_id = beside.get("doc_id") or inner.get("doc_id") or holder.get("doc_id") or str(holder.get("id", ""))
    return Marked(doc_id, holder["text"], tuple(marks), beside.get("origin"))


def _write_lines(to: Path, rows: Iterable[Any]) -> None:
    to.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _read_lines(path: Path) -> Iterator[Any]:
    for number, line in enumerate(read_edited(path).split("\n"), 1):
        if line.strip():
            yield _parsed(path, line, number)


def _parsed(path: Path, text: str, line: int | None) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise DataError(path, f"no JSON: {error}", line=line) from error
