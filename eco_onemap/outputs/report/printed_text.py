# SPDX-License-Identifier: GPL-2.0-or-later
"""The text that stands on the pages of a report, whoever lays them out, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.messages import message
from eco_onemap.core.printed_pieces import Piece
from eco_onemap.outputs.report.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Items,
    Notice,
    Paragraph,
    Report,
    Table,
    Tally,
)
from eco_onemap.outputs.report.contents import listed_headings
from eco_onemap.outputs.word.palette import signed


def printed_pieces(report: Report) -> Iterator[Piece]:
    """Yield what stands together: a paragraph, a row of a table, a heading; nothing to fill in."""
    place = report.title
    yield Piece(place, (report.title, report.subtitle))
    first = len(report.first_page)
    for number, block in enumerate(report.blocks):
        if number == first:
            yield Piece(place, (message("document.contents").text(report.language),))
            yield from (
                Piece(place, (entry.text,), is_listed=True)
                for entry in listed_headings(report.blocks)
            )
        if isinstance(block, Heading):
            place = block.text
        yield from (Piece(place, texts) for texts in _texts(block) if any(texts))


def running_texts(report: Report) -> list[str]:
    """Return what stands on each page, but for its number."""
    return [report.title + report.mark, report.footer]


def table_heads(report: Report) -> set[str]:
    """Return the headings of tables with and without columns to fill in: pages repeat them."""
    tables = [block for block in report.blocks if isinstance(block, Table)]
    heads = [(*table.columns, *more) for table in tables for more in ((), table.to_fill)]
    return {"".join(column.title for column in columns) for columns in heads}


def _texts(block: Block) -> Iterator[tuple[str, ...]]:
    match block:
        case Heading() | Paragraph():
            yield (block.text,)
        case Items():
            yield from ((line,) for line in block.lines)
        case Notice():
            yield (signed(block.title, block.tone),)
            yield from ((line,) for line in block.lines)
        case Facts():
            if block.title:
                title = block.title
                yield title.text, signed(title.note, title.tone) if title.note else ""
            yield from ((name, *_cell(cell)) for name, cell in block.rows)
        case Tally():
            yield from ((cell.text, signed(cell.note, cell.tone)) for cell in block.cells)
        case Table():
            yield from _table(block)
        case Figure():
            yield (block.caption,)


def _table(block: Table) -> Iterator[tuple[str, ...]]:
    if not block.rows:
        yield (block.empty,)
        return
    yield (block.caption,)
    yield tuple(column.title for column in block.columns)
    for row in block.rows:
        yield tuple(text for cell in row for text in _cell(cell))


def _cell(cell: Cell) -> tuple[str, str]:
    return signed(cell.text, cell.tone), cell.note
