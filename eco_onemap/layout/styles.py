# SPDX-License-Identifier: GPL-2.0-or-later
"""Draws a layer in the style of its role: the QML file, told where the attributes are."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.layout.style_table import role_style, source_field, style_file

GEOMETRY_NAMES = {
    Qgis.GeometryType.Polygon: "polygon",
    Qgis.GeometryType.Line: "line",
    Qgis.GeometryType.Point: "point",
}


def apply_style(layer: QgsMapLayer, entry: LayerEntry) -> None:
    """Draw *layer* as its role is drawn; classes come from the attribute that *entry* maps."""
    if isinstance(layer, QgsRasterLayer):
        _style_raster(layer, entry)
    elif layer.geometryType() in GEOMETRY_NAMES:
        _style_vector(layer, entry)


def lacking_class_field(layer: QgsMapLayer, entry: LayerEntry) -> str:
    """Return the attribute that tells the classes of a layer apart if it lacks it, else ""."""
    by = role_style(entry.role).by
    if not by or not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return ""
    attribute = source_field(entry, by)
    return attribute if layer.fields().indexOf(attribute) < 0 else ""


def _style_vector(layer: QgsVectorLayer, entry: LayerEntry) -> None:
    geometry = GEOMETRY_NAMES[layer.geometryType()]
    layer.loadNamedStyle(str(style_file(entry.role, geometry)), QgsMapLayer.StyleCategory.Symbology)
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return
    if lacking_class_field(layer, entry):
        others = renderer.categories()[-1]  # owns its symbol, so it must outlive the call below
        layer.setRenderer(QgsSingleSymbolRenderer(others.symbol().clone()))
    else:
        renderer.setClassAttribute(source_field(entry, role_style(entry.role).by))


def _style_raster(layer: QgsRasterLayer, entry: LayerEntry) -> None:
    """Draw a classified raster with the catalogue's labels; others keep their grey scale."""
    if not entry.classes:
        return
    layer.loadNamedStyle(
        str(style_file("sea_risk_grid", "raster")), QgsMapLayer.StyleCategory.Symbology
    )
    colours = [item.color for item in layer.renderer().classes()]
    classes = [
        QgsPalettedRasterRenderer.Class(value, colours[number % len(colours)], label)
        for number, (value, label) in enumerate(sorted(entry.classes.items()))
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
