# SPDX-License-Identifier: GPL-2.0-or-later
"""Images in a Word document."""

from __future__ import annotations

import io

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import InvalidImageStreamError, UnrecognizedImageError
from docx.shared import Emu, Mm

from eco_onemap.outputs.report.blocks import Figure
from eco_onemap.outputs.word.cells import TEXT_WIDTH_MM
from eco_onemap.outputs.word.xml import Element

LOGO_MM = 16.0


def figure(document: Document, block: Figure) -> Element | None:
    """Return a paragraph with the image, as large as the page takes; ``None`` without one."""
    image = block.image
    if image is None:
        return None
    line = document.add_paragraph()
    try:
        picture = line.add_run().add_picture(str(image))
    except (InvalidImageStreamError, UnrecognizedImageError):
        line._element.getparent().remove(line._element)
        return None
    scale = min(Mm(TEXT_WIDTH_MM) / picture.width, Mm(block.most_mm) / picture.height)
    picture.width, picture.height = (
        Emu(round(picture.width * scale)),
        Emu(round(picture.height * scale)),
    )
    picture._inline.docPr.set("descr", block.caption)
    made = line._element
    made.get_or_add_pPr()
    made.getparent().remove(made)
    return made


def logo_line(document: Document, logo: bytes) -> Element:
    """Return a paragraph with an office's logo in the middle, as high as :data:`LOGO_MM`."""
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run().add_picture(io.BytesIO(logo), height=Mm(LOGO_MM))
    made = line._element
    made.getparent().remove(made)
    return made
