# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of a boundary point file to text with plain punctuation."""

from __future__ import annotations

import codecs

from eco_onemap.core.errors import SiteError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_PLAIN = str.maketrans("，＝【】［］＠．－＋　\ufeff\0", ",=[][]@.-+   ")
"""Full-width punctuation of files made by hand."""


def decode(content: bytes, path: str) -> str:
    """Return the text: by its byte order mark, else UTF-8 if it is that, else GB18030."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SiteError("txt.undecodable", path=path)


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
