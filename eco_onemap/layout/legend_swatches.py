# SPDX-License-Identifier: GPL-2.0-or-later
"""Symbols for the legend where a pattern is too wide to be seen in a swatch."""

from __future__ import annotations

from qgis.core import (
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsMapLayer,
    QgsPointPatternFillSymbolLayer,
    QgsSymbol,
    QgsVectorLayer,
)

from eco_onemap.layout.place_legend import SYMBOL_HEIGHT_MM, SYMBOL_WIDTH_MM

WIDEST_HATCH_MM = 1.6
"""Between lines of which two at least cross a swatch."""
MARK_WIDTH_MM, MARK_HEIGHT_MM = SYMBOL_WIDTH_MM / 2, SYMBOL_HEIGHT_MM / 2
"""Between marks: two rows of two."""


def swatch_of(layer: QgsMapLayer, number: int) -> QgsSymbol | None:
    """Return a symbol of a layer with its patterns drawn together, None where that is no need."""
    items = layer.renderer().legendSymbolItems() if isinstance(layer, QgsVectorLayer) else []
    symbol = items[number].symbol() if number < len(items) else None
    if not isinstance(symbol, QgsFillSymbol):
        return None
    swatch = symbol.clone()
    changed = [_drawn_together(part) for part in swatch.symbolLayers()]
    return swatch if any(changed) else None


def _drawn_together(part: object) -> bool:
    """Narrow a pattern that is wider than a swatch; return whether it was."""
    if isinstance(part, QgsLinePatternFillSymbolLayer) and part.distance() > WIDEST_HATCH_MM:
        part.setDistance(WIDEST_HATCH_MM)
        return True
    if isinstance(part, QgsPointPatternFillSymbolLayer) and part.distanceY() > MARK_HEIGHT_MM:
        part.setDistanceX(MARK_WIDTH_MM)
        part.setDistanceY(MARK_HEIGHT_MM)
        part.setDisplacementX(MARK_WIDTH_MM / 2)
        part.setOffsetY(MARK_HEIGHT_MM / 2)
        return True
    return False
