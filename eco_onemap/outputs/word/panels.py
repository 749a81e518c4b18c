# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts, notices and tallies as tables of a Word document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eco_onemap.outputs.report.blocks import FEW_LINES, Align, Cell, Facts, Notice, Tally
from eco_onemap.outputs.report.pairs import Pair, grouped
from eco_onemap.outputs.word.cells import TEXT_WIDTH_MM, box, row, shown, table
from eco_onemap.outputs.word.palette import FAINT, SHADES, SOFT, signed
from eco_onemap.outputs.word.styles import CARD, CELL, NOTE
from eco_onemap.outputs.word.xml import Element, element, paragraph, text_run

_NAME_MM = 30.0


def notice(block: Notice, ids: Mapping[str, str]) -> Element:
    """Return a box with a thick edge in the colour of its tone."""
    shade = SHADES[block.tone]
    properties = [element("color", val=shade.ink)]
    title = paragraph(ids[CARD], text_run(signed(block.title, block.tone), *properties))
    bullet = "" if len(block.lines) <= FEW_LINES else "· "
    lines = [paragraph(ids[CELL], text_run(f"{bullet}{line}")) for line in block.lines]
    cell = box(TEXT_WIDTH_MM, [title, *lines], ground=shade.ground, edge=shade.ink)
    return table([TEXT_WIDTH_MM], [row([cell])])


def tally(block: Tally, ids: Mapping[str, str]) -> Element:
    """Return numbers in a row, each with its sign and word below."""
    width = TEXT_WIDTH_MM / len(block.cells)
    cells = []
    for cell in block.cells:
        shade = SHADES[cell.tone]
        ink = SOFT if cell.text == "0" else shade.ink
        number = text_run(cell.text, element("b"), element("color", val=ink), element("sz", val=32))
        word = text_run(signed(cell.note, cell.tone), element("color", val=ink))
        lines = [
            paragraph(ids[CELL], number, jc="center"),
            paragraph(ids[NOTE], word, jc="center"),
        ]
        cells.append(box(width, lines, ground=shade.ground))
    return table([width] * len(cells), [row(cells)])


def facts(block: Facts, ids: Mapping[str, str]) -> Element:
    """Return names and values side by side below an optional title."""
    pairs = 1 if block.to_fill else block.pairs
    value_mm = TEXT_WIDTH_MM / pairs - _NAME_MM
    rows = [_title(block.title, ids, 2 * pairs)] if block.title else []
    rows += [_pairs(given, value_mm, pairs, ids) for given in grouped(block.rows, pairs)]
    rows += [_blank(name, value_mm, ids) for name in block.to_fill]
    return table([_NAME_MM, value_mm] * pairs, rows)


def _title(title: Cell, ids: Mapping[str, str], columns: int) -> Element:
    shade = SHADES[title.tone]
    ink = element("color", val=shade.ink)
    runs = [text_run(title.text)]
    if title.note:
        runs.append(text_run(f"\u3000{signed(title.note, title.tone)}", ink))
    line = paragraph(ids[CARD], *runs)
    return row([box(TEXT_WIDTH_MM, [line], span=columns, ground=shade.ground, edge=shade.ink)])


def _pairs(given: Sequence[Pair], value_mm: float, pairs: int, ids: Mapping[str, str]) -> Element:
    """Return a row of names and values; the last value takes what is left of the width."""
    cells = []
    for place, (name, cell) in enumerate(given, start=1):
        span = 2 * (pairs - place) + 1 if place == len(given) else 1
        width = value_mm + (span - 1) / 2 * (value_mm + _NAME_MM)
        cells.append(_name(name, ids))
        cells.append(box(width, shown(cell, Align.LEFT, ids[CELL], ids[NOTE]), span=span))
    return row(cells)


def _name(name: str, ids: Mapping[str, str]) -> Element:
    ink = element("color", val=SOFT)
    return box(_NAME_MM, [paragraph(ids[CELL], text_run(name, element("b"), ink))], ground=FAINT)


def _blank(name: str, value_mm: float, ids: Mapping[str, str]) -> Element:
    return row([_name(name, ids), box(value_mm, [paragraph(ids[CELL])])])
