"""Which articles make up the corpus: what each input file gave when it was last read, and which of articles with one id counts.

A file that is given again takes the place of what it gave before. A file that is not given again stays, and so do articles that
have gone from a file: nothing but `forget` takes an article out of the corpus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.model import Issue
from pipeline.read.articles import repeated_id

FILE = ".corpus.parquet"
_ISSUE = ("article_id", "source", "stage", "code", "detail", "fatal")
_SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("stamp", pa.string()),
        ("turn", pa.int32()),
        ("items", pa.list_(pa.struct([("article_id", pa.string()), ("key", pa.string()), ("length", pa.int32())]))),
        (
            "issues",
            pa.list_(
                pa.struct([*((name, pa.string()) for name in _ISSUE if name != "fatal"), ("fatal", pa.bool_())]),
            ),
        ),
    ],
    metadata={"description": "what each input file gave; veille reads it, and nobody else need"},
)


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a file: its id, the key of what it says, and how many characters that is."""

    article_id: str
    key: str
    length: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one file gave in one run. `stamp` stands for its bytes, `turn` counts the runs that read anything."""

    name: str
    stamp: str | None
    turn: int
    items: tuple[Item, ...]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An article of the corpus, and the file that it comes from."""

    item: Item
    source: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that count, by id, the issues of reading, and the deliveries that they come from."""

    members: tuple[Member, ...]
    issues: tuple[Issue, ...]
    deliveries: tuple[Delivery, ...]


def load_deliveries(folder: Path) -> tuple[Delivery, ...]:
    """The deliveries of the run that wrote the tables in `folder`; none where there was no run.

    Raises UsageError where the file is damaged, or of a version whose columns differ.
    """
    if not (folder / FILE).is_file():
        return ()
    try:
        rows = pq.read_table(folder / FILE, schema=_SCHEMA).to_pylist()
    except pa.ArrowInvalid as error:
        what = f"{folder / FILE} is damaged, or of another version ({str(error).splitlines()[0]})"
        mend = "put it back from a backup, or remove it and give all articles again"
        raise UsageError(f"{what}: {mend}") from error
    return tuple(
        Delivery(
            row["name"],
            row["stamp"],
            row["turn"],
            tuple(Item(**item) for item in row["items"]),
            tuple(Issue(**issue) for issue in row["issues"]),
        )
        for row in rows
    )


def save_deliveries(deliveries: Iterable[Delivery], folder: Path) -> None:
    """Write the deliveries beside the tables that were made of them."""
    rows = [
        {
            "name": d.name,
            "stamp": d.stamp,
            "turn": d.turn,
            "items": [{"article_id": i.article_id, "key": i.key, "length": i.length} for i in d.items],
            "issues": [{name: getattr(issue, name) for name in _ISSUE} for issue in d.issues],
        }
        for d in deliveries
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), folder / FILE, compression="zstd")


def assemble(deliveries: Sequence[Delivery]) -> Corpus:
    """The corpus of all deliveries.

    Of articles with one id those of the last turn count; of these the one with the longest text (the others are mostly teasers
    of it), among equals that with the smallest key: which row comes first in a file makes no difference. Each other of that turn
    is an issue; articles of earlier turns have been replaced.
    """
    rivals: dict[str, list[tuple[int, int, str, str, Item]]] = defaultdict(list)
    for delivery in deliveries:
        for item in delivery.items:
            rivals[item.article_id].append((-delivery.turn, -item.length, item.key, delivery.name, item))
    members, issues, kept = [], [], set()
    for _, ranked in sorted(rivals.items()):
        first, *others = sorted(ranked, key=lambda rank: rank[:4])
        members.append(Member(first[-1], first[3]))
        same_turn = [other for other in others if other[0] == first[0]]
        issues += [repeated_id(other[-1].article_id, source=other[3], place=first[3]) for other in same_turn]
        kept |= {(rank[0], rank[3], rank[-1].article_id) for rank in (first, *same_turn)}
    left = (_without_replaced(delivery, kept) for delivery in deliveries)
    current = tuple(sorted((d for d in left if d.items or d.issues), key=lambda d: (d.name, -d.turn)))
    return Corpus(tuple(members), (*(i for d in current for i in d.issues), *issues), current)


def _without_replaced(delivery: Delivery, kept: Collection[tuple[int, str, str]]) -> Delivery:
    items = tuple(item for item in delivery.items if (-delivery.turn, delivery.name, item.article_id) in kept)
    return replace(delivery, items=items)


def replace_deliveries(old: Sequence[Delivery], new: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """The old deliveries and the new ones; what a file says of itself in an issue holds until it is read again."""
    read = {delivery.name for delivery in new}
    return (*(replace(d, issues=(), stamp=None) if d.name in read else d for d in old), *new)


def forget_articles(deliveries: Sequence[Delivery], ids: Collection[str]) -> tuple[Delivery, ...]:
    """The deliveries without the articles of those ids, and without the issues that name them; their files count as unread."""
    return tuple(
        replace(
            d,
            stamp=None if any(item.article_id in ids for item in d.items) else d.stamp,
            items=tuple(item for item in d.items if item.article_id not in ids),
            issues=tuple(issue for issue in d.issues if issue.article_id not in ids),
        )
        for d in deliveries
    )


def by_stamp(deliveries: Iterable[Delivery]) -> Mapping[str, Delivery]:
    """The deliveries whose files need not be read again as long as their stamp is the same."""
    return {d.stamp: d for d in deliveries if d.stamp and not any(issue.code == "bad_date" for issue in d.issues)}
