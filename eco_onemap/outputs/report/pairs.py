# SPDX-License-Identifier: GPL-2.0-or-later
"""Names and values beside each other: which of them share a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eco_onemap.outputs.report.blocks import Cell

Pair = tuple[str, Cell]

LONGEST_SHORT = 48
"""Characters that a value beside another one may have."""


def grouped(given: Sequence[Pair], pairs: int) -> Iterator[Sequence[Pair]]:
    """Yield what stands in one row: *pairs* short values, or one that needs the whole width."""
    waiting: list[Pair] = []
    for pair in given:
        if pairs > 1 and len(pair[1].text) > LONGEST_SHORT:
            yield from ([waiting] if waiting else [])
            yield [pair]
            waiting = []
            continue
        waiting.append(pair)
        if len(waiting) == pairs:
            yield waiting
            waiting = []
    yield from ([waiting] if waiting else [])
