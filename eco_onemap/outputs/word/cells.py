# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of a Word document: fixed widths, lines, headings that repeat, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.outputs.report.blocks import Align, Cell, Tone
from eco_onemap.outputs.word.palette import ACCENT, LINE, SHADES, signed
from eco_onemap.outputs.word.xml import (
    Element,
    bookmark_name,
    element,
    link,
    paragraph,
    text_run,
    twips,
)

TEXT_WIDTH_MM = 170.0
"""A4 less margins of 20 mm on the left and the right."""

_MARGIN_TWIPS = 85
_JUSTIFIED = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}


def widths_mm(shares: Sequence[float], total_mm: float = TEXT_WIDTH_MM) -> list[float]:
    """Return the widths of columns, of which only the shares are known."""
    whole = sum(shares)
    return [total_mm * share / whole for share in shares]


def table(widths: Sequence[float], rows: Sequence[Element], *, lines: str = LINE) -> Element:
    """Return a table of columns with these widths in mm and borders in the colour *lines*."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [element(side, val="single", sz=4, space=0, color=lines) for side in sides]
    room = {"top": 28, "left": _MARGIN_TWIPS, "bottom": 28, "right": _MARGIN_TWIPS}
    margins = [element(side, w=width, type="dxa") for side, width in room.items()]
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(twips(width) for width in widths), type="dxa"),
            element("tblBorders", *borders),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *margins),
        ),
        element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths)),
        *rows,
    )


def row(cells: Sequence[Element], *, is_head: bool = False) -> Element:
    """Return a row that stays on one page; a heading row stands on each."""
    head = element("tblHeader") if is_head else None
    return element("tr", element("trPr", element("cantSplit"), head), *cells)


def box(
    width_mm: float, content: Sequence[Element], *, span: int = 1, ground: str = "", edge: str = ""
) -> Element:
    """Return a cell; ground: its colour; edge: the colour of a thick line on its left."""
    thick = element("left", val="single", sz=36, space=0, color=edge) if edge else None
    properties = element(
        "tcPr",
        element("tcW", w=twips(width_mm), type="dxa"),
        element("gridSpan", val=span) if span > 1 else None,
        element("tcBorders", thick) if edge else None,
        element("shd", val="clear", color="auto", fill=ground) if ground else None,
    )
    return element("tc", properties, *content)


def shown(cell: Cell, align: Align, style: str, note_style: str) -> list[Element]:
    """Return the paragraphs of a cell: its text, with sign or link, and its note below."""
    side = {"jc": _JUSTIFIED[align]} if align is not Align.LEFT else {}
    lines = [paragraph(style, _words(cell), **side)]
    if cell.note:
        lines.append(paragraph(note_style, text_run(cell.note), **side))
    return lines


def _words(cell: Cell) -> Element:
    if cell.tone is not Tone.PLAIN:
        colour = element("color", val=SHADES[cell.tone].ink)
        return text_run(signed(cell.text, cell.tone), element("b"), colour)
    if cell.anchor:
        run = text_run(cell.text, element("color", val=ACCENT))
        return link(bookmark_name(cell.anchor), run)
    return text_run(cell.text)
