# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the parts of a strip sheet stand on its paper, by arithmetic from its size.

From above: title, map, scale strip, bars along the chainage, legend, table and key map, sources.
"""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.layout.paper import (
    GAP_MM,
    GRID_LABEL_MM,
    IMPRINT_GAP_MM,
    STRIP_MM,
    Box,
    Paper,
    PaperSize,
)

BARS_MM = {PaperSize.A4: 42.0, PaperSize.A3: 62.0}
LOWER_MM = {PaperSize.A4: 34.0, PaperSize.A3: 52.0}
"""Height of legend and key map at least: what the bars leave is theirs."""
KEY_MM = {PaperSize.A4: 62.0, PaperSize.A3: 96.0}
"""Width of the key map."""
LEGEND_MM = {PaperSize.A4: 88.0, PaperSize.A3: 120.0}
FOOTER_MM = 11.5


@dataclass(frozen=True)
class StripPaper:
    """A landscape sheet for a strip of a line; bars_mm: the height that its bars need at most."""

    size: PaperSize = PaperSize.A4
    bars_mm: float = BARS_MM[PaperSize.A3]

    @property
    def plain(self) -> Paper:
        """The paper as any landscape sheet has it."""
        return Paper(self.size)

    @property
    def title_band(self) -> Box:
        """Title and marks."""
        return self.plain.title_band

    @property
    def content(self) -> Box:
        """The room inside the frame."""
        return self.plain.content

    @property
    def footer(self) -> Box:
        """Sources and notes."""
        content = self.content
        top = self.plain.imprint.y_mm - IMPRINT_GAP_MM - FOOTER_MM
        return Box(content.x_mm, top, content.width_mm, FOOTER_MM)

    def lower(self, below_mm: float) -> Box:
        """Return the room for legend and key map between the bars' end and the footer."""
        content, bottom = self.content, self.footer.y_mm - GAP_MM
        return Box(content.x_mm, below_mm, content.width_mm, bottom - below_mm)

    @property
    def bars(self) -> Box:
        """Most that the bars along the chainage may take."""
        content, height = self.content, min(self.bars_mm, BARS_MM[self.size])
        top = self.footer.y_mm - 2 * GAP_MM - LOWER_MM[self.size] - height
        return Box(content.x_mm, top, content.width_mm, height)

    @property
    def scale_strip(self) -> Box:
        """Scale, scale bar and CRS below the map."""
        content = self.content
        top = self.bars.y_mm - GAP_MM - STRIP_MM
        return Box(content.x_mm, top, content.width_mm, STRIP_MM)

    @property
    def map(self) -> Box:
        """The map, without the coordinates around it."""
        content, top = self.content, self.title_band.bottom_mm + GRID_LABEL_MM
        bottom = self.scale_strip.y_mm - GRID_LABEL_MM
        width = content.width_mm - 2 * GRID_LABEL_MM
        return Box(content.x_mm + GRID_LABEL_MM, top, width, bottom - top)
