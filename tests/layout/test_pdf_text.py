# SPDX-License-Identifier: GPL-2.0-or-later
"""The mended text of a PDF: everyday characters in the maps of its fonts."""

from __future__ import annotations

import re
import zlib

from eco_onemap.layout.pdf_text import mended

EVERYDAY = {0x2F00: 0x4E00, 0x2EDB: 0x98CE}  # 一 and 风

MAP = b"""begincmap
2 beginbfrange
<0000> <0000> <0000>
<0001> <0003> [<2F00> <2EDB> <5E02> ]
endbfrange
1 beginbfchar
<2F00> <2F00>
endbfchar
endcmap
"""


def pdf_with(stream: bytes, head: bytes = b"/Filter /FlateDecode") -> bytes:
    """A file of a map and of a font that names it, with their table, as short as can be."""
    body = b"%%PDF-1.4\n7 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\nendobj\n" % (
        len(stream),
        head,
        stream,
    )
    font = len(body)
    body += b"6 0 obj\n<< /Type /Font /ToUnicode 7 0 R>>\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f \n6 2\n%010d 00000 n \n0000000009 00000 n \n" % font
    end = b"trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + table + end


def newest_object(pdf: bytes, number: int) -> bytes:
    """The content of an object as a reader finds it: from the last table of places."""
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    assert pdf[start : start + 4] == b"xref"
    place = int(re.search(rb"\n%d 1\n(\d{10}) 00000 n" % number, pdf[start:])[1])
    found = re.match(rb"%d 0 obj\n<< /Length (\d+).*?stream\n" % number, pdf[place:], re.DOTALL)
    packed = pdf[place + found.end() : place + found.end() + int(found[1])]
    return zlib.decompress(packed)


def test_codes_are_replaced_where_glyphs_are_mapped_to_them():
    result = mended(pdf_with(zlib.compress(MAP)), EVERYDAY)
    content = newest_object(result, 7)
    assert b"[<4E00> <98CE> <5E02> ]" in content
    assert b"<2F00> <4E00>" in content  # a glyph's own number is left alone
    assert b"/Prev" in result.rpartition(b"trailer")[2]


def test_the_old_file_stands_unchanged_before_the_update():
    old = pdf_with(zlib.compress(MAP))
    assert mended(old, EVERYDAY).startswith(old)


def test_nothing_to_mend_leaves_the_file_as_it_is():
    for stream in (MAP.replace(b"2F00", b"4E00").replace(b"2EDB", b"98CE"), b"0 0 m 1 1 l S"):
        old = pdf_with(zlib.compress(stream))
        assert mended(old, EVERYDAY) == old


def test_damaged_streams_and_other_files_are_left_alone():
    broken = pdf_with(b"no deflated data")
    assert mended(broken, EVERYDAY) == broken
    assert mended(b"no PDF at all", EVERYDAY) == b"no PDF at all"


def test_mending_twice_changes_nothing_more():
    once = mended(pdf_with(zlib.compress(MAP)), EVERYDAY)
    assert newest_object(mended(once, EVERYDAY), 7) == newest_object(once, 7)
