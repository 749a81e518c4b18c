# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds what lies on the ground of a sheet, above all which symbols its legend must explain."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.nearest_lines import find_nearest_lines
from eco_onemap.layout.plane_access import into_layer_crs
from eco_onemap.layout.point_symbols import find_points
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.sheet import Ground, LayerContent, SheetContent
from eco_onemap.layout.unmapped import find_unmapped

SAMPLED_CELLS = 512
"""Rasters are looked through at this many cells across a sheet."""


ClassesMet = Mapping[str, Collection[float]]
"""Layer to the classes of a raster."""


def find_content(
    loaded: LoadedMap,
    record: SiteRecord,
    ground: Ground,
    shown: BaseGeometry | None = None,
    met: ClassesMet | None = None,
) -> SheetContent:
    """Return what of the loaded layers is on the main map of the sheet.

    shown: the ground of a map that is turned, in the map's CRS. met: the classes of rasters that
    the site meets on this sheet, where it shows a part of the site.
    """
    sheet = shapely.box(*ground.shown) if shown is None else shown
    present = [
        _content(key, layer, record, ground, sheet, loaded, met)
        for key, layer in loaded.layers.items()
    ]
    return SheetContent(
        layers=tuple(layer for layer in present if layer.on_sheet),
        nearest=find_nearest_lines(loaded, record, ground, sheet) if ground.with_analysis else (),
        unmapped=tuple(find_unmapped(loaded, record, ground, sheet)),
        failed={layer: why.text(record.language) for layer, why in loaded.failed.items()},
        points=tuple(find_points(loaded, ground, sheet)),
    )


def _content(
    key: str,
    layer: QgsMapLayer,
    record: SiteRecord,
    ground: Ground,
    sheet: BaseGeometry,
    loaded: LoadedMap,
    met: ClassesMet | None,
) -> LayerContent:
    area = into_layer_crs(sheet, ground.crs, layer, loaded.project)
    if isinstance(layer, QgsRasterLayer):
        return _raster_content(key, layer, area, _classes_met(loaded.owners[key], record, met))
    site = into_layer_crs(ground.site, ground.crs, layer, loaded.project)
    symbols = _vector_symbols(layer, area, site)
    return LayerContent(loaded.owners[key], *symbols, key=key)


def _vector_symbols(
    layer: QgsVectorLayer, sheet: QgsGeometry, site: QgsGeometry
) -> tuple[dict[int, str], frozenset[int]]:
    """Return the symbols (with labels) of features on the sheet, and those that the site meets."""
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    numbers = {item.ruleKey(): n for n, item in enumerate(renderer.legendSymbolItems())}
    labels = [item.label() for item in renderer.legendSymbolItems()]
    request = QgsFeatureRequest(sheet.boundingBox())
    request.setSubsetOfAttributes(renderer.usedAttributes(context), layer.fields())
    on_sheet, on_site = _engine(sheet), _engine(site)
    seen: set[int] = set()
    met: set[int] = set()
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures(request):
        symbols = {numbers[key] for key in renderer.legendKeysForFeature(feature, context)}
        if symbols <= met or not feature.hasGeometry():
            continue
        shape = feature.geometry().constGet()
        if not symbols <= seen and on_sheet.intersects(shape):
            seen |= symbols
        if on_site.intersects(shape):
            met |= symbols
    renderer.stopRender(context)
    return {n: labels[n] for n in sorted(seen | met)}, frozenset(met)


def _engine(geometry: QgsGeometry) -> Any:
    engine = QgsGeometry.createGeometryEngine(geometry.constGet())
    engine.prepareGeometry()
    return engine


def _raster_content(
    layer_id: str,
    layer: QgsRasterLayer,
    sheet: QgsGeometry,
    met: Collection[float],
) -> LayerContent:
    """Return the classes with cells on the sheet; a raster without classes is one symbol.

    met: the classes that the site meets there, however small their cells.
    """
    area = sheet.boundingBox().intersect(layer.extent())
    if area.isEmpty():
        return LayerContent(layer_id, {})
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return LayerContent(layer_id, {0: ""}, frozenset({0} if met else ()))
    found = _values(layer, area)
    classes = {n: c for n, c in enumerate(renderer.classes()) if c.value in found.union(met)}
    on_site = frozenset(n for n, c in classes.items() if c.value in met)
    return LayerContent(layer_id, {n: c.label for n, c in classes.items()}, on_site)


def _classes_met(layer_id: str, record: SiteRecord, met: ClassesMet | None) -> Collection[float]:
    if met is not None:
        return met.get(layer_id, frozenset())
    rows = record.assessment.raster_class.where("site_id", record.site_id).rows()
    return {row["value"] for row in rows if row["layer_id"] == layer_id and row["share_pct"] > 0}


def _samples(length: float, cell: float) -> int:
    """Return how often an area is looked at: twice a cell, as its sides are not those of cells."""
    return min(SAMPLED_CELLS, 2 * math.ceil(length / cell))


def _values(layer: QgsRasterLayer, area: QgsRectangle) -> set[float]:
    """Return the values of the cells in an area."""
    columns = _samples(area.width(), layer.rasterUnitsPerPixelX())
    rows = _samples(area.height(), layer.rasterUnitsPerPixelY())
    block = layer.dataProvider().block(1, area, columns, rows)
    values = block.as_numpy(use_masking=True)
    return {float(value) for value in np.unique(values.compressed())}
