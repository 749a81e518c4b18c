# SPDX-License-Identifier: GPL-2.0-or-later
"""The texts of the overlays: always written, each at its place."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLabelPlacementSettings,
    QgsPalLayerSettings,
    QgsProperty,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.labels import (
    DETAIL_MAP,
    MAIN_MAP,
    haloed,
    set_labels,
    show_only_on,
    text_format,
)

SHORTEST_LABELLED_MM = 6.0
"""A label on a shorter line would hide the site."""
LABEL_GAP_MM = 0.8
SITE_INK = QColor("#A3005A")


def _settings(size_pt: float, bold: bool, colour: QColor | None = None) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    form = text_format(size_pt, bold, colour) if colour else text_format(size_pt, bold)
    settings.setFormat(haloed(form, 0.8))
    settings.priority = 10
    always = QgsLabelPlacementSettings()
    always.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapIfRequired)
    always.setAllowDegradedPlacement(True)
    settings.setPlacementSettings(always)
    return settings


def label_on_point(layer: QgsVectorLayer) -> None:
    """Write each label over its point."""
    settings = _settings(6.5, bold=False)
    settings.placement = Qgis.LabelPlacement.OverPoint
    set_labels(layer, settings)


def label_beside(layer: QgsVectorLayer) -> None:
    """Write each label beside its point, on the first map where its line has room for it."""
    settings = _settings(6.5, bold=True)
    settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
    settings.dist = LABEL_GAP_MM
    long_enough = QgsProperty.fromExpression(
        f"""if(@map_id = '{MAIN_MAP}', "main_mm" >= {SHORTEST_LABELLED_MM},
        "main_mm" < {SHORTEST_LABELLED_MM}
        and "length" * 1000 / @map_scale >= {SHORTEST_LABELLED_MM})"""
    )
    settings.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.Show, long_enough)
    set_labels(layer, settings)


def label_site(layer: QgsVectorLayer) -> None:
    """Write the site's name beside it on the main map."""
    settings = _settings(8.0, bold=True, colour=SITE_INK)
    settings.placement = {
        Qgis.GeometryType.Polygon: Qgis.LabelPlacement.OutsidePolygons,
        Qgis.GeometryType.Line: Qgis.LabelPlacement.Line,
    }.get(layer.geometryType(), Qgis.LabelPlacement.AroundPoint)
    settings.dist = 1.5
    show_only_on(settings, MAIN_MAP)
    set_labels(layer, settings)


def label_in_detail(layer: QgsVectorLayer) -> None:
    """Write layer and size on each overlap, on the detail map only: there is room for it."""
    settings = _settings(6.0, bold=False)
    settings.placement = Qgis.LabelPlacement.Horizontal
    show_only_on(settings, DETAIL_MAP)
    handling = settings.placementSettings()
    handling.setOverlapHandling(Qgis.LabelOverlapHandling.PreventOverlap)
    settings.setPlacementSettings(handling)
    set_labels(layer, settings)
