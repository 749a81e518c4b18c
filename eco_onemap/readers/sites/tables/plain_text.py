# SPDX-License-Identifier: GPL-2.0-or-later
"""Cells of a table as text with plain digits and punctuation, whoever typed them."""

from __future__ import annotations

import unicodedata

Cell = str | float
"""What stands in a cell: text, or the number that a workbook stores."""

_MARKS = str.maketrans(
    {
        "º": "°",
        "˚": "°",
        "゜": "°",
        "∘": "°",
        "′": "'",
        "’": "'",
        "‘": "'",
        "＇": "'",
        "´": "'",
        "`": "'",
        "ˊ": "'",
        "‵": "'",
        "″": '"',
        "”": '"',
        "“": '"',
        "＂": '"',
        "〃": '"',
        "‶": '"',
        "−": "-",
        "–": "-",
        "，": ",",
        "；": ";",
        "：": ":",
        "\0": " ",
    }
)


_NOTHING = " \t\r\n\u00a0\u3000\ufeff\0-—–/"


def plain(text: str) -> str:
    """Return the text with half-width digits and letters, one kind of each mark, trimmed.

    Degree, minute and second signs become ``°``, ``'`` and ``"``.
    """
    if text.isascii():
        return text.replace("\0", " ").strip()
    marked = text.translate(_MARKS)
    return unicodedata.normalize("NFKC", marked).replace("''", '"').strip()


def cell_text(cell: Cell) -> str:
    """Return what a cell says as trimmed text; whole numbers have no decimals."""
    if isinstance(cell, str):
        return cell.strip()
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def is_blank(cell: Cell) -> bool:
    """Return whether nothing stands in a cell, or a dash that says so."""
    return isinstance(cell, str) and not cell.strip(_NOTHING)
