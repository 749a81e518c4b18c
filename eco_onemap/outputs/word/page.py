# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of a Word document: A4, margins, what stands above and below the text."""

from __future__ import annotations

import string
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from eco_onemap.core.messages import message
from eco_onemap.outputs.report.blocks import Report
from eco_onemap.outputs.word.cells import TEXT_WIDTH_MM
from eco_onemap.outputs.word.palette import LINE
from eco_onemap.outputs.word.styles import style_id
from eco_onemap.outputs.word.xml import Element, element, field, paragraph, text_run, twips

_WIDTH_MM, _HEIGHT_MM = 210.0, 297.0


_WORD_2013 = 15
_NOT_TAKEN = ("/stylesWithEffects", "/thumbnail")


def clear(document: Document) -> None:
    """Take the text out of a template; what stands above and below it, and its page, stays.

    Out with its preview too, and with the copy of its styles that Word 2010 kept: where the two
    differ, Word doubts the file.
    """
    for part in (document.part, document.part.package):
        for name, told in list(part.rels.items()):
            if told.reltype.endswith(_NOT_TAKEN):
                part.rels.pop(name)
    body = document.element.body
    for block in list(body):
        if block is not body.sectPr:
            body.remove(block)


def set_page(document: Document) -> None:
    """Make all pages A4 portrait, laid out as Word does since 2013: tables end where text does."""
    _set_layout_of(document, _WORD_2013)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm((_WIDTH_MM - TEXT_WIDTH_MM) / 2)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance, section.footer_distance = Mm(11), Mm(10)


def _set_layout_of(document: Document, version: int) -> None:
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        old.getparent().remove(old)
    mode = element(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=version,
    )
    place = settings.find(qn("w:rsids"))
    made = element("compat", mode)
    settings.append(made) if place is None else place.addprevious(made)


def set_running_lines(document: Document, report: Report) -> None:
    """Put title and mark above each page, the footer and the page's number below.

    A header or footer that a template has words in stays as it is.
    """
    section = document.sections[0]
    if _is_empty(section.header._element):
        mark = text_run(report.mark, element("color", val="B3231B"))
        line = paragraph(style_id(document, "header"), text_run(f"{report.title}\t"), mark)
        _replace(section.header._element, line, "bottom")
    if _is_empty(section.footer._element):
        words = message("document.page_of", page="{page}", pages="{pages}").text(report.language)
        style = style_id(document, "footer")
        _replace(section.footer._element, paragraph(style, text_run(report.footer)), "top")
        section.footer._element.append(paragraph(style, *_numbered(words), jc="right"))


def _is_empty(part: Element) -> bool:
    """Return whether a header or footer has neither words nor pictures."""
    return not "".join(part.itertext()).strip() and part.find(f".//{qn('w:drawing')}") is None


def _numbered(sentence: str) -> Iterator[Element]:
    """Yield the words of "page X of Y" with fields for X and Y."""
    instructions = {"page": "PAGE", "pages": "NUMPAGES"}
    for words, name, _, _ in string.Formatter().parse(sentence):
        if words:
            yield text_run(words)
        if name:
            yield from field(instructions[name], "1")


def _replace(part: Element, line: Element, rule: str) -> None:
    """Let *line* be all of a header or footer, with a thin rule towards the text."""
    for old in part.findall(qn("w:p")):
        part.remove(old)
    border = element(rule, val="single", sz=4, space=3, color=LINE)
    stop = element("tab", val="right", pos=twips(TEXT_WIDTH_MM))
    line[0].extend([element("pBdr", border), element("tabs", stop)])
    part.append(line)
