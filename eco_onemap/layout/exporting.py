# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes a layout to a file: checks what QGIS says of it and lets only whole files appear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout
from qgis.PyQt.QtCore import QSize

from eco_onemap.core.errors import OutputError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.sheet_texts import pack_sheets
from eco_onemap.layout.layout_pages import LayoutPages
from eco_onemap.layout.look_alikes import everyday_characters
from eco_onemap.layout.page_marks import PageMark, marking_objects
from eco_onemap.layout.pdf_file import PdfFile
from eco_onemap.layout.pdf_text import mending_objects
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.report.blocks import Seal
from eco_onemap.readers.sealed_pages import ATTACHMENT, SHEETS

DPI = 300
"""For what cannot be drawn as vectors: rasters and veils."""

_CAUSES = {
    QgsLayoutExporter.ExportResult.Canceled: message("layout.cause_cancelled"),
    QgsLayoutExporter.ExportResult.MemoryError: message("layout.cause_memory"),
    QgsLayoutExporter.ExportResult.FileError: message("layout.cause_file"),
    QgsLayoutExporter.ExportResult.PrintError: message("layout.cause_printer"),
    QgsLayoutExporter.ExportResult.SvgLayerError: message("layout.cause_layer"),
    QgsLayoutExporter.ExportResult.IteratorError: message("layout.cause_pages"),
}


def export_pdf(
    pages: LayoutPages, path: Path, title: str, with_coordinates: bool, seal: Seal | None = None
) -> None:
    """Write sheets as one PDF of vectors and text with bookmarks; it appears when it is whole.

    with_coordinates: whether the maps know where their ground lies. seal: what they were made of,
    which is attached with the texts of all sheets. Raises OutputError, and what stopped the pages.
    """
    with replacing(path) as part:
        try:
            result, _ = QgsLayoutExporter.exportToPdf(pages, str(part), _pdf_settings())
        finally:
            pages.close()
        if result != QgsLayoutExporter.ExportResult.Success:
            raise _failed(path, _CAUSES.get(result, str(result)))
        attached = _attached(pages.drawn, seal)
        try:
            _complete(part, pages.drawn, title, with_coordinates, attached)
        except ValueError as error:  # QGIS reports success though the disk was full
            raise _failed(path, message("layout.cause_cut_off")) from error


def _attached(drawn: Sequence[PageMark], seal: Seal | None) -> dict[str, bytes]:
    if seal is None:
        return {}
    told = [mark.told for mark in drawn if mark.told is not None]
    return {ATTACHMENT: seal.content, SHEETS: pack_sheets(told)}


def _complete(
    part: Path,
    drawn: Sequence[PageMark],
    title: str,
    with_coordinates: bool,
    attached: Mapping[str, bytes],
) -> None:
    """Append to a PDF what QGIS leaves out; the file is mapped, however large it is."""
    with part.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        pdf = PdfFile(content)
        objects = marking_objects(pdf, drawn, title, with_coordinates, attached)
        objects |= mending_objects(pdf, everyday_characters())
        update = pdf.update(objects)
    with part.open("ab") as end:
        end.write(update)


def _pdf_settings() -> QgsLayoutExporter.PdfExportSettings:
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.forceVectorOutput = True
    settings.rasterizeWholeImage = False
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    settings.appendGeoreference = False  # QGIS tells it of the first page only
    settings.exportMetadata = True
    return settings


def export_image(layout: QgsPrintLayout, path: Path, dpi: int = DPI) -> None:
    """Write *layout* as a PNG; OutputError if it cannot be written."""
    with replacing(path) as part:
        image = QgsLayoutExporter(layout).renderPageToImage(0, QSize(), dpi)
        if image.isNull() or not image.save(str(part), "PNG"):
            raise _failed(path, message("layout.cause_image"))


def _failed(path: Path, cause: str | Message) -> OutputError:
    return OutputError("layout.export_failed", path=str(path), cause=cause)
