# SPDX-License-Identifier: GPL-2.0-or-later
"""A Word document made ready for LibreOffice to print, which would lose rows of some tables.

Seen in LibreOffice 7.4: a table whose rows may not be split, with a heading row that repeats, loses
rows where it begins near the end of a page and a paragraph before or in it stays with the next one.
So nothing stays with what follows there: a caption may then stand alone at the end of a page. Rows
were lost behind gaps of an exact height after tables, too: gaps are a line high for it. What is
lost all the same can be seen only on the pages: there is another way to lay them out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from eco_onemap.outputs.word.xml import Element, element

_BODY = "word/document.xml"


def ways_to_print(content: bytes) -> Iterator[bytes]:
    """Yield DOCX files for LibreOffice, the best-looking first, the safest last.

    content: a DOCX file as reports are written. Tables of the second do not repeat their headings,
    rows of the third may be split between two pages, too.
    """
    for unwanted in ((), ("w:tblHeader",), ("w:tblHeader", "w:cantSplit")):
        yield _with_body(content, unwanted)


def _with_body(content: bytes, unwanted: Sequence[str]) -> bytes:
    """Return a DOCX file with a looser body, without some elements; *content* is one."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _loosened(part, unwanted) if name == _BODY else part)
    return made.getvalue()


def _loosened(body: bytes, unwanted: Sequence[str]) -> bytes:
    """Let nothing stay with the next one before and in tables, and gaps after them grow."""
    document = parse_xml(body)
    for name in unwanted:
        for found in list(document.iter(qn(name))):
            found.getparent().remove(found)
    for table in document.iter(qn("w:tbl")):
        before = table.getprevious()
        if before is not None and before.tag == qn("w:p"):
            _let_go(before)
        for paragraph in table.iter(qn("w:p")):
            _let_go(paragraph)
        _let_grow(table.getnext())
    told: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True, standalone=True)
    return told


def _let_grow(gap: Element | None) -> None:
    """Let the gap after a table be as high as a line."""
    if gap is None or gap.tag != qn("w:p") or any(gap.itertext()):
        return
    for exact in list(gap.iter(qn("w:spacing"))):
        exact.getparent().remove(exact)


def _let_go(paragraph: Element) -> None:
    """Let a paragraph stand apart from the next one, whatever its style says."""
    properties = paragraph.get_or_add_pPr()
    for found in properties.findall(qn("w:keepNext")):
        properties.remove(found)
    after = properties.find(qn("w:pStyle")) is not None
    properties.insert(int(after), element("keepNext", val="0"))
