# SPDX-License-Identifier: GPL-2.0-or-later
"""What LibreOffice prints has all that the Word document has, and holds no rows to the next."""

from __future__ import annotations

import io

import docx
from docx.oxml.ns import qn

from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.word.for_libreoffice import losing_no_rows

from .builders import build_assessment


def test_nothing_before_or_in_a_table_stays_with_the_next_and_no_text_changes() -> None:
    written = render_docx(compose(PaperKind.REPORT, build_assessment(), "zh", {}))
    before, after = (
        docx.Document(io.BytesIO(content)) for content in (written, losing_no_rows(written))
    )
    assert texts(before) == texts(after)
    assert any(held(before))
    assert not any(held(after))
    assert exact_gaps(before) > 10
    assert exact_gaps(after) == 0


def exact_gaps(document) -> int:
    """How many gaps after tables have an exact height."""
    nexts = [table.getnext() for table in document.element.body.iter(qn("w:tbl"))]
    return sum(any(True for _ in gap.iter(qn("w:spacing"))) for gap in nexts
               if gap is not None and not any(gap.itertext()))  # fmt: skip


def texts(document) -> list[str]:
    return [node.text for node in document.element.body.iter(qn("w:t"))]


def held(document) -> list[bool]:
    """Whether each paragraph before or in a table stays with the next, by itself or its style."""
    paragraphs = [
        paragraph
        for table in document.element.body.iter(qn("w:tbl"))
        for paragraph in (table.getprevious(), *table.iter(qn("w:p")))
        if paragraph is not None and paragraph.tag == qn("w:p")
    ]
    found = [docx.text.paragraph.Paragraph(one, document) for one in paragraphs]
    own = [one.paragraph_format.keep_with_next for one in found]
    styled = [one.style.paragraph_format.keep_with_next for one in found]
    return [bool(s if o is None else o) for o, s in zip(own, styled, strict=True)]
