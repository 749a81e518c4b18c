# SPDX-License-Identifier: GPL-2.0-or-later
"""What LibreOffice prints has all that the Word document has, and holds no rows to the next."""

from __future__ import annotations

import io

import docx
from docx.oxml.ns import qn

from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.word.for_libreoffice import ways_to_print

from .builders import build_assessment


def test_nothing_before_or_in_a_table_stays_with_the_next_and_no_text_changes() -> None:
    written = render_docx(compose(PaperKind.REPORT, build_assessment(), "zh", {}))
    before, after = (
        docx.Document(io.BytesIO(content)) for content in (written, next(ways_to_print(written)))
    )
    assert texts(before) == texts(after)
    assert any(held(before))
    assert not any(held(after))
    assert exact_gaps(before) > 10
    assert exact_gaps(after) == 0


def test_each_way_to_print_is_looser_and_has_all_the_text() -> None:
    written = render_docx(compose(PaperKind.REPORT, build_assessment(), "zh", {}))
    ways = [docx.Document(io.BytesIO(content)) for content in ways_to_print(written)]
    assert {tuple(texts(way)) for way in ways} == {tuple(texts(docx.Document(io.BytesIO(written))))}
    tied = [[count(way, name) for name in ("w:tblHeader", "w:cantSplit")] for way in ways]
    heads, whole_rows = tied[0]
    assert min(heads, whole_rows) > 10
    assert tied == [[heads, whole_rows], [0, whole_rows], [0, 0]]


def count(document, name: str) -> int:
    return sum(1 for _ in document.element.body.iter(qn(name)))


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
