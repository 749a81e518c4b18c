# SPDX-License-Identifier: GPL-2.0-or-later
"""Mends the text of a PDF, so that it can be searched and copied as it was written.

Fonts draw radicals (U+2F00) and the characters that look alike (U+4E00) with one glyph; Qt names
the first of them in the PDF, and 一 would be found as ⼀ only. The mended maps are appended as an
update: nothing that is drawn changes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from eco_onemap.layout.pdf_file import PdfFile

_TARGETS = re.compile(rb"\[[^\]]*\]|<[0-9A-Fa-f]{4}>\s*$", re.MULTILINE)
"""What glyphs are mapped to: lists in brackets, or the last code of a line."""
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")
_MAPS = re.compile(rb"/ToUnicode\s+(\d+)\s+0\s+R")
_STREAM = re.compile(rb"<<(.*?)>>\s*stream\r?\n(.*?)\s*endstream", re.DOTALL)


def mended(pdf: bytes, characters: Mapping[int, int]) -> bytes:
    """Return *pdf* with codes of its text replaced, unchanged where there is nothing to mend."""
    try:
        file = PdfFile(pdf)
    except ValueError:
        return pdf
    return pdf + file.update(mending_objects(file, characters))


def mending_objects(pdf: PdfFile, characters: Mapping[int, int]) -> dict[int, bytes]:
    """Return new content of each glyph map that names a character to be replaced."""
    objects = {}
    for number in {int(found) for found in _MAPS.findall(pdf.content)}:
        old = _unpacked(pdf.object(number))
        new = _TARGETS.sub(lambda part: _replaced(part[0], characters), old)
        if new != old:
            packed = zlib.compress(new)
            head = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
            objects[number] = b"%s\nstream\n%s\nendstream" % (head, packed)
    return objects


def _unpacked(content: bytes) -> bytes:
    """Return what a stream holds, "" for one that cannot be unpacked."""
    stream = _STREAM.match(content)
    if stream is None or b"/FlateDecode" not in stream[1]:
        return stream[2] if stream else b""
    try:
        return zlib.decompressobj().decompress(stream[2])
    except zlib.error:
        return b""


def _replaced(part: bytes, characters: Mapping[int, int]) -> bytes:
    def new(code: re.Match[bytes]) -> bytes:
        value = int(code[1], 16)
        return b"<%04X>" % characters.get(value, value)

    return _CODE.sub(new, part)
