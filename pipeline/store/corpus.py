"""Which articles make up the corpus: what each input file gave when it was last read, and which of articles with one id counts.

A file that is given again takes the place of what it gave before. A file that is not given again stays, and so do articles that
have gone from a file: nothing but `forget` takes an article out of the corpus. All of it stays in columns, as articles are many.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.model import Issue
from pipeline.read.articles import repeated_id
from pipeline.store.keys import KeySet, key_column

FILE = ".corpus.parquet"
_ISSUE = ("article_id", "source", "stage", "code", "detail", "fatal")
_ITEM = pa.struct([("article_id", pa.string()), ("key", pa.string()), ("length", pa.int32())])
_ISSUES = pa.list_(pa.struct([*((name, pa.string()) for name in _ISSUE if name != "fatal"), ("fatal", pa.bool_())]))
SCHEMA = pa.schema(
    [("name", pa.string()), ("stamp", pa.string()), ("turn", pa.int32()), ("items", pa.list_(_ITEM)), ("issues", _ISSUES)],
    metadata={"description": "what each input file gave; veille reads it, and nobody else need"},
)
"""One row for each time that a file was read: its articles, each with the key of what it says and how many characters that is.

`stamp` stands for the file's bytes, `turn` counts the runs that read anything.
"""
_RANKS = [
    ("article_id", "ascending"),
    *((name, "descending") for name in ("turn", "length")),
    ("key", "ascending"),
    ("name", "ascending"),
]
_AT_A_TIME = 4096
"""Articles that are held as Python's objects while deliveries are made."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that count (`article_id`, `source`, `key`), by id, the issues of reading, and the deliveries of both."""

    members: pa.Table
    issues: tuple[Issue, ...]
    deliveries: pa.Table


@dataclass
class Deliveries:
    """Deliveries in the making: files one after another, each with its articles and issues."""

    turn: int
    _names: list[str] = field(default_factory=list)
    _stamps: list[str | None] = field(default_factory=list)
    _ends: array[int] = field(default_factory=lambda: array("q", [0]))
    _issues: list[list[dict[str, Any]]] = field(default_factory=list)
    _waiting: list[tuple[str, str, int]] = field(default_factory=list)
    _items: list[pa.Array] = field(default_factory=list)

    def open(self, name: str, stamp: str | None) -> None:
        """What comes now comes from the file of that name."""
        self._names.append(name)
        self._stamps.append(stamp)
        self._ends.append(self._ends[-1])
        self._issues.append([])

    def add(self, article_id: str, key: str, length: int) -> None:
        """An article of the file."""
        self._ends[-1] += 1
        self._waiting.append((article_id, key, length))
        if len(self._waiting) >= _AT_A_TIME:
            self._settle()

    def refuse(self, issue: Issue) -> None:
        """An issue of the file."""
        self._issues[-1].append({name: getattr(issue, name) for name in _ISSUE})

    def again(self) -> None:
        """Have the file read anew by the next run."""
        self._stamps[-1] = None

    def table(self) -> pa.Table:
        """All of them."""
        self._settle()
        items = pa.ListArray.from_arrays(pa.array(self._ends, pa.int32()), pa.concat_arrays(self._items))
        turns = pa.array([self.turn] * len(self._names), pa.int32())
        return pa.table([self._names, self._stamps, turns, items, pa.array(self._issues, _ISSUES)], schema=SCHEMA)

    def _settle(self) -> None:
        columns = zip(*self._waiting, strict=True) if self._waiting else ((), (), ())
        arrays = [pa.array(column, part.type) for column, part in zip(columns, _ITEM, strict=True)]
        self._items.append(pa.StructArray.from_arrays(arrays, fields=list(_ITEM)))
        self._waiting = []


def load_deliveries(folder: Path) -> pa.Table:
    """The deliveries of the run that wrote the tables in `folder`; none where there was no run.

    Raises UsageError where the file is damaged, or of a version whose columns differ.
    """
    if not (folder / FILE).is_file():
        return SCHEMA.empty_table()
    try:
        return pq.read_table(folder / FILE, schema=SCHEMA)
    except pa.ArrowInvalid as error:
        what = f"{folder / FILE} is damaged, or of another version ({str(error).splitlines()[0]})"
        mend = "put it back from a backup, or remove it and give all articles again"
        raise UsageError(f"{what}: {mend}") from error


def save_deliveries(deliveries: pa.Table, folder: Path) -> None:
    """Write the deliveries beside the tables that were made of them."""
    pq.write_table(deliveries, folder / FILE, compression="zstd")


def articles_of(deliveries: pa.Table) -> pa.Table:
    """One row an article: the columns of its item, the number of its delivery (`row`), and that one's `name` and `turn`."""
    items = deliveries["items"].combine_chunks()
    rows, parts = pc.list_parent_indices(items), pc.list_flatten(items)
    columns = {part.name: pc.struct_field(parts, part.name) for part in _ITEM}
    return pa.table({**columns, "row": rows, "name": deliveries["name"].take(rows), "turn": deliveries["turn"].take(rows)})


def assemble(deliveries: pa.Table) -> Corpus:
    """The corpus of all deliveries.

    Of articles with one id those of the last turn count; of these the one with the longest text (the others are mostly teasers
    of it), among equals that with the smallest key: which row comes first in a file makes no difference. Each other of that turn
    is an issue; articles of earlier turns have been replaced.
    """
    articles = articles_of(deliveries)
    order = pc.sort_indices(articles, sort_keys=_RANKS)
    ranked = articles.take(order)
    is_first = _changes(ranked["article_id"])
    first = np.flatnonzero(is_first)[np.cumsum(is_first) - 1]
    counts = ranked["turn"].to_numpy() == ranked["turn"].to_numpy()[first]
    members = ranked.filter(pa.array(is_first)).select(["article_id", "name", "key"])
    kept = np.empty(len(counts), dtype=np.bool_)
    kept[order.to_numpy()] = counts
    current = _only(deliveries, "items", kept)
    current = current.filter(pc.greater(pc.add(*(pc.list_value_length(current[name]) for name in ("items", "issues"))), 0))
    current = current.sort_by([("name", "ascending"), ("turn", "descending")])
    others = np.flatnonzero(counts & ~is_first)
    issues = (*_issues(current), *_repeated(ranked.take(others), ranked["name"].take(first[others])))
    return Corpus(members.rename_columns(["article_id", "source", "key"]), issues, current)


def replace_deliveries(old: pa.Table, new: pa.Table) -> pa.Table:
    """The old deliveries and the new ones; what a file says of itself in an issue holds until it is read again."""
    again = pc.is_in(old["name"], new["name"].combine_chunks())
    before = old.filter(again)
    nothing = [pa.nulls(len(before), pa.string()), pa.array([[]] * len(before), _ISSUES)]
    for name, column in zip(("stamp", "issues"), nothing, strict=True):
        before = with_column(before, name, column)
    return pa.concat_tables([old.filter(pc.invert(again)), before, new])


def forget_articles(deliveries: pa.Table, ids: Collection[str]) -> pa.Table:
    """The deliveries without the articles of those ids, and without the issues that name them; their files count as unread."""
    gone, left = pa.array(sorted(ids), pa.string()), deliveries
    for name in ("items", "issues"):
        named = pc.struct_field(pc.list_flatten(deliveries[name].combine_chunks()), "article_id")
        left = _only(left, name, ~pc.is_in(named, gone).to_numpy(zero_copy_only=False))
    whole = pc.equal(pc.list_value_length(left["items"]), pc.list_value_length(deliveries["items"]))
    return with_column(left, "stamp", pc.if_else(whole, left["stamp"], None))


def by_stamp(deliveries: pa.Table, held: KeySet) -> Mapping[str, int]:
    """By stamp the rows of the deliveries whose files need not be read again while it stays: all their articles are `held`."""
    articles = articles_of(deliveries)
    lost = articles["row"].filter(pa.array(~held.holds(key_column(articles["key"]))))
    undated = [row for row, issues in enumerate(deliveries["issues"].to_pylist()) if any(i["code"] == "bad_date" for i in issues)]
    not_whole = {*lost.to_pylist(), *undated}
    return {stamp: row for row, stamp in enumerate(deliveries["stamp"].to_pylist()) if stamp and row not in not_whole}


def _changes(column: pa.ChunkedArray) -> Any:
    """For each value whether it is another than the one before."""
    changes = np.ones(len(column), dtype=np.bool_)
    changes[1:] = pc.not_equal(column.slice(1), column.slice(0, max(0, len(column) - 1))).to_numpy()
    return changes


def _only(deliveries: pa.Table, name: str, kept: Any) -> pa.Table:
    """The deliveries with those alone of the parts in their lists of that name."""
    lists = deliveries[name].combine_chunks()
    counts = np.bincount(pc.list_parent_indices(lists).to_numpy()[kept], minlength=len(lists))
    ends = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    return with_column(
        deliveries, name, pa.ListArray.from_arrays(ends, pc.list_flatten(lists).filter(pa.array(kept)), lists.type)
    )


def with_column(deliveries: pa.Table, name: str, column: pa.Array) -> pa.Table:
    """The deliveries with that column in the place of their own."""
    return deliveries.set_column(SCHEMA.get_field_index(name), SCHEMA.field(name), column)


def _issues(deliveries: pa.Table) -> Iterator[Issue]:
    return (Issue(**issue) for issues in deliveries["issues"].to_pylist() for issue in issues)


def _repeated(others: pa.Table, places: pa.ChunkedArray) -> Iterator[Issue]:
    """What is to be said of articles that give way to one of the same id, each in its place."""
    for article_id, source, place in zip(
        *(column.to_pylist() for column in (others["article_id"], others["name"], places)), strict=True
    ):
        yield repeated_id(article_id, source=source, place=place)
