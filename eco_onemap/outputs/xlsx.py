# SPDX-License-Identifier: GPL-2.0-or-later
"""Workbooks to go on with: what a report says first, and the tables of the result."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

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

    Raises Cancelled, and OSError where the folder of temporary files is full.
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
    content = Archive(asked)
    with _closing(book):
        Front(book, taken).add(report, blocks, name)
        sheets = TableSheets(book, Wording(report.language), taken, asked)
        for table in tables:
            sheets.add(table)
        if report.seal is not None:
            attach(book, report.seal)
        with ZipFile(content, "w", ZIP_STORED) as archive:  # settled() packs it
            ExcelWriter(book, archive).save()
    return settled(content.getvalue(), asked)


@contextmanager
def _closing(book: Any) -> Iterator[None]:
    """Close the sheets of a book that is given up: open ones complain when they are thrown away.

    Rows wait in temporary files; OSError where these cannot be written, which lxml tells otherwise.
    """
    try:
        yield
    except Exception as error:
        for sheet in book.worksheets:
            with suppress(Exception):  # what the same full disk lets it say once more
                sheet.close()
        if type(error).__name__ == "SerialisationError":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise
