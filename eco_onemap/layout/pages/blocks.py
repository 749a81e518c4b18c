# SPDX-License-Identifier: GPL-2.0-or-later
"""The blocks of a report as strips, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from qgis.PyQt.QtGui import QImage

from eco_onemap.core.messages import message
from eco_onemap.layout.pages.cells import TEXT_WIDTH, box_of
from eco_onemap.layout.pages.looks import (
    BODY,
    CONTENTS,
    HEADINGS,
    SUBTITLE,
    TITLE,
    dots,
)
from eco_onemap.layout.pages.panels import GAP, facts, notice, tally
from eco_onemap.layout.pages.strips import Bookmark, Box, Strip, strip_of
from eco_onemap.layout.pages.tables import caption_strip, data_table, empty_line
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
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
from eco_onemap.outputs.report.contents import FEW_LINES, Entry, listed_headings

_LOGO = dots(16.0)
_HANGING = dots(6.0)
_SPACES = {1: (6.0, 2.5), 2: (5.0, 2.0), 3: (3.5, 1.5), 4: (2.5, 1.2)}
"""Millimetres above and below headings."""

UNKNOWN = "…"


class Strips:
    """Makes the strips of a report; its tables and figures are numbered."""

    def __init__(self, report: Report, pages: Mapping[int, int]) -> None:
        """Keep what is told; pages: block of a heading to the number of its page, if known."""
        self._report, self._language, self._pages = report, report.language, pages
        self._tables, self._figures = count(1), count(1)

    def all(self, logo: bytes | None) -> Iterator[Strip]:
        """Yield logo, title and blocks; the contents stand where the first page ends."""
        yield from self._title(logo)
        entries = listed_headings(self._report.blocks)
        first = len(self._report.first_page)
        for number, block in enumerate(self._report.blocks):
            if number == first:
                yield from self._contents(entries)
            yield from self._strips(block, number)

    def _title(self, logo: bytes | None) -> Iterator[Strip]:
        image = QImage.fromData(logo) if logo else None
        if image is not None and not image.isNull():
            width = _LOGO * image.width() / image.height()
            box = Box((TEXT_WIDTH - width) / 2, width)
            yield Strip((box,), _LOGO, image=image, after=dots(3))
        for text, look, after in (
            (self._report.title, TITLE, 1.5),
            (self._report.subtitle, SUBTITLE, 4.0),
        ):
            box = box_of([(text, look)], self._language, 0.0, TEXT_WIDTH, Align.CENTRE, padding=0.0)
            yield strip_of(box, after=dots(after), with_next=True)

    def _contents(self, entries: list[Entry]) -> Iterator[Strip]:
        title = message("document.contents").text(self._language)
        heading = box_of([(title, HEADINGS[1])], self._language, 0.0, TEXT_WIDTH, padding=0.0)
        long = len(entries) > FEW_LINES
        yield strip_of(heading, new_page=long, before=dots(5.0), after=GAP, with_next=True)
        for entry in entries:
            left = 0.0 if entry.level == 1 else _HANGING
            look, end = CONTENTS[entry.level], dots(14.0)
            page = str(self._pages.get(entry.number, UNKNOWN))
            text = box_of(
                [(entry.text, look)], self._language, left, TEXT_WIDTH - left - end, padding=0.0
            )
            number = box_of(
                [(page, look)], self._language, TEXT_WIDTH - end, end, Align.RIGHT, padding=0.0
            )
            yield strip_of(text, number, after=dots(0.8), leads_to=entry.number)

    def _strips(self, block: Block, number: int) -> Iterator[Strip]:
        match block:
            case Heading():
                yield self._heading(block, number)
            case Paragraph():
                yield self._paragraph(block.text)
            case Items():
                yield from self._items(block)
            case Notice():
                yield notice(block, self._language)
            case Facts():
                yield from facts(block, self._language)
            case Tally():
                yield tally(block, self._language)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)

    def _heading(self, block: Heading, number: int) -> Strip:
        above, below = _SPACES[block.level]
        box = box_of(
            [(block.text, HEADINGS[block.level])], self._language, 0.0, TEXT_WIDTH, padding=0.0
        )
        bookmark = Bookmark(block.level, block.text, number)
        strip = strip_of(box, before=dots(above), after=dots(below), with_next=True)
        return replace(strip, new_page=block.new_page, bookmark=bookmark)

    def _paragraph(self, text: str) -> Strip:
        indent = "\N{IDEOGRAPHIC SPACE}" * 2 if self._language == "zh" else ""
        box = box_of([(indent + text, BODY)], self._language, 0.0, TEXT_WIDTH, padding=0.0)
        return strip_of(box, after=dots(2.0))

    def _items(self, block: Items) -> Iterator[Strip]:
        for number, text in enumerate(block.lines, start=1):
            sign = f"{number}." if block.numbered else "·"
            mark = box_of([(sign, BODY)], self._language, 0.0, _HANGING, padding=0.0)
            width = TEXT_WIDTH - _HANGING
            words = box_of([(text, BODY)], self._language, _HANGING, width, padding=0.0)
            yield strip_of(mark, words, after=dots(1.0))

    def _table(self, block: Table) -> Iterator[Strip]:
        if not block.rows:
            yield from [empty_line(block.empty, self._language)] if block.empty else []
            return
        label = message("document.table_label").text(self._language)
        caption = f"{label} {next(self._tables)}\u3000{block.caption}" if block.caption else ""
        yield from data_table(block, caption, self._language)

    def _figure(self, block: Figure) -> Iterator[Strip]:
        image = QImage(str(block.image)) if block.image else QImage()
        if image.isNull():
            apart = message("document.figure_apart", file=block.path.name)
            yield replace(empty_line(apart.text(self._language), self._language), with_next=True)
        else:
            scale = min(TEXT_WIDTH / image.width(), dots(block.most_mm) / image.height())
            width, height = image.width() * scale, image.height() * scale
            box = Box((TEXT_WIDTH - width) / 2, width)
            yield Strip((box,), height, before=dots(1.5), with_next=True, image=image)
        label = message("document.figure_label").text(self._language)
        caption = f"{label} {next(self._figures)}\u3000{block.caption}"
        yield caption_strip(caption, self._language, below=True)
