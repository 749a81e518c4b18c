# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints a report as a PDF: text that can be searched, typefaces inside, numbered pages.

It is laid out twice: pages are counted before the first one can tell how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qgis.PyQt.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPageSize, QPainter, QPdfWriter, QPen

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.layout.look_alikes import everyday_characters
from eco_onemap.layout.pages.blocks import Strips
from eco_onemap.layout.pages.cells import TEXT_WIDTH, Part, box_of
from eco_onemap.layout.pages.looks import (
    DOTS_PER_INCH,
    MARK,
    RUNNING,
    WATERMARK,
    dots,
    dressed,
    font_of,
)
from eco_onemap.layout.pages.paging import Page, paged
from eco_onemap.layout.pages.strips import Bookmark, strip_of
from eco_onemap.layout.pdf_text import mended
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.office import PROGRAM
from eco_onemap.outputs.pdf.printed import Link, Mark, Printed
from eco_onemap.outputs.report.blocks import Align, Report
from eco_onemap.outputs.word.palette import LINE

_LEFT, _TOP, _BOTTOM = dots(20.0), dots(22.0), dots(20.0)
_WIDTH, _HEIGHT = dots(210.0), dots(297.0)
_ROOM = _HEIGHT - _TOP - _BOTTOM
_POINTS_PER_DOT = 72 / DOTS_PER_INCH
_SLANT = 50.0
_SEARCHED = {0x2012: 0x2013}
"""The dash that is written, for the one that typefaces draw alike."""
_TIMES = re.compile(rb"(/(?:Creation|Mod)Date\s*\(D:)\d{14}(?:Z|[+-]\d\d)")


def print_report(report: Report, style: HouseStyle, progress: Progress) -> Printed:
    """Return a report as a PDF, with what its headings and contents lead to.

    The same report gives the same bytes where the same typefaces are installed. Raises Cancelled.
    """
    with dressed(style.dress):
        return _print(report, style, progress)


def _print(report: Report, style: HouseStyle, progress: Progress) -> Printed:
    pages: dict[int, int] = {}
    total = 0
    for total, page in enumerate(_pages(report, style, {}), start=1):
        stop_if_cancelled(progress)
        pages |= {mark.block: total for mark in _bookmarks(page)}
    marks: list[Mark] = []
    links: list[Link] = []
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, report)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for number, page in enumerate(_pages(report, style, pages), start=1):
        stop_if_cancelled(progress)
        if number > 1:
            writer.newPage()
        _paint(painter, page, report, number, total)
        marks += [Mark(mark.level, mark.text, number) for mark in _bookmarks(page)]
        links += _links(page, number, pages)
    painter.end()
    content = mended(_without_time(bytes(buffer.data())), {**everyday_characters(), **_SEARCHED})
    return Printed(content, tuple(marks), tuple(links))


def _without_time(content: bytes) -> bytes:
    """Return a PDF that does not tell when it was made; nothing in it moves."""

    def settled(found: re.Match[bytes]) -> bytes:
        zone = b"Z" if found[0].endswith(b"Z") else b"+00"
        return found[1] + b"19800101000000" + zone

    return _TIMES.sub(settled, content)


def _pages(report: Report, style: HouseStyle, pages: dict[int, int]) -> Iterator[Page]:
    return paged(Strips(report, pages).all(style.logo), _ROOM)


def _bookmarks(page: Page) -> Iterator[Bookmark]:
    for strip, _ in page.placed:
        if strip.bookmark is not None:
            yield strip.bookmark


def _links(page: Page, number: int, pages: dict[int, int]) -> Iterator[Link]:
    """Yield where the lines of the contents lead; PDF measures upwards, in points."""
    for strip, top in page.placed:
        if strip.leads_to is None or strip.leads_to not in pages:
            continue
        high = _HEIGHT - _TOP - top
        corners = (_LEFT, high - strip.height, _LEFT + TEXT_WIDTH, high)
        left, low, right, up = (corner * _POINTS_PER_DOT for corner in corners)
        yield Link(number, (left, low, right, up), pages[strip.leads_to])


def _writer(buffer: QBuffer, report: Report) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{report.title} – {report.subtitle}")
    writer.setCreator(PROGRAM)
    return writer


def _paint(painter: QPainter, page: Page, report: Report, number: int, total: int) -> None:
    """Draw a page; what stands on each page comes last, so that the text reads on from the last."""
    if report.watermark:
        _paint_watermark(painter, report)
    for strip, top in (*page.placed, *page.repeated):
        strip.paint(painter, _LEFT, _TOP + top)
    told = message("document.page_of", page=number, pages=total).text(report.language)
    rows = (
        (dots(11.0), 0.5, (report.title, RUNNING), (report.mark, MARK)),
        (_HEIGHT - dots(15.0), 0.82, (report.footer, RUNNING), (told, RUNNING)),
    )
    for top, parting, left, right in rows:
        _paint_running(painter, report.language, top, TEXT_WIDTH * parting, left, right)
    painter.setPen(QPen(QColor(f"#{LINE}"), dots(0.2)))
    for height in (dots(17.0), _HEIGHT - dots(16.5)):
        painter.drawLine(QLineF(_LEFT, height, _LEFT + TEXT_WIDTH, height))


def _paint_running(
    painter: QPainter, language: str, top: float, parting: float, left: Part, right: Part
) -> None:
    """Draw a line that stands on each page: a text on the left, another one on the right."""
    boxes = [
        box_of([left], language, 0.0, parting, padding=0.0),
        box_of([right], language, parting, TEXT_WIDTH - parting, Align.RIGHT, padding=0.0),
    ]
    strip_of(*boxes).paint(painter, _LEFT, top)


def _paint_watermark(painter: QPainter, report: Report) -> None:
    """Draw the watermark pale across the page, below all else."""
    painter.save()
    painter.translate(_WIDTH / 2, _HEIGHT / 2)
    painter.rotate(-_SLANT)
    painter.setFont(font_of(WATERMARK, report.language))
    painter.setPen(QColor(f"#{WATERMARK.ink}"))
    where = QRectF(-_HEIGHT / 2, -dots(40.0), _HEIGHT, dots(80.0))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, report.watermark)
    painter.restore()
