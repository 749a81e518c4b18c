# SPDX-License-Identifier: GPL-2.0-or-later
"""Workbooks to go on with: what a report says first, and the tables of the result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from eco_onemap.core.errors import Cancelled
from eco_onemap.core.messages import message
from eco_onemap.core.progress import NoProgress, Progress
from eco_onemap.core.table import RowBlocks
from eco_onemap.outputs.office import PROGRAM, Archive, office_package, settled
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.report.blocks import Report
from eco_onemap.outputs.report.wording import Wording


def write_xlsx(
    path: Path,
    report: Report,
    tables: Sequence[RowBlocks] = (),
    progress: Progress | None = None,
) -> None:
    """Write *report* and *tables* to *path*, replacing it; tables without their geometries.

    With tables, only the report's first page stands before them: they hold the rest. The tables'
    messages are text already. OutputError says why the file cannot be written, and
    MissingPackageError that openpyxl is not installed; *path* is then as it was.
    """
    office_package("openpyxl", path)
    with replacing(path) as part:
        part.write_bytes(render_xlsx(report, tables, progress))


def render_xlsx(
    report: Report, tables: Sequence[RowBlocks] = (), progress: Progress | None = None
) -> bytes:
    """Return the content of the XLSX file; the same report and tables give the same bytes.

    Raises Cancelled.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - not every Python has openpyxl
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    from eco_onemap.outputs.workbook.attachment import attach  # noqa: PLC0415
    from eco_onemap.outputs.workbook.front import Front  # noqa: PLC0415 - imports openpyxl
    from eco_onemap.outputs.workbook.table_sheets import TableSheets  # noqa: PLC0415

    asked = progress or NoProgress()
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = PROGRAM, report.title
    book.properties.subject = report.subtitle
    taken: set[str] = set()
    blocks = report.first_page if tables else report.blocks
    name = message("document.summary").text(report.language)
    Front(book, taken).add(report, blocks, name)
    sheets = TableSheets(book, Wording(report.language), taken, asked)
    try:
        for table in tables:
            sheets.add(table)
    except Cancelled:
        for sheet in book.worksheets:
            sheet.close()  # open ones would complain when they are thrown away
        raise
    if report.seal is not None:
        attach(book, report.seal)
    content = Archive(asked)
    with ZipFile(content, "w", ZIP_STORED) as archive:  # settled() packs it
        ExcelWriter(book, archive).save()
    return settled(content.getvalue(), asked)
