"""What every annotation format can hold of an article, and how all of it comes back.

An article is gold as `corpus/README.md` describes it: a text, and six lists of items with offsets. A tool knows a text and
marks with a label; what else an item says (its value, its speaker, …) travels beside, in whatever room the format has for
metadata, as the whole article without its text (`origin`). Coming back, the marks are believed and the rest is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import UsageError
from pipeline.model import AMOUNT_KINDS, DATE_KINDS, ENTITY_TYPES, EVENT_TYPES

Item = dict[str, Any]
LABEL_KEYS: Mapping[str, str | None] = {
    "entities": "type",
    "amounts": "kind",
    "dates": "kind",
    "quotes": None,
    "roles": None,
    "events": "type",
}
"""The lists of an article, and which key of an item is its label: quotations and roles have one label each."""
LABELS: Mapping[str, tuple[str, ...]] = {
    "entities": ENTITY_TYPES,
    "amounts": AMOUNT_KINDS,
    "dates": DATE_KINDS,
    "quotes": ("quote",),
    "roles": ("role",),
    "events": EVENT_TYPES,
}
LAYER_OF: Mapping[str, str] = {label: layer for layer, labels in LABELS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with its label. `id` is the item's own id, or made of its list and number; None where a tool has none for it."""

    id: str | None
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks. `origin` is the article that they were made of, its text left out; None for one made elsewhere."""

    doc_id: str
    text: str
    marks: tuple[Mark, ...]
    origin: Mapping[str, Any] | None


def mark_article(article: Mapping[str, Any]) -> Marked:
    """The article as marks; items without a span stay in `origin` alone."""
    origin = {key: None if key == "text" else value for key, value in article.items()}
    return Marked(article["doc_id"], article["text"], tuple(_marks(article)), origin)


def read_article(marked: Marked) -> Item:
    """The article that the marks say: unchanged where no mark was; a changed mark changes its item, a new one adds an item.

    Raises UsageError where the text is not the one that was marked, or a label is none of ours.
    """
    origin = marked.origin or {"doc_id": marked.doc_id, "text": None}
    known = {str(mark.id): (mark, layer, item) for mark, layer, item in _items(origin)}
    marks = tuple(_recognized(marked.marks, [mark for mark, _, _ in known.values()]))
    there = {mark.id: mark for mark in marks if mark.id is not None}
    added = [mark for mark in marks if mark.id not in known or LAYER_OF[mark.label] != known[mark.id][1]]
    article = {key: marked.text if key == "text" else value for key, value in origin.items()}
    for layer in LABEL_KEYS:
        if layer in origin or any(LAYER_OF[mark.label] == layer for mark in added):
            old = [id_ for id_ in known if known[id_][1] == layer and there.get(id_, _GONE).label in LABELS[layer]]
            kept = [_moved(known[id_][2], known[id_][0], there[id_], marked) for id_ in old]
            new = [_new(mark, marked.text) for mark in added if LAYER_OF[mark.label] == layer]
            article[layer] = [*kept, *new, *(item for item in origin.get(layer, ()) if "start" not in item)]
    return article


_GONE = Mark(None, 0, 0, "")


def _marks(article: Mapping[str, Any]) -> Iterator[Mark]:
    for mark, _, _ in _items(article):
        yield mark


def _items(article: Mapping[str, Any]) -> Iterator[tuple[Mark, str, Item]]:
    """Every item with a span, as the mark that stands for it, and the list that it is in."""
    for layer, key in LABEL_KEYS.items():
        for number, item in enumerate(article.get(layer, ())):
            if "start" in item:
                label = item[key] if key else LABELS[layer][0]
                yield Mark(str(item.get("id", f"{layer}-{number}")), item["start"], item["end"], label), layer, item


def _recognized(marks: Iterable[Mark], known: Sequence[Mark]) -> Iterator[Mark]:
    """The marks with the ids of those that they were: tools number anew, so that place and label tell, the surest first."""
    marks = list(marks)
    for mark in marks:
        if mark.label not in LAYER_OF:
            raise UsageError(f"no label {mark.label!r}; there are {', '.join(LAYER_OF)}")
    free = {mark.id: mark for mark in known}
    for number, mark in enumerate(marks):
        if mark.id in free:
            del free[mark.id]
        else:
            marks[number] = replace(mark, id=None)
    for same in (_exactly, _in_place, _overlapping):
        for number, mark in enumerate(marks):
            if mark.id is None and (old := next((other for other in free.values() if same(mark, other)), None)):
                marks[number] = replace(mark, id=old.id)
                del free[old.id]
    yield from marks


def _exactly(mark: Mark, other: Mark) -> bool:
    return (mark.start, mark.end, mark.label) == (other.start, other.end, other.label)


def _in_place(mark: Mark, other: Mark) -> bool:
    return (mark.start, mark.end) == (other.start, other.end)


def _overlapping(mark: Mark, other: Mark) -> bool:
    return mark.label == other.label and mark.start < other.end and other.start < mark.end


def _moved(item: Item, old: Mark, mark: Mark, marked: Marked) -> Item:
    """The item as its mark says; itself where nothing changed."""
    text = marked.text[mark.start : mark.end]
    if _exactly(mark, old):
        if item.get("text", text) != text:
            raise UsageError(
                f"{marked.doc_id}: {item['text']!r} is not at {old.start}: the text is not the one that was exported"
            )
        return item
    key = LABEL_KEYS[LAYER_OF[mark.label]]
    said: Item = {name: text for name in ("text", "role") if name in item}
    return {**item, "start": mark.start, "end": mark.end, **said, **({key: mark.label} if key else {})}


def _new(mark: Mark, text: str) -> Item:
    """The item of a mark that nobody knew: what the mark does not say is null."""
    words = text[mark.start : mark.end]
    place = {"start": mark.start, "end": mark.end, "text": words}
    rest: Mapping[str, Item] = {
        "entities": {"type": mark.label, "canonical": words},
        "amounts": {"kind": mark.label, "min": None, "max": None, "unit": None, "qualifier": None},
        "dates": {"kind": mark.label, "value": None},
        "quotes": {"speaker": None},
        "roles": {"person": None, "role": words, "org": None},
        "events": {"type": mark.label, "agents": [], "targets": [], "amount": None, "date": None},
    }
    return {**place, **rest[LAYER_OF[mark.label]]}
