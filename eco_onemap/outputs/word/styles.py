# SPDX-License-Identifier: GPL-2.0-or-later
"""The styles of a report: Word's own names, so that a contents list and a template know them."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from eco_onemap.outputs.word.palette import ACCENT, INK, SOFT
from eco_onemap.outputs.word.xml import element

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
"""Typefaces that every Chinese Word has; elsewhere a program takes what is nearest."""

SERIF, SANS = "Times New Roman", "Arial"


@dataclass(frozen=True)
class Look:
    """How text of a style looks; sizes and spaces in points."""

    name: str
    size: float
    han: str = SONG
    latin: str = SERIF
    colour: str = INK
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    centred: bool = False
    with_next: bool = False
    indent: bool = False


BODY, CELL, NOTE, HEAD, CARD = "Normal", "Eco Cell", "Eco Note", "Eco Head", "Eco Card"
CROWDED = "Eco Crowded"
"""For cells of tables of many columns, where text of 9 points would break numbers."""

TOC = ("toc 1", "toc 2")

LOOKS = (
    Look(BODY, 10.5, after=3, line=1.35),
    Look("Body Text", 10.5, after=4, line=1.35, indent=True),
    Look("Title", 20, HEI, SANS, ACCENT, bold=True, before=6, after=4, centred=True),
    Look("Subtitle", 12, FANG, SANS, SOFT, after=8, centred=True),
    Look("Heading 1", 15, HEI, SANS, ACCENT, True, before=14, after=6, with_next=True),
    Look("Heading 2", 13, HEI, SANS, ACCENT, True, before=12, after=5, with_next=True),
    Look("Heading 3", 11, HEI, SANS, ACCENT, True, before=9, after=4, with_next=True),
    Look("Heading 4", 10, HEI, SANS, SOFT, True, before=6, after=3, with_next=True),
    Look("Caption", 9, HEI, SANS, INK, before=6, after=3, with_next=True),
    Look("List Bullet", 10.5, after=2, line=1.25),
    Look("List Number", 10.5, after=2, line=1.25),
    Look("header", 9, SONG, SANS, SOFT),
    Look("footer", 8.5, SONG, SANS, SOFT),
    Look(TOC[0], 10.5, HEI, SANS, after=2),
    Look(TOC[1], 10, SONG, SANS, after=1),
    Look("Eco Contents", 14, HEI, SANS, ACCENT, True, before=6, after=6, with_next=True),
    Look(CELL, 9, SONG, SANS),
    Look(CROWDED, 8, SONG, SANS),
    Look(NOTE, 8, FANG, SANS, SOFT),
    Look(HEAD, 9, HEI, SANS, bold=True, with_next=True),
    Look(CARD, 10, HEI, SANS, bold=True, with_next=True),
    Look("Eco Empty", 9.5, FANG, SANS, SOFT, after=6),
)


def dress(document: Document, language: str, *, keep: bool = False) -> None:
    """Give a document the styles of a report; keep: those that it has stay as they are."""
    for look in LOOKS:
        found = _find(document, look.name)
        if found is None or not keep:
            _apply(found or _added(document, look.name), look, language)
    if not keep:
        _set_language(document, language)


def style_id(document: Document, name: str) -> str:
    """Return what a document's paragraphs call the style of this name."""
    found = _find(document, name)
    return name if found is None else str(found.style_id)


def _find(document: Document, name: str) -> ParagraphStyle | None:
    """Return the paragraph style of a name in any spelling: programs write them as they like."""
    wanted = name.lower()
    return next((s for s in _paragraph_styles(document) if str(s.name).lower() == wanted), None)


def _paragraph_styles(document: Document) -> list[ParagraphStyle]:
    return [style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH]


def _added(document: Document, name: str) -> ParagraphStyle:
    builtin = not name.startswith("Eco ")
    style: ParagraphStyle = document.styles.add_style(
        name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin
    )
    style.base_style = _find(document, BODY)
    return style


def _apply(style: ParagraphStyle, look: Look, language: str) -> None:
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    _set_fonts(style, look)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.line_spacing = look.line
    spacing.keep_with_next = look.with_next
    if look.centred:
        spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _without(style, "pBdr", "tabs")
    if look.indent and language == "zh":
        spacing.first_line_indent = Pt(2 * look.size)
        style.element.pPr.ind.set(qn("w:firstLineChars"), "200")


def _set_fonts(style: ParagraphStyle, look: Look) -> None:
    """Name the typefaces; those of the theme would win over them."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = {"ascii": look.latin, "hAnsi": look.latin, "cs": look.latin, "eastAsia": look.han}
    properties.insert(0, element("rFonts", **names))


def _without(style: ParagraphStyle, *tags: str) -> None:
    """Take the rule below a title, and the stops of running lines, off a style."""
    properties = style.element.get_or_add_pPr()
    for old in [found for tag in tags for found in properties.findall(qn(f"w:{tag}"))]:
        properties.remove(old)


def _set_language(document: Document, language: str) -> None:
    """Say which language spelling is checked in; Chinese text is Chinese in either report."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    properties = None if defaults is None else defaults.find(qn("w:rPr"))
    if properties is None:
        return
    for old in [*properties.findall(qn("w:lang")), *properties.findall(qn("w:rFonts"))]:
        properties.remove(old)
    fonts = {"ascii": SERIF, "hAnsi": SERIF, "cs": SERIF, "eastAsia": SONG}
    properties.insert(0, element("rFonts", **fonts))
    spoken = {"val": "zh-CN" if language == "zh" else "en-GB", "eastAsia": "zh-CN"}
    properties.append(element("lang", **spoken, bidi="ar-SA"))
