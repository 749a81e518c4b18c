# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of contents: a line for each heading that leads there and tells its page.

Word and LibreOffice show the cached result of a TOC field as it stands in the file, so nobody
would see a page number that holds before he asks for it. References to pages (PAGEREF) are
computed: by LibreOffice on opening, by Word on printing. They stand in the part that Word takes
for the document's list of contents, so that its own can take their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eco_onemap.outputs.report.contents import FEW_LINES, Entry
from eco_onemap.outputs.word.cells import TEXT_WIDTH_MM
from eco_onemap.outputs.word.styles import TOC
from eco_onemap.outputs.word.xml import Element, element, field, link, paragraph, text_run, twips

UNKNOWN = "…"
"""Stands for a page number until a program has laid the pages out."""


def contents_list(
    title: str, entries: Sequence[Entry], ids: Mapping[str, str], bookmarks: Iterator[int]
) -> list[Element]:
    """Return the list with its title, a long one on a page of its own."""
    heading = paragraph(ids["Eco Contents"], text_run(title))
    if len(entries) > FEW_LINES:
        heading[0].append(element("pageBreakBefore"))
    part = element(
        "docPartObj",
        element("docPartGallery", val="Table of Contents"),
        element("docPartUnique"),
    )
    lines = [_line(entry, ids) for entry in entries]
    properties = element("sdtPr", element("id", val=next(bookmarks)), part)
    return [element("sdt", properties, element("sdtContent", heading, *lines))]


def _line(entry: Entry, ids: Mapping[str, str]) -> Element:
    right = element("tab", val="right", leader="dot", pos=twips(TEXT_WIDTH_MM))
    bookmark = f"_Toc{entry.number}"
    text = link(bookmark, text_run(f"{entry.text}\t"), *field(f"PAGEREF {bookmark} \\h", UNKNOWN))
    line = paragraph(ids[TOC[entry.level - 1]], text)
    line[0].append(element("tabs", right))
    if entry.level > 1:
        line[0].append(element("ind", left=420))
    return line
