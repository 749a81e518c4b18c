# SPDX-License-Identifier: GPL-2.0-or-later
"""Objects of a PDF, and updates that another reader understands."""

from __future__ import annotations

import io

import pypdf
import pytest

from eco_onemap.layout.pdf_bookmarks import Bookmark, bookmark_objects
from eco_onemap.layout.pdf_file import PdfFile, found, numbers, text_string


@pytest.fixture
def plain() -> bytes:
    """Three blank pages with a title, written by another library."""
    writer = pypdf.PdfWriter()
    for width in (100, 200, 300):
        writer.add_blank_page(width, 50)
    writer.add_metadata({"/Title": "old"})
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def titled(pdf: PdfFile, title: str) -> bytes:
    """An update that gives the file another title."""
    return pdf.update({pdf.reference(b"Info"): b"<< /Title %s >>" % text_string(title)})


def test_objects_are_found_where_the_tables_say(plain):
    pdf = PdfFile(plain)
    widths = [
        found(rb"/MediaBox\s*\[(.*?)\]", pdf.dictionary(one)).split()[2] for one in pdf.pages()
    ]
    assert [float(width) for width in widths] == [100, 200, 300]


def test_an_update_changes_objects_and_leaves_the_file_before_it(plain):
    changed = plain + titled(PdfFile(plain), "新的标题")
    assert changed.startswith(plain)
    assert pypdf.PdfReader(io.BytesIO(changed), strict=True).metadata.title == "新的标题"


def test_the_latest_of_several_updates_counts(plain):
    once = plain + titled(PdfFile(plain), "second")
    twice = once + titled(PdfFile(once), "third")
    assert pypdf.PdfReader(io.BytesIO(twice), strict=True).metadata.title == "third"
    pdf = PdfFile(twice)
    assert pdf.dictionary(pdf.reference(b"Info")) == b"/Title " + text_string("third")
    assert len(pdf.pages()) == 3


def test_bookmarks_are_read_by_others(plain):
    pdf = PdfFile(plain)
    marks = [Bookmark("甲", 0, (Bookmark("总图", 0), Bookmark("水", 1))), Bookmark("乙", 2)]
    root = pdf.reference(b"Root")
    objects = bookmark_objects(marks, pdf.pages(), pdf.size)
    objects[root] = b"<< %s /Outlines %d 0 R >>" % (pdf.dictionary(root), pdf.size)
    reader = pypdf.PdfReader(io.BytesIO(plain + pdf.update(objects)), strict=True)
    first, below, second = reader.outline
    assert [first.title, second.title] == ["甲", "乙"]
    assert [(one.title, reader.get_destination_page_number(one)) for one in below] == [
        ("总图", 0),
        ("水", 1),
    ]


def test_nothing_to_change_is_no_update(plain):
    assert PdfFile(plain).update({}) == b""


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.4\ntrailer\nstartxref\n"])
def test_other_files_are_refused(content):
    with pytest.raises(ValueError, match="trailer"):
        PdfFile(content)


def test_numbers_keep_a_tenth_of_a_micrometre_in_degrees():
    assert numbers((24.123456789012, -1.5, 0.0, 7.0)) == b"[24.123456789012 -1.5 0 7]"
