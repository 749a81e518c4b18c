# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the analysis' own labels where they were placed."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLabelObstacleSettings,
    QgsLabelPlacementSettings,
    QgsPalLayerSettings,
    QgsTextBackgroundSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.labels import DETAIL_MAP, INK, haloed, set_labels, show_only_on, text_format
from eco_onemap.layout.place_labels import OVERLAP_GROUND_MM
from eco_onemap.layout.sheet import OVERLAP_SIZE_PT

HALO_MM = 0.8
GROUND = QColor("#FFFFFF")
"""Behind a label."""
OBSTACLE_FACTOR = 2.0
"""The most that QGIS knows: labels go elsewhere if there is any place."""


def label_places(layer: QgsVectorLayer, size_pt: float, bold: bool, colour: QColor = INK) -> None:
    """Write each label over its point; names of features give way to it."""
    settings = _settings(size_pt, bold, colour)
    settings.placement = Qgis.LabelPlacement.OverPoint
    settings.priority = 10
    always = QgsLabelPlacementSettings()
    always.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapIfRequired)
    settings.setPlacementSettings(always)
    set_labels(layer, settings)


def keep_free(layer: QgsVectorLayer) -> None:
    """Keep the names of features off what a layer draws."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.drawLabels = False
    obstacle = QgsLabelObstacleSettings()
    obstacle.setIsObstacle(True)
    obstacle.setFactor(OBSTACLE_FACTOR)
    settings.setObstacleSettings(obstacle)
    set_labels(layer, settings)


def label_overlaps(layer: QgsVectorLayer) -> None:
    """Write layer and size of each overlap over its point, on the detail map only.

    The text stands on white, as hatches run through it otherwise.
    """
    label_places(layer, OVERLAP_SIZE_PT, bold=False)
    settings = QgsPalLayerSettings(layer.labeling().settings())
    form = settings.format()
    form.setBackground(_white_ground())
    settings.setFormat(form)
    show_only_on(settings, DETAIL_MAP)
    set_labels(layer, settings)


def _white_ground() -> QgsTextBackgroundSettings:
    ground = QgsTextBackgroundSettings()
    ground.setEnabled(True)
    ground.setType(QgsTextBackgroundSettings.ShapeType.ShapeRectangle)
    ground.setSizeType(QgsTextBackgroundSettings.SizeType.SizeBuffer)
    ground.setSize(QSizeF(OVERLAP_GROUND_MM, OVERLAP_GROUND_MM))
    ground.setSizeUnit(Qgis.RenderUnit.Millimeters)
    ground.setFillColor(GROUND)
    ground.setStrokeWidth(0.0)
    return ground


def _settings(size_pt: float, bold: bool, colour: QColor) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.setFormat(haloed(text_format(size_pt, bold, colour), HALO_MM))
    return settings
