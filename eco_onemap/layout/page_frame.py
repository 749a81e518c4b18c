# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the ground of the main map stands on the page, in millimetres. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.paper import Box
from eco_onemap.layout.sheet import Ground, SheetContent, View

SYMBOL_MM = 4.0
"""Size of the largest symbol of a point."""
TARGET_MM = 3.0
"""Around the end of a nearest line: there lies what it leads to."""


@dataclass(frozen=True)
class Drawn:
    """What is drawn on the main map, in page millimetres.

    map: where it stands. site: of the sheet. lines: to the nearest features. rings: one line
    each, as the sheet has them. symbols: what the symbols of points
    cover, and where the lines end.
    """

    map: Box
    site: BaseGeometry
    lines: tuple[BaseGeometry, ...]
    rings: tuple[BaseGeometry, ...]
    symbols: tuple[BaseGeometry, ...] = ()

    @property
    def essential(self) -> BaseGeometry:
        """What nothing may hide: the site and the nearest lines."""
        return shapely.geometrycollections([self.site, *self.lines])

    @property
    def useful(self) -> BaseGeometry:
        """What is better not hidden: the rings."""
        return shapely.geometrycollections(list(self.rings))


def drawn_on_page(ground: Ground, content: SheetContent) -> Drawn:
    """Return what the sheet draws on its main map."""
    on = ground.paper.map
    lines = on_page(ground.main, on, [line.line for line in content.nearest])
    points = on_page(ground.main, on, content.points)
    return Drawn(
        on,
        on_page(ground.main, on, [ground.site])[0],
        tuple(lines),
        tuple(on_page(ground.main, on, [ring.line for ring in ground.rings])),
        (
            *(point.buffer(SYMBOL_MM / 2) for point in points),
            *(shapely.get_point(line, -1).buffer(TARGET_MM) for line in lines),
        ),
    )


def drawn_in_detail(ground: Ground, content: SheetContent, on: Box, view: View) -> Drawn:
    """Return what the sheet draws of site and nearest lines on its detail map."""
    lines = on_page(view, on, [line.line for line in content.nearest])
    return Drawn(on, on_page(view, on, [ground.site])[0], tuple(lines), ())


def on_page(view: View, on: Box, geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return geometries of the CRS of a map in millimetres on the page (y downwards).

    on: where the map stands.
    """
    west, _, _, north = view.bounds(on.width_mm, on.height_mm)
    per_mm = 1000.0 / view.scale
    matrix = (per_mm, 0, 0, -per_mm, on.x_mm - west * per_mm, on.y_mm + north * per_mm)
    return [affine_transform(geometry, matrix) for geometry in geometries]


def on_ground(view: View, on: Box, x_mm: float, y_mm: float) -> tuple[float, float]:
    """Return the place in the CRS of a map, which stands *on* the page, of a point of the page."""
    west, _, _, north = view.bounds(on.width_mm, on.height_mm)
    metres = view.scale / 1000.0
    return west + (x_mm - on.x_mm) * metres, north - (y_mm - on.y_mm) * metres


def box_polygon(box: Box, margin_mm: float = 0.0) -> BaseGeometry:
    """Return a box as a polygon, wider by a margin on each side."""
    wide = box.shrunk(-margin_mm)
    return shapely.box(wide.x_mm, wide.y_mm, wide.right_mm, wide.bottom_mm)
