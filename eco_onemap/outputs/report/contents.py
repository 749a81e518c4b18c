# SPDX-License-Identifier: GPL-2.0-or-later
"""What the list of contents of a report names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eco_onemap.outputs.report.blocks import Block, Heading

LEVELS = (1, 2)
MOST_LINES = 90
"""With more headings only chapters are listed: a list of many pages leads nowhere."""

FEW_LINES = 8
"""So many lines need no page of their own: they stand below what the first page says."""


@dataclass(frozen=True)
class Entry:
    """A heading with the number of its block."""

    text: str
    level: int
    number: int


def listed_headings(blocks: Sequence[Block]) -> list[Entry]:
    """Return the headings of the first two levels, of many only the chapters."""
    entries = [
        Entry(block.text, block.level, number)
        for number, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level in LEVELS
    ]
    return entries if len(entries) <= MOST_LINES else [e for e in entries if e.level == 1]
