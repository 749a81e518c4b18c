# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report says, whatever its format: lines, data inside, and what may deceive the eye."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table, and where it stands.

    texts: the cells of a row; one for a paragraph. heads: the headings of the row's table, () where
    it has none.
    """

    place: str
    texts: tuple[str, ...]
    heads: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The texts of all cells, one after the other."""
        return " | ".join(text for text in self.texts if text)


@dataclass(frozen=True)
class Look:
    """Something that changes what a reader sees though all text is there.

    kind: ``hidden`` (rows, columns, sheets), ``format`` (of numbers), ``floating`` (shapes over the
    text), ``markup`` (of a page). what: what tells it from others of its kind; place: where.
    """

    kind: str
    what: str
    place: str = ""


@dataclass(frozen=True)
class SealedFile:
    """A report as it was read.

    contents: the data inside, () for none; more than one piece was put together. lines: in order.
    running: what stands on each page. looks: what changes how it is seen. images: the SHA-256 of
    the pictures inside.
    """

    contents: tuple[bytes, ...]
    lines: tuple[Line, ...]
    running: frozenset[str] = frozenset()
    looks: tuple[Look, ...] = ()
    images: frozenset[str] = frozenset()


def plain(text: str) -> str:
    """Return a text whose spaces are all alike."""
    return " ".join(text.split())


def decoded(text: str) -> bytes:
    """Return the data that a file holds as base64; ValueError for what is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
