# SPDX-License-Identifier: GPL-2.0-or-later
"""What the shipped styles draw, read from QML files by QGIS: fills, patterns, edges, markers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from qgis.core import QgsMapLayer, QgsSymbol, QgsSymbolLayer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.style_table import role_styles, style_file
from tests.qgis.sight import Colour, over

WHITE: Colour = np.ones(3)
WKB = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
TURN_DEG = 25.0
"""Hatches whose lines differ by as much in direction are told apart at a glance."""
DENSER = 1.55
"""As are those of which one is so much denser, and edges of which one is so much wider."""


@dataclass(frozen=True)
class Pattern:
    """Hatch lines (angle, dash) or marks (shape) at a distance, in a colour."""

    kind: str
    gap_mm: float
    angle: float
    colour: Colour = field(compare=False)

    def differs(self, other: Pattern) -> bool:
        """Return whether the two are different patterns, whatever their colours are."""
        turn = abs(self.angle - other.angle) % 180.0
        low, high = sorted((self.gap_mm, other.gap_mm))
        is_turned = min(turn, 180.0 - turn) >= TURN_DEG
        return self.kind != other.kind or is_turned or high / low >= DENSER


@dataclass(frozen=True)
class Look:
    """One symbol of a role: for polygons fill, patterns and edge, for others colour and form."""

    role: str
    label: str
    rank: int
    fill: Colour
    alpha: float
    patterns: tuple[Pattern, ...] = ()
    edge: Colour = field(default_factory=lambda: WHITE)
    form: str = ""
    size_mm: float = 0.0

    @property
    def name(self) -> str:
        """Role and class."""
        return f"{self.role} {self.label}".strip()

    def on(self, ground: Colour) -> Colour:
        """Return the fill's colour over a ground."""
        return over(self.fill, self.alpha, ground)

    def is_patterned_otherwise(self, other: Look) -> bool:
        """Return whether one has a pattern that the other has not."""
        one, two = sorted((self.patterns, other.patterns), key=len)
        return any(all(a.differs(b) for b in one) for a in two)

    def is_formed_otherwise(self, other: Look) -> bool:
        """Return whether dash or shape differ, or the width or size plainly."""
        low, high = sorted((self.size_mm, other.size_mm))
        return self.form != other.form or high / low >= DENSER


@cache
def looks(scheme: str, geometry: str) -> tuple[Look, ...]:
    """Return the look of each class of each role in a colour scheme."""
    return tuple(_looks(scheme, geometry))


def _looks(scheme: str, geometry: str) -> Iterator[Look]:
    for role, style in role_styles().items():
        if geometry not in style.geometries:
            continue
        layer = QgsVectorLayer(f"{WKB[geometry]}?crs=EPSG:4490", "layer", "memory")
        file = str(style_file(role, geometry, scheme))
        _, good = layer.loadNamedStyle(file, QgsMapLayer.StyleCategory.Symbology)
        assert good
        items = layer.renderer().legendSymbolItems()  # own their symbols
        for item in items:
            yield _look(role, item.label(), style.rank, item.symbol())


def _look(role: str, label: str, rank: int, symbol: QgsSymbol) -> Look:
    layers = symbol.symbolLayers()
    kinds = {layer.layerType(): layer for layer in layers}
    if "SimpleFill" in kinds:
        area, edge = kinds["SimpleFill"], kinds["SimpleLine"]
        alpha = area.color().alphaF() if area.brushStyle() else 0.0
        patterns = tuple(filter(None, map(_pattern, layers)))
        form = f"{edge.penStyle()}"
        return Look(
            *(role, label, rank, _rgb(area.color()), alpha, patterns),
            edge=_rgb(edge.color()),
            form=form,
            size_mm=edge.width(),
        )
    top = layers[-1]
    is_line = top.layerType() == "SimpleLine"
    form = f"{top.penStyle()}" if is_line else f"{top.shape()} {top.angle()}"
    size = top.width() if is_line else top.size()
    return Look(role, label, rank, _rgb(top.color()), 1.0, form=form, size_mm=size)


def _pattern(layer: QgsSymbolLayer) -> Pattern | None:
    if layer.layerType() == "LinePatternFill":
        line = layer.subSymbol().symbolLayer(0)
        kind = f"lines {line.penStyle()}"
        return Pattern(kind, layer.distance(), layer.lineAngle(), _rgb(line.color()))
    if layer.layerType() == "PointPatternFill":
        mark = layer.subSymbol().symbolLayer(0)
        return Pattern(f"marks {mark.shape()}", layer.distanceX(), 0.0, _rgb(mark.color()))
    return None


def _rgb(colour: QColor) -> Colour:
    return np.array([colour.redF(), colour.greenF(), colour.blueF()])
