# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the analysis' own labels on the main map: distances of rings and lines, the site's name.

One after another takes the first of its possible places where it hides nothing; first without
crossing lines and site, then without covering other labels. What finds no place is not written:
the table tells it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.page_frame import Drawn, box_polygon
from eco_onemap.layout.paper import Box
from eco_onemap.layout.sheet import OVERLAP_SIZE_PT
from eco_onemap.layout.text_fit import few_lines, text_height_mm, text_width_mm

RING_SIZE_PT, LINE_SIZE_PT, SITE_SIZE_PT = 6.5, 6.5, 8.0
OVERLAP_WIDTHS_MM = (26.0, 17.0, 12.0)
"""Of an overlap's label: about half of the detail map, or less."""
NARROWER_MM = 3.0
"""A narrower label must stand so much nearer to its overlap."""
OVERLAP_GROUND_MM = 0.6
"""How far the white ground of an overlap's label reaches beyond it."""
GAP_MM = 0.9
"""Between a label and what it names."""
EDGE_MM = 0.8
"""Between a label and the map's frame."""
RING_ANGLES = ((90, 75, 105, 60, 120, 45, 135, 30, 150), (270, 285, 255, 300, 240, 315, 225))
"""Where on a ring its two labels stand, degrees from the east: in the north and in the south."""
LINE_SHARES = (0.55, 0.7, 0.4, 0.85, 0.25)
"""Where along a line its label stands; lines start at the site."""
LINE_GAPS_MM = (GAP_MM, 3.0, 6.0)
MOST_HIDDEN = 0.1
"""Of the site, that a label for which there is no better place may cover."""
SITE_GAPS_MM = (1.5, 4.0, 7.0, 11.0)
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""On which side of its point a label stands: right, left, above, below, and the corners."""


@dataclass(frozen=True)
class PlacedLabel:
    """A label's text and the box on the page that it fills."""

    text: str
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        """The box's middle."""
        return self.box.x_mm + self.box.width_mm / 2, self.box.y_mm + self.box.height_mm / 2


@dataclass(frozen=True)
class MapLabels:
    """All labels of the analysis on the main map, and those of overlaps on the detail map."""

    rings: tuple[PlacedLabel, ...]
    site: tuple[PlacedLabel, ...]
    lines: tuple[PlacedLabel, ...]
    overlaps: tuple[PlacedLabel, ...] = ()


def place_labels(
    drawn: Drawn,
    ring_texts: Sequence[str],
    site_text: str,
    line_texts: Sequence[str],
    taken: Iterable[Box],
) -> MapLabels:
    """Return the labels' places; *taken* are boxes on the map that nothing may cover."""
    sheet = _Sheet(drawn, list(taken))
    rings = [
        label
        for ring, text in zip(drawn.rings, ring_texts, strict=True)
        for angles in RING_ANGLES
        for label in sheet.place(text, _ring_boxes(ring, drawn.site, text, angles), crossing=True)
    ]
    size = _size(site_text, SITE_SIZE_PT, bold=True)
    site = sheet.place(site_text, _boxes_beside(drawn.site, size))
    lines = [
        label
        for line, text in zip(drawn.lines, line_texts, strict=True)
        for label in sheet.place(text, _line_boxes(line, text))
    ]
    return MapLabels(tuple(rings), tuple(site), tuple(lines))


def place_overlap_labels(
    drawn: Drawn, pieces: Sequence[BaseGeometry], texts: Sequence[str]
) -> tuple[PlacedLabel, ...]:
    """Return the places of the overlaps' labels on a detail map: inside, or else beside the site.

    drawn: what is on that map; pieces: the overlaps on the page, in millimetres.
    """
    sheet = _Sheet(drawn, [])
    return tuple(
        label
        for piece, text in zip(pieces, texts, strict=True)
        for label in _place_overlap(sheet, drawn, piece, text)
    )


def _place_overlap(
    sheet: _Sheet, drawn: Drawn, piece: BaseGeometry, text: str
) -> list[PlacedLabel]:
    """Return the label in the widest form that has a place inside, or else near it by the site."""
    forms = [_overlap_form(text, width_mm) for width_mm in OVERLAP_WIDTHS_MM]
    for form in forms:
        boxes = _boxes_within(piece, _overlap_size(form))
        inside = [box for box in boxes if box_polygon(box).within(piece)]
        if found := sheet.place(form, inside, crossing=True):
            return found
    middle = shapely.point_on_surface(piece)
    outside = [
        (box_polygon(box).distance(middle) + number * NARROWER_MM, form, box)
        for number, form in enumerate(forms)
        for box in filter(sheet.hides_nothing, _boxes_around(drawn, _overlap_size(form)))
    ]
    for _, form, box in sorted(outside, key=lambda place: place[0]):
        if found := sheet.place(form, [box]):
            return found
    return []


def _overlap_form(text: str, width_mm: float) -> str:
    """Return a label, its layer's title above its size, in lines of a width."""
    lines = (few_lines(part, width_mm, OVERLAP_SIZE_PT, most=5) for part in text.split("\n"))
    return "\n".join(lines)


def _overlap_size(text: str) -> tuple[float, float]:
    width, height = _size(text, OVERLAP_SIZE_PT, bold=False)
    return width + 2 * OVERLAP_GROUND_MM, height + 2 * OVERLAP_GROUND_MM


def _boxes_around(drawn: Drawn, size: tuple[float, float]) -> Iterator[Box]:
    """Yield boxes beside the site, then those in the corners of the map."""
    yield from _boxes_beside(drawn.site, size)
    room = drawn.map.shrunk(EDGE_MM)
    for right, down in SIDES[4:]:
        x = room.right_mm - size[0] if right > 0 else room.x_mm
        y = room.bottom_mm - size[1] if down > 0 else room.y_mm
        yield Box(x, y, *size)


class _Sheet:
    """A map while its labels are placed."""

    def __init__(self, drawn: Drawn, taken: list[Box]) -> None:
        self._map = drawn.map
        self._site = drawn.site
        self._in_the_way = shapely.geometrycollections([drawn.essential, *drawn.symbols])
        self._taken = taken

    def place(
        self, text: str, candidates: Iterable[Box], crossing: bool = False
    ) -> list[PlacedLabel]:
        """Return the label at its first good place, or at one across lines and symbols, or none.

        crossing: whether it may stand anywhere; else it never hides the site.
        """
        possible = [box for box in candidates if self._is_free(box)]
        good = (box for box in possible if crossing or self.hides_nothing(box))
        poor = (box for box in possible if not self._hides_site(box))
        chosen = next(chain(good, poor), None)
        if chosen is None or not text:
            return []
        self._taken.append(chosen)
        return [PlacedLabel(text, chosen)]

    def _is_free(self, box: Box) -> bool:
        return box.within(self._map.shrunk(EDGE_MM)) and not any(
            box.overlaps(t) for t in self._taken
        )

    def _hides_site(self, box: Box) -> bool:
        """Return whether a box covers more than a little of the site."""
        covered = box_polygon(box).intersection(self._site)
        for size in (shapely.area, shapely.length):
            if size(self._site) > 0:
                return bool(size(covered) > MOST_HIDDEN * size(self._site))
        return not covered.is_empty

    def hides_nothing(self, box: Box) -> bool:
        """Return whether a box crosses neither site, lines nor symbols."""
        return not box_polygon(box).intersects(self._in_the_way)


def _size(text: str, size_pt: float, bold: bool) -> tuple[float, float]:
    lines = text.split("\n")
    width = max(text_width_mm(line, size_pt, bold) for line in lines)
    return width, text_height_mm(len(lines), size_pt)


def _centred(x: float, y: float, size: tuple[float, float]) -> Box:
    return Box(x - size[0] / 2, y - size[1] / 2, *size)


def _ring_boxes(
    ring: BaseGeometry, site: BaseGeometry, text: str, angles: Sequence[float]
) -> Iterator[Box]:
    """Yield boxes on the ring itself, in the directions *angles* from the site."""
    points = shapely.get_coordinates(ring)
    middle = shapely.get_coordinates(shapely.centroid(site))[0]
    bearings = np.degrees(np.arctan2(middle[1] - points[:, 1], points[:, 0] - middle[0]))
    size = _size(text, RING_SIZE_PT, bold=False)
    for angle in angles:
        off = np.abs((bearings - angle + 180.0) % 360.0 - 180.0)
        x, y = points[int(off.argmin())]
        yield _centred(float(x), float(y), size)


def _boxes_beside(shape: BaseGeometry, size: tuple[float, float]) -> Iterator[Box]:
    """Yield boxes around the bounds of a shape, nearest first."""
    west, north, east, south = shape.bounds
    width, height = size
    for gap in SITE_GAPS_MM:
        for right, down in SIDES:
            x = {1: east + gap + width / 2, -1: west - gap - width / 2, 0: (west + east) / 2}[right]
            y = {1: south + gap + height / 2, -1: north - gap - height / 2}.get(
                down, (north + south) / 2
            )
            yield _centred(x, y, size)


def _boxes_within(shape: BaseGeometry, size: tuple[float, float]) -> Iterator[Box]:
    """Yield boxes in the middle of an area and above and below it; none of lines and points."""
    if shapely.get_dimensions(shape) == 2:
        middle = shape.representative_point() if shape.is_valid else shape.centroid
        for rows in (0, 1, -1, 2, -2):
            yield _centred(middle.x, middle.y + rows * size[1], size)


def _line_boxes(line: BaseGeometry, text: str) -> Iterator[Box]:
    """Yield boxes beside points of a line, the nearest to it first."""
    size = _size(text, LINE_SIZE_PT, bold=True)
    for gap, share in product(LINE_GAPS_MM, LINE_SHARES):
        point = line.interpolate(share, normalized=True)
        for right, down in (*SIDES[4:], *SIDES[:4]):
            x = point.x + right * (gap + size[0] / 2)
            y = point.y + down * (gap + size[1] / 2)
            yield _centred(x, y, size)
