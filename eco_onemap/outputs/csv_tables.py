# SPDX-License-Identifier: GPL-2.0-or-later
"""Result tables as CSV that a spreadsheet opens as it is: UTF-8 with BOM, plain numbers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from operator import methodcaller
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import missing
from eco_onemap.core.table import Column, ColumnType, RowBlocks
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.formatting import plain_decimals, plain_numbers
from eco_onemap.outputs.replacing import replacing_all

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE = 50_000
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_csv_tables(folder: Path, tables: Sequence[RowBlocks]) -> None:
    """Write each table to ``folder/NAME.csv`` without its geometry; no file unless all can be.

    The tables' messages are text already; a negative count is no value. The folder is made if its
    parent exists. Text that a spreadsheet would take for a formula
    gets a leading apostrophe. OutputError says what cannot be written.
    """
    make_folder(folder)
    with replacing_all([folder / f"{table.name}.csv" for table in tables]) as parts:
        for table, part in zip(tables, parts, strict=True):
            _write_table(part, table)


def _write_table(path: Path, table: RowBlocks) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_BYTE_ORDER_MARK)  # the codec utf-8-sig costs a call in Python for each row
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        for block in table.blocks(_ROWS_AT_ONCE):
            columns = [_cells(column, block[column.name]) for column in block.columns]
            writer.writerows(zip(*columns, strict=True))


def _cells(column: Column, values: NDArray[Any]) -> list[str]:
    """Return the values of one column as they stand in the file."""
    match column.type:
        case ColumnType.TEXT:
            return _harmless_texts(values)
        case ColumnType.REAL:
            return plain_numbers(values, plain_decimals(column.name))
        case ColumnType.BOOLEAN:
            return np.where(values, "1", "0").tolist()
        case ColumnType.INTEGER:
            return np.where(values >= 0, values.astype(str), "").tolist()


def _harmless_texts(values: NDArray[np.object_]) -> list[str]:
    texts = np.where(missing(values), "", values)
    risky = np.fromiter(map(methodcaller("startswith", _FORMULA_STARTS), texts), bool, len(texts))
    texts[risky] = list(map(harmless, texts[risky]))
    found: list[str] = texts.tolist()
    return found


def harmless(text: str) -> str:
    """Return text that no spreadsheet runs (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
