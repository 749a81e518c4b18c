# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the parts of a strip sheet stand on its paper, by arithmetic from its size.

From above: title, map, scale strip, bars along the chainage, legend and key map, sources.
"""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.layout.paper import (
    GAP_MM,
    GRID_LABEL_MM,
    STRIP_MM,
    Box,
    Paper,
    PaperSize,
)

BARS_MM = {PaperSize.A4: 42.0, PaperSize.A3: 62.0}
LOWER_MM = {PaperSize.A4: 34.0, PaperSize.A3: 52.0}
KEY_MM = {PaperSize.A4: 62.0, PaperSize.A3: 96.0}
"""Width of the key map."""
FOOTER_MM = 10.0


@dataclass(frozen=True)
class StripPaper:
    """A landscape sheet for a strip of a line."""

    size: PaperSize = PaperSize.A4

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
        return Box(content.x_mm, content.bottom_mm - FOOTER_MM, content.width_mm, FOOTER_MM)

    @property
    def lower(self) -> Box:
        """Legend and key map."""
        content, height = self.content, LOWER_MM[self.size]
        top = self.footer.y_mm - GAP_MM - height
        return Box(content.x_mm, top, content.width_mm, height)

    @property
    def key(self) -> Box:
        """The key map with its caption."""
        lower, width = self.lower, KEY_MM[self.size]
        return Box(lower.right_mm - width, lower.y_mm, width, lower.height_mm)

    @property
    def legend(self) -> Box:
        """The legend's box."""
        lower = self.lower
        width = lower.width_mm - KEY_MM[self.size] - GAP_MM
        return Box(lower.x_mm, lower.y_mm, width, lower.height_mm)

    @property
    def bars(self) -> Box:
        """The bars along the chainage with their axis."""
        content, height = self.content, BARS_MM[self.size]
        return Box(content.x_mm, self.lower.y_mm - GAP_MM - height, content.width_mm, height)

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
