# SPDX-License-Identifier: GPL-2.0-or-later
"""Places chainages beside the line on a strip map, and the words at its match lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.measures.chainage_text import chainage_text
from eco_onemap.layout.page_frame import box_polygon
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_labels import PlacedLabel
from eco_onemap.layout.strips.course import Course
from eco_onemap.layout.strips.place_bars import round_places, tick_step_m
from eco_onemap.layout.strips.windows import MatchLine, Window
from eco_onemap.layout.text_fit import text_height_mm, text_width_mm

Floats = NDArray[np.float64]

TICK_PT = 6.5
MATCH_PT = 6.5
WANTED_MM = 24.0
"""Between the chainages on the map, about."""
MINOR = 5
"""Small ticks between two that are named."""
MAJOR_MM, MINOR_MM = 1.7, 0.9
"""Half of a tick's length."""
GAPS_MM = (2.6, 4.5, 7.0)
"""Between the line and its chainage, near first."""
EDGE_MM = 0.8
MATCH_EDGE_MM = 1.0
MATCH_WIDTH_MM = 4.0


@dataclass(frozen=True)
class Tick:
    """A tick across the line in the map's CRS."""

    at_m: float
    line: BaseGeometry
    is_named: bool


def find_ticks(course: Course, scale: int) -> list[Tick]:
    """Return the ticks of a whole line at round chainages."""
    step = tick_step_m(scale / 1000, WANTED_MM)
    found = []
    for part in course.parts:
        at = np.array(round_places(part.from_m, part.to_m, step / MINOR))
        named = np.isclose(np.round(at / step) * step, at, atol=1e-6)
        half = np.where(named, MAJOR_MM, MINOR_MM)[:, None] * scale / 1000
        along, places = part.directions(at), part.points(at)
        aside = np.column_stack((-along[:, 1], along[:, 0])) * half
        lines = shapely.linestrings(np.stack((places - aside, places + aside), axis=1))
        found += [Tick(*values) for values in zip(at.tolist(), lines, named.tolist(), strict=True)]
    return found


def place_chainages(
    course: Course, window: Window, on: Box, taken: Sequence[Box]
) -> list[PlacedLabel]:
    """Return the chainages of a sheet on its page, each beside the line where it hides nothing.

    on: the map's box. taken: boxes on the map that nothing may cover. What finds no place is not
    written: the axis of the bars has it.
    """
    part = course.part(window.part)
    (line,) = window.on_page(on, [course.line])
    step = tick_step_m(window.view.scale / 1000, WANTED_MM)
    at = np.array(round_places(window.from_m, window.to_m, step))
    if not len(at):
        return []
    ahead = part.points(at) + part.directions(at)
    places = _page_points(window, on, part.points(at))
    along = _page_points(window, on, ahead) - places
    along /= np.hypot(*along.T)[:, None]
    placed: list[PlacedLabel] = []
    for metres, place, direction in zip(at.tolist(), places, along, strict=True):
        text = chainage_text(metres)
        others = [*taken, *(label.box for label in placed)]
        boxes = _boxes(text, place, direction)
        free = (box for box in boxes if _is_free(box, on, line, others))
        placed += [PlacedLabel(text, box) for box in [next(free, None)] if box is not None]
    return placed


def _page_points(window: Window, on: Box, points: Floats) -> Floats:
    moved = window.on_page(on, [shapely.multipoints(points)])
    found: Floats = shapely.get_coordinates(moved[0])
    return found


def _boxes(text: str, place: Floats, along: Floats) -> Iterator[Box]:
    """Yield boxes beside a place of the line, above it first."""
    width, height = text_width_mm(text, TICK_PT), text_height_mm(1, TICK_PT)
    up = np.array([along[1], -along[0]])
    up = up if up[1] <= 0 else -up  # y runs down
    for gap in GAPS_MM:
        for side in (up, -up):
            reach = gap + abs(side[0]) * width / 2 + abs(side[1]) * height / 2
            x, y = place + side * reach
            yield Box(float(x) - width / 2, float(y) - height / 2, width, height)


def _is_free(box: Box, on: Box, line: BaseGeometry, taken: Sequence[Box]) -> bool:
    return (
        box.within(on.shrunk(EDGE_MM))
        and not any(box.overlaps(other) for other in taken)
        and not box_polygon(box, EDGE_MM).intersects(line)
    )


@dataclass(frozen=True)
class MatchPlace:
    """The words at a match line: they stand upright in their box at an edge of the map."""

    text: str
    box: Box


def place_matches(
    matches: Sequence[MatchLine], texts: Sequence[str], window: Window, on: Box
) -> list[MatchPlace]:
    """Return where the words at match lines stand: left where they begin a sheet, else right."""
    found = []
    for match, text in zip(matches, texts, strict=True):
        height = min(text_width_mm(text, MATCH_PT) + 1.0, on.height_mm - 2 * MATCH_EDGE_MM)
        is_start = match.sheets[1] == window.number
        left = on.x_mm + MATCH_EDGE_MM
        if not is_start:
            left = on.right_mm - MATCH_EDGE_MM - MATCH_WIDTH_MM
        top = on.y_mm + (on.height_mm - height) / 2
        found.append(MatchPlace(text, Box(left, top, MATCH_WIDTH_MM, height)))
    return found


def beyond(match: MatchLine, window: Window, ground: BaseGeometry) -> BaseGeometry:
    """Return the ground of a sheet beyond a match line, where the line is another sheet's."""
    middle = shapely.points(window.view.x, window.view.y)
    edges = shapely.union(ground.boundary, match.line)  # what hangs over bounds nothing
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    return shapely.union_all([piece for piece in pieces if not piece.intersects(middle)])


def numbered_windows(windows: Sequence[Window], here: Window, spacing_m: float) -> list[Window]:
    """Return the windows whose numbers have room on the key map, this sheet's own first."""
    chosen = [here]
    for window in windows:
        apart = (
            np.hypot(window.view.x - other.view.x, window.view.y - other.view.y) for other in chosen
        )
        if all(distance >= spacing_m for distance in apart):
            chosen.append(window)
    return chosen
