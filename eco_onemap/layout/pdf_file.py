# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads objects of a PDF as Qt writes it, and what an update appends to it.

An update (ISO 32000-1, 7.5.6: incremental updates) leaves the file as it is, so that a large one
need not be loaded: mapped into memory, only the objects asked for are read. Libraries for PDF
(pypdf) hold all of it, three to four times over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from mmap import mmap

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)", re.DOTALL)
_SECTION = re.compile(rb"(\d+) (\d+)\s*\n")
_PLACE_BYTES = 20
"""Of one entry in a table of places (ISO 32000-1, 7.5.4)."""


class PdfFile:
    """The objects of a PDF; ValueError for one that has no plain tables of where they are."""

    def __init__(self, content: bytes | mmap) -> None:
        self.content = content
        trailer = _TRAILER.match(content, max(content.rfind(b"trailer"), 0))
        if trailer is None:
            raise ValueError("no trailer")
        self._keys, self._table = trailer[1], int(trailer[2])
        self._places = dict(self._all_places())
        self.size = int(found(rb"/Size\s+(\d+)", self._keys))

    def reference(self, key: bytes, content: bytes | None = None) -> int:
        """Return the object that a key of the trailer, or of *content*, refers to."""
        within = self._keys if content is None else content
        return int(found(rb"/%s\s+(\d+)\s+\d+\s+R" % key, within))

    def object(self, number: int) -> bytes:
        """Return what stands between ``obj`` and ``endobj``."""
        start = self.content.find(b"obj", self._places[number]) + len(b"obj")
        return bytes(self.content[start : self.content.find(b"endobj", start)]).strip()

    def dictionary(self, number: int) -> bytes:
        """Return the entries of an object that is a dictionary."""
        return self.object(number).removeprefix(b"<<").removesuffix(b">>").strip()

    def pages(self) -> list[int]:
        """Return the numbers of the pages, which stand in one list."""
        catalogue = self.dictionary(self.reference(b"Root"))
        tree = self.dictionary(self.reference(b"Pages", catalogue))
        kids = found(rb"/Kids\s*\[(.*?)\]", tree)
        return [int(number) for number in re.findall(rb"(\d+)\s+\d+\s+R", kids)]

    def update(self, objects: Mapping[int, bytes]) -> bytes:
        """Return what is to be appended so that objects have new content, "" for none."""
        if not objects:
            return b""
        start = len(self.content)
        body, places = b"\n", b"xref\n0 1\n0000000000 65535 f \n"
        for number in sorted(objects):
            places += b"%d 1\n%010d 00000 n \n" % (number, start + len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
        keys = re.sub(rb"/Prev\s+\d+|/Size\s+\d+", b"", self._keys).strip()
        size = max(self.size, max(objects) + 1)
        end = b"trailer\n<< %s /Size %d /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
            *(keys, size, self._table),
            start + len(body),
        )
        return body + places + end

    def _all_places(self) -> Iterator[tuple[int, int]]:
        """Yield object and place in all tables, the oldest first."""
        tables = [self._table]
        while earlier := re.search(rb"/Prev\s+(\d+)", self._trailer_of(tables[-1])):
            tables.append(int(earlier[1]))
        for table in reversed(tables):
            yield from self._places_in(table)

    def _trailer_of(self, table: int) -> bytes:
        start = self.content.find(b"trailer", table)
        trailer = _TRAILER.match(self.content, max(start, 0))
        if trailer is None:
            raise ValueError("no trailer")
        return trailer[1]

    def _places_in(self, table: int) -> Iterator[tuple[int, int]]:
        at = self.content.find(b"\n", table) + 1
        while section := _SECTION.match(self.content, at):
            first, count = int(section[1]), int(section[2])
            end = section.end() + count * _PLACE_BYTES
            entries = self.content[section.end() : end]
            for number in range(count):
                entry = entries[number * _PLACE_BYTES : (number + 1) * _PLACE_BYTES]
                if entry[17:18] == b"n":
                    yield first + number, int(entry[:10])
            at = end


def found(pattern: bytes, content: bytes) -> bytes:
    """Return the first group of a pattern; ValueError where it is not there."""
    match = re.search(pattern, content, re.DOTALL)
    if match is None:
        raise ValueError(pattern.decode())
    return match[1]


def text_string(text: str) -> bytes:
    """Return a text as it stands in a PDF (ISO 32000-1, 7.9.2.2)."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def numbers(values: tuple[float, ...]) -> bytes:
    """Return an array of numbers."""
    return b"[%s]" % " ".join(f"{value:.12f}".rstrip("0").rstrip(".") for value in values).encode()
