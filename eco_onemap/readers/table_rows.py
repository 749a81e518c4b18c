# SPDX-License-Identifier: GPL-2.0-or-later
"""Plain tables from CSV and XLSX files, as offices hand them over."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from eco_onemap.core.dependencies import import_optional
from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.readers.fingerprint import fingerprint

WORKBOOKS = frozenset((".xlsx", ".xlsm"))

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_table_rows(path: Path, sheet: str = "", encoding: str = "") -> TableRows:
    """Return the rows of a table that hold something.

    sheet: of a workbook, "" for the first. encoding: of a CSV file, "" to find it out.
    Raises LayerError where the file cannot be read, or openpyxl is not installed for a workbook.
    """
    if path.suffix.lower() in WORKBOOKS:
        numbered = _workbook_rows(path, sheet)
    else:
        numbered = _csv_rows(path, _text(path, encoding))
    kept = [(line, row) for line, row in numbered if any(row)]
    return TableRows(
        rows=tuple(row for _, row in kept),
        lines=tuple(line for line, _ in kept),
        source=str(path),
        fingerprint=fingerprint(path),
    )


def _text(path: Path, encoding: str) -> str:
    content = path.read_bytes()
    candidates = (encoding,) if encoding else _ENCODINGS
    if not encoding and content.startswith(_UTF_16):
        candidates = ("utf-16",)
    for name in candidates:
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise LayerError("table.encoding", path=str(path), tried=", ".join(candidates))


def _csv_rows(path: Path, text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows with the line that each begins on; cells may hold line ends."""
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    line = 1
    try:
        for row in reader:
            rows.append((line, tuple(cell.strip() for cell in row)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise LayerError(
            "table.csv", path=str(path), line=line, cause=str(error), details=repr(error)
        ) from error
    return rows


def _workbook_rows(path: Path, sheet: str) -> list[tuple[int, tuple[str, ...]]]:
    try:
        openpyxl = import_optional("openpyxl")
    except ImportError as error:
        raise LayerError("table.no_openpyxl", path=str(path), details=repr(error)) from error
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as error:  # openpyxl lets out whatever a broken file provokes
        raise LayerError(
            "table.workbook", path=str(path), cause=str(error), details=repr(error)
        ) from error
    if sheet and sheet not in book.sheetnames:
        raise LayerError(
            "table.no_sheet", path=str(path), sheet=sheet, sheets=", ".join(book.sheetnames)
        )
    return _sheet_rows(book[sheet] if sheet else book.worksheets[0])


def _sheet_rows(sheet: Any) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows of a sheet; each cell of a merged block holds the block's value."""
    rows = [[_cell_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for block in sheet.merged_cells.ranges:
        value = rows[block.min_row - 1][block.min_col - 1]
        _fill(rows, block.bounds, value)
    return [(number, tuple(row)) for number, row in enumerate(rows, 1)]


def _fill(rows: list[list[str]], bounds: Iterable[int], value: str) -> None:
    left, top, right, bottom = bounds
    for row in rows[top - 1 : bottom]:
        row[left - 1 : right] = [value] * (right - left + 1)


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").strip()
