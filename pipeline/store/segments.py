"""Rows kept between runs, in a folder of Parquet files that are written once and never changed.

Each row has a `key` made of all that went into it, so that two rows of one key are the same and a row never grows old: it is
looked up, or it is made. A file appears under its name when it is complete, so that a killed run leaves whole files behind.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pipeline.store.keys import NO_KEY, Keys, KeySet, Places, key_column
from pipeline.tables.read import read_file

STORE = "store"
"""The folder of all that is kept between runs, beside the tables."""
SMALL = 4096
"""Files of fewer rows are joined to files of at least so many, which take some 50 MB in memory."""
MOST_SMALL = 16
"""So many small files are left alone."""
_NOTE = "joined.json"
_AS_ADDED: Mapping[str, Any] = {"compression": "lz4", "use_dictionary": False, "write_statistics": False}
_AS_JOINED: Mapping[str, Any] = {"compression": "zstd"}
"""How files are written: what a batch adds in half the time, as it will be joined; what stays in half the bytes."""


class Segments:
    """The files of one kind of row. What other versions of veille wrote, under another schema or by other code, is not seen and
    swept away.

    A file whose end the disk lost is dropped: its rows are not there any more, and are made again.
    """

    def __init__(self, folder: Path, schema: pa.Schema, *, made_by: str = ""):
        """`made_by` is the code that makes the rows, where their keys say nothing of it."""
        made_of = hashlib.sha256((str(schema.remove_metadata()) + made_by).encode()).hexdigest()[:12]
        self.schema, self._home, self._folder = schema, folder, folder / made_of
        self._finish()
        self._known: KeySet | None = None

    @property
    def known(self) -> KeySet:
        """The keys of all rows."""
        if self._known is None:
            self._known = KeySet(key_column(self.keys()["key"]))
        return self._known

    def let_go(self) -> None:
        """Hold no keys in memory until somebody asks for them again."""
        self._known = None

    @property
    def files(self) -> list[Path]:
        """The files, by name."""
        return sorted(self._folder.glob("*.parquet"))

    def keys(self, *columns: str) -> pa.Table:
        """The key of every row, with further columns."""
        schema = pa.schema([self.schema.field(name) for name in ("key", *columns)])
        read = (_read_whole(file, schema.names) for file in self.files)
        return pa.concat_tables([schema.empty_table(), *(rows for rows in read if rows is not None)])

    def resolved(self, keys: Keys, column: str) -> Keys:
        """The keys, each replaced by what the row of that key has in the column, where that is anything."""
        rows = self.keys(column).drop_null()
        places = Places(key_column(rows["key"])).find(keys)
        return np.where(places < 0, keys, np.append(key_column(rows[column]), NO_KEY)[places])

    def add(self, rows: pa.Table) -> None:
        """Keep the rows that are not there yet."""
        keys = key_column(rows["key"])
        new = rows.filter(pa.array(~self.known.holds(keys)))
        if len(new):
            self._write(new)
            self.known.add(keys)

    def read(self, wanted: Keys) -> Iterator[pa.Table]:
        """The rows of those keys, a file at a time."""
        keys = KeySet(wanted)
        for file in self.files if len(wanted) else ():
            if _held(read_file(file, ["key"]), keys).any():
                rows = read_file(file)
                yield rows.filter(pa.array(_held(rows, keys)))

    def join(self) -> None:
        """Join small files where they are many: whoever asks something of all rows opens each."""
        rows = ((file, _read_whole(file, ["key"])) for file in self.files)
        small = [file for file, keys in rows if keys is not None and len(keys) < SMALL]
        if len(small) > MOST_SMALL:
            self._join(small)

    def sweep(self, live: Keys, *, every: bool = False) -> None:
        """Join small files, and drop rows that are not `live`: from files that hold more of these than others, or `every` one."""
        self.let_go()
        for other in self._home.glob("*"):
            if other != self._folder:
                shutil.rmtree(other)
        keys = KeySet(live)
        stale, small = [], []
        for file in self.files:
            held = _held(read_file(file, ["key"]), keys)
            dead = len(held) - held.sum()
            if 2 * dead > len(held) or (dead and every):
                stale.append(file)
            elif len(held) < SMALL:
                small.append(file)
        self._join([*stale, *(small if len(small) > MOST_SMALL else ())], keys)

    def _join(self, files: Sequence[Path], live: KeySet | None = None) -> None:
        """Write the rows of the files anew, or the live ones of them, as files that are not small."""
        tables: list[pa.Table] = []
        done: list[Path] = []
        for file in files:
            rows = read_file(file)
            tables.append(rows if live is None else rows.filter(pa.array(_held(rows, live))))
            done.append(file)
            if sum(map(len, tables)) >= SMALL or file == files[-1]:
                self._replace(done, pa.concat_tables(tables))
                tables, done = [], []

    def _replace(self, old: Sequence[Path], rows: pa.Table) -> None:
        """Put the rows in the place of the old files; from the note a run after a crash knows what to finish."""
        new = self._write(rows, ".joined", _AS_JOINED) if len(rows) else None
        note = {"new": new.name if new else None, "old": [file.name for file in old]}
        staged = self._folder / f"{_NOTE}.part"
        staged.write_text(json.dumps(note), encoding="utf-8")
        staged.replace(self._folder / _NOTE)
        self._finish()

    def _finish(self) -> None:
        note = self._folder / _NOTE
        if note.is_file():
            told = _read_note(note)
            for name in told["old"]:
                (self._folder / name).unlink(missing_ok=True)
            if told["new"] and (self._folder / told["new"]).exists():
                (self._folder / told["new"]).replace((self._folder / told["new"]).with_suffix(".parquet"))
            note.unlink()

    def _write(self, rows: pa.Table, ending: str = ".parquet", how: Mapping[str, Any] = _AS_ADDED) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256("\n".join(rows["key"].to_pylist()).encode()).hexdigest()[:32]
        staged = self._folder / f"{name}.part"
        pq.write_table(rows, staged, row_group_size=1024, **how)
        return staged.replace(staged.with_suffix(ending))


def _held(rows: pa.Table, keys: KeySet) -> NDArray[np.bool_]:
    """Which of the rows have one of the keys.

    Arrow's `is_in` makes a table of all keys anew for each file: slow, and rows that stay lie between those tables in memory.
    """
    return keys.holds(key_column(rows["key"]))


def _read_whole(file: Path, columns: list[str]) -> pa.Table | None:
    """The columns of a file; None, and no file any more, where it is damaged."""
    try:
        return read_file(file, columns)
    except pa.ArrowInvalid as error:
        logging.getLogger("veille").warning(f"{file} is damaged ({error}): what it held is made again")
        file.unlink()
        return None


def _read_note(note: Path) -> Mapping[str, Any]:
    """What is to be finished; nothing where the note is damaged, as the files that were to be joined are still there then."""
    try:
        return json.loads(note.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    except ValueError:
        return {"new": None, "old": ()}
