# SPDX-License-Identifier: GPL-2.0-or-later
"""How layers of results look: verdicts by colour, pattern and icon, overlaps by hatches.

Patterns and shapes tell all classes apart without colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsCentroidFillSymbolLayer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSvgMarkerSymbolLayer,
    QgsSymbol,
    QgsSymbolLayerUtils,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from eco_onemap.core.vocabulary import HitKind, Verdict
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.paths import resource
from eco_onemap.qgis_bridge.verdict_colours import VERDICT_COLOURS

ICON_MM, POINT_ICON_MM = 4.0, 6.0


@dataclass(frozen=True)
class Look:
    """How areas and lines of one class look: pattern, width of lines and edges, dashes.

    opacity: of the pattern, 0 to 1: a whole surface must let the map be seen.
    """

    fill: str
    width_mm: float
    dashes: str
    opacity: float = 1.0


VERDICT_LOOKS: Mapping[Verdict, Look] = {
    Verdict.PROHIBITED: Look("solid", 0.8, "solid", 0.35),
    Verdict.RESTRICTED: Look("b_diagonal", 0.8, "dash"),
    Verdict.STUDY: Look("dense6", 0.8, "dot"),
    Verdict.NO_DATA: Look("diagonal_x", 0.8, "dash dot"),
    Verdict.CLEAR: Look("no", 0.4, "solid"),
}
HIT_LOOKS: Mapping[HitKind, tuple[str, Look]] = {
    HitKind.REAL: ("#8e1452", Look("f_diagonal", 0.8, "solid")),
    HitKind.NARROW: ("#b8457d", Look("horizontal", 0.6, "dash")),
    HitKind.SLIVER: ("#6a5acd", Look("dense5", 0.5, "dot")),
    HitKind.TOUCH: ("#4a6a8a", Look("no", 0.5, "dash dot")),
}
"""Each kind with its colour."""


def style_verdicts(layer: QgsVectorLayer, language: str) -> None:
    """Draw the layer of ``site_verdict`` by verdict."""
    say = Wording(language)
    titles = {verdict.value: say.verdict(verdict.value) for verdict in Verdict}
    _categorise(layer, "verdict", titles, lambda value: _verdict_symbol(layer, Verdict(value)))


def style_hits(layer: QgsVectorLayer, language: str) -> None:
    """Draw the layer of ``hit`` by kind."""
    say = Wording(language)
    titles = {kind.value: say.word("kind", kind.value) for kind in HitKind}
    _categorise(layer, "kind", titles, lambda value: _hit_symbol(layer, *HIT_LOOKS[HitKind(value)]))


STYLES: Mapping[str, Callable[[QgsVectorLayer, str], None]] = {
    "site_verdict": style_verdicts,
    "hit": style_hits,
}
"""Result tables with geometries to how their layers are drawn."""


def _categorise(
    layer: QgsVectorLayer,
    column: str,
    titles: Mapping[str, str],
    symbol: Callable[[str], QgsSymbol],
) -> None:
    categories = [
        QgsRendererCategory(value, symbol(value), title) for value, title in titles.items()
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer(column, categories))
    layer.triggerRepaint()


def _verdict_symbol(layer: QgsVectorLayer, verdict: Verdict) -> QgsSymbol:
    if layer.geometryType() == Qgis.GeometryType.Point:
        return _icon(verdict, POINT_ICON_MM)
    symbol = _symbol(layer, VERDICT_COLOURS[verdict], VERDICT_LOOKS[verdict])
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        middle = QgsCentroidFillSymbolLayer()
        middle.setPointOnSurface(True)
        middle.setPointOnAllParts(False)
        middle.setSubSymbol(_icon(verdict, ICON_MM))
        symbol.appendSymbolLayer(middle)
    return symbol


def _hit_symbol(layer: QgsVectorLayer, colour: str, look: Look) -> QgsSymbol:
    if layer.geometryType() == Qgis.GeometryType.Point:
        given = {"name": "cross2", "color": colour, "outline_color": colour, "size": "3"}
        return QgsMarkerSymbol.createSimple(given)
    return _symbol(layer, colour, look)


def _symbol(layer: QgsVectorLayer, colour: str, look: Look) -> QgsSymbol:
    """Return the symbol of lines or areas."""
    width = str(look.width_mm)
    if layer.geometryType() == Qgis.GeometryType.Line:
        line = {"line_color": colour, "line_width": width, "line_style": look.dashes}
        return QgsLineSymbol.createSimple(line)
    area = {
        "color": _with_opacity(colour, look.opacity),
        "style": look.fill,
        "outline_color": colour,
        "outline_width": width,
        "outline_style": look.dashes,
    }
    return QgsFillSymbol.createSimple(area)


def _icon(verdict: Verdict, size_mm: float) -> QgsMarkerSymbol:
    picture = str(resource("icons", f"verdict_{verdict.value}.svg"))
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, QgsSvgMarkerSymbolLayer(picture, size_mm))
    return symbol


def _with_opacity(colour: str, opacity: float) -> str:
    """Return a colour as QGIS writes one with its opacity."""
    made = QColor(colour)
    made.setAlphaF(opacity)
    return str(QgsSymbolLayerUtils.encodeColor(made))
