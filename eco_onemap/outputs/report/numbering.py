# SPDX-License-Identifier: GPL-2.0-or-later
"""The numbers of a report's chapters and of the sections in them: 3, 3.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from eco_onemap.outputs.report.blocks import Block, Heading

GAP = {"zh": "\u3000", "en": "  "}
"""What stands between a number and its heading, by language."""


def numbered(blocks: Iterable[Block], language: str) -> Iterator[Block]:
    """Yield blocks with their headings of the first two levels numbered."""
    chapter = section = 0
    for block in blocks:
        if not isinstance(block, Heading) or block.level > 2:
            yield block
            continue
        if block.level == 1:
            chapter, section = chapter + 1, 0
            number = f"{chapter}"
        else:
            section += 1
            number = f"{chapter}.{section}"
        yield replace(block, text=f"{number}{GAP[language]}{block.text}")
