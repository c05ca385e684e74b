"""Tables read back from an output folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.address import is_address
from pipeline.errors import UsageError
from pipeline.tables.remote import current_set
from pipeline.tables.schemas import TABLES


def read_arrow(folder: Path | str, table: str) -> pa.Table:
    """One table of an output folder (or address) as Arrow, be it a file or a folder of part files. Raises UsageError."""
    if table not in TABLES:
        raise UsageError(f"no table {table!r}; there are {', '.join(TABLES)}")
    if is_address(folder):
        return _read_there(str(folder), table)
    for path in (Path(folder) / f"{table}.parquet", Path(folder) / table):
        if path.exists():
            return _read(path)
    raise UsageError(f"{folder} holds no table {table!r}: is it the folder that `veille run` wrote to?")


def _read_there(address: str, table: str) -> pa.Table:
    files, folder = current_set(address)
    path = next(path for path in (f"{folder}/{table}.parquet", f"{folder}/{table}") if files.exists(path))
    return pq.read_table(path, filesystem=files).unify_dictionaries()


def _read(path: Path) -> pa.Table:
    try:
        return pq.read_table(path).unify_dictionaries()
    except (pa.ArrowInvalid, OSError) as error:
        what = f"{path} is damaged ({str(error).splitlines()[0]})"
        raise UsageError(f"{what}: put it back from a backup, or remove the folder and run again on all articles") from error


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
    frame: pd.DataFrame = read_arrow(folder, table).to_pandas(types_mapper=pd.ArrowDtype)
    return frame
