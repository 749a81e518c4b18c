# SPDX-License-Identifier: GPL-2.0-or-later
"""Adds bookmarks to a PDF: the list of places that readers show beside the pages.

They are appended as an incremental update (ISO 32000-1, 7.5.6 and 12.3.3), as QGIS writes none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+)\s+0\s+R")


@dataclass(frozen=True)
class Bookmark:
    """A place in a PDF with its title; page: from 0. Those below it are folded in at first."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


def bookmarked(pdf: bytes, bookmarks: Sequence[Bookmark]) -> bytes:
    """Return *pdf* with bookmarks, unchanged without any.

    ValueError for a file that is not as QGIS writes it: one table of objects, pages in one list.
    """
    if not bookmarks:
        return pdf
    trailer = _TRAILER.match(pdf, max(pdf.rfind(b"trailer"), 0))
    if trailer is None:
        raise ValueError("no trailer")
    size = int(_found(rb"/Size\s+(\d+)", trailer[1]))
    root = int(_found(rb"/Root\s+(\d+)", trailer[1]))
    catalogue = _object(pdf, root)
    pages = _object(pdf, int(_found(rb"/Pages\s+(\d+)", catalogue)))
    kids = [int(number) for number in _REFERENCE.findall(_found(rb"/Kids\s*\[(.*?)\]", pages))]
    items = _Items(kids, first=size + 1)
    top = items.add(bookmarks, parent=size)
    shown = b"<< /Type /Outlines %s /Count %d >>" % (top, len(bookmarks))
    opened = b"<< %s /Outlines %d 0 R /PageMode /UseOutlines >>" % (catalogue, size)
    return pdf + _update({**items.objects, size: shown, root: opened}, trailer, len(pdf))


class _Items:
    """Makes the objects of bookmarks, each linked to its neighbours."""

    def __init__(self, pages: Sequence[int], first: int) -> None:
        self.objects: dict[int, bytes] = {}
        self._pages, self._next = pages, first

    def add(self, bookmarks: Sequence[Bookmark], parent: int) -> bytes:
        """Add bookmarks of one level with all below; return the links to the first and last."""
        numbers = range(self._next, self._next + len(bookmarks))
        self._next += len(bookmarks)
        for number, mark in zip(numbers, bookmarks, strict=True):
            links = b"/Parent %d 0 R" % parent
            if number > numbers[0]:
                links += b" /Prev %d 0 R" % (number - 1)
            if number < numbers[-1]:
                links += b" /Next %d 0 R" % (number + 1)
            if mark.below:
                links += b" %s /Count -%d" % (self.add(mark.below, number), len(mark.below))
            title = "\ufeff".encode("utf-16-be") + mark.title.encode("utf-16-be")
            self.objects[number] = b"<< /Title <%s> /Dest [%d 0 R /Fit] %s >>" % (
                title.hex().upper().encode(),
                self._pages[mark.page],
                links,
            )
        return b"/First %d 0 R /Last %d 0 R" % (numbers[0], numbers[-1])


def _found(pattern: bytes, content: bytes) -> bytes:
    match = re.search(pattern, content, re.DOTALL)
    if match is None:
        raise ValueError(pattern.decode())
    return match[1]


def _object(pdf: bytes, number: int) -> bytes:
    """Return what stands between the outer brackets of the latest form of an object."""
    forms = re.findall(rb"(?:^|[\r\n])%d 0 obj\s*<<(.*?)>>\s*endobj" % number, pdf, flags=re.DOTALL)
    if not forms:
        raise ValueError(f"no object {number}")
    return bytes(forms[-1]).strip()


def _update(objects: Mapping[int, bytes], trailer: re.Match[bytes], start: int) -> bytes:
    body, places = b"\n", b"xref\n"
    for number in sorted(objects):
        places += b"%d 1\n%010d 00000 n \n" % (number, start + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    keys = re.sub(rb"/Prev\s+\d+|/Size\s+\d+", b"", trailer[1]).strip()
    size, table = max(objects) + 1, start + len(body)
    end = b"trailer\n<< %s /Size %d /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    return body + places + end % (keys, size, trailer[2], table)
