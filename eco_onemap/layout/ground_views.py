# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the ground lies of each map on a layout."""

from __future__ import annotations

from qgis.core import QgsLayoutItemMap, QgsPrintLayout

from eco_onemap.layout.page_marks import GroundView
from eco_onemap.layout.paper import Box


def ground_views(layout: QgsPrintLayout) -> tuple[GroundView, ...]:
    """Return what of the ground each map of a layout shows, the bottom one first."""
    maps = (item for item in layout.items() if isinstance(item, QgsLayoutItemMap))
    return tuple(map(_view, sorted(maps, key=QgsLayoutItemMap.zValue)))


def _view(item: QgsLayoutItemMap) -> GroundView:
    box = Box(item.pos().x(), item.pos().y(), item.rect().width(), item.rect().height())
    to_ground = item.layoutToMapCoordsTransform()
    on_page = (
        (box.x_mm, box.bottom_mm),
        (box.x_mm, box.y_mm),
        (box.right_mm, box.y_mm),
        (box.right_mm, box.bottom_mm),
    )
    return GroundView(item.id(), box, [to_ground.map(*corner) for corner in on_page], item.crs())
