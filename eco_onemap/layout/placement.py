# SPDX-License-Identifier: GPL-2.0-or-later
"""Where everything of a sheet stands on its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.paper import GRID_LABEL_MM, Box, Paper
from eco_onemap.layout.text_fit import FittedText


@dataclass(frozen=True)
class TextBlock:
    """Text in a box, already broken into lines that fit it."""

    box: Box
    fitted: FittedText
    bold: bool = False


@dataclass(frozen=True)
class VerdictPlace:
    """The verdict's box: a coloured band with icon and word, below it reason and law."""

    box: Box
    band: Box
    icon: Box
    word: TextBlock
    reason: TextBlock
    basis: TextBlock | None


@dataclass(frozen=True)
class TableRow:
    """A row of the table: verdict (for its colour), the cells' text in lines, and its height."""

    verdict: Verdict | None
    cells: tuple[str, str, str, str]
    height_mm: float


@dataclass(frozen=True)
class TablePlace:
    """The table of layers; head_mm is its head's height, more a line below it, or None."""

    box: Box
    widths_mm: tuple[float, ...]
    head_mm: float
    size_pt: float
    head: tuple[str, str, str, str]
    rows: tuple[TableRow, ...]
    more: TextBlock | None


@dataclass(frozen=True)
class LegendLine:
    """A line of the legend: a heading (source ""), or a symbol of a source with its text."""

    text: str
    source: str = ""
    symbol: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether the line is a heading."""
        return not self.source


@dataclass(frozen=True)
class LegendForm:
    """How dense a legend is: type size, most columns, gap above each line."""

    size_pt: float
    columns: int
    gap_mm: float


@dataclass(frozen=True)
class LegendPlace:
    """The legend: its columns from left to right; more is a line below it, or None."""

    box: Box
    title: TextBlock
    area: Box
    form: LegendForm
    columns: tuple[tuple[LegendLine, ...], ...]
    more: TextBlock | None


@dataclass(frozen=True)
class InsetPlace:
    """A small map with its caption above it."""

    box: Box
    caption: TextBlock
    map: Box


@dataclass(frozen=True)
class ImprintCell:
    """A field of the imprint: its text, and the line to write on where it is left open."""

    box: Box
    text: TextBlock
    line: Box | None


@dataclass(frozen=True)
class Placement:
    """A whole sheet on its paper."""

    paper: Paper
    title: TextBlock
    subtitle: TextBlock
    secrecy: TextBlock | None
    fiction: TextBlock | None
    north: Box
    detail: InsetPlace | None
    locator: InsetPlace | None
    verdict: VerdictPlace
    table: TablePlace | None
    legend: LegendPlace
    scale: TextBlock
    scale_bar: Box
    crs_note: TextBlock
    sources: TextBlock
    warnings: TextBlock | None
    notes: TextBlock
    imprint: tuple[ImprintCell, ...]

    def boxes(self) -> Mapping[str, Box]:
        """Return the boxes of the items that stand beside one another, by name."""
        blocks = {
            "title": self.title,
            "subtitle": self.subtitle,
            "secrecy": self.secrecy,
            "fiction": self.fiction,
            "verdict": self.verdict,
            "table": self.table,
            "legend": self.legend,
            "scale": self.scale,
            "crs_note": self.crs_note,
            "sources": self.sources,
            "warnings": self.warnings,
            "notes": self.notes,
        }
        found = {name: block.box for name, block in blocks.items() if block is not None}
        found |= {f"imprint {n}": cell.box for n, cell in enumerate(self.imprint)}
        shown = self.paper.map
        around_map = Box(
            shown.x_mm - GRID_LABEL_MM,
            shown.y_mm - 3.5,
            shown.width_mm + 2 * GRID_LABEL_MM,
            shown.height_mm + 3.5 + GRID_LABEL_MM,
        )
        if self.locator and not self.locator.box.within(shown):
            found["locator"] = self.locator.box
        return {**found, "map": around_map, "scale_bar": self.scale_bar}

    def boxes_on_map(self) -> Mapping[str, Box]:
        """Return the boxes of the items that stand on the map."""
        insets = {"detail": self.detail, "locator": self.locator}
        found = {name: inset.box for name, inset in insets.items() if inset is not None}
        return {**{n: b for n, b in found.items() if b.within(self.paper.map)}, "north": self.north}
