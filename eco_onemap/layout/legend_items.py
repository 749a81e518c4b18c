# SPDX-License-Identifier: GPL-2.0-or-later
"""The legend as a QGIS legend, so that it follows the layers when it is edited."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import (
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsLayoutItemLegend,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
)
from qgis.PyQt.QtCore import QSizeF, Qt

from eco_onemap.layout.items import add_box, add_text, put
from eco_onemap.layout.labels import text_format
from eco_onemap.layout.legend_swatches import swatch_of
from eco_onemap.layout.place_legend import (
    COLUMN_GAP_MM,
    SYMBOL_GAP_MM,
    SYMBOL_HEIGHT_MM,
    SYMBOL_WIDTH_MM,
)
from eco_onemap.layout.placement import LegendLine, LegendPlace
from eco_onemap.layout.table_items import PANEL_EDGE


def add_legend(
    layout: QgsPrintLayout, place: LegendPlace, layers: Mapping[str, QgsMapLayer]
) -> QgsLayoutItemLegend:
    """Add the legend as a QGIS legend, its entries, texts and columns as they were placed."""
    add_box(layout, "legend_box", place.box, edge=PANEL_EDGE)
    add_text(layout, "legend_title", place.title, Qt.AlignmentFlag.AlignHCenter, middle=True)
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    legend.setResizeToContents(False)
    legend.setLegendFilterByMapEnabled(False)
    _fill_legend(legend, place, layers)
    _form_legend(legend, place)
    put(layout, legend, "legend", place.area)
    add_text(layout, "legend_more", place.more)
    return legend


def _fill_legend(
    legend: QgsLayoutItemLegend, place: LegendPlace, layers: Mapping[str, QgsMapLayer]
) -> None:
    model = legend.model()
    root = model.rootGroup()
    root.clear()
    group = root
    for column in place.columns:
        for number, line in enumerate(column):
            starts_column = number == 0 and column is not place.columns[0]
            if line.is_heading:
                group = _add_heading(root, line, starts_column)
            else:
                _add_entry(group, line, layers[line.source], starts_column)
    for node in root.findLayers():
        model.refreshLayerLegend(node)


def _add_heading(root: QgsLayerTree, line: LegendLine, starts_column: bool) -> QgsLayerTreeGroup:
    group = root.addGroup(line.text)
    QgsLegendRenderer.setNodeLegendStyle(group, QgsLegendStyle.Style.Group)
    if starts_column:
        group.setCustomProperty("legend/column-break", "1")
    return group


def _add_entry(
    group: QgsLayerTreeGroup, line: LegendLine, layer: QgsMapLayer, starts_column: bool
) -> None:
    """Add one symbol of a layer; a layer with several comes several times, each with one."""
    node = group.addLayer(layer)
    nodes = layer.legend().createLayerTreeModelLegendNodes(node)
    index = line.symbol + _nodes_before_symbols(layer, len(nodes))
    QgsMapLayerLegendUtils.setLegendNodeOrder(node, [index])
    QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, index, line.text)
    own = swatch_of(layer, line.symbol)
    if own is not None:
        QgsMapLayerLegendUtils.setLegendNodeCustomSymbol(node, index, own)
    QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
    node.setCustomProperty("legend/title-label", line.text)
    if starts_column:
        node.setCustomProperty("legend/column-break", "1")


def _nodes_before_symbols(layer: QgsMapLayer, nodes: int) -> int:
    """Return how many lines (a band's name) a raster's legend has before its classes."""
    renderer = layer.renderer()
    return nodes - len(renderer.classes()) if hasattr(renderer, "nColors") else 0


def _form_legend(legend: QgsLayoutItemLegend, place: LegendPlace) -> None:
    style = QgsLegendStyle.Style
    legend.setWrapString("\n")
    legend.setColumnCount(len(place.columns))
    legend.setSplitLayer(True)
    legend.setEqualColumnWidth(True)
    legend.setColumnSpace(COLUMN_GAP_MM)
    legend.setBoxSpace(0.0)
    legend.setSymbolWidth(SYMBOL_WIDTH_MM)
    legend.setSymbolHeight(SYMBOL_HEIGHT_MM)
    nothing = legend.style(style.Title)
    nothing.setMargin(0.0)
    legend.setStyle(style.Title, nothing)
    for name, bold in ((style.Group, True), (style.Subgroup, False), (style.SymbolLabel, False)):
        look = legend.style(name)
        look.setTextFormat(text_format(place.form.size_pt, bold))
        look.setMargin(0.0)
        look.setMargin(QgsLegendStyle.Side.Top, place.form.gap_mm)
        legend.setStyle(name, look)
    symbol = legend.style(style.Symbol)
    symbol.setMargin(0.0)
    symbol.setMargin(QgsLegendStyle.Side.Top, place.form.gap_mm)
    legend.setStyle(style.Symbol, symbol)
    label = legend.style(style.SymbolLabel)
    label.setMargin(QgsLegendStyle.Side.Top, 0.0)
    label.setMargin(QgsLegendStyle.Side.Left, SYMBOL_GAP_MM)
    legend.setStyle(style.SymbolLabel, label)


def legend_size(legend: QgsLayoutItemLegend) -> QSizeF:
    """Return width and height that a legend takes, in millimetres."""
    return QgsLegendRenderer(legend.model(), legend.legendSettings()).minimumSize()
