"""Tables read back from an output folder."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.address import is_address
from pipeline.errors import UsageError
from pipeline.tables.remote import current_set
from pipeline.tables.schemas import TABLES

if TYPE_CHECKING:
    import pandas as pd

_MEND = "remove the folder and run again on all articles"


def read_arrow(folder: Path | str, table: str, *, columns: Sequence[str] | None = None) -> pa.Table:
    """One table of an output folder (or address) as Arrow, be it a file or a folder of part files; of it those `columns`.

    Raises UsageError.
    """
    if table not in TABLES:
        raise UsageError(f"no table {table!r}; there are {', '.join(TABLES)}")
    if is_address(folder):
        return _read_there(str(folder), table, columns)
    return _read(_place(Path(folder), table), columns)


def files_of(folder: Path, table: str) -> list[Path]:
    """The files of one table of an output folder. Raises UsageError where there is none."""
    place = _place(folder, table)
    return sorted(place.glob("*.parquet")) if place.is_dir() else [place]


def refuse_damaged(files: Iterable[Path], columns: Sequence[str]) -> None:
    """Raise UsageError for the first file of a table that these columns cannot be read of."""
    for file in files:
        with whole(file, mend=_MEND):
            read_file(file, columns)


def _place(folder: Path, table: str) -> Path:
    for path in (folder / f"{table}.parquet", folder / table):
        if path.exists():
            return path
    raise _without(folder, table)


def _read_there(address: str, table: str, columns: Sequence[str] | None) -> pa.Table:
    """Read here, not by a thread of Arrow's that still holds the driver when the process ends."""
    files, folder = current_set(address)
    parts = [path for path in files.find(folder) if path.startswith((f"{folder}/{table}.parquet", f"{folder}/{table}/"))]
    if not parts:
        raise _without(address, table)
    return pa.concat_tables([_read_part(files, path, columns) for path in sorted(parts)]).unify_dictionaries()


def _read_part(files: Any, path: str, columns: Sequence[str] | None) -> pa.Table:
    with files.open(path) as stream:
        return read_file(stream, columns)


def read_file(file: Path | BinaryIO, columns: Sequence[str] | None = None) -> pa.Table:
    """The columns of one file, all by default. `pq.read_table` looks for more than one, at the cost of a small file."""
    with pq.ParquetFile(file) as opened:
        rows = opened.read(columns and list(columns))
        return rows.select(columns) if columns else rows


def _without(place: Path | str, table: str) -> UsageError:
    return UsageError(f"{place} holds no table {table!r}: is it what `veille run` wrote to?")


def _read(path: Path, columns: Sequence[str] | None) -> pa.Table:
    with whole(path, mend=_MEND):
        return pq.read_table(path, columns=columns and list(columns)).unify_dictionaries()


def read_summary(folder: Path) -> Mapping[str, Any]:
    """What the run says of itself in `run.json`; nothing where there is none. Raises UsageError for a damaged one."""
    path = folder / "run.json"
    with whole(path):
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@contextmanager
def whole(
    path: Path, *, mend: str = "remove it and run again: where articles are missing then, their files are named"
) -> Iterator[None]:
    """Tell that a file which a run wrote is damaged, with the way out, where what is done in the block cannot read it."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, KeyError, csv.Error) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        what = f"{path} is damaged ({(str(error) or repr(error)).splitlines()[0]})"
        raise UsageError(f"{what}: put it back from a backup, or {mend}") from error


def rows_by_article(folder: Path, table: str) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of one table by the id of their article, in their order; an article without any has none. Raises UsageError."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_arrow(folder, table).to_pylist():
        grouped[row["article_id"]].append(row)
    return grouped


class TablesOf(Mapping[str, pa.Table]):
    """The tables of an output folder by name, each read when it is asked for."""

    def __init__(self, folder: Path):
        self._folder = folder

    def __getitem__(self, name: str) -> pa.Table:
        return read_arrow(self._folder, name)

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def read_table(folder: Path | str, table: str) -> pd.DataFrame:
    """One table of an output folder as a pandas frame with Arrow types (decimals exact, dates as dates)."""
    import pandas as pd

    frame: pd.DataFrame = read_arrow(folder, table).to_pandas(types_mapper=pd.ArrowDtype)
    return frame
