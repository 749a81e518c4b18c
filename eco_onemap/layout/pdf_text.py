# SPDX-License-Identifier: GPL-2.0-or-later
"""Mends the text of a PDF, so that it can be searched and copied as it was written.

Fonts draw radicals (U+2F00) and the characters that look alike (U+4E00) with one glyph; Qt names
the first of them in the PDF, and 一 would be found as ⼀ only. The mended maps are appended as an
incremental update (ISO 32000-1, 7.5.6): nothing that is drawn changes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(
    rb"(?<!\d)(\d+) 0 obj\s*<<((?:(?!endobj).)*?)>>\s*stream\r?\n(.*?)endstream", re.DOTALL
)
_TARGETS = re.compile(rb"\[[^\]]*\]|<[0-9A-Fa-f]{4}>\s*$", re.MULTILINE)
"""What glyphs are mapped to: lists in brackets, or the last code of a line."""
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


def mended(pdf: bytes, characters: Mapping[int, int]) -> bytes:
    """Return *pdf* with codes of its text replaced, unchanged where there is nothing to mend."""
    trailer = _TRAILER.match(pdf, max(pdf.rfind(b"trailer"), 0))
    if trailer is None:
        return pdf
    objects = list(_mended_maps(pdf, characters))
    return pdf + _update(objects, trailer, len(pdf)) if objects else pdf


def _mended_maps(pdf: bytes, characters: Mapping[int, int]) -> Iterator[tuple[int, bytes]]:
    """Yield number and new content of each glyph map that names a character to be replaced."""
    for number, head, stream in _OBJECT.findall(pdf):
        content = _unpacked(head, stream)
        if b"begincmap" in content:
            new = _TARGETS.sub(lambda part: _replaced(part[0], characters), content)
            if new != content:
                yield int(number), new


def _unpacked(head: bytes, stream: bytes) -> bytes:
    if b"/FlateDecode" not in head:
        return stream
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def _replaced(part: bytes, characters: Mapping[int, int]) -> bytes:
    def new(code: re.Match[bytes]) -> bytes:
        value = int(code[1], 16)
        return b"<%04X>" % characters.get(value, value)

    return _CODE.sub(new, part)


def _update(objects: list[tuple[int, bytes]], trailer: re.Match[bytes], start: int) -> bytes:
    """Return the objects with their table of places and a trailer that refers to the old one."""
    body, places = b"\n", b"xref\n"
    for number, content in objects:
        packed = zlib.compress(content)
        places += b"%d 1\n%010d 00000 n \n" % (number, start + len(body))
        body += b"%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % (
            number,
            len(packed),
        )
        body += packed + b"\nendstream\nendobj\n"
    keys = re.sub(rb"/Prev\s+\d+", b"", trailer[1]).strip()
    table = start + len(body)
    end = b"trailer\n<< %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (keys, trailer[2], table)
    return body + places + end
