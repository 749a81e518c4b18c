# SPDX-License-Identifier: GPL-2.0-or-later
"""What a strip sheet says beyond what every sheet says. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.layout.sheet import Sheet
from eco_onemap.layout.strips.windows import MatchLine, Window


@dataclass(frozen=True)
class Bar:
    """A stretch of the line in a feature, cut at the sheet's ends.

    text: chainage and name. chainage: alone, of the whole stretch.
    """

    from_m: float
    to_m: float
    text: str
    chainage: str
    feature_id: str


@dataclass(frozen=True)
class Mark:
    """A place of the line: where it crosses a feature, or comes nearest to one beside it."""

    at_m: float
    is_near: bool
    text: str


@dataclass(frozen=True)
class BarRow:
    """One layer along the sheet's stretch."""

    layer_id: str
    title: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


TableLine = tuple[str, str, str, str]
"""Chainage, length or distance, layer, feature."""


@dataclass(frozen=True)
class StripSheet:
    """All words of a strip sheet; ``sheet`` holds what it has in common with other sheets.

    place: number and chainages of the sheet. matches: lines where it meets others. table: what it
    meets and comes near, by chainage.
    """

    sheet: Sheet
    place: str
    window: Window
    matches: tuple[MatchLine, ...]
    rows: tuple[BarRow, ...]
    table_head: TableLine
    table: tuple[TableLine, ...]
    bars_head: str
    key_caption: str
    nothing: str
