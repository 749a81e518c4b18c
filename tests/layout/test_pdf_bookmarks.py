# SPDX-License-Identifier: GPL-2.0-or-later
"""Bookmarks in a PDF written by hand, and read back by poppler."""

from __future__ import annotations

import html
import re
import subprocess

import pytest

from eco_onemap.layout.pdf_bookmarks import Bookmark, bookmarked


def pdf_of(pages: int) -> bytes:
    """A PDF with empty pages, as plain as can be."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (pages, kids),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>"] * pages,
    ]
    content, places = b"%PDF-1.4\n", b""
    for number, body in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return content + table + end % (size, len(content))


def read(path) -> tuple[str, list[tuple[int, str]]]:
    """What poppler complains of, and the pages and titles of bookmarks in their order."""
    done = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", path], check=True, capture_output=True, text=True
    )
    items = re.findall(r'<item page="(\d+)">(.*?)</item>', done.stdout)
    return done.stderr, [(int(page), html.unescape(title)) for page, title in items]


def test_bookmarks_lead_to_their_pages_in_order(tmp_path):
    marks = [
        Bookmark("G01 管道", 0, (Bookmark("第 1 幅", 0), Bookmark("第 2 幅 (K1+000)", 1))),
        Bookmark("G02 <road>", 2),
    ]
    path = tmp_path / "marked.pdf"
    path.write_bytes(bookmarked(pdf_of(3), marks))
    complaints, found = read(path)
    assert complaints == ""
    assert found == [(1, "G01 管道"), (1, "第 1 幅"), (2, "第 2 幅 (K1+000)"), (3, "G02 <road>")]


def test_what_was_there_stays_as_it_was():
    plain = pdf_of(2)
    assert bookmarked(plain, []) == plain
    assert bookmarked(plain, [Bookmark("one", 0)]).startswith(plain)


def test_a_file_of_another_make_is_refused():
    with pytest.raises(ValueError, match="trailer"):
        bookmarked(b"%PDF-1.5\n with a stream of places\n%%EOF", [Bookmark("one", 0)])
