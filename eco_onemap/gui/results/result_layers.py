# SPDX-License-Identifier: GPL-2.0-or-later
"""A check's sites and overlaps as styled layers of the user's project, held in memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from qgis.core import QgsLayerTreeGroup, QgsMemoryProviderUtils, QgsProject, QgsVectorLayer

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.table import ResultTable
from eco_onemap.processing.result_styles import STYLES
from eco_onemap.qgis_bridge.crs import build_cgcs2000
from eco_onemap.qgis_bridge.sinks import build_fields, sink_type, write_sink
from eco_onemap.qgis_bridge.translation import tr


def add_result_layers(
    assessment: Assessment, language: str, project: QgsProject
) -> QgsLayerTreeGroup:
    """Add the layers in a group on top of the layer tree, and return it.

    A layer of QGIS holds one kind of geometry: points, lines and areas come apart.
    """
    title = tr("Siting check: {map}").format(map=assessment.catalogue.title)
    group = project.layerTreeRoot().insertGroup(0, title)
    names = {"site_verdict": tr("Verdicts"), "hit": tr("Overlaps")}
    for table in (assessment.hit, assessment.site_verdict):
        for part in _by_dimension(table.in_language(language)):
            layer = _layer(part, names[table.name])
            STYLES[table.name](layer, language)
            project.addMapLayer(layer, False)
            group.insertLayer(0, layer)
    return group


def _by_dimension(table: ResultTable) -> Iterator[ResultTable]:
    """Yield the rows with points, with lines and with areas; nothing of what there is none."""
    if table.geometries is None:
        return
    dimension = np.where(
        shapely.is_missing(table.geometries) | shapely.is_empty(table.geometries),
        -1,
        shapely.get_dimensions(table.geometries),
    )
    for each in range(3):
        rows = np.flatnonzero(dimension == each)
        if len(rows):
            yield table.take(rows)


def _layer(table: ResultTable, name: str) -> QgsVectorLayer:
    kind, fields = sink_type(table), build_fields(table.columns)
    layer = QgsMemoryProviderUtils.createMemoryLayer(name, fields, kind, build_cgcs2000())
    write_sink(table, layer.dataProvider(), kind)
    layer.updateExtents()
    return layer
