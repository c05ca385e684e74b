"""Rows as sheets that are safe to open in a spreadsheet: no text of an article is ever taken for a formula."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0, and so XLSX, cannot hold."""
MAX_ROWS, MAX_CELL = 1_048_576, 32_767
"""Limits of a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table or view to write: its name, its columns, its rows in their order."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


def looks_like_formula(text: str) -> bool:
    """True where a spreadsheet might calculate the cell: « =1+1 », « @SOMME(A1) », also behind spaces or in full width."""
    return unicodedata.normalize("NFKC", text[:8]).lstrip(" ").startswith(_STARTS)


def write_csv(sheets: Iterable[Sheet], folder: Path) -> None:
    """One file a sheet: UTF-8 with a byte order mark (Excel asks for it), lists as JSON; `'` before what looks like a formula."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        staging = folder / f".{sheet.name}.part"
        with staging.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(sheet.columns)
            writer.writerows([_csv_cell(value) for value in row] for row in sheet.rows)
        staging.replace(folder / f"{sheet.name}.csv")


def _csv_cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return f"'{value}" if looks_like_formula(value) else value.replace("\x00", "\ufffd")
    return value


def write_xlsx(sheets: Iterable[Sheet], path: Path) -> None:
    """One workbook, a sheet a table, headings frozen; text is marked as text, and cut where a cell cannot hold it."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
    except ModuleNotFoundError as error:
        raise UsageError("--format xlsx needs openpyxl: pip install 'veille[report]'") from error
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        page.append(sheet.columns)
        for number, row in enumerate(sheet.rows, 2):
            if number > MAX_ROWS:
                raise UsageError(f"{sheet.name} has more rows than a sheet holds ({MAX_ROWS}): export to duckdb or sqlite")
            page.append([_xlsx_cell(WriteOnlyCell(page, None), value) for value in row])
    book.save(path)


def _xlsx_cell(cell: Any, value: Any) -> Any:
    """The cell with the value: numbers and dates as such, all else as text that no edit turns into a formula."""
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = _CONTROL.sub("\ufffd", value)
    cell.value = text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(text)
    return cell
