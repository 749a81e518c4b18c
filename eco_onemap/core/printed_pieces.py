# SPDX-License-Identifier: GPL-2.0-or-later
"""Pieces of printed text: what a report says, for those who look whether pages still say it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Texts that stand together below a heading (*place*): the cells of a row, or one paragraph.

    is_listed: whether it is an entry of the contents, so that a page number follows.
    """

    place: str
    texts: tuple[str, ...]
    is_listed: bool = False
