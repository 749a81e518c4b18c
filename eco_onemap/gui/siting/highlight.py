# SPDX-License-Identifier: GPL-2.0-or-later
"""What the result in the dock points at, over the map: sites, rings, overlaps, nearest lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat

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
from eco_onemap.gui.siting.map_labels import MapLabel, MapLabels
from eco_onemap.outputs import formatting
from eco_onemap.qgis_bridge.crs import build_cgcs2000
from eco_onemap.qgis_bridge.kept_layers import KeptLayers
from eco_onemap.qgis_bridge.translation import tr

SITE_COLOUR, RING_COLOUR = QColor("#0b5fff"), QColor(40, 40, 40, 200)
OVERLAP_COLOUR, LINE_COLOUR = QColor("#c2185b"), QColor("#7b1fa2")
SITE_WIDTH_PX, RING_WIDTH_PX, LINE_WIDTH_PX = 3, 1, 2
MARGIN = 1.4
"""How much larger than what it shows a view is."""
SMALLEST_DEG = 0.002
"""A view is no narrower, some 200 m: a point has no extent."""
FLASHES = 2
SMALL = 0.05
"""What takes less of the view's width and height than this is zoomed to."""
MOST_NAMED = 30
"""So many sites bear their names: more would cover the map."""


class Highlight(QObject):
    """Draws over a canvas and takes all of it away again."""

    def __init__(self, canvas: QgsMapCanvas, layers: KeptLayers) -> None:
        super().__init__()
        self._canvas, self._layers = canvas, layers
        self._site_bands: list[QgsRubberBand] = []
        self._target_bands: list[QgsRubberBand] = []
        self._site_labels, self._target_labels = MapLabels(canvas), MapLabels(canvas)

    @property
    def texts(self) -> list[str]:
        """What is written on the map."""
        return self._site_labels.texts + self._target_labels.texts

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
        self._draw_site(site)
        named = _site_label(site, site_name(assessment, site_id))
        distances = assessment.options.rings_m
        self._site_labels.show_labels(
            [*map(_ring_label, rings, distances), *([named] if named else [])]
        )

    def show_sites(self, shapes: Iterable[BaseGeometry], names: Sequence[str] = ()) -> None:
        """Draw sites that were not checked yet, with the names of the first ones."""
        self.clear()
        present = list(shapes)
        for shape in present:
            self._draw_site(shape)
        labels = map(_site_label, present[:MOST_NAMED], chain(names, repeat("")))
        self._site_labels.show_labels(list(filter(None, labels)))

    def show_target(self, assessment: Assessment, target: Target) -> BaseGeometry | None:
        """Draw the overlap with a feature or the line to it, and return what was drawn."""
        self._remove(self._target_bands)
        self._target_labels.show_labels([])
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
            self._target_labels.show_labels(_line_labels(line, assessment, target))
        return line

    def look_at(self, shapes: Iterable[BaseGeometry | None]) -> None:
        """Flash the last of *shapes*; go there first where they are out of sight or too small."""
        present = _present(shapes)
        if present and not self._is_seen(present):
            self.zoom_to(present)
        elif present:
            self._flash(present[-1])

    def zoom_to(self, shapes: Iterable[BaseGeometry | None]) -> None:
        """Show all of *shapes* on the map and flash the last of them."""
        present = _present(shapes)
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
        self._flash(present[-1])

    def clear(self) -> None:
        """Take everything off the map."""
        self._remove(self._site_bands)
        self._remove(self._target_bands)
        self._site_labels.show_labels([])
        self._target_labels.show_labels([])

    def close_down(self) -> None:
        """Leave nothing behind on the canvas."""
        self.clear()
        for item in (self._site_labels, self._target_labels):
            self._canvas.scene().removeItem(item)

    def _draw_site(self, shape: BaseGeometry) -> None:
        band = self._band(shape, SITE_COLOUR, SITE_WIDTH_PX)
        band.setFillColor(QColor(0, 0, 0, 0))
        self._site_bands.append(band)

    def _flash(self, shape: BaseGeometry) -> None:
        self._canvas.flashGeometries([_geometry(shape)], build_cgcs2000(), flashes=FLASHES)

    def _is_seen(self, shapes: Sequence[BaseGeometry]) -> bool:
        """Return whether the view holds all of *shapes*, large enough to be made out."""
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        try:
            place = self._transform().transformBoundingBox(QgsRectangle(west, south, east, north))
        except QgsCsException:
            return True
        view = self._canvas.extent()
        share = max(place.width() / view.width(), place.height() / view.height())
        return bool(view.contains(place)) and share >= SMALL

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


def site_name(assessment: Assessment, site_id: str) -> str:
    """Return what a site is called on the map: its name, its identifier where it has none."""
    names = assessment.site_verdict.where("site_id", site_id)["name"].tolist()
    return str(names[0]) if names and names[0] else site_id


def find_distance_m(assessment: Assessment, target: Target) -> float | None:
    """Return how far a feature is from a site as the check measured it, None where it did not."""
    rows = assessment.site_layer.where("site_id", target.site_id)
    for row in rows.where("layer_id", target.layer_id).rows():
        if target.feature_id in ("", row["nearest_id"]):
            return float(row["nearest_m"])
    hits = assessment.hit.where("site_id", target.site_id).where("layer_id", target.layer_id)
    for row in hits.where("feature_id", target.feature_id).rows():
        return float(row["distance_m"])
    return None


def find_overlap(assessment: Assessment, target: Target) -> BaseGeometry | None:
    """Return where a site meets a feature, or any of a layer's, None where it meets none."""
    hits = assessment.hit.where("site_id", target.site_id).where("layer_id", target.layer_id)
    if target.feature_id:
        hits = hits.where("feature_id", target.feature_id)
    if hits.geometries is None:
        return None
    present = [shape for shape in hits.geometries if shape is not None and not shape.is_empty]
    return shapely.union_all(present) if present else None


def _present(shapes: Iterable[BaseGeometry | None]) -> list[BaseGeometry]:
    return [shape for shape in shapes if shape is not None and not shape.is_empty]


def _site_label(shape: BaseGeometry, name: str) -> MapLabel | None:
    """Return a site's name inside of it, None where it has none."""
    if not name or shape.is_empty:
        return None
    at = shapely.point_on_surface(shape)
    return MapLabel(name, at.x, at.y, SITE_COLOUR)


def _ring_label(ring: BaseGeometry, distance_m: float) -> MapLabel:
    """Return a ring's distance at its northernmost point."""
    corners = shapely.get_coordinates(ring)
    east, north = corners[np.argmax(corners[:, 1])].tolist()
    text = tr("{distance} m").format(distance=f"{distance_m:g}")
    return MapLabel(text, east, north, RING_COLOUR)


def _line_labels(line: BaseGeometry, assessment: Assessment, target: Target) -> list[MapLabel]:
    """Return the measured distance in the middle of a line, nothing where there is none."""
    distance_m = find_distance_m(assessment, target)
    if distance_m is None:
        return []
    at = shapely.line_interpolate_point(line, 0.5, normalized=True)
    return [MapLabel(formatting.metres(distance_m), at.x, at.y, LINE_COLOUR)]


def _geometry(shape: BaseGeometry) -> QgsGeometry:
    made = QgsGeometry()
    made.fromWkb(shapely.to_wkb(shape))
    return made


def _kind(shape: BaseGeometry) -> Qgis.GeometryType:
    dimension = int(shapely.get_dimensions(shape))
    kinds = (Qgis.GeometryType.Point, Qgis.GeometryType.Line, Qgis.GeometryType.Polygon)
    return kinds[max(dimension, 0)]
