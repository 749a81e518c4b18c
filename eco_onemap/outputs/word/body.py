# SPDX-License-Identifier: GPL-2.0-or-later
"""The blocks of a report as the elements of a Word document, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from docx.document import Document

from eco_onemap.core.messages import Message, message
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.outputs.report.blocks import (
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
from eco_onemap.outputs.report.contents import listed_headings
from eco_onemap.outputs.word import styles
from eco_onemap.outputs.word.contents import contents_list
from eco_onemap.outputs.word.figures import figure, logo_line
from eco_onemap.outputs.word.flow import Flow
from eco_onemap.outputs.word.lists import Lists
from eco_onemap.outputs.word.panels import facts, notice, tally
from eco_onemap.outputs.word.rows import data_table
from eco_onemap.outputs.word.xml import (
    Element,
    bookmark_name,
    bookmarked,
    element,
    field,
    paragraph,
    text_run,
)


class Body:
    """Writes blocks into a document that has the styles of a report."""

    def __init__(self, document: Document, flow: Flow, language: str, progress: Progress) -> None:
        self._document, self._flow, self._progress = document, flow, progress
        self._language = language
        self._ids = {look.name: styles.style_id(document, look.name) for look in styles.LOOKS}
        self._lists = Lists(document)
        self._bookmarks = count(1)
        self._tables, self._figures = count(1), count(1)

    def write(self, report: Report, logo: bytes | None) -> None:
        """Append logo, title and blocks; the contents stand where the first page ends.

        Raises Cancelled.
        """
        if logo:
            self._append([logo_line(self._document, logo)])
        self._append([self._line("Title", report.title), self._line("Subtitle", report.subtitle)])
        headings = listed_headings(report.blocks)
        first = len(report.first_page)
        for number, block in enumerate(report.blocks):
            stop_if_cancelled(self._progress)
            if number == first:
                title = message("document.contents").text(self._language)
                self._append(contents_list(title, headings, self._ids, self._bookmarks))
            self._append(self._elements(block, number))

    def _append(self, elements: Sequence[Element | bytes]) -> None:
        for made in elements:
            self._flow.append(made)

    def _line(self, style: str, text: str, **format_: object) -> Element:
        return paragraph(self._ids[style], text_run(text), **format_)

    def _elements(self, block: Block, number: int) -> list[Element | bytes]:
        match block:
            case Heading():
                made = [self._heading(block, number)]
            case Paragraph():
                made = [self._line("Body Text", block.text)]
            case Items():
                made = self._items(block)
            case Notice():
                made = _with_gap(notice(block, self._ids))
            case Facts():
                made = _with_gap(facts(block, self._ids))
            case Tally():
                made = _with_gap(tally(block, self._ids))
            case Table():
                made = list(self._table(block))
            case Figure():
                made = self._figure(block)
        return made

    def _heading(self, block: Heading, number: int) -> Element:
        """Return a heading within its bookmarks: its anchor's, and the one of the contents."""
        content: list[Element] = [text_run(block.text)]
        names = [f"_Toc{number}", *([bookmark_name(block.anchor)] if block.anchor else [])]
        for name in names:
            content = bookmarked(next(self._bookmarks), name, *content)
        made = paragraph(self._ids[f"Heading {block.level}"], *content)
        if block.new_page:
            made[0].append(element("pageBreakBefore"))
        return made

    def _items(self, block: Items) -> list[Element]:
        style = self._ids["List Number" if block.numbered else "List Bullet"]
        numbering = self._lists.new_numbers() if block.numbered else self._lists.bullets
        return [self._lists.line(style, numbering, line) for line in block.lines]

    def _table(self, block: Table) -> Iterator[Element | bytes]:
        if not block.rows:
            if block.empty:
                yield self._line("Eco Empty", block.empty)
            return
        if block.caption:
            yield self._caption(message("document.table_label"), self._tables, block.caption)
        yield from _with_gap(data_table(block, self._ids, self._progress))

    def _figure(self, block: Figure) -> list[Element]:
        picture = figure(self._document, block)
        if picture is None:
            apart = message("document.figure_apart", file=block.path.name)
            picture = self._line("Eco Empty", apart.text(self._language))
        picture[0].append(element("keepNext"))
        caption = self._caption(
            message("document.figure_label"), self._figures, block.caption, jc="center"
        )
        return [picture, caption]

    def _caption(
        self, kind: Message, numbers: Iterator[int], text: str, **format_: object
    ) -> Element:
        """Return a caption whose number Word counts, after the word for what it is of."""
        label, number = kind.text(self._language), str(next(numbers))
        counted = field(f"SEQ {label} \\* ARABIC", number)
        content = [text_run(f"{label} "), *counted, text_run(f"\u3000{text}")]
        return paragraph(self._ids["Caption"], *content, **format_)


def _with_gap(table: Element | bytes) -> list[Element | bytes]:
    """Return a table and the small gap after it: tables that touch would become one."""
    size = element("rPr", element("sz", val=8))
    gap = element("spacing", before=0, after=0, line=120, lineRule="exact")
    return [table, element("p", element("pPr", gap, size))]
