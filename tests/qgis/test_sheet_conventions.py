# SPDX-License-Identifier: GPL-2.0-or-later
"""What every sheet keeps to: nobody takes the site for a red line, overlaps are hatched."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import (
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsRenderContext,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
)

from eco_onemap.layout.legend import OVERLAP, SITE
from eco_onemap.layout.riskmap import build_risk_map
from tests.layout.town import assess_town, write_town
from tests.qgis.sight import VISIONS, apart

TOLD_APART = 12.0
"""Five times what is just noticed side by side."""


@pytest.fixture(scope="module")
def symbols(tmp_path_factory, qgis_app):
    """The symbols on the main map of a site in the red line, by the name of their layer."""
    town = assess_town(write_town(tmp_path_factory.mktemp("town")))
    layout = build_risk_map(town, "S-1", "zh")
    layers = layout.itemById("map").layers()
    found = {layer.name(): layer.renderer() for layer in layers if hasattr(layer, "geometryType")}
    made = {
        name: renderer.symbols(QgsRenderContext())[0].clone()
        for name, renderer in found.items()
        if renderer.symbols(QgsRenderContext())
    }
    yield made
    layout.clear()


def rgb(colour) -> np.ndarray:
    return np.array(colour.getRgbF()[:3])


def strokes(symbol) -> list[tuple[np.ndarray, float]]:
    """Colour and width in mm of each stroke around an area, the lowest first."""
    found = []
    for layer in symbol.symbolLayers():
        if isinstance(layer, QgsSimpleLineSymbolLayer):
            found.append((rgb(layer.color()), layer.width()))
        elif isinstance(layer, QgsSimpleFillSymbolLayer) and layer.strokeWidth() > 0:
            found.append((rgb(layer.strokeColor()), layer.strokeWidth()))
    return found


def test_the_outline_of_the_site_has_a_casing_that_the_red_line_has_not(symbols):
    (casing, wide), (core, narrow) = strokes(symbols[SITE])
    assert wide > narrow > 0.4
    for vision in VISIONS:  # the core is seen within its casing by every eye
        assert apart(casing, core, vision) > TOLD_APART
    widths = [width for _, width in strokes(symbols["生态保护红线"])]
    assert widths == sorted(widths)  # what lies lower is covered


@pytest.mark.parametrize("vision", [name for name in VISIONS if name != "greyscale"])
def test_the_site_has_another_colour_than_the_red_line(symbols, vision):
    *_, (core, _) = strokes(symbols[SITE])
    for colour, _ in strokes(symbols["生态保护红线"]):
        assert apart(core, colour, vision) > TOLD_APART


def test_overlaps_are_hatched_so_that_what_is_below_is_seen(symbols):
    symbol = symbols[OVERLAP]
    assert isinstance(symbol, QgsFillSymbol)
    fills = [one for one in symbol.symbolLayers() if not isinstance(one, QgsSimpleLineSymbolLayer)]
    assert any(isinstance(one, QgsLinePatternFillSymbolLayer) for one in fills)
    for one in fills:
        if isinstance(one, QgsSimpleFillSymbolLayer):
            assert one.color().alpha() < 40 or one.brushStyle() == 0
