# SPDX-License-Identifier: GPL-2.0-or-later
"""Result tables as sheets: numbers as numbers, one heading row that stays, filters."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.table import Column, ColumnType, RowBlocks
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.outputs.report.wording import Wording, tone_of
from eco_onemap.outputs.workbook.looks import Looks, number_cell, take_cells, text_cell
from eco_onemap.outputs.workbook.number_formats import number_format, signed_format
from eco_onemap.outputs.workbook.page_setup import fitting_width, set_up_table
from eco_onemap.outputs.workbook.titles import column_title, sheet_name, table_title

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel; a longer table goes on in a further sheet."""

_ROWS_AT_ONCE = 1_000
"""Between looking whether somebody pressed Stop: some 40 ms of a table of 25 columns."""
_SAMPLE_ROWS = 200
"""So many rows decide how wide columns are."""

_WORDED = {"status", "kind", "relation", "role", "passage", "scope", "side"}
"""Columns whose values are codes of the contract, for which the report has words."""

_VERDICTS = {"verdict", "raw_verdict", "effective_verdict"}

_Maker = Callable[[Any, Any], Any]
"""Makes a cell of a sheet from a value."""


class TableSheets:
    """Adds the sheets of result tables to a workbook in write-only mode."""

    def __init__(self, book: Any, say: Wording, taken: set[str], progress: Progress) -> None:
        self._book, self._say, self._taken = book, say, taken
        self._progress = progress

    def add(self, table: RowBlocks, most_rows: int = MOST_ROWS) -> None:
        """Add a table whose messages are text already; a sheet has *most_rows* rows at most.

        Raises Cancelled.
        """
        sheet = self._open(table)
        for block in table.blocks(_ROWS_AT_ONCE):
            stop_if_cancelled(self._progress)
            columns = [block[column.name].tolist() for column in block.columns]
            for values in zip(*columns, strict=True):
                if sheet.rows == most_rows:
                    sheet.close()
                    sheet = self._open(table)
                sheet.append(values)
        sheet.close()

    def _open(self, table: RowBlocks) -> _Sheet:
        name = sheet_name(table_title(self._say, table.name), self._taken)
        made = self._book.create_sheet(name)
        take_cells(made)
        titles = [column_title(self._say, column) for column in table.columns]
        keeps_first = table.columns[0].name == "site_id"
        set_up_table(made, _widths(table, titles), keeps_first=keeps_first)
        return _Sheet(made, titles, table.columns, self._say)


class _Sheet:
    """An open sheet that takes rows."""

    def __init__(
        self, sheet: Any, titles: Sequence[str], columns: Sequence[Column], say: Wording
    ) -> None:
        looks = Looks(sheet)
        self._sheet = sheet
        self._makers = [_maker(column, looks, say) for column in columns]
        self.rows = 1
        sheet.append([text_cell(sheet, title, looks.head(), looks) for title in titles])

    def append(self, values: Sequence[Any]) -> None:
        sheet = self._sheet
        pairs = zip(self._makers, values, strict=True)
        sheet.append([make(sheet, value) for make, value in pairs])
        self.rows += 1

    def close(self) -> None:
        last = get_column_letter(len(self._makers))
        self._sheet.auto_filter.ref = f"A1:{last}{self.rows}"


def _widths(table: RowBlocks, titles: Sequence[str]) -> list[float]:
    first = next(iter(table.blocks(_SAMPLE_ROWS)), None)
    widths = []
    for title, column in zip(titles, table.columns, strict=True):
        texts = title.split("\n")
        if first is not None and column.type is ColumnType.TEXT:
            texts += first[column.name].tolist()
        widths.append(fitting_width(texts))
    return widths


def _maker(column: Column, looks: Looks, say: Wording) -> _Maker:
    """Return what makes the cells of a column; no value makes an empty one."""
    if column.type is ColumnType.TEXT:
        return _text_maker(column.name, looks, say)
    plain, negative = looks.number(number_format(column)), looks.number(signed_format(column))
    is_count = column.type is ColumnType.INTEGER

    def make(sheet: Any, value: Any) -> Any:
        if (is_count and value < 0) or not math.isfinite(value):
            return None
        return number_cell(sheet, value, negative if value < 0 else plain)

    return make


def _text_maker(name: str, looks: Looks, say: Wording) -> _Maker:
    plain = looks.number("General")
    if name in _VERDICTS:
        verdicts = {verdict.value: verdict for verdict in Verdict}

        def tell(sheet: Any, value: str) -> Any:
            if value not in verdicts:
                return text_cell(sheet, value, plain, looks) if value else None
            look = looks.running(tone_of(value), bold=True)
            return text_cell(sheet, say.verdict(value), look, looks)

        return tell

    def make(sheet: Any, value: str) -> Any:
        told = say.word(name, value) if name in _WORDED else value
        return text_cell(sheet, told, plain, looks) if value else None

    return make
