# SPDX-License-Identifier: GPL-2.0-or-later
"""The paper of a sheet and where its parts stand on it, by arithmetic from its size.

Lengths are in millimetres from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """The right edge."""
        return self.x_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """The lower edge."""
        return self.y_mm + self.height_mm

    def overlaps(self, other: Box) -> bool:
        """Return whether the boxes share ground; touching edges do not count."""
        return (
            self.x_mm < other.right_mm - 1e-6
            and other.x_mm < self.right_mm - 1e-6
            and self.y_mm < other.bottom_mm - 1e-6
            and other.y_mm < self.bottom_mm - 1e-6
        )

    def within(self, other: Box) -> bool:
        """Return whether the box lies inside *other*, edges included."""
        return (
            self.x_mm >= other.x_mm - 1e-6
            and self.y_mm >= other.y_mm - 1e-6
            and self.right_mm <= other.right_mm + 1e-6
            and self.bottom_mm <= other.bottom_mm + 1e-6
        )

    def shrunk(self, by_mm: float) -> Box:
        """Return the box with each edge moved inwards."""
        return Box(
            self.x_mm + by_mm,
            self.y_mm + by_mm,
            self.width_mm - 2 * by_mm,
            self.height_mm - 2 * by_mm,
        )


class PaperSize(Enum):
    """Sizes of ISO 216 in use for maps that are bound into a file."""

    A4 = "A4"
    A3 = "A3"


SIDES_MM = {PaperSize.A4: (210.0, 297.0), PaperSize.A3: (297.0, 420.0)}
"""Short and long side (ISO 216)."""
MARGIN_MM = 8.0
"""Office printers leave 5 to 7 mm blank."""
PADDING_MM = 3.0
"""Between the frame and what stands in it."""
GRID_LABEL_MM = 4.0
"""Room for the coordinates around the map."""
GAP_MM = 1.6
TITLE_MM = {PaperSize.A4: 13.5, PaperSize.A3: 17.5}
STRIP_MM = 7.5
"""Height of the strip with scale, scale bar and CRS below the map."""
PANEL_MM = {PaperSize.A4: 84.5, PaperSize.A3: 112.0}
"""Width of the column beside the map of a landscape sheet."""
LOWER_PANEL_MM = {PaperSize.A4: 79.5, PaperSize.A3: 104.0}
"""Height of the panel below the map of a portrait sheet."""
IMPRINT_MM = 4.8
"""Height of the strip at the foot with who made the sheet."""
IMPRINT_GAP_MM = 0.4
FOOTER_MM = {False: 13.0, True: 19.0}
"""Height of sources and notes: on a portrait sheet they are narrower."""


@dataclass(frozen=True)
class Paper:
    """A sheet of paper. What is told of the site stands beside the map, on portrait below it."""

    size: PaperSize = PaperSize.A4
    is_portrait: bool = False

    @property
    def page(self) -> Box:
        """The whole sheet."""
        short, long = SIDES_MM[self.size]
        return Box(0.0, 0.0, short, long) if self.is_portrait else Box(0.0, 0.0, long, short)

    @property
    def frame(self) -> Box:
        """The line around everything."""
        return self.page.shrunk(MARGIN_MM)

    @property
    def content(self) -> Box:
        """The room inside the frame."""
        return self.frame.shrunk(PADDING_MM)

    @property
    def title_band(self) -> Box:
        """Title and marks."""
        content = self.content
        return Box(content.x_mm, content.y_mm, content.width_mm, TITLE_MM[self.size])

    @property
    def imprint(self) -> Box:
        """Who made the sheet, and when."""
        content = self.content
        return Box(content.x_mm, content.bottom_mm - IMPRINT_MM, content.width_mm, IMPRINT_MM)

    @property
    def footer(self) -> Box:
        """Sources and notes."""
        content, height = self.content, FOOTER_MM[self.is_portrait]
        top = self.imprint.y_mm - IMPRINT_GAP_MM - height
        return Box(content.x_mm, top, content.width_mm, height)

    @property
    def map(self) -> Box:
        """The main map, without the coordinates around it."""
        content, top = self.content, self.title_band.bottom_mm + GRID_LABEL_MM
        below = GRID_LABEL_MM + STRIP_MM + 2.0
        width, bottom = content.width_mm - 2 * GRID_LABEL_MM, self.footer.y_mm - below
        if self.is_portrait:
            bottom -= LOWER_PANEL_MM[self.size] + GAP_MM
        else:
            width -= PANEL_MM[self.size] + 2.5
        return Box(content.x_mm + GRID_LABEL_MM, top, width, bottom - top)

    @property
    def scale_strip(self) -> Box:
        """Scale, scale bar and CRS below the map."""
        left, shown = self.content.x_mm, self.map
        return Box(left, shown.bottom_mm + GRID_LABEL_MM, shown.right_mm - left, STRIP_MM)

    @property
    def columns(self) -> tuple[Box, ...]:
        """What the panel is told in: one column beside the map, or two below it."""
        content, strip = self.content, self.scale_strip
        if not self.is_portrait:
            top, width = self.title_band.bottom_mm + 0.5, PANEL_MM[self.size]
            left = content.right_mm - width
            return (Box(left, top, width, strip.bottom_mm - top),)
        top, width = strip.bottom_mm + GAP_MM, (content.width_mm - GAP_MM) / 2
        lefts = content.x_mm, content.right_mm - width
        return tuple(Box(left, top, width, LOWER_PANEL_MM[self.size]) for left in lefts)


LANDSCAPE_A4 = Paper()
