"""Inputs → deliveries: each file is read once and then again only when its bytes have changed.

To read a web page takes as long as to find what it says, so workers share the files out once they are there. What is found in one
depends on all of them, as their lines tell what outlets repeat.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.about import code_fingerprint
from pipeline.address import faults
from pipeline.columns import rows_of, table_of
from pipeline.engine.batches import Tools
from pipeline.engine.workers import Crew, Workers
from pipeline.lexicon import Lexicon, Part
from pipeline.model import Article, Issue
from pipeline.read.articles import Found, items_of, pieces_of, read_source, until_refused
from pipeline.read.fields import Reading
from pipeline.read.pieces import Piece
from pipeline.read.sources import STDIN, Source, find_sources
from pipeline.settings import Settings
from pipeline.store.articles import article_key, article_rows
from pipeline.store.corpus import Deliveries, by_stamp, with_column
from pipeline.store.keys import key_column
from pipeline.store.segments import Segments

CODE = ("errors.py", "lexicon", "model", "publication.py", "read", "store/articles.py", "text.py")
"""What reads a file beside the settings: where it changes, files are read again, and nothing else if they still say the same."""
_UNHEEDED = {"rules", "batch_size", "workers", "parallel_from", "scheduler", "part_rows", "wait", "bounds"}
AT_A_TIME = 512
"""Articles held in memory while inputs are read."""
MOST_BYTES, MOST_FILES = 1 << 20, 16
"""What workers are given at a time. A larger file is opened by the run itself, and read by them in pieces as it comes."""
_NAMED = tuple(field.name for field in dataclasses.fields(Source))
FILES = pa.schema([*((name, pa.string()) for name in (*_NAMED, "stamp")), ("content", pa.binary())])
"""A file to read, with what tells its content from others."""
PIECES = pa.schema(
    [
        ("number", pa.int64()),
        *((name, pa.string()) for name in ("name", "key", "format")),
        ("contents", pa.list_(pa.binary())),
        ("first", pa.int64()),
        *((name, pa.string()) for name in ("url", "charset")),
    ]
)
"""Pieces of a file, in their order."""
WORKER_DIED = "worker_died"
_DIED = "the process that read the file died, twice; it is tried anew in the next run"
_New = tuple[Source, str | None]
_Read = tuple[str, str | None, Iterable[Article | Issue]]
"""A file's name and stamp, and what it holds."""


class Reader:
    """Reads files into the store of articles, which keeps each once, whatever file it stands in."""

    def __init__(self, store: Segments, settings: Settings, lexicon: Lexicon, *, crew: Crew, today: dt.date | None = None):
        """The `crew` is called as soon as there is enough to do for it."""
        self._store, self._settings, self._today, self._crew = store, settings, today, crew
        self._new = 0
        heeded = settings.model_dump(mode="json", exclude=_UNHEEDED)
        self._read_by = (code_fingerprint(*CODE), Part(words=("fields",)).fingerprint(lexicon), sorted(heeded.items()))
        self._waiting: dict[str, Article] = {}

    def read(self, inputs: Sequence[Path | str], known: pa.Table) -> pa.Table:
        """What each file of `inputs` gives, whether it is read now or was `known` before."""
        turn = 1 + (pc.max(known["turn"]).as_py() or 0)
        read, earlier, again = Deliveries(turn), by_stamp(known, self._store.known), array("q")
        new: list[_New] = []
        for source in find_sources(inputs):
            stamp = self._stamp(source)
            if stamp and stamp in earlier:
                again.append(earlier[stamp])
            else:
                new.append((source, stamp))
        self._crew.call(len(new))
        for name, stamp, items in self._read(iter(new)):
            read.open(name, stamp)
            self._take(items, read)
        self._flush()
        before = known.take(pa.array(again, pa.int64()))
        return pa.concat_tables([with_column(before, "turn", pa.array([turn] * len(again), pa.int32())), read.table()])

    def _read(self, files: Iterator[_New]) -> Iterator[_Read]:
        """What the files hold, one after the other; from when the workers are there, in the order in which they are done."""
        for source, stamp in files:
            if (workers := self._crew.ready()) is not None:
                yield from self._shared(workers, chain([(source, stamp)], files))
            else:
                yield self._one(source, stamp)

    def _shared(self, workers: Workers, files: Iterable[_New]) -> Iterator[_Read]:
        large: list[_New] = []
        for batch, outcome in workers.do(read_files, _batches(files, large)):
            if outcome is None:
                (name,) = batch["name"].to_pylist()
                yield name, None, [_died(name)]
            else:
                yield from zip(batch["name"].to_pylist(), batch["stamp"].to_pylist(), outcome, strict=True)
        for source, stamp in large:
            yield self._one(source, stamp)

    def _one(self, source: Source, stamp: str | None) -> _Read:
        pieces = pieces_of(source, self._settings, self._today)
        return source.name, stamp, until_refused(self._items(pieces), source, self._settings)

    def _items(self, found: Iterator[Found]) -> Iterator[Article | Issue]:
        """What a file holds, in its order; from when the workers are there, they read the pieces."""
        for are_pieces, some in groupby(found, lambda each: isinstance(each, Piece)):
            pieces = cast("Iterator[Piece]", some)
            for piece in pieces:
                if are_pieces and (workers := self._crew.ready()) is not None:
                    yield from _in_turn(workers.do(read_pieces, _some(chain([piece], pieces))))
                else:
                    yield from items_of([piece], self._settings)

    def _take(self, items: Iterable[Article | Issue], read: Deliveries) -> None:
        for item in items:
            if isinstance(item, Issue):
                read.refuse(item)
                if item.code == WORKER_DIED:
                    read.again()
            else:
                key = article_key(item)
                read.add(item.article_id, key, len(item.text))
                self._waiting[key] = item
                if len(self._waiting) >= AT_A_TIME:
                    self._flush()

    def _stamp(self, source: Source) -> str | None:
        """What tells the file's content, and all by which it is read, from others; None for what can be read once or never."""
        if source.name == STDIN:
            return None
        try:
            with source.path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except faults():  # reading it says what is wrong
            return None
        return hashlib.sha256(repr((source.name, source.key, content, self._read_by)).encode()).hexdigest()

    def _flush(self) -> None:
        """Have the articles stored that are not yet."""
        is_held = self._store.known.holds(key_column(self._waiting))
        new = [article for article, held in zip(self._waiting.values(), is_held, strict=True) if not held]
        self._store.add(article_rows(new))
        self._waiting = {}
        self._new += len(new)
        self._crew.call(self._new)


def read_files(files: pa.Table, tools: Tools) -> list[list[Article | Issue]]:
    """What each of the files (`FILES`) holds."""
    return [list(read_source(_source(row), tools.settings, tools.today, row["content"])) for row in files.to_pylist()]


def read_pieces(pieces: pa.Table, tools: Tools) -> list[list[Article | Issue]]:
    """What each of the pieces (`PIECES`) holds."""
    read = []
    for _, name, key, kind, contents, *more in rows_of(pieces):
        piece = Piece(kind, Reading(name, key, tools.today), tuple(contents), *more)
        read.append(list(items_of([piece], tools.settings)))
    return read


def _some(pieces: Iterable[Piece]) -> Iterator[pa.Table]:
    """The pieces of a file with their numbers, some at a time."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    for number, piece in enumerate(pieces):
        name, key = piece.reading.source, piece.reading.key
        rows.append((number, name, key, piece.format, piece.contents, piece.first, piece.url, piece.charset))
        size += sum(len(content or b"") for content in piece.contents)
        if size >= MOST_BYTES:
            yield table_of(PIECES, rows)
            rows, size = [], 0
    if rows:
        yield table_of(PIECES, rows)


def _in_turn(read: Iterable[tuple[pa.Table, Any]]) -> Iterator[Article | Issue]:
    """What pieces of a file hold, in the order of their numbers."""
    waiting: dict[int, Iterable[Article | Issue]] = {}
    turn = 0
    for batch, outcome in read:
        found = [[_died(name)] for name in batch["name"].to_pylist()] if outcome is None else outcome
        waiting.update(zip(batch["number"].to_pylist(), found, strict=True))
        while turn in waiting:
            yield from waiting.pop(turn)
            turn += 1


def _died(name: str) -> Issue:
    return Issue(name, "read", WORKER_DIED, _DIED, fatal=True)


def _batches(files: Iterable[_New], large: list[_New]) -> Iterator[pa.Table]:
    """The files, some at a time, with what stands in them; the `large` ones are put there, and those that cannot be fetched."""
    rows: list[dict[str, object]] = []
    size = 0
    for source, stamp in files:
        content = _content(source)
        if content is None:
            large.append((source, stamp))
            continue
        if rows and (len(rows) == MOST_FILES or size + len(content) > MOST_BYTES):
            yield pa.Table.from_pylist(rows, schema=FILES)
            rows, size = [], 0
        rows.append(_row(source, stamp, content))
        size += len(content)
    if rows:
        yield pa.Table.from_pylist(rows, schema=FILES)


def _content(source: Source) -> bytes | None:
    if source.name == STDIN:
        return None
    try:
        with source.path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except faults():  # reading it says what is wrong
        return None
    return content if len(content) <= MOST_BYTES else None


def _row(source: Source, stamp: str | None, content: bytes) -> dict[str, object]:
    return {name: str(getattr(source, name)) for name in _NAMED} | {"stamp": stamp, "content": content}


def _source(row: Mapping[str, Any]) -> Source:
    return Source(**{name: row[name] for name in _NAMED} | {"path": Path(row["path"])})
