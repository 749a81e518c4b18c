# SPDX-License-Identifier: GPL-2.0-or-later
"""The bookmarks of a PDF: the list of places that readers show beside the pages (12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eco_onemap.layout.pdf_file import text_string


@dataclass(frozen=True)
class Bookmark:
    """A place with its title; page: from 0. Those below it are folded in at first."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


def bookmark_objects(
    bookmarks: Sequence[Bookmark], pages: Sequence[int], first: int
) -> dict[int, bytes]:
    """Return the objects of bookmarks, the list itself as number *first*; pages: their objects."""
    items = _Items(pages, first + 1)
    links = items.add(bookmarks, parent=first)
    outlines = b"<< /Type /Outlines %s /Count %d >>" % (links, len(bookmarks))
    return {first: outlines, **items.objects}


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
            self.objects[number] = b"<< /Title %s /Dest [%d 0 R /Fit] %s >>" % (
                text_string(mark.title),
                self._pages[mark.page],
                links,
            )
        return b"/First %d 0 R /Last %d 0 R" % (numbers[0], numbers[-1])
