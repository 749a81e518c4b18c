# SPDX-License-Identifier: GPL-2.0-or-later
"""What LibreOffice prints has all that the Word document has, and holds no rows to the next."""

from __future__ import annotations

import contextlib
import io

import docx
from docx.oxml.ns import qn

from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.word.for_libreoffice import MOST_BREAKS, ways_to_print

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
    ways = in_turn(written, lost=[])
    assert {tuple(texts(way)) for way in ways} == {tuple(texts(docx.Document(io.BytesIO(written))))}
    tied = [[count(way, name) for name in ("w:tblHeader", "w:cantSplit")] for way in ways]
    heads, whole_rows = tied[0]
    assert min(heads, whole_rows) > 10
    assert tied == [[heads, whole_rows], [0, whole_rows], [0, 0]]


def test_a_table_that_lost_a_row_begins_a_page_and_no_other_does() -> None:
    written = render_docx(compose(PaperKind.REPORT, build_assessment(), "zh", {}))
    tables = docx.Document(io.BytesIO(written)).tables
    longest = max(range(len(tables)), key=lambda number: len(tables[number].rows))
    row = " ".join(cell.text for cell in tables[longest].rows[3].cells)
    first, second, *looser = in_turn(written, lost=[row])
    moved = [
        number
        for number, (before, after) in enumerate(zip(first.tables, second.tables, strict=True))
        if begins_page(before) != begins_page(after)
    ]
    assert moved == [longest]
    assert begins_page(second.tables[longest])
    assert count(second, "w:tblHeader") == count(first, "w:tblHeader")
    assert len(looser) == 2
    assert all(begins_page(way.tables[longest]) for way in looser)
    assert texts(second) == texts(first)
    order = [child.tag for child in second.tables[longest]._tbl.getprevious().pPr]
    assert order.index(qn("w:keepNext")) < order.index(qn("w:pageBreakBefore"))


def test_tables_are_moved_so_often_and_no_oftener() -> None:
    written = render_docx(compose(PaperKind.REPORT, build_assessment(), "zh", {}))
    ways = ways_to_print(written)
    first = docx.Document(io.BytesIO(next(ways)))
    lost = [[row] for row in unlike_rows(first)]
    assert len(lost) > MOST_BREAKS
    moved = [docx.Document(io.BytesIO(ways.send(row))) for row in lost[: MOST_BREAKS + 1]]
    pages = [sum(map(begins_page, way.tables)) for way in (first, *moved)]
    assert [page - pages[0] for page in pages] == list(range(MOST_BREAKS + 2))
    assert count(moved[-1], "w:tblHeader") == 0 < count(moved[-2], "w:tblHeader")


def in_turn(written: bytes, lost: list[str]) -> list:
    """Return the document of each way to print, where all lose the same."""
    ways = ways_to_print(written)
    found = [next(ways)]
    with contextlib.suppress(StopIteration):
        while True:
            found.append(ways.send(lost))
    return [docx.Document(io.BytesIO(content)) for content in found]


def unlike_rows(document) -> list[str]:
    """Return the last row of each table that begins no page, if it stands in no other table."""
    told = ["".join("".join(texts_in(table._tbl)).split()) for table in document.tables]
    rows = [
        "".join(cell.text for cell in table.rows[-1].cells)
        for table in document.tables
        if not begins_page(table)
    ]
    return [row for row in rows if sum("".join(row.split()) in one for one in told) == 1]


def begins_page(table) -> bool:
    before = table._tbl.getprevious()
    return before is not None and before.find(f".//{qn('w:pageBreakBefore')}") is not None


def count(document, name: str) -> int:
    return sum(1 for _ in document.element.body.iter(qn(name)))


def exact_gaps(document) -> int:
    """How many gaps after tables have an exact height."""
    nexts = [table.getnext() for table in document.element.body.iter(qn("w:tbl"))]
    return sum(any(True for _ in gap.iter(qn("w:spacing"))) for gap in nexts
               if gap is not None and not any(gap.itertext()))  # fmt: skip


def texts(document) -> list[str]:
    return texts_in(document.element.body)


def texts_in(found) -> list[str]:
    return [node.text for node in found.iter(qn("w:t"))]


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
