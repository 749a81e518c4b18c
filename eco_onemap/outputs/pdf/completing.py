# SPDX-License-Identifier: GPL-2.0-or-later
"""Adds to a printed report what it was made of, its language, and where its headings lead.

All is appended as an incremental update (ISO 32000-1, 7.5.6): the pages stay as they were printed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import Link as LinkAnnotation
from pypdf.generic import NameObject, TextStringObject

from eco_onemap.outputs.pdf.printed import Mark, Printed
from eco_onemap.outputs.report.blocks import Report

ATTACHMENT = "eco-onemap.dossier"


def completed(printed: Printed, report: Report) -> bytes:
    """Return the content of a report's PDF file."""
    writer = PdfWriter(io.BytesIO(printed.content), incremental=True)
    writer.root_object[NameObject("/Lang")] = TextStringObject(
        "zh-CN" if report.language == "zh" else "en"
    )
    _add_marks(writer, printed.marks)
    for link in printed.links:
        made = LinkAnnotation(rect=link.rect, border=[0, 0, 0], target_page_index=link.target - 1)
        writer.add_annotation(link.page - 1, made)
    if report.seal is not None:
        writer.add_attachment(ATTACHMENT, report.seal.content)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _add_marks(writer: PdfWriter, marks: Sequence[Mark]) -> None:
    """Add the headings; each below the last one of a higher level."""
    above: dict[int, Any] = {}
    for mark in marks:
        parent = next(
            (above[level] for level in range(mark.level - 1, 0, -1) if level in above), None
        )
        above = {level: held for level, held in above.items() if level < mark.level}
        above[mark.level] = writer.add_outline_item(
            title=mark.text, page_number=mark.page - 1, parent=parent, is_open=False
        )
