# SPDX-License-Identifier: GPL-2.0-or-later
"""Which features keep their name to themselves: of those of one name on a map the largest bears it.

A red line or a zone is often stored in several features of one name; a map names it once. Points
are places of their own, whatever they are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.plane_access import into_layer_crs

REPEATED_NAMES = "repeated_names"
"""The variable of a layout with the features that bear no name on its main map."""
NAMED_HERE = (
    f"strpos(coalesce(@{REPEATED_NAMES}, ''), ' ' || @layer_id || ':' || to_string(@id) || ' ') = 0"
)
"""Of a feature of a layer."""


def find_repeated_names(
    layers: Iterable[QgsMapLayer], sheet: BaseGeometry, crs: str, project: QgsProject
) -> str:
    """Return the features in the form that ``NAMED_HERE`` reads; *sheet*: the ground in *crs*."""
    repeated = []
    for layer in layers:
        if isinstance(layer, QgsVectorLayer) and _is_named_along_or_within(layer):
            area = into_layer_crs(sheet, crs, layer, project)
            repeated += [f"{layer.id()}:{number}" for number in _lesser_ones(layer, area)]
    return f" {' '.join(repeated)} " if repeated else ""


def _is_named_along_or_within(layer: QgsVectorLayer) -> bool:
    kinds = (Qgis.GeometryType.Line, Qgis.GeometryType.Polygon)
    return bool(layer.labelsEnabled()) and layer.geometryType() in kinds


def _lesser_ones(layer: QgsVectorLayer, area: QgsGeometry) -> list[int]:
    """Return the features of a name that another one bears too, but for the one most in sight."""
    column = layer.fields().indexOf(layer.labeling().settings().fieldName)
    request = QgsFeatureRequest(area.boundingBox()).setSubsetOfAttributes([column])
    request.setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    named: dict[str, list[int]] = defaultdict(list)
    for feature in layer.getFeatures(request):
        named[str(feature[column] or "")].append(feature.id())
    shared = [number for ids in named.values() if len(ids) > 1 for number in ids]
    if not shared:
        return []
    sizes = _sizes_in_sight(layer, shared, area)
    lesser = []
    for ids in named.values():
        if len(ids) > 1:
            largest = max(ids, key=lambda number: (sizes.get(number, 0.0), -number))
            lesser += [number for number in ids if number != largest]
    return lesser


def _sizes_in_sight(
    layer: QgsVectorLayer, numbers: list[int], area: QgsGeometry
) -> dict[int, float]:
    """Return the area or length, in the layer's units, of what of each feature is in sight."""
    is_line = layer.geometryType() == Qgis.GeometryType.Line
    request = QgsFeatureRequest(numbers).setNoAttributes()
    sizes = {}
    for feature in layer.getFeatures(request):
        part = feature.geometry().clipped(area.boundingBox())  # few vertices, so that it is quick
        shown = part.intersection(area)
        sizes[feature.id()] = shown.length() if is_line else shown.area()
    return sizes
