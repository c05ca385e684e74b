"""Files that people write: rules, gazetteers, settings, decisions, gold."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import DataError


def read_edited(path: Path) -> str:
    """The text of the file: UTF-8, without the byte order mark that spreadsheets put in front of it.

    Raises DataError for another charset.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DataError(path, f"not UTF-8 (byte {error.start})", line=line, mend="save the file as UTF-8") from error
