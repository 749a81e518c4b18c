# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of the core as sinks of an algorithm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem

from eco_onemap.core.table import ResultTable
from eco_onemap.processing.problems import other_geometries
from eco_onemap.qgis_bridge.crs import build_cgcs2000
from eco_onemap.qgis_bridge.sinks import build_fields, sink_type, write_sink
from eco_onemap.qgis_bridge.translation import user_language

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback


def write_table(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    table: ResultTable,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> dict[str, str]:
    """Write a table where the user wants it, and return its layer by the output's name."""
    kind, crs = sink_type(table), build_cgcs2000()
    if table.geometries is None:
        crs = QgsCoordinateReferenceSystem()
    fields = build_fields(table.columns)
    sink, layer = algorithm.parameterAsSink(parameters, name, context, fields, kind, crs)
    if sink is None:
        return {}
    lost = write_sink(table, sink, kind)
    if lost:
        feedback.pushWarning(other_geometries(table, kind, lost).text(user_language()))
    return {name: layer}
