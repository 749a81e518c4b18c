# SPDX-License-Identifier: GPL-2.0-or-later
"""What is drawn over the layers: site, overlaps, rings, nearest lines, unmapped ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely
from qgis.core import (
    QgsFeature,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsGeometry,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsNullSymbolRenderer,
    QgsProject,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.legend import NEAREST, OVERLAP, RINGS, SITE, UNMAPPED
from eco_onemap.layout.overlay_labels import keep_free, label_overlaps, label_places
from eco_onemap.layout.page_frame import on_ground
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_labels import (
    LINE_SIZE_PT,
    RING_SIZE_PT,
    SITE_SIZE_PT,
    MapLabels,
)
from eco_onemap.layout.sheet import Ground, SheetContent

RING_LABELS, SITE_LABEL, NEAREST_LABELS = "@ring_labels", "@site_label", "@nearest_labels"
OVERLAP_LABELS = "@overlap_labels"
"""Placed for the detail map, and shown there only."""
LABEL_OVERLAYS = frozenset({RING_LABELS, SITE_LABEL, NEAREST_LABELS})
"""Overlays that are labels placed for the main map, and for no other."""
MAGENTA, BLACK, WHITE = "#E6007E", "#000000", "#FFFFFF"
"""The site is magenta within black: never mistaken for the red line's red (#E60000)."""
SITE_OUTER_MM, SITE_INNER_MM = 1.1, 0.6
PASSED_MM = 2.8
"""Of the stretches of a line inside constraints: wider than the line that lies on them."""
GREY = "#8C8C8C"
SITE_INK = QColor("#A3005A")
Drawn = tuple[BaseGeometry, str]
"""A geometry with its label."""


def build_overlays(
    project: QgsProject,
    ground: Ground,
    content: SheetContent,
    labels: MapLabels,
    detail: Box | None = None,
) -> dict[str, QgsVectorLayer]:
    """Add the overlays that have something to draw to *project*; return them, bottom first.

    detail: where the detail map stands, whose labels are placed on it.
    """
    rings = [(ring.line, "") for ring in ground.rings]
    nearest = [(line.line, "") for line in content.nearest]
    unmapped = [(part.geometry, "") for part in content.unmapped if not part.is_whole]
    overlaps = [(piece.geometry, "") for piece in ground.hatched]
    layers = {
        UNMAPPED: overlay_layer(UNMAPPED, unmapped, ground.crs, _unmapped_symbol()),
        RINGS: overlay_layer(RINGS, rings, ground.crs, line_symbol("#222222", 0.3, "dash")),
        OVERLAP: _overlap_layer(overlaps, ground.crs),
        NEAREST: overlay_layer(NEAREST, nearest, ground.crs, _nearest_symbol()),
        SITE: overlay_layer(SITE, [(ground.site, "")], ground.crs, site_symbol(ground.site)),
        **_label_layers(ground, labels, detail),
    }
    for kept_free in (SITE, NEAREST):
        keep_free(layers[kept_free])
    label_places(layers[RING_LABELS], RING_SIZE_PT, bold=False)
    label_places(layers[SITE_LABEL], SITE_SIZE_PT, bold=True, colour=SITE_INK)
    label_places(layers[NEAREST_LABELS], LINE_SIZE_PT, bold=True)
    if OVERLAP_LABELS in layers:
        label_overlaps(layers[OVERLAP_LABELS])
    found = {key: layer for key, layer in layers.items() if layer.featureCount()}
    project.addMapLayers(list(found.values()), False)
    return found


def _label_layers(
    ground: Ground, labels: MapLabels, detail: Box | None
) -> dict[str, QgsVectorLayer]:
    """Return points in the middle of the labels' places, which carry nothing but the labels."""
    main = ground.main, ground.paper.map
    placed = {
        RING_LABELS: (labels.rings, *main),
        SITE_LABEL: (labels.site, *main),
        NEAREST_LABELS: (labels.lines, *main),
    }
    if ground.detail is not None and detail is not None:
        placed[OVERLAP_LABELS] = (labels.overlaps, ground.detail, detail)
    return {
        key: overlay_layer(
            key,
            [(shapely.Point(on_ground(view, on, *label.middle)), label.text) for label in found],
            ground.crs,
            None,
        )
        for key, (found, view, on) in placed.items()
    }


def overlay_layer(
    name: str, drawn: Sequence[Drawn], crs: str, symbol: QgsSymbol | None
) -> QgsVectorLayer:
    """Return a layer in memory; without a symbol its features only carry labels."""
    layer = QgsVectorLayer(f"{_kind(drawn)}?crs={crs}&field=label:string(200)", name, "memory")
    layer.dataProvider().addFeatures([_feature(*row) for row in drawn])
    layer.updateExtents()
    layer.setRenderer(_renderer(symbol))
    return layer


def _renderer(symbol: QgsSymbol | None) -> QgsFeatureRenderer:
    return QgsSingleSymbolRenderer(symbol) if symbol else QgsNullSymbolRenderer()


def _kind(drawn: Sequence[Drawn]) -> str:
    dimension = max((shapely.get_dimensions(geometry) for geometry, _ in drawn), default=0)
    return ("MultiPoint", "MultiLineString", "MultiPolygon")[max(dimension, 0)]


def _feature(geometry: BaseGeometry, text: str) -> QgsFeature:
    shape = QgsGeometry()
    shape.fromWkb(shapely.to_wkb(shapely.force_2d(geometry)))
    feature = QgsFeature()
    feature.setGeometry(shape)
    feature.setAttributes([text])
    return feature


def _overlap_layer(overlaps: Sequence[Drawn], crs: str) -> QgsVectorLayer:
    """Return the overlaps, which are all areas, or lines, or points."""
    kind = max((shapely.get_dimensions(piece) for piece, _ in overlaps), default=0)
    passed = line_symbol(BLACK, PASSED_MM, "solid")
    symbol = (_overlap_point(), passed, _overlap_fill())[max(kind, 0)]
    return overlay_layer(OVERLAP, overlaps, crs, symbol)


def line_symbol(colour: str, width_mm: float, style: str) -> QgsLineSymbol:
    """Return a plain line; style: ``solid``, ``dash`` …, as QGIS calls them."""
    return _symbol(QgsLineSymbol(), [_line_layer(colour, width_mm, style)])


def _line_layer(colour: str, width_mm: float, style: str = "solid") -> QgsSymbolLayer:
    settings = {"line_color": colour, "line_width": str(width_mm), "line_style": style}
    settings |= {"joinstyle": "round", "capstyle": "flat"}
    return QgsSimpleLineSymbolLayer.create(settings)


def _symbol(symbol: QgsSymbol, layers: Iterable[QgsSymbolLayer]) -> QgsSymbol:
    symbol.deleteSymbolLayer(0)
    for layer in layers:
        symbol.appendSymbolLayer(layer)
    return symbol


def _nearest_symbol() -> QgsSymbol:
    """Return a dashed line that stays visible on dark and light ground."""
    return _symbol(QgsLineSymbol(), [_line_layer(WHITE, 0.9), _line_layer(BLACK, 0.45, "dash")])


def site_symbol(site: BaseGeometry) -> QgsSymbol:
    """Return the bold double outline of a site, or its form for lines and points."""
    dimension = shapely.get_dimensions(site)
    outlines = [_line_layer(BLACK, SITE_OUTER_MM), _line_layer(MAGENTA, SITE_INNER_MM)]
    if dimension == 2:
        return _symbol(QgsFillSymbol(), outlines)
    if dimension == 1:
        wide = [_line_layer(BLACK, SITE_OUTER_MM * 1.3), _line_layer(MAGENTA, SITE_INNER_MM * 1.4)]
        return _symbol(QgsLineSymbol(), wide)
    return _symbol(QgsMarkerSymbol(), [_marker(4.4, 1.1, BLACK), _marker(4.4, 0.6, MAGENTA)])


def _marker(size_mm: float, width_mm: float, colour: str) -> QgsSymbolLayer:
    settings = {"name": "circle", "size": str(size_mm), "color": "0,0,0,0"}
    settings |= {"outline_color": colour, "outline_width": str(width_mm)}
    return QgsSimpleMarkerSymbolLayer.create(settings)


def _overlap_fill() -> QgsSymbol:
    edge = _line_layer(BLACK, 0.25)
    return _symbol(QgsFillSymbol(), [_hatch(45, 1.3, 0.28, BLACK), edge])


def _overlap_point() -> QgsSymbol:
    return QgsMarkerSymbol.createSimple({"name": "cross2", "size": "3", "outline_width": "0.5"})


def _unmapped_symbol() -> QgsSymbol:
    """Return a wide, thin hatch: it must be seen, and the layers below it as well."""
    return _symbol(QgsFillSymbol(), [_hatch(135, 6.0, 0.12, GREY), _line_layer(GREY, 0.3, "dot")])


def _hatch(angle: float, gap_mm: float, width_mm: float, colour: str) -> QgsSymbolLayer:
    lines = QgsLinePatternFillSymbolLayer()
    lines.setLineAngle(angle)
    lines.setDistance(gap_mm)
    lines.setLineWidth(width_mm)
    lines.setColor(QColor(colour))
    return lines
