# SPDX-License-Identifier: GPL-2.0-or-later
"""A Word document made ready for LibreOffice to print, which would lose rows of some tables.

Seen in LibreOffice 7.4: a table whose rows may not be split, with a heading row that repeats, loses
rows where it begins near the end of a page and a paragraph before or in it stays with the next one.
So nothing stays with what follows there: a caption may then stand alone at the end of a page. Rows
were lost behind gaps of an exact height after tables, too: gaps are a line high for it. What is
lost all the same (25.2 loses other rows) can be seen only on the pages: told of it, a table that
lost something begins a page; if that does not help, tables are laid out more loosely.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Generator, Iterable, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.parfmt import ParagraphFormat
from lxml import etree

from eco_onemap.outputs.word.xml import Element, element

_BODY = "word/document.xml"

MOST_BREAKS = 4
"""How often tables that lost something are moved to a page of their own."""


def ways_to_print(content: bytes) -> Generator[bytes, Sequence[str], None]:
    """Yield DOCX files for LibreOffice, the best-looking first; be sent the texts that one lost.

    content: a DOCX file as reports are written. Tables of the next ones begin a page if they lost a
    text, up to ``MOST_BREAKS`` times; tables of the last but one do not repeat their headings, rows
    of the last may be split between two pages, too.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        contents = [_told(table) for table in parse_xml(archive.read(_BODY)).iter(qn("w:tbl"))]
    moved: frozenset[int] = frozenset()
    for _ in range(1 + MOST_BREAKS):
        lost = yield _with_body(content, (), moved)
        more = moved | _holding(contents, lost)
        if more == moved:
            break
        moved = more
    for unwanted in (("w:tblHeader",), ("w:tblHeader", "w:cantSplit")):
        yield _with_body(content, unwanted, moved)


def _told(table: Element) -> str:
    """Return all text of a table, as letters without blanks."""
    return "".join("".join(node.text or "" for node in table.iter(qn("w:t"))).split())


def _holding(contents: Sequence[str], lost: Iterable[str]) -> frozenset[int]:
    """Return which tables hold a lost text, whatever it is joined of; *contents*: their text."""
    wanted = ["".join(text.split()) for text in lost]
    return frozenset(
        number for number, told in enumerate(contents) if any(text in told for text in wanted)
    )


def _with_body(content: bytes, unwanted: Sequence[str], moved: Collection[int]) -> bytes:
    """Return a DOCX file with a looser body, without some elements; tables *moved* begin a page."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _loosened(part, unwanted, moved) if name == _BODY else part)
    return made.getvalue()


def _loosened(body: bytes, unwanted: Sequence[str], moved: Collection[int]) -> bytes:
    """Let nothing stay with the next one before and in tables, and gaps after them grow."""
    document = parse_xml(body)
    for name in unwanted:
        for found in list(document.iter(qn(name))):
            found.getparent().remove(found)
    for number, table in enumerate(document.iter(qn("w:tbl"))):
        before = table.getprevious()
        if before is not None and before.tag == qn("w:p"):
            _let_go(before)
        if number in moved:
            _begin_page(table)
        for paragraph in table.iter(qn("w:p")):
            _let_go(paragraph)
        _let_grow(table.getnext())
    told: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True, standalone=True)
    return told


def _begin_page(table: Element) -> None:
    """Let a table begin a page, with the caption before it; one without any stays."""
    caption = table.getprevious()
    if caption is not None and caption.tag == qn("w:p"):
        ParagraphFormat(caption).page_break_before = True


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
