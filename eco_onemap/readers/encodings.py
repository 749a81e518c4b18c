# SPDX-License-Identifier: GPL-2.0-or-later
"""The encoding of a shapefile's attributes where nothing beside it states one."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eco_onemap.readers.fingerprint import companion

_UNSTATED = (0x00, 0x57)
"""Language driver ids of a dBASE header that say nothing: none, and "ANSI"."""

_CANDIDATES = ("UTF-8", "GB18030")
_SAMPLE_ROWS = 100_000


_LANGUAGE_IDS = {0x4D: "GBK", 0x7A: "GBK", 0x4F: "CP950", 0x78: "CP950"}
"""Language driver ids of Chinese code pages (936 and 950), as ESRI and dBASE write them."""


def find_stated_encoding(path: Path) -> str:
    """Return the encoding that a shapefile's ``.cpg`` file or language id states, "" if none.

    It is given to GDAL by name: QGIS switches GDAL's own look-up off for the whole process.
    """
    if path.suffix.lower() != ".shp":
        return ""
    note, table = companion(path, ".cpg"), companion(path, ".dbf")
    if note is not None:
        return _known(note.read_text(encoding="latin-1").strip())
    if table is None:
        return ""
    with table.open("rb") as stream:
        header = stream.read(32)
    return _LANGUAGE_IDS.get(header[29], "") if len(header) == 32 else ""


def _known(name: str) -> str:
    """Return the name of an encoding that Python knows, "" for any other."""
    name = {"936": "GBK", "950": "CP950", "65001": "UTF-8"}.get(name, name)
    try:
        "".encode(name)  # raises for codecs of bytes to bytes
        return codecs.lookup(name).name
    except (LookupError, ValueError):  # unknown; no name at all
        return ""


def guess_encoding(path: Path) -> str:
    """Return the encoding that a shapefile's text is in, "" where it is stated or all ASCII.

    Without a ``.cpg`` file that names one, or a language id, GDAL takes Latin-1, which no Chinese
    shapefile is: here it is UTF-8 if all text is, else GB18030 if all text is.
    """
    if path.suffix.lower() != ".shp" or find_stated_encoding(path):
        return ""
    header, texts = _read_texts(path)
    if len(header) < 32 or header[29] not in _UNSTATED:
        return ""
    return next((name for name in _CANDIDATES if texts and _all_in(name, texts)), "")


def fits_encoding(path: Path, encoding: str) -> bool:
    """Return whether a shapefile's text can be in the encoding; other files say so themselves."""
    if path.suffix.lower() != ".shp":
        return True
    return _all_in(encoding, _read_texts(path)[1])


def _read_texts(path: Path) -> tuple[bytes, set[bytes]]:
    """Return the header of a shapefile's table and its texts beyond ASCII."""
    table = companion(path, ".dbf")
    if table is None:
        return b"", set()
    with table.open("rb") as stream:
        header = stream.read(32)
        if len(header) < 32:
            return header, set()
        rows, start, width = struct.unpack_from("<IHH", header, 4)
        descriptors = stream.read(max(start - 32, 0))
        body = stream.read(min(rows, _SAMPLE_ROWS) * width)
    return header, {text for text in _texts(descriptors, body, width) if not text.isascii()}


def _texts(descriptors: bytes, body: bytes, width: int) -> Iterator[bytes]:
    """Yield the field names and the distinct values of the character fields."""
    count = len(body) // width if width else 0
    table = np.frombuffer(body, np.uint8, count=count * width).reshape(count, width)
    at = 1  # each record begins with its deletion flag
    for place in range(0, len(descriptors) - 31, 32):
        field = descriptors[place : place + 32]
        yield field[:11].split(b"\0")[0]
        length = field[16]
        if field[11:12] == b"C":
            yield from _distinct(table[:, at : at + length])
        at += length


def _distinct(cells: NDArray[np.uint8]) -> set[bytes]:
    beyond_ascii = cells[(cells >= 0x80).any(axis=1)]
    return {row.tobytes().rstrip(b" \0") for row in beyond_ascii}


def _all_in(encoding: str, texts: set[bytes]) -> bool:
    """Return whether all texts are in the encoding; a last character may be cut off."""
    try:
        for text in texts:
            codecs.getincrementaldecoder(encoding)().decode(text)
    except UnicodeDecodeError:
        return False
    return True
