# SPDX-License-Identifier: GPL-2.0-or-later
"""The blocks of a report as sheets: text on the first one, each table on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from eco_onemap.core.messages import message
from eco_onemap.outputs.report.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Items,
    Notice,
    Paragraph,
    Report,
    Table,
    Tally,
    Tone,
)
from eco_onemap.outputs.word.palette import signed
from eco_onemap.outputs.workbook.looks import Look, Looks, take_cells, text_cell
from eco_onemap.outputs.workbook.page_setup import (
    fit_on_paper,
    height_of,
    lines_needed,
    set_up_table,
    set_widths,
)
from eco_onemap.outputs.workbook.titles import sheet_name

_WIDTHS = (18.0, 26.0, 18.0, 26.0, 18.0)
_WHOLE = sum(_WIDTHS)
_TITLE_POINTS = 28.0
_TABLE_WIDTH = 150.0
"""Characters over which the columns of a table spread."""

Line = Sequence[tuple[str, Look]]
"""The cells of a row; one alone takes the whole width."""


class Front:
    """Adds the sheets of a report's blocks to a workbook in write-only mode."""

    def __init__(self, book: Any, taken: set[str]) -> None:
        self._book, self._taken = book, taken

    def add(self, report: Report, blocks: Sequence[Block], name: str) -> None:
        """Add the sheet *name* with title and text, then one for each table among *blocks*."""
        sheet = self._book.create_sheet(sheet_name(name, self._taken))
        take_cells(sheet)
        set_widths(sheet, _WIDTHS)
        fit_on_paper(sheet, landscape=False)
        looks, names = Looks(sheet), self._table_names(blocks)
        lines: list[Line] = [((report.title, looks.title()),), ((report.subtitle, looks.soft()),)]
        lines += [((report.mark, looks.running(Tone.PROHIBITED)),)] if report.mark else []
        for number, block in enumerate(blocks):
            if number in names:
                told = message("document.see_sheet", sheet=names[number]).text(report.language)
                lines.append(((told, looks.running()),))
            lines += _lines(block, looks)
        lines.append(((report.footer, looks.soft()),))
        _append(sheet, 1, lines[0], looks, least=_TITLE_POINTS)
        for number, line in enumerate(lines[1:], start=2):
            _append(sheet, number, line, looks)
        for number, block in enumerate(blocks):
            if isinstance(block, Table) and block.rows:
                self._add_table(block, names[number])

    def _table_names(self, blocks: Sequence[Block]) -> dict[int, str]:
        """Return the sheet of each table by its place among *blocks*: it bears its heading."""
        names, heading = {}, ""
        for number, block in enumerate(blocks):
            if isinstance(block, Heading):
                heading = block.text.lstrip("0123456789.\u3000 ")
            elif isinstance(block, Table) and block.rows:
                names[number] = sheet_name(heading or block.caption, self._taken)
        return names

    def _add_table(self, table: Table, name: str) -> None:
        sheet = self._book.create_sheet(name)
        take_cells(sheet)
        looks = Looks(sheet)
        columns = (*table.columns, *table.to_fill)
        whole = sum(column.width for column in columns)
        widths = [_TABLE_WIDTH * column.width / whole for column in columns]
        set_up_table(sheet, widths, 1)
        sheet.append([text_cell(sheet, column.title, looks.head(), looks) for column in columns])
        blank = (Cell(""),) * len(table.to_fill)
        for number, row in enumerate(table.rows, start=2):
            cells = (*row, *blank)
            texts = [_told(cell) for cell in cells]
            sheet.row_dimensions[number].height = _height(texts, widths)
            boxes = [
                looks.boxed(column.align, cell.tone)
                for column, cell in zip(columns, cells, strict=True)
            ]
            pairs = zip(texts, boxes, strict=True)
            sheet.append([text_cell(sheet, text, look, looks) for text, look in pairs])
        last = get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"


def _append(sheet: Any, number: int, line: Line, looks: Looks, least: float = 0.0) -> None:
    """Append a row; a cell alone, and the last of a short row, take what is left of the width."""
    last = len(line)
    widths = [*_WIDTHS[: last - 1], _WHOLE - sum(_WIDTHS[: last - 1])]
    sheet.row_dimensions[number].height = max(least, _height([text for text, _ in line], widths))
    if last < len(_WIDTHS):
        where = {"min_row": number, "max_row": number}
        sheet.merged_cells.add(CellRange(min_col=last, max_col=len(_WIDTHS), **where))
    sheet.append([text_cell(sheet, text, look, looks) for text, look in line])


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row whose texts wrap: programs do not always look for themselves."""
    pairs = zip(texts, widths, strict=True)
    return height_of(max(lines_needed(text, width) for text, width in pairs))


def _lines(block: Block, looks: Looks) -> Iterator[Line]:
    match block:
        case Heading():
            yield ((block.text, looks.heading()),)
        case Paragraph():
            yield ((block.text, looks.running()),)
        case Items():
            for number, text in enumerate(block.lines, start=1):
                sign = f"{number}." if block.numbered else "·"
                yield ((f"{sign} {text}", looks.running()),)
        case Notice():
            title = signed(block.title, block.tone)
            yield ((title, looks.running(block.tone, bold=True)),)
            yield from (((f"· {text}", looks.running()),) for text in block.lines)
        case Facts():
            yield from _facts(block, looks)
        case Tally():
            yield tuple(
                (_tallied(cell), looks.running(cell.tone, bold=True)) for cell in block.cells
            )
        case Table():
            yield from [((block.empty, looks.soft()),)] if block.empty and not block.rows else []
        case Figure():
            yield ((f"{block.caption}: {block.path.name}", looks.soft()),)


def _facts(block: Facts, looks: Looks) -> Iterator[Line]:
    if block.title:
        note = f"  {signed(block.title.note, block.title.tone)}" if block.title.note else ""
        look = looks.running(block.title.tone, bold=True)
        yield ((f"{block.title.text}{note}", look),)
    for name, cell in block.rows:
        yield ((name, looks.soft()), (_told(cell), looks.running(cell.tone)))
    for name in block.to_fill:
        yield ((name, looks.soft()), ("", looks.running()))


def _told(cell: Cell) -> str:
    text = signed(cell.text, cell.tone)
    return f"{text}\n{cell.note}" if cell.note else text


def _tallied(cell: Cell) -> str:
    return f"{cell.text}\n{signed(cell.note, cell.tone)}"
