# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes ``resources/styles/*.qml`` from ``styles.yaml`` and ``schemes.yaml``; needs QGIS's Python.

    python scripts/make_styles.py [FOLDER]

Without FOLDER the committed files are written. The same tables give the same files. What a colour
scheme draws otherwise than the first one lies in a folder of its name.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalettedRasterRenderer,
    QgsPointPatternFillSymbolLayer,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsRendererCategory,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

STYLES = Path(__file__).resolve().parent.parent / "resources" / "styles"
GEOMETRIES = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
RANDOM = re.compile(r' (?:id|uuid)="(?:\{[0-9a-f-]{36}\}|[0-9a-f]{8}-[0-9a-f-]{27})"')
"""The identifiers that QGIS draws anew each time a style is saved."""

Symbol = Mapping[str, Any]


def colour(name: str, alpha_pct: float = 100.0) -> QColor:
    """Return the colour ``#RRGGBB`` with an opacity in percent."""
    result = QColor(name)
    result.setAlphaF(alpha_pct / 100.0)
    return result


def tinted(name: str, tint_pct: float) -> QColor:
    """Return the colour ``#RRGGBB`` mixed with white."""
    pure, share = QColor(name), tint_pct / 100.0
    parts = (pure.redF(), pure.greenF(), pure.blueF())
    return QColor.fromRgbF(*(1.0 - share * (1.0 - part) for part in parts))


def fill_symbol(style: Symbol) -> QgsFillSymbol:
    """Return fill, hatch, marks, casing and edge as one symbol, the edge on top."""
    area = {"color": colour(style["fill"], style["alpha"]), "outline_style": "no"}
    area["style"] = "solid" if style["alpha"] else "no"
    layers = [QgsSimpleFillSymbolLayer.create(area)]
    layers += hatch_layers(style.get("hatch")) + mark_layers(style.get("marks"))
    if "casing" in style:
        layers.append(edge_layer(style["casing"], style["casing_mm"], "solid"))
    layers.append(edge_layer(style["edge"], style["edge_mm"], style.get("dash", "solid")))
    return with_layers(QgsFillSymbol(), layers)


def edge_layer(name: str, width_mm: float, dash: str) -> QgsSymbolLayer:
    """Return the line around an area."""
    edge = {"line_color": name, "line_width": str(width_mm), "line_style": dash}
    return QgsSimpleLineSymbolLayer.create(edge | {"joinstyle": "round", "capstyle": "flat"})


def hatch_layers(hatch: Symbol | None) -> list[QgsSymbolLayer]:
    """Return the hatch's lines: one set, two for a cross hatch, none for None."""
    if hatch is None:
        return []
    angles = (hatch["angle"], hatch["angle"] + 90) if hatch.get("cross") else (hatch["angle"],)
    return [hatch_layer(hatch, angle) for angle in angles]


def hatch_layer(hatch: Symbol, angle: float) -> QgsSymbolLayer:
    """Return parallel lines at *angle* degrees."""
    lines = QgsLinePatternFillSymbolLayer()
    lines.setLineAngle(angle)
    lines.setDistance(hatch["gap_mm"])
    lines.setSubSymbol(line_symbol(hatch))
    return lines


def mark_layers(marks: Symbol | None) -> list[QgsSymbolLayer]:
    """Return marks in staggered rows, none for None."""
    if marks is None:
        return []
    pattern = QgsPointPatternFillSymbolLayer()
    pattern.setDistanceX(marks["gap_mm"])
    pattern.setDistanceY(marks["gap_mm"])
    pattern.setDisplacementX(marks["gap_mm"] / 2.0)
    pattern.setSubSymbol(marker_symbol({**marks, "edge": marks["color"]}))
    return [pattern]


def line_symbol(style: Symbol) -> QgsLineSymbol:
    """Return a line."""
    line = {"line_color": style["color"], "line_width": str(style["width_mm"])}
    line |= {"line_style": style.get("dash", "solid"), "joinstyle": "round", "capstyle": "flat"}
    return with_layers(QgsLineSymbol(), [QgsSimpleLineSymbolLayer.create(line)])


def marker_symbol(style: Symbol) -> QgsMarkerSymbol:
    """Return a marker with a thin edge."""
    marker = {"name": style["shape"], "size": str(style["size_mm"]), "color": style["color"]}
    marker |= {"outline_color": style["edge"], "outline_width": "0.2"}
    marker |= {"angle": str(style.get("turn", 0))}
    return QgsMarkerSymbol.createSimple(marker)


def with_layers(symbol: QgsSymbol, layers: list[QgsSymbolLayer]) -> Any:
    """Return *symbol* with these layers only."""
    symbol.deleteSymbolLayer(0)
    for layer in layers:
        symbol.appendSymbolLayer(layer)
    return symbol


SYMBOLS = {"polygon": fill_symbol, "line": line_symbol, "point": marker_symbol}


def class_symbol(style: Mapping[str, Any], geometry: str, differing: Symbol) -> QgsSymbol:
    """Return the symbol of a class: the role's, with what the class changes."""
    changes = dict(differing)
    if geometry == "point" and "fill" in changes:
        changes.setdefault("color", changes["fill"])
    return SYMBOLS[geometry]({**style[geometry], **changes})


def renderer(style: Mapping[str, Any], geometry: str) -> QgsFeatureRenderer:
    """Return the renderer of a role for one kind of geometry."""
    plain = SYMBOLS[geometry](style[geometry])
    if "classes" not in style:
        return QgsSingleSymbolRenderer(plain)
    categories = [
        QgsRendererCategory(c["value"], class_symbol(style, geometry, c), c["label"][0])
        for c in style["classes"]
    ]
    categories.append(QgsRendererCategory("", plain, style["other"][0]))
    return QgsCategorizedSymbolRenderer(style["by"], categories)


def vector_layer(style: Mapping[str, Any], geometry: str) -> QgsVectorLayer:
    """Return an empty layer that is drawn as the role."""
    layer = QgsVectorLayer(f"{GEOMETRIES[geometry]}?crs=EPSG:4490", "style", "memory")
    layer.setRenderer(renderer(style, geometry))
    return layer


def raster_layer(style: Mapping[str, Any], folder: Path) -> QgsRasterLayer:
    """Return a raster of one cell that is drawn as the role."""
    path = folder / "cell.tif"
    cell = gdal.GetDriverByName("GTiff").Create(str(path), 1, 1, 1, gdal.GDT_Byte)
    cell.SetGeoTransform((0, 1, 0, 0, 0, -1))
    cell.FlushCache()
    layer = QgsRasterLayer(str(path), "style")
    classes = [
        QgsPalettedRasterRenderer.Class(
            int(c["value"]), tinted(c["fill"], style["raster"]["tint"]), c["label"][0]
        )
        for c in style["classes"]
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    return layer


def qml(layer: QgsMapLayer) -> str:
    """Return the layer's symbols as a QML document without random identifiers."""
    document = QDomDocument("qgis")
    problem = layer.exportNamedStyle(
        document, QgsReadWriteContext(), QgsMapLayer.StyleCategory.Symbology
    )
    if problem:
        raise RuntimeError(problem)
    return ET.canonicalize(RANDOM.sub("", document.toString(1))) + "\n"


def qml_files(table: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield file name and text of each style; a role's first geometry has the plain name."""
    for role, style in table.items():
        if "raster" in style:
            yield f"{role}.qml", qml(raster_layer(style, folder))
        drawn = [geometry for geometry in style if geometry in GEOMETRIES]
        for number, geometry in enumerate(drawn):
            ending = f".{geometry}.qml" if number else ".qml"
            yield role + ending, qml(vector_layer(style, geometry))


def recoloured(style: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a role's style as a scheme colours it; classes are named by their Chinese label."""
    result = merged(style, {key: value for key, value in changes.items() if key != "classes"})
    named = changes.get("classes", {})
    if named:
        classes = [merged(c, named.get(c["label"][0], {})) for c in style["classes"]]
        result = {**result, "classes": classes}
    return result


def merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *values* with changes, mappings inside changed key by key."""
    result = dict(values)
    for key, change in changes.items():
        old = values.get(key)
        both = isinstance(old, Mapping) and isinstance(change, Mapping)
        result[key] = merged(old, change) if both else change
    return result


def all_files() -> dict[str, str]:
    """Return the text of each style by its name below the folder of styles."""
    table, schemes = (
        yaml.safe_load((STYLES / name).read_text(encoding="utf-8"))
        for name in ("styles.yaml", "schemes.yaml")
    )
    with tempfile.TemporaryDirectory() as folder:
        files = dict(qml_files(table, Path(folder)))
        for scheme, told in schemes.items():
            changes = told.get("roles", {})
            styles = {role: recoloured(table[role], change) for role, change in changes.items()}
            for name, text in qml_files(styles, Path(folder)):
                files[f"{scheme}/{name}"] = text
    return files


def main(target: Path) -> int:
    """Write all styles to *target*; return how many."""
    files = all_files()
    for name, text in files.items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    return len(files)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], False)
    application.initQgis()
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else STYLES), "styles written")
