# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the analysis' own labels where they were placed."""

from __future__ import annotations

from qgis.core import Qgis, QgsLabelPlacementSettings, QgsPalLayerSettings, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.labels import DETAIL_MAP, INK, haloed, set_labels, show_only_on, text_format
from eco_onemap.layout.sheet import OVERLAP_SIZE_PT

HALO_MM = 0.8


def label_places(layer: QgsVectorLayer, size_pt: float, bold: bool, colour: QColor = INK) -> None:
    """Write each label over its point; names of features give way to it."""
    settings = _settings(size_pt, bold, colour)
    settings.placement = Qgis.LabelPlacement.OverPoint
    settings.priority = 10
    always = QgsLabelPlacementSettings()
    always.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapIfRequired)
    settings.setPlacementSettings(always)
    set_labels(layer, settings)


def label_in_detail(layer: QgsVectorLayer) -> None:
    """Write layer and size on each overlap, on the detail map only: there is room for it."""
    settings = _settings(OVERLAP_SIZE_PT, bold=False, colour=INK)
    settings.placement = Qgis.LabelPlacement.Horizontal
    show_only_on(settings, DETAIL_MAP)
    set_labels(layer, settings)


def _settings(size_pt: float, bold: bool, colour: QColor) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.setFormat(haloed(text_format(size_pt, bold, colour), HALO_MM))
    return settings
