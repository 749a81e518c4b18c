# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of a boundary point file to text with plain punctuation."""

from __future__ import annotations

import codecs
from pathlib import Path

from eco_onemap.core.errors import SiteError, cause_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_PLAIN = str.maketrans("，＝【】［］＠．－＋　\ufeff\0", ",=[][]@.-+   ")
"""Full-width punctuation of files made by hand."""


def read_bytes(path: Path) -> bytes:
    """Return a file's content; SiteError where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SiteError(
            "reader.unreadable", path=str(path), cause=cause_of(error), details=repr(error)
        ) from error


def decode(content: bytes, path: str, encoding: str = "") -> str:
    """Return the text: by its byte order mark, else UTF-8 if it is that, else GB18030.

    encoding: taken instead where it is given.
    """
    if encoding:
        return _decode_as(content, path, encoding)
    for likely in _encodings(content):
        try:
            return content.decode(likely)
        except UnicodeDecodeError:
            continue
    raise SiteError("txt.undecodable", path=path)


def _decode_as(content: bytes, path: str, encoding: str) -> str:
    try:
        return content.decode(codecs.lookup(encoding).name).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise SiteError("table.bad_encoding", path=path, encoding=encoding) from None
    except (LookupError, ValueError):  # not known, or none of text
        raise SiteError("table.unknown_encoding", path=path, encoding=encoding) from None


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    # Latin digits and commas, most of such a file, leave every second byte zero in UTF-16.
    if content[1:200:2].count(0) > 20:
        return ("utf-16-le",)
    if content[0:200:2].count(0) > 20:
        return ("utf-16-be",)
    return ("utf-8", "gb18030")


def plain_lines(text: str) -> list[str]:
    """Return the lines, numbered as an editor does, with plain punctuation and no blanks around."""
    whole = text.translate(_PLAIN).replace("\r\n", "\n").replace("\r", "\n")
    return [line.strip() for line in whole.split("\n")]
