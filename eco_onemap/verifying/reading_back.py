# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages by LibreOffice, read back: a report that lost a row is not handed out."""

from __future__ import annotations

from eco_onemap.core.progress import Progress
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.pdf.libreoffice import print_with_libreoffice
from eco_onemap.outputs.pdf.printed import Printed
from eco_onemap.outputs.report.blocks import Report
from eco_onemap.readers.printed_changes import bare
from eco_onemap.readers.sealed_pages import read_page_texts
from eco_onemap.verifying.differences import page_changes


def print_whole(report: Report, style: HouseStyle, progress: Progress) -> Printed:
    """Return a report as LibreOffice lays it out, with all its texts on the pages.

    OutputError says what is lost in each way of laying it out, or why there are no pages. Raises
    Cancelled.
    """
    return print_with_libreoffice(report, style, progress, missing_texts)


def missing_texts(report: Report, style: HouseStyle, content: bytes) -> list[str]:
    """Return which texts of a report the pages of a PDF lack, in order.

    A text with a letter that is on no page is not counted: typefaces may lack it.
    """
    pages = read_page_texts(content)
    drawn = set(bare("".join(pages)))
    changes = page_changes(pages, report, has_template=style.template is not None)
    expected = (change.expected for change in changes)
    return [text for text in expected if text and drawn.issuperset(bare(text))]
