# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as Word documents: styles, contents, captions and numbered pages for who goes on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from eco_onemap.core.progress import NoProgress, Progress
from eco_onemap.outputs.house_style import BUILT_IN, HouseStyle
from eco_onemap.outputs.office import PROGRAM, Archive, office_package, settled
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.report.blocks import Report


def write_docx(
    path: Path,
    report: Report,
    style: HouseStyle = BUILT_IN,
    progress: Progress | None = None,
) -> None:
    """Write *report* to *path*, replacing it: PNG and JPEG maps embedded, a PDF as the PNG beside.

    style: an office's template and logo. OutputError says why it cannot be written, and
    MissingPackageError that python-docx is not installed; *path* is then, and after Cancelled, as
    it was.
    """
    office_package("docx", path)
    with replacing(path) as part:
        part.write_bytes(render_docx(report, style, progress))


def render_docx(
    report: Report, style: HouseStyle = BUILT_IN, progress: Progress | None = None
) -> bytes:
    """Return *report* as the content of a DOCX file; the same report gives the same bytes.

    Raises Cancelled.
    """
    from docx import Document  # noqa: PLC0415 - not every Python has python-docx

    from eco_onemap.outputs.word.attachment import attach  # noqa: PLC0415 - imports python-docx
    from eco_onemap.outputs.word.body import Body  # noqa: PLC0415
    from eco_onemap.outputs.word.flow import PART, Flow  # noqa: PLC0415
    from eco_onemap.outputs.word.page import clear, set_page, set_running_lines  # noqa: PLC0415
    from eco_onemap.outputs.word.styles import dress  # noqa: PLC0415
    from eco_onemap.outputs.word.watermark import add_watermark  # noqa: PLC0415

    asked = progress or NoProgress()
    document = Document(io.BytesIO(style.template) if style.template is not None else None)
    clear(document)
    dress(document, report.language, keep=style.template is not None)
    set_page(document)
    set_running_lines(document, report)
    if report.watermark:
        add_watermark(document, report.watermark)
    _describe(document.core_properties, report)
    flow = Flow(document)
    Body(document, flow, report.language, asked).write(report, style.logo)
    if report.seal is not None:
        attach(document, report.seal)
    content = Archive(asked)
    document.save(content)
    return settled(content.getvalue(), asked, {PART: flow.texts})


def _describe(properties: Any, report: Report) -> None:
    """Say in the properties of the file what it is; nothing of who wrote it, where and when."""
    properties.title, properties.subject = report.title, report.subtitle
    properties.author, properties.comments = PROGRAM, ""
    properties.language = "zh-CN" if report.language == "zh" else "en-GB"
