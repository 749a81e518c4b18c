# SPDX-License-Identifier: GPL-2.0-or-later
"""What a terminal shows: progress on stderr, tables with wide characters in line."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

from eco_onemap.core.messages import Message


class TerminalProgress:
    """One line per step on stderr, with the share done; never cancelled but by Ctrl+C."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._last = ""

    def report(self, share: float, step: Message) -> None:
        """Print the step, once."""
        text = step.text(self._language)
        if text != self._last:
            print(f"{share:4.0%}  {text}", file=sys.stderr, flush=True)
            self._last = text

    def is_cancelled(self) -> bool:
        """Return False: Ctrl+C raises KeyboardInterrupt instead."""
        return False


def width(text: str) -> int:
    """Return how many terminal columns a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def lines_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns; the first row is the header."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            text + " " * (size - width(text)) for text, size in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def shortened(text: str, columns: int) -> str:
    """Return the text cut to a number of terminal columns, with an ellipsis if it was longer."""
    if width(text) <= columns:
        return text
    kept = ""
    for letter in text:
        if width(kept + letter) > columns - 1:
            break
        kept += letter
    return kept + "…"
