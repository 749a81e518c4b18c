# SPDX-License-Identifier: GPL-2.0-or-later
"""Names on the map: of a layer's features, and of the rings and lines of the analysis."""

from __future__ import annotations

from functools import cache

from qgis.core import (
    Qgis,
    QgsPalLayerSettings,
    QgsProperty,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.layout.repeated_names import NAMED_HERE
from eco_onemap.layout.style_table import role_style, source_field
from eco_onemap.layout.text_fit import LINE_HEIGHT_EM, MM_PER_POINT
from eco_onemap.qgis_bridge.fonts import installed_families

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
)
"""Fonts with Chinese and Latin letters, free ones first; the first that is installed is used."""
NAME_SIZE_PT, AREA_SIZE_PT = 6.0, 9.0
"""Of features, and of administrative areas on an overview, which say where everything lies."""
SMALLEST_NAMED_MM = 9.0
"""Areas smaller than this on paper get no name."""
PLACES = frozenset({"sensitive", "soil_register", "soil_suspect", "heavy_metal"})
"""Roles of single places, villages and parcels: named beside them, however small they are."""
SMALLEST_PLACE_MM = 0.8
MOST_NAMES = 40
"""Names of one layer on one map; more hide what they name."""
ADMIN = "admin"
"""The role whose areas are named on locators and overviews, and only there."""
MAIN_MAP, DETAIL_MAP, LOCATOR_MAP = "map", "detail", "locator"
"""Identifiers of the map items, by which labels know where they are."""
NAMED_AREAS = "named_areas"
"""The variable of a layout whose main map names administrative areas, too."""
_WHERE_AREAS_ARE_NAMED = (
    f"@map_id = '{LOCATOR_MAP}' or @map_id = '{MAIN_MAP}' and @{NAMED_AREAS} is not null"
)
_AREA_SIZE = f"if(@map_id = '{MAIN_MAP}', {AREA_SIZE_PT}, {NAME_SIZE_PT})"
INK = QColor("#1a1a1a")
HALO = QColor(255, 255, 255, 225)


@cache
def font_family() -> str:
    """Return the family of all text, "" (the system's own) where none of the known is installed."""
    installed = set(installed_families())
    return next((family for family in FAMILIES if family in installed), "")


def text_format(size_pt: float, bold: bool = False, colour: QColor = INK) -> QgsTextFormat:
    """Return the format of text; bold is a face of its own, so that it is embedded as text."""
    font = QFont(font_family()) if font_family() else QFont()
    font.setBold(bold)
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    result = QgsTextFormat()
    result.setFont(font)
    result.setSize(size_pt)
    result.setSizeUnit(Qgis.RenderUnit.Points)
    result.setColor(colour)
    result.setLineHeightUnit(Qgis.RenderUnit.Millimeters)
    result.setLineHeight(size_pt * MM_PER_POINT * LINE_HEIGHT_EM)
    return result


def haloed(form: QgsTextFormat, width_mm: float = 0.7) -> QgsTextFormat:
    """Return the format with a white halo, for text on a map."""
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(width_mm)
    halo.setSizeUnit(Qgis.RenderUnit.Millimeters)
    halo.setColor(HALO)
    form.setBuffer(halo)
    return form


def label_layer(layer: QgsVectorLayer, entry: LayerEntry) -> None:
    """Write the names of the features of a layer on sheets, where names are worth reading."""
    settings = name_settings(layer, entry)
    if settings is None:
        return
    if entry.role == ADMIN:
        thinning = settings.thinningSettings()
        thinning.setMinimumFeatureSize(0.0)
        settings.setThinningSettings(thinning)
        size = QgsProperty.fromExpression(_AREA_SIZE)
        settings.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.Size, size)
        show_where(settings, _WHERE_AREAS_ARE_NAMED)
    else:
        show_where(settings, f"@map_id = '{MAIN_MAP}' and {NAMED_HERE}")
    set_labels(layer, settings)


def name_settings(layer: QgsVectorLayer, entry: LayerEntry) -> QgsPalLayerSettings | None:
    """Return how the names of features are written, None where the role or layer has none."""
    attribute = source_field(entry, role_style(entry.role).label)
    if layer.fields().indexOf(attribute) < 0:
        return None
    settings = QgsPalLayerSettings()
    settings.fieldName = attribute
    settings.setFormat(haloed(text_format(NAME_SIZE_PT), 0.5))
    settings.placement = {
        Qgis.GeometryType.Polygon: Qgis.LabelPlacement.Horizontal,
        Qgis.GeometryType.Line: Qgis.LabelPlacement.Curved,
    }.get(layer.geometryType(), Qgis.LabelPlacement.OrderedPositionsAroundPoint)
    settings.dist = 0.8
    settings.offsetType = Qgis.LabelOffsetType.FromSymbolBounds
    thinning = settings.thinningSettings()
    thinning.setMaximumNumberLabels(MOST_NAMES)
    thinning.setLimitNumberLabelsEnabled(True)
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        is_place = entry.role in PLACES
        thinning.setMinimumFeatureSize(SMALLEST_PLACE_MM if is_place else SMALLEST_NAMED_MM)
        if is_place:
            sides = settings.polygonPlacementFlags()
            sides |= Qgis.LabelPolygonPlacementFlag.AllowPlacementOutsideOfPolygon
            settings.setPolygonPlacementFlags(sides)
    settings.setThinningSettings(thinning)
    return settings


def show_only_on(settings: QgsPalLayerSettings, map_id: str) -> None:
    """Show labels only on the map item with an identifier."""
    show_where(settings, f"@map_id = '{map_id}'")


def show_where(settings: QgsPalLayerSettings, expression: str) -> None:
    """Show labels only where an expression holds."""
    shown = QgsProperty.fromExpression(expression)
    settings.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.Show, shown)


def set_labels(layer: QgsVectorLayer, settings: QgsPalLayerSettings) -> None:
    """Label *layer* by *settings*."""
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
