# SPDX-License-Identifier: GPL-2.0-or-later
"""What the result in the dock points at, drawn over the map: site, rings, overlap, nearest line."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.rings import build_rings
from eco_onemap.core.measures.nearest_line import find_nearest_line
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.results.listing import Target
from eco_onemap.qgis_bridge.crs import build_cgcs2000
from eco_onemap.qgis_bridge.kept_layers import KeptLayers

SITE_COLOUR, RING_COLOUR = QColor("#0b5fff"), QColor(40, 40, 40, 200)
OVERLAP_COLOUR, LINE_COLOUR = QColor("#c2185b"), QColor("#7b1fa2")
SITE_WIDTH_PX, RING_WIDTH_PX, LINE_WIDTH_PX = 3, 1, 2
MARGIN = 1.4
"""How much larger than what it shows a view is."""
SMALLEST_DEG = 0.002
"""A view is no narrower, some 200 m: a point has no extent."""
FLASHES = 2


class Highlight(QObject):
    """Draws over a canvas and takes all of it away again."""

    def __init__(self, canvas: QgsMapCanvas, layers: KeptLayers) -> None:
        super().__init__()
        self._canvas, self._layers = canvas, layers
        self._site_bands: list[QgsRubberBand] = []
        self._target_bands: list[QgsRubberBand] = []

    def show_site(self, assessment: Assessment, site_id: str) -> None:
        """Draw a site and its rings."""
        self.clear()
        site = find_site(assessment, site_id)
        if site is None:
            return
        rings = [
            build_rings(np.array([site], dtype=object), distance)[0]
            for distance in assessment.options.rings_m
        ]
        for ring in rings:
            band = self._band(shapely.boundary(ring), RING_COLOUR, RING_WIDTH_PX)
            band.setLineStyle(Qt.PenStyle.DashLine)
            self._site_bands.append(band)
        band = self._band(site, SITE_COLOUR, SITE_WIDTH_PX)
        band.setFillColor(QColor(0, 0, 0, 0))
        self._site_bands.append(band)

    def show_sites(self, shapes: Iterable[BaseGeometry]) -> None:
        """Draw sites that were not checked yet."""
        self.clear()
        for shape in shapes:
            band = self._band(shape, SITE_COLOUR, SITE_WIDTH_PX)
            band.setFillColor(QColor(0, 0, 0, 0))
            self._site_bands.append(band)

    def show_target(self, assessment: Assessment, target: Target) -> BaseGeometry | None:
        """Draw the overlap with a feature or the line to it, and return what was drawn."""
        self._remove(self._target_bands)
        site = find_site(assessment, target.site_id)
        if site is None or not target.layer_id:
            return site
        overlap = find_overlap(assessment, target)
        if overlap is not None:
            band = self._band(overlap, OVERLAP_COLOUR, LINE_WIDTH_PX)
            band.setBrushStyle(Qt.BrushStyle.BDiagPattern)
            self._target_bands.append(band)
            return overlap
        layer = self._layers.last(target.layer_id)
        line = find_nearest_line(site, layer, target.feature_id) if layer is not None else None
        if line is not None:
            self._target_bands.append(self._band(line, LINE_COLOUR, LINE_WIDTH_PX))
        return line

    def zoom_to(self, shapes: Iterable[BaseGeometry | None]) -> None:
        """Show all of *shapes* on the map and flash the last of them."""
        present = [shape for shape in shapes if shape is not None and not shape.is_empty]
        if not present:
            return
        west, south, east, north = shapely.total_bounds(present).tolist()
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        width = max(MARGIN * (east - west), SMALLEST_DEG)
        height = max(MARGIN * (north - south), SMALLEST_DEG)
        view = QgsRectangle(
            middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2
        )
        try:
            self._canvas.setExtent(self._transform().transformBoundingBox(view))
        except QgsCsException:  # the project's CRS is of another place on Earth
            return
        self._canvas.refresh()
        shown = _geometry(present[-1])
        self._canvas.flashGeometries([shown], build_cgcs2000(), flashes=FLASHES)

    def clear(self) -> None:
        """Take everything off the map."""
        self._remove(self._site_bands)
        self._remove(self._target_bands)

    def _remove(self, bands: list[QgsRubberBand]) -> None:
        for band in bands:
            self._canvas.scene().removeItem(band)
        bands.clear()

    def _band(self, shape: BaseGeometry, colour: QColor, width_px: int) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, _kind(shape))
        band.setToGeometry(_geometry(shape), build_cgcs2000())
        band.setColor(colour)
        fill = QColor(colour)
        fill.setAlpha(60)
        band.setFillColor(fill)
        band.setWidth(width_px)
        return band

    def _transform(self) -> QgsCoordinateTransform:
        settings = self._canvas.mapSettings()
        return QgsCoordinateTransform(
            build_cgcs2000(), settings.destinationCrs(), QgsProject.instance()
        )


def find_site(assessment: Assessment, site_id: str) -> BaseGeometry | None:
    """Return a site's geometry in CGCS2000 degrees, None if there is none."""
    table = assessment.site_verdict.where("site_id", site_id)
    return table.geometries[0] if table.geometries is not None and len(table) else None


def find_overlap(assessment: Assessment, target: Target) -> BaseGeometry | None:
    """Return where a site meets a feature, or any of a layer's, None where it meets none."""
    hits = assessment.hit.where("site_id", target.site_id).where("layer_id", target.layer_id)
    if target.feature_id:
        hits = hits.where("feature_id", target.feature_id)
    if hits.geometries is None:
        return None
    present = [shape for shape in hits.geometries if shape is not None and not shape.is_empty]
    return shapely.union_all(present) if present else None


def _geometry(shape: BaseGeometry) -> QgsGeometry:
    made = QgsGeometry()
    made.fromWkb(shapely.to_wkb(shape))
    return made


def _kind(shape: BaseGeometry) -> Qgis.GeometryType:
    dimension = int(shapely.get_dimensions(shape))
    kinds = (Qgis.GeometryType.Point, Qgis.GeometryType.Line, Qgis.GeometryType.Polygon)
    return kinds[max(dimension, 0)]
