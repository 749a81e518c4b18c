# SPDX-License-Identifier: GPL-2.0-or-later
"""All texts of a sheet that this house writes: items of the layout, and labels placed on its map.

Names of features, which QGIS places, and coordinates around maps are not among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayoutFrame,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsNullSymbolRenderer,
    QgsPrintLayout,
    QgsVectorLayer,
)

from eco_onemap.layout.labels import MAIN_MAP

OVERLAY = "@"
"""What the names of our own layers begin with; those without symbols are placed labels."""


def page_texts(layout: QgsPrintLayout) -> tuple[tuple[str, str], ...]:
    """Return name of the item and text, once for each text of a sheet that is not empty."""
    found = (pair for item in layout.items() for pair in _texts(item))
    return tuple((name, text) for name, text in found if text.strip())


def _texts(item: object) -> Iterator[tuple[str, str]]:
    match item:
        case QgsLayoutItemLabel():
            yield item.id(), item.text()
        case QgsLayoutItemLegend():
            yield from ((item.id(), text) for text in _legend(item.model().rootGroup()))
        case QgsLayoutFrame():
            table = item.multiFrame()
            if isinstance(table, QgsLayoutItemManualTable):
                cells = (cell for row in table.tableContents() for cell in row)
                yield from ((item.id(), str(cell.content())) for cell in cells)
        case QgsLayoutItemMap() if item.id() == MAIN_MAP:
            yield from ((item.id(), text) for text in _labels(item))


def _legend(group: QgsLayerTreeGroup) -> Iterator[str]:
    for node in group.children():
        if isinstance(node, QgsLayerTreeGroup):
            yield node.name()
            yield from _legend(node)
        else:
            yield str(node.customProperty("legend/title-label") or "")


def _labels(item: QgsLayoutItemMap) -> Iterator[str]:
    for layer in item.layers():
        is_placed = isinstance(layer, QgsVectorLayer) and layer.name().startswith(OVERLAY)
        if is_placed and isinstance(layer.renderer(), QgsNullSymbolRenderer):
            yield from (str(feature["label"]) for feature in layer.getFeatures())
