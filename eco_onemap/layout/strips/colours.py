# SPDX-License-Identifier: GPL-2.0-or-later
"""In which colours features are drawn on the map, for their bars below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qgis.core import (
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRenderContext,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.law.conditions import plain_text
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.plane_access import into_layer_crs
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.style_table import source_field

UNKNOWN = QColor("#9A9A9A")
FAINT = 10
"""A fill more transparent than this (of 255) is told by its outline."""
Colours = Mapping[tuple[str, str], QColor]
"""By layer and feature."""


def feature_colours(
    loaded: LoadedMap, record: SiteRecord, line: BaseGeometry, crs: str, layers: Iterable[str]
) -> Colours:
    """Return the colours of the features of *layers* along a line, which is in *crs*.

    Those of a raster are its classes.
    """
    return {
        (layer_id, feature_id): colour
        for layer_id in layers
        for layer in loaded.parts(layer_id)
        for feature_id, colour in (
            _colours(layer, loaded, record, layer_id, line, crs)
            if isinstance(layer, QgsVectorLayer)
            else _class_colours(layer)
        )
    }


def _class_colours(layer: QgsMapLayer) -> Iterator[tuple[str, QColor]]:
    renderer = layer.renderer()
    if isinstance(renderer, QgsPalettedRasterRenderer):
        yield from ((f"{one.value:g}", one.color) for one in renderer.classes())


def _colours(
    layer: QgsVectorLayer,
    loaded: LoadedMap,
    record: SiteRecord,
    layer_id: str,
    line: BaseGeometry,
    crs: str,
) -> Iterator[tuple[str, QColor]]:
    area = into_layer_crs(line.envelope, crs, layer, loaded.project).boundingBox()
    named = layer.fields().indexOf(source_field(record.entries[layer_id], "id"))
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    renderer.startRender(context, layer.fields())
    request = QgsFeatureRequest(area).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    for feature in layer.getFeatures(request):
        symbol = renderer.symbolForFeature(feature, context)
        identifier = plain_text(feature[named]) if named >= 0 else ""
        if symbol is not None:
            yield identifier or str(feature.id()), _colour(symbol)
    renderer.stopRender(context)


def _colour(symbol: QgsSymbol) -> QColor:
    """Return the colour by which a symbol is known: of its fill, or else of its line."""
    first = symbol.symbolLayer(0)
    if isinstance(symbol, QgsFillSymbol):
        fill, edge = first.fillColor(), first.strokeColor()
        return fill if fill.isValid() and fill.alpha() > FAINT else edge
    return symbol.color()
