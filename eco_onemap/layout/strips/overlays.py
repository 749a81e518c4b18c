# SPDX-License-Identifier: GPL-2.0-or-later
"""What is drawn over the layers of a strip map: ticks, chainages, match lines, sheets' frames."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from qgis.core import QgsFillSymbol, QgsProject, QgsVectorLayer

from eco_onemap.layout.overlay_labels import label_places
from eco_onemap.layout.overlays import BLACK, MAGENTA, SITE_INK, line_symbol, overlay_layer
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_labels import PlacedLabel
from eco_onemap.layout.strips.course import Course
from eco_onemap.layout.strips.place_labels import TICK_PT, Tick, beyond, numbered_windows
from eco_onemap.layout.strips.sheet import StripSheet
from eco_onemap.layout.strips.windows import Window

TICKS, SMALL_TICKS = "@ticks", "@small_ticks"
BEYOND, MATCHES, CHAINAGES = "@beyond", "@matches", "@chainages"
KEY_LINE, FRAMES, HERE, NUMBERS = "@key_line", "@frames", "@here", "@numbers"
NUMBER_PT = 5.5

Overlays = dict[str, QgsVectorLayer]


def tick_overlays(project: QgsProject, crs: str, ticks: Sequence[Tick]) -> Overlays:
    """Add the ticks of a whole line to *project*."""
    small = [(tick.line, "") for tick in ticks if not tick.is_named]
    named = [(tick.line, "") for tick in ticks if tick.is_named]
    return _added(
        project,
        {
            SMALL_TICKS: overlay_layer(SMALL_TICKS, small, crs, line_symbol(BLACK, 0.25, "solid")),
            TICKS: overlay_layer(TICKS, named, crs, line_symbol(BLACK, 0.45, "solid")),
        },
    )


def sheet_overlays(
    project: QgsProject, crs: str, strip: StripSheet, on: Box, labels: Sequence[PlacedLabel]
) -> Overlays:
    """Add what is drawn on one sheet alone: its match lines, what is beyond, its chainages."""
    window = strip.window
    ground = window.ground(on)
    veils = [(beyond(match, window, ground), "") for match in strip.matches]
    lines = [(match.line, "") for match in strip.matches]
    middles = np.array([label.middle for label in labels]).reshape(-1, 2)
    points = shapely.points(window.on_ground(on, middles))
    texts = [(point, label.text) for point, label in zip(points, labels, strict=True)]
    chainages = overlay_layer(CHAINAGES, texts, crs, None)
    label_places(chainages, TICK_PT, bold=True, colour=SITE_INK)
    veil = QgsFillSymbol.createSimple({"color": "255,255,255,140", "outline_style": "no"})
    return _added(
        project,
        {
            BEYOND: overlay_layer(BEYOND, veils, crs, veil),
            MATCHES: overlay_layer(MATCHES, lines, crs, line_symbol(BLACK, 0.4, "dash dot")),
            CHAINAGES: chainages,
        },
    )


def frame_overlays(
    project: QgsProject,
    course: Course,
    windows: Sequence[Window],
    here: Window,
    on: Box,
    spacing_m: float,
) -> Overlays:
    """Add what the key map shows: the line, the frames of all sheets, this one filled, numbers.

    on: the box of each sheet's map. spacing_m: of numbers.
    """
    crs = course.crs
    frames = [(window.ground(on), "") for window in windows]
    numbers = [
        (shapely.points(window.view.x, window.view.y), str(window.number))
        for window in numbered_windows(windows, here, spacing_m)
    ]
    edge = {"outline_color": "#4A4A4A", "outline_width": "0.2", "color": "255,255,255,0"}
    filled = {"outline_color": MAGENTA, "outline_width": "0.4", "color": "230,0,126,60"}
    labels = overlay_layer(NUMBERS, numbers, crs, None)
    label_places(labels, NUMBER_PT, bold=True)
    return _added(
        project,
        {
            KEY_LINE: overlay_layer(
                KEY_LINE, [(course.line, "")], crs, line_symbol(MAGENTA, 0.5, "solid")
            ),
            FRAMES: overlay_layer(FRAMES, frames, crs, QgsFillSymbol.createSimple(edge)),
            HERE: overlay_layer(
                HERE, [(here.ground(on), "")], crs, QgsFillSymbol.createSimple(filled)
            ),
            NUMBERS: labels,
        },
    )


def _added(project: QgsProject, layers: Overlays) -> Overlays:
    found = {key: layer for key, layer in layers.items() if layer.featureCount()}
    project.addMapLayers(list(found.values()), False)
    return found
