# SPDX-License-Identifier: GPL-2.0-or-later
"""Draws a layer in the style of its role: the QML file, told where the attributes are."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.layout.style_table import USUAL_SCHEME, role_style, source_field, style_file

GEOMETRY_NAMES = {
    Qgis.GeometryType.Polygon: "polygon",
    Qgis.GeometryType.Line: "line",
    Qgis.GeometryType.Point: "point",
}


def apply_style(layer: QgsMapLayer, entry: LayerEntry, scheme: str = USUAL_SCHEME) -> None:
    """Draw *layer* as its role is drawn in a colour scheme.

    Classes come from the attribute that *entry* maps and bear their Chinese labels.
    """
    if isinstance(layer, QgsRasterLayer):
        _style_raster(layer, entry, scheme)
    elif layer.geometryType() in GEOMETRY_NAMES:
        _style_vector(layer, entry, scheme)


def name_classes(layer: QgsMapLayer, entry: LayerEntry, language: str) -> None:
    """Label the classes of a styled layer in a language; what a catalogue names stays so."""
    renderer, english = layer.renderer(), role_style(entry.role).english
    if language == "zh" or not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return
    named = renderer.clone()
    for number, category in enumerate(renderer.categories()):
        named.updateCategoryLabel(number, english.get(category.label(), category.label()))
    layer.setRenderer(named)


def lacking_class_field(layer: QgsMapLayer, entry: LayerEntry) -> str:
    """Return the attribute that tells the classes of a layer apart if it lacks it, else ""."""
    by = role_style(entry.role).by
    if not by or not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return ""
    attribute = source_field(entry, by)
    return attribute if layer.fields().indexOf(attribute) < 0 else ""


def _style_vector(layer: QgsVectorLayer, entry: LayerEntry, scheme: str) -> None:
    geometry = GEOMETRY_NAMES[layer.geometryType()]
    renderer = _read_renderer(style_file(entry.role, geometry, scheme))
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        if lacking_class_field(layer, entry):
            others = renderer.categories()[-1]  # owns its symbol, so it must outlive the call below
            renderer = QgsSingleSymbolRenderer(others.symbol().clone())
        else:
            renderer.setClassAttribute(source_field(entry, role_style(entry.role).by))
    layer.setRenderer(renderer)


def _read_renderer(file: Path) -> QgsFeatureRenderer:
    """Return the renderer of a QML file; loading the file would reset names and scales, too."""
    document = QDomDocument()
    document.setContent(file.read_text(encoding="utf-8"))
    element = document.documentElement().firstChildElement("renderer-v2")
    return QgsFeatureRenderer.load(element, QgsReadWriteContext())


def _style_raster(layer: QgsRasterLayer, entry: LayerEntry, scheme: str) -> None:
    """Draw a classified raster with the catalogue's labels; others keep their grey scale."""
    if not entry.classes:
        return
    tree = ElementTree.parse(style_file("sea_risk_grid", "raster", scheme))
    colours = [QColor(item.get("color")) for item in tree.iter("paletteEntry")]
    classes = [
        QgsPalettedRasterRenderer.Class(value, colours[number % len(colours)], label)
        for number, (value, label) in enumerate(sorted(entry.classes.items()))
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
