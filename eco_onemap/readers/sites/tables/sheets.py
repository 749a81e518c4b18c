# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of tables to sheets of cells: CSV and TSV, XLSX and XLS."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import ModuleType
from typing import Any

from eco_onemap.core.dependencies import import_optional
from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.messages import Message
from eco_onemap.readers.sites.tables.plain_text import Cell

MOST_UNPACKED_BYTES = 1_000_000_000
"""A workbook that unpacks to more is a mistake or a trap."""

_WORKBOOK_EPOCH = datetime(1899, 12, 30)
_LAST_DAY_OF_HOURS = datetime(1901, 1, 1)
"""A stored time of less than a year and a day is hours: 118:06:00 typed as an angle."""


@dataclass(frozen=True)
class Sheet:
    """One table of cells: name ("" for a file without sheets), rows, and the line of each.

    notes: what was decided when its columns were put in order.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    lines: Sequence[int]
    notes: tuple[Message, ...] = ()


def split_text(text: str, delimiter: str) -> Sheet:
    """Return the rows of delimited *text*; a cell in quotes may hold the delimiter.

    What follows a quote that is not closed stands in the last cell, with its line breaks.
    """
    plain = text.replace("\0", " ")
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter)
    rows: list[Sequence[Cell]] = []
    lines: list[int] = []
    first = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(first)
            first = reader.line_num + 1
    except csv.Error:  # a field beyond the limit of 128 kB
        rows.append(["\n".join(plain.splitlines()[first - 1 :])])
        lines.append(first)
    return Sheet("", rows, lines)


def read_workbook(content: bytes, path: str) -> list[Sheet]:
    """Return the sheets of an XLSX or XLS workbook, which its first bytes tell apart.

    Formulas count by the value that was stored with them. SiteError where the content is no
    workbook; MissingPackageError where openpyxl or xlrd is not installed.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_safely(content, path, _package("xlrd"), _xls_sheets)
    if content.startswith(b"PK"):
        return _read_safely(content, path, _package("openpyxl"), _xlsx_sheets)
    raise SiteError("table.no_workbook", path=path)


def _package(name: str) -> ModuleType:
    try:
        return import_optional(name)
    except ModuleNotFoundError as error:
        raise MissingPackageError("table.missing_package", package=name) from error


def _read_safely(content: bytes, path: str, package: ModuleType, read: Any) -> list[Sheet]:
    try:
        return list(read(package, content))
    except Exception as error:  # damage shows as any exception of these packages
        raise SiteError("table.damaged_workbook", path=path, details=repr(error)) from error


def _xlsx_sheets(openpyxl: Any, content: bytes) -> Iterator[Sheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise zipfile.BadZipFile("unpacks to more than a gigabyte")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # programs write wrong ones
            yield _sheet(sheet.title, sheet.iter_rows(values_only=True))


def _xls_sheets(xlrd: Any, content: bytes) -> Iterator[Sheet]:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    for sheet in book.sheets():
        if not sheet.visibility:
            cells = (map(_xls_value, sheet.row(row)) for row in range(sheet.nrows))
            yield _sheet(sheet.name, cells)


def _xls_value(cell: Any) -> Any:
    if cell.ctype == 3:  # a date or time, in days since the epoch
        return _WORKBOOK_EPOCH + timedelta(days=cell.value)
    return "" if cell.ctype == 5 else cell.value  # 5: an error such as #N/A


def _sheet(name: str, rows: Iterable[Iterable[Any]]) -> Sheet:
    cells = [[_cell(value) for value in row] for row in rows]
    return Sheet(name, cells, range(1, len(cells) + 1))


def _cell(value: Any) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, datetime) and value < _LAST_DAY_OF_HOURS:
        value -= _WORKBOOK_EPOCH
    if isinstance(value, timedelta):
        return _hours(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _hours(duration: timedelta) -> str:
    """Return a duration as h:mm:ss, which is how an angle typed with colons is stored."""
    minutes, seconds = divmod(round(duration.total_seconds(), 4), 60)
    return f"{int(minutes) // 60}:{int(minutes) % 60:02d}:{seconds:07.4f}".rstrip("0").rstrip(".")
