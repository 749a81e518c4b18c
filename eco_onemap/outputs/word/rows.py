# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of results in a Word document: rows are text in frames that are made once for each kind.

Making the elements of each cell anew is most of the work of a report with many tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree

from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.outputs.formatting import printable
from eco_onemap.outputs.report.blocks import Align, Cell, Table, Tone
from eco_onemap.outputs.word.cells import box, row, shown, table, widths_mm
from eco_onemap.outputs.word.palette import FAINT, HEAD
from eco_onemap.outputs.word.styles import CELL, CROWDED, NOTE
from eco_onemap.outputs.word.styles import HEAD as HEAD_STYLE
from eco_onemap.outputs.word.xml import DECLARED, Element, bookmark_name

_EMPTY, _FEW_COLUMNS = Cell(""), 6
_TEXT, _NOTE, _ANCHOR = "0text0", "0note0", bookmark_name("0anchor0")
_MARKS = re.compile(f"({_TEXT}|{_NOTE}|{_ANCHOR})")
_END, _ROW_END = "</w:tbl>", "</w:tr>"
_BROKEN = frozenset("\n\t\r")
"""What a line of a cell is more than one piece of text with."""

Frame = tuple[float, Align, str, str, str]
"""Width, alignment, the styles of text and note, and the ground of a cell."""


def data_table(block: Table, ids: Mapping[str, str], progress: Progress) -> bytes:
    """Return a table under a heading row that repeats, with the columns to fill in last.

    Raises Cancelled.
    """
    columns = (*block.columns, *block.to_fill)
    widths = widths_mm([column.width for column in columns])
    pairs = list(zip(widths, columns, strict=True))
    head = [
        box(width, shown(Cell(column.title), column.align, ids[HEAD_STYLE], ids[NOTE]), ground=HEAD)
        for width, column in pairs
    ]
    style = ids[CROWDED if len(columns) > _FEW_COLUMNS else CELL]
    frames = [
        [(width, column.align, style, ids[NOTE], ground) for width, column in pairs]
        for ground in ("", FAINT if block.striped else "")
    ]
    blank = (_EMPTY,) * len(block.to_fill)
    start = _text(row([])).removesuffix(_ROW_END)
    texts = [_text(table(widths, [row(head, is_head=True)])).removesuffix(_END)]
    for number, cells in enumerate(block.rows):
        stop_if_cancelled(progress)
        pairs_of_row = zip(frames[number % 2], (*cells, *blank), strict=True)
        told = (_told(frame, cell) for frame, cell in pairs_of_row)
        texts.append(f"{start}{''.join(told)}{_ROW_END}")
    return "".join((*texts, _END)).encode()


def _told(frame: Frame, cell: Cell) -> str:
    """Return the text of a cell."""
    if not _BROKEN.isdisjoint(cell.text) or not _BROKEN.isdisjoint(cell.note):
        return _boxed(frame, cell)
    parts = _framed(frame, bool(cell.text), bool(cell.note), cell.tone, bool(cell.anchor))
    if len(parts) == 1:
        return parts[0]
    put = {
        _TEXT: escape(printable(cell.text)),
        _NOTE: escape(printable(cell.note)),
        _ANCHOR: bookmark_name(cell.anchor),
    }
    return "".join(put.get(part, part) for part in parts)


@lru_cache(maxsize=1 << 12)
def _framed(
    frame: Frame, has_text: bool, has_note: bool, tone: Tone, has_anchor: bool
) -> list[str]:
    """Return what is around the texts of a cell, with marks where these belong."""
    marks = (_TEXT, has_text), (_NOTE, has_note), ("0anchor0", has_anchor)
    text, note, anchor = (mark if is_there else "" for mark, is_there in marks)
    return _MARKS.split(_boxed(frame, Cell(text, note, tone, anchor)))


def _boxed(frame: Frame, cell: Cell) -> str:
    width, align, style, note_style, ground = frame
    return _text(box(width, shown(cell, align, style, note_style), ground=ground))


def _text(made: Element) -> str:
    """Return an element as text that says nothing about names: the document has done so."""
    text: str = etree.tostring(made, encoding="unicode")
    return text.replace(DECLARED, "", 1)
